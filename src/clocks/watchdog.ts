/** The watchdog looks whether what is due has fired, apart from those who fire it: its own loop, its own connection. */
import { performance } from 'node:perf_hooks'
import { overdueAfter, type Overdue } from '../core/alarm.ts'
import { later } from '../core/calendar.ts'
import { lookAtClocks, type Sight } from '../operations/alarm.ts'
import type { App } from '../operations/app.ts'
import { openDatabase } from '../store/db.ts'
import { startLoop, type Loop } from './loop.ts'

export interface Watchdog extends Loop {
  /** What it saw last, from memory: asking needs no database. */
  sight(): Sight
}

interface WatchdogOptions {
  databaseUrl: string
  everyMs?: number
  /** What the clock said so many milliseconds of real time ago; they differ where the time machine moved it meanwhile. */
  ago?: (milliseconds: number) => Date
}

/** Starts watching. A pool that others have exhausted, a dead worker and a stuck lock are all seen, and none silences it. */
export function startWatchdog(
  app: App,
  { databaseUrl, everyMs = 5_000, ago = (ms) => later(app.now(), -ms) }: WatchdogOptions,
): Watchdog {
  const own = openDatabase(databaseUrl, { connections: 1, patienceMs: 5_000 })
  const watching: App = { ...app, now: () => app.now(), db: own.db }
  let overdue: Overdue = { clocks: 0, since: null, first: [] }
  let lookedAt = performance.now()
  let isFirst = true
  const loop = startLoop(app, {
    name: 'watching the clocks',
    everyMs,
    longestPauseMs: 10_000,
    work: async () => {
      // Those who fire come first: what fell due while the server was down fires at once.
      if (isFirst) {
        isFirst = false
        return false
      }
      overdue = await lookAtClocks(watching, ago(overdueAfter))
      lookedAt = performance.now()
      return false
    },
  })
  return {
    sight: () => ({ overdue, secondsAgo: (performance.now() - lookedAt) / 1000 }),
    wake: () => loop.wake(),
    stop: async () => {
      await loop.stop()
      await own.close()
    },
  }
}
