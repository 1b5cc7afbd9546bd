import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { stillWorld } from '../../test/surroundings.ts'
import { blank } from '../../test/blank.ts'
import { marketplace, type World } from '../../test/world.ts'
import { tellListings, tellSellers } from '../operations/fact.ts'
import { setClock } from '../store/clock.ts'
import { queueDelivery, type DeliveryKind } from '../store/delivery.ts'
import { openDatabase, transact, type Tx } from '../store/db.ts'
import { dueKinds, hearDue, type DueKind } from '../store/due.ts'
import { insertTimeMove } from '../store/time-move.ts'
import { callForWeighing } from '../store/weighing.ts'
import { startBell, type Wakers } from './bell.ts'
import { startClocks } from './loop.ts'

/** Two processes on a database that goes by the real time, and what each bell has rung for since both listen. */
async function listening() {
  const w = await stillWorld()
  const here = openDatabase(w.url, { connections: 2 })
  const rung: DueKind[] = []
  const elsewhere: DueKind[] = []
  const bell = startBell(w.app, { databaseUrl: w.url, wake: wakersInto(rung) })
  const other = startBell(w.app, { databaseUrl: w.url, wake: wakersInto(elsewhere) })
  hearDue(here.pool, (kind) => bell.ring(kind))
  await expect.poll(() => [rung, elsewhere]).toEqual([dueKinds, dueKinds])
  for (const one of [rung, elsewhere]) one.splice(0)
  return {
    w,
    rung,
    elsewhere,
    db: here.db,
    inside: <T>(work: (tx: Tx) => Promise<T>) => transact(here.db, { inside: true }, work),
    async [Symbol.asyncDispose]() {
      await Promise.all([bell.stop(), other.stop()])
      await here.close()
      await w[Symbol.asyncDispose]()
    },
  }
}

/** One for each kind. */
function wakersInto(rung: DueKind[]): Wakers {
  return Object.fromEntries(
    dueKinds.map((kind) => [kind, () => void rung.push(kind)]),
  ) as unknown as Wakers // as said above
}

const inMs = (milliseconds: number) => new Date(Date.now() + milliseconds)

/** Ends every connection that listens, as a restart of the database does. */
async function breakLines(w: World): Promise<number> {
  const owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  const ended = await owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query = 'listen recourse_due'`,
  )
  await owner.end()
  return ended.rowCount ?? 0
}

describe('the bell', () => {
  test('rings here and elsewhere for what is due, and not for what is due much later', async () => {
    await using all = await listening()
    await all.inside((tx) => setClock(tx, 'test', 'much later', inMs(60_000)))
    await all.inside(callForWeighing)
    await all.inside((tx) => setClock(tx, 'test', 'now', inMs(0)))
    expect(all.rung).toEqual(['weighing', 'clock'])
    await expect.poll(() => all.elsewhere.toSorted()).toEqual(['clock', 'weighing'])
    // What a process told, it does not hear.
    expect(all.rung).toEqual(['weighing', 'clock'])
  })

  test('rings when what is due can be seen', async () => {
    await using all = await listening()
    await all.inside(async (tx) => {
      await setClock(tx, 'test', 'now', inMs(0))
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(all.rung).toEqual([])
    })
    expect(all.rung).toEqual(['clock'])
  })

  test('rings for every kind of delivery, and for a listing that waits', async () => {
    await using all = await listening()
    const kinds: DeliveryKind[] = ['notice', 'state', 'webhook', 'sessions', 'order']
    for (const kind of kinds)
      await all.inside((tx) => queueDelivery(tx, { kind, ref: 'r', dueAt: inMs(0) }))
    expect(all.rung).toEqual(kinds)
    const app = { ...all.w.app, db: all.db }
    await tellSellers(app, marketplace, [{ id: 's', name: 'S', timeZone: 'UTC', factAt: null }])
    await tellListings(app, marketplace, [{ id: 'l', sellerId: 's', text: blank, factAt: null }])
    expect(all.rung).toContain('screening')
  })

  test('goes by the time of a demo, once that was moved ahead', async () => {
    await using all = await listening()
    const aDay = 86_400_000
    await all.inside((tx) => insertTimeMove(tx, { movedAt: new Date(), ahead: aDay }))
    await all.inside((tx) => setClock(tx, 'test', 'in a day', inMs(aDay)))
    expect(all.rung).toEqual(['time', 'clock'])
  })

  test('rings for everything after its connection broke, and hears again', async () => {
    await using all = await listening()
    expect(await breakLines(all.w)).toBe(2)
    await expect
      .poll(() => [all.rung, all.elsewhere], { timeout: 5_000 })
      .toEqual([dueKinds, dueKinds])
    await all.inside(callForWeighing)
    await expect.poll(() => all.elsewhere.at(-1)).toBe('weighing')
  })
})

describe('clocks', () => {
  const forAnHour = 3_600_000

  test('that are set while nobody looks fire when the bell rings', async () => {
    await using w = await stillWorld()
    w.app.now = () => new Date()
    const fired: string[] = []
    const clocks = startClocks(w.app, async (_tx, { ref }) => void fired.push(ref), {
      everyMs: forAnHour,
      workers: 2,
    })
    const wake = { ...wakersInto([]), clock: () => clocks.wake() }
    const bell = startBell(w.app, { databaseUrl: w.url, wake })
    for (const ref of ['one', 'two', 'three']) {
      await w.inside((tx) => setClock(tx, 'test', ref, inMs(0)))
      bell.ring('clock')
      await expect.poll(() => fired.at(-1), { timeout: 5_000 }).toBe(ref)
    }
    await bell.stop()
    await clocks.stop()
  })

  test('whose time comes fire at that time with no bell at all', async () => {
    await using w = await stillWorld()
    w.app.now = () => new Date()
    await w.inside((tx) => setClock(tx, 'test', 'soon', inMs(400)))
    const lateness: number[] = []
    const clocks = startClocks(
      w.app,
      async (_tx, { dueAt }) => void lateness.push(Date.now() - dueAt.getTime()),
      { everyMs: forAnHour },
    )
    await expect.poll(() => lateness.length, { timeout: 5_000 }).toBe(1)
    expect(lateness[0]).toBeGreaterThanOrEqual(0)
    await clocks.stop()
  })

  test('that failed are tried again when their rest is over, with no bell at all', async () => {
    await using w = await stillWorld()
    w.app.now = () => new Date()
    await w.inside((tx) => setClock(tx, 'test', 'bad', inMs(0)))
    let attempts = 0
    const fire = (): Promise<void> => {
      attempts += 1
      return attempts === 1 ? Promise.reject(new Error('broken')) : Promise.resolve()
    }
    const clocks = startClocks(w.app, fire, { everyMs: forAnHour })
    await expect.poll(() => attempts, { timeout: 5_000 }).toBe(2)
    await clocks.stop()
  })
})
