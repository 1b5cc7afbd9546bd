/** Weighs complaints in the background: what arrives while one weighing runs, and for as long again after it, is weighed together. */
import type { App } from '../operations/app.ts'
import { isWeighingDue } from '../operations/judge-facts.ts'
import { openWeigher } from '../operations/weigher.ts'
import { transact } from '../store/db.ts'
import type { DueKind } from '../store/due.ts'
import { startLoop, type Loop } from './loop.ts'

/** What a weighing makes due is heard by `onDue`: it is written past the connections of this process that are listened to. */
export function startWeighing(
  app: App,
  {
    databaseUrl,
    everyMs,
    onDue,
  }: { databaseUrl: string; everyMs: number; onDue: (kind: DueKind) => void },
): Loop {
  const weigher = openWeigher(app, { databaseUrl, onDue })
  let isStopping = false
  let restsUntil = 0
  const loop = startLoop(app, {
    name: 'weighing complaints',
    everyMs,
    againMs: 500,
    work: async () => {
      const startedAt = performance.now()
      if (startedAt < restsUntil) return restsUntil - startedAt
      // No thread is started, or kept from its rest, for nothing.
      if (!(await transact(app.db, { inside: true }, isWeighingDue)) || isStopping) return false
      try {
        if (!(await weigher.weigh())) return false
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
