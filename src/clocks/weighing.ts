/** Weighs complaints in the background: what arrives while one weighing runs, and for as long again after it, is weighed together. */
import type { App } from '../operations/app.ts'
import { openWeigher } from '../operations/weigher.ts'
import { weighSome } from '../operations/weighing.ts'
import { startLoop, type Loop } from './loop.ts'

const everyMs = 500

export function startWeighing(app: App): Loop {
  const weigher = openWeigher()
  let isStopping = false
  let restsUntil = 0
  const loop = startLoop(app, {
    name: 'weighing complaints',
    everyMs,
    work: async () => {
      const startedAt = performance.now()
      if (startedAt < restsUntil) return false
      try {
        if (!(await weighSome(app, weigher))) return false
      } catch (error) {
        // Its thread was ended with the server; the calls are still there for the next.
        if (isStopping) return false
        throw error
      }
      const endedAt = performance.now()
      restsUntil = endedAt + (endedAt - startedAt)
      return false
    },
  })
  return {
    stop: async () => {
      isStopping = true
      await weigher.close()
      await loop.stop()
    },
  }
}
