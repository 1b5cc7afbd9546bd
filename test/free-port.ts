/** A free port that stays free until it is used: below those that the system gives out to connections by itself. */
import { createServer } from 'node:net'

/**
 * Chosen by chance, so that test files running side by side do not choose alike, and above 10080, the last one that
 * `fetch` and browsers refuse to speak to (Fetch standard, §2.10 Port blocking).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_100 + Math.floor(Math.random() * 4_900)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
}
