/** Weighs complaints in the background: what arrives while one weighing runs, and for as long again after it, is weighed together. */
import type { App } from '../operations/app.ts'
import { openWeigher } from '../operations/weigher.ts'
import { weighSome } from '../operations/weighing.ts'
import { startLoop, type Loop } from './loop.ts'

export function startWeighing(app: App, { everyMs }: { everyMs: number }): Loop {
  const weigher = openWeigher()
  let isStopping = false
  let restsUntil = 0
  const loop = startLoop(app, {
    name: 'weighing complaints',
    everyMs,
    againMs: 500,
    work: async () => {
      const startedAt = performance.now()
      if (startedAt < restsUntil) return restsUntil - startedAt
      try {
        if (!(await weighSome(app, weigher))) return false
      } catch (error) {
        // Its thread was ended with the server; the calls are still there for the next.
        if (isStopping) return false
        throw error
      }
      const endedAt = performance.now()
      restsUntil = endedAt + (endedAt - startedAt)
      return restsUntil - endedAt
    },
  })
  return {
    wake: () => loop.wake(),
    stop: async () => {
      isStopping = true
      await weigher.close()
      await loop.stop()
    },
  }
}
