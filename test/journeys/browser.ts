/** A real browser for journeys, the one that the run has found. */
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect } from 'vitest'

const require = createRequire(import.meta.url)
const pictures = fileURLToPath(new URL('../../test-results/pictures/', import.meta.url))

/** Opens a headless browser; quiet, because nothing outside this machine is to be asked. */
export async function openBrowser(): Promise<Browser> {
  const path = process.env['CHROME_PATH']
  if (path === undefined)
    throw new Error('There is no browser here: install chromium, or name one in CHROME_PATH.')
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

/** A person at a browser of their own: no cookies, and every script error and dialog is put among `errors`. */
export async function openPerson(
  browser: Browser,
  errors: string[],
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('dialog', (dialog) => {
    errors.push(dialog.message())
    void dialog.dismiss()
  })
  return { context, page }
}

/** Looks again, each time once the page has loaded what it shows, until it shows these words. */
export async function waitForWords(page: Page, url: string, words: RegExp): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.goto(url)
        await page
          .locator('h1')
          .filter({ hasNotText: /^Loading/ })
          .first()
          .waitFor()
        return page.locator('body').innerText()
      },
      { timeout: 60_000, interval: 500 },
    )
    .toMatch(words)
}

let axeText: Promise<string> | undefined

function axeSource(): Promise<string> {
  return (axeText ??= readFile(require.resolve('axe-core/axe.min.js'), 'utf8'))
}

/** Says what axe finds wrong on a page; a journey expects nothing. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  // Half a megabyte, which a page that is looked at twice need not read twice.
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) {
    // Not a script tag: the pages' content-security-policy forbids what is not theirs.
    await page.evaluate(await axeSource())
  }
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: { resultTypes: string[]; preload: { assets: string[] } }): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]
        }>
      }
    } // put there by the line above
    const { violations } = await axe.run({
      // Of what is as it should be nobody asks for the details.
      resultTypes: ['violations'],
      // Style sheets are taken apart for an experimental rule alone, which does not run.
      preload: { assets: ['media'] },
    })
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary ?? ''})`).join(' | ')}`,
    )
  })
  expect(found, `${name} is accessible`).toEqual([])
}

/** How pages are looked at: each scheme and each width once; with `LOOKS=all` each of both with each of both. */
const looks = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 390 },
  ...(process.env['LOOKS'] === 'all'
    ? ([
        { colorScheme: 'dark', width: 1440 },
        { colorScheme: 'light', width: 390 },
      ] as const)
    : []),
] as const

/** In every look axe finds nothing and nothing scrolls sideways, and a picture can be kept; then it is light and as wide as before. */
export async function expectFine(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const { colorScheme, width } of looks) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `${name}, ${colorScheme}, ${width} wide`)
    await expectNoSidewaysScroll(page, name, width)
    await picture(page, `${name}-${colorScheme}-${width}`)
  }
  // Between the two the layouts change.
  for (const width of [1280, 1024, 768]) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoSidewaysScroll(page, name, width)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (before) await page.setViewportSize(before)
}

async function expectNoSidewaysScroll(page: Page, name: string, width: number): Promise<void> {
  // As text: what runs in the page knows a document, this file does not.
  const beyond = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(beyond, `${name} scrolls sideways at ${width} by`).toBeLessThanOrEqual(0)
}

/** Keeps a picture of the whole page for whoever wants to look (`PICTURES=1`); drawing all of them takes minutes. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['PICTURES']) return
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

/** A small real photo, as a seller would send one: a PNG of one brown pixel. */
export const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAChQGA0r0iBwAAAABJRU5ErkJggg==',
  'base64',
)
