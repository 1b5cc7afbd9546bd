/** A process of its own that fires clocks, in the time that its database says, until it is killed. */
import { startClocks } from '../../src/clocks/loop.ts'
import { followTime, openTime } from '../../src/clocks/time.ts'
import { newId, type App } from '../../src/operations/app.ts'
import { fireClock } from '../../src/operations/clock.ts'
import { byTheTable } from '../../src/operations/judge.ts'
import { openDatabase } from '../../src/store/db.ts'

const { db } = openDatabase(process.env['WORKER_DATABASE_URL'] ?? '', { connections: 3 })
const time = await openTime(db)
const app: App = {
  db,
  now: () => time.now(),
  judge: byTheTable,
  newId,
  undoFor: 0,
  help: null,
  health: null,
  marketplace: 'The Bazaar',
  timeZone: 'UTC',
  log: (message, detail) => {
    // Lateness is what is measured here.
    if (message !== 'a clock fired late') console.error(message, detail)
  },
}
followTime(app, time)
startClocks(
  app,
  async (tx, clock) => {
    await fireClock(app, tx, clock)
    // Told before it is committed, so that a kill that follows meets it on either side of that.
    process.send?.('fired')
  },
  { everyMs: 20, workers: 2 },
)
