import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { stillWorld } from '../../test/surroundings.ts'
import type { World } from '../../test/world.ts'
import { later } from '../core/calendar.ts'
import { clearClock, setClock } from '../store/clock.ts'
import { startClocks } from './loop.ts'
import { startWatchdog } from './watchdog.ts'

vi.setConfig({ testTimeout: 60_000 })
/** On a busy machine everything takes its time. */
const patience = { timeout: 15_000 }

const set = (w: World, ref: string, dueIn = 0) =>
  w.inside((tx) => setClock(tx, 'test', ref, later(w.app.now(), dueIn)))
const mails = (w: World) =>
  w.inside((tx) =>
    tx
      .selectFrom('notices')
      .select(['subject', 'address'])
      .where('kind', '=', 'alarm')
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
  )
const alarms = (w: World) =>
  w.inside((tx) => tx.selectFrom('alarms').selectAll().orderBy('raised_at').execute())
const watchdogOf = (w: World) => startWatchdog(w.app, { databaseUrl: w.url, everyMs: 20 })
/** Long enough for a watchdog to have looked several times. */
const someLooks = () => new Promise((resolve) => setTimeout(resolve, 400))

test('a clock that nobody fires is an alarm after half a minute: told once, hourly while it lasts, and when it is over', async () => {
  await using w = await stillWorld()
  await set(w, 'c1')
  // Several servers watch; together they raise one alarm.
  const dogs = [watchdogOf(w), watchdogOf(w), watchdogOf(w)]
  w.advance(29_999)
  await someLooks()
  expect(await alarms(w)).toEqual([])
  w.advance(1)
  await expect.poll(() => alarms(w), patience).toMatchObject([{ clocks: 1, ended_at: null }])
  await expect
    .poll(() => dogs.map((dog) => dog.sight().overdue.clocks), patience)
    .toEqual([1, 1, 1])
  await someLooks()
  expect(await mails(w)).toMatchObject([
    {
      subject: expect.stringMatching(/^One clock has not fired since /),
      address: 'officer@the-bazaar.example',
    },
  ])

  w.advance(60 * 60_000)
  await expect.poll(async () => (await mails(w)).length, patience).toBe(2)
  await someLooks()
  expect((await mails(w)).at(-1)?.subject).toMatch(/^Still: One clock has not fired since /)

  w.advance(60_000)
  await w.inside((tx) => clearClock(tx, 'test', 'c1'))
  await expect.poll(async () => (await mails(w)).at(-1)?.subject, patience).toMatch(/^Over: /)
  await someLooks()
  expect(await mails(w)).toHaveLength(3)
  expect(await alarms(w)).toMatchObject([{ ended_at: expect.any(Date) }])

  await set(w, 'c2', -60_000)
  await expect.poll(async () => (await alarms(w)).length, patience).toBe(2)
  for (const dog of dogs) await dog.stop()
})

test('a clock that fails again and again is seen, though its workers live', async () => {
  await using w = await stillWorld()
  const loop = startClocks(w.app, () => Promise.reject(new Error('out of order')), {
    everyMs: 10,
    workers: 2,
  })
  const dog = watchdogOf(w)
  await set(w, 'bad', -31_000)
  await expect.poll(() => alarms(w), patience).toMatchObject([{ clocks: 1 }])
  await loop.stop()
  await dog.stop()
})

test('neither an exhausted pool nor a lock that nobody lets go of silences the watchdog', async () => {
  await using w = await stillWorld()
  await set(w, 'stuck', -31_000)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let taken = 0
  const hogs = Array.from({ length: 8 }, () =>
    w.inside(async (tx) => {
      if (taken++ === 0) await sql`select from clocks for update`.execute(tx)
      await held
    }),
  )
  const dog = watchdogOf(w)
  try {
    await expect.poll(() => taken, patience).toBe(8)
    await expect
      .poll(() => dog.sight().overdue, patience)
      .toMatchObject({
        clocks: 1,
        first: [{ kind: 'test', ref: 'stuck' }],
      })
  } finally {
    release()
    await Promise.all(hogs)
    await dog.stop()
  }
  expect(await alarms(w)).toMatchObject([{ clocks: 1 }])
})

test('what the time machine made due a moment ago is not overdue', async () => {
  await using w = await stillWorld()
  await set(w, 'c1', 86_400_000)
  const before = w.app.now()
  const dog = startWatchdog(w.app, {
    databaseUrl: w.url,
    everyMs: 20,
    // Half a minute ago the clock had not been moved.
    ago: () => before,
  })
  w.advance(2 * 86_400_000)
  await someLooks()
  expect(await alarms(w)).toEqual([])
  await dog.stop()
})

test('a watchdog that cannot look says for how long it has not', async () => {
  await using w = await stillWorld()
  const logged: string[] = []
  const nowhere = new URL(w.url)
  nowhere.pathname = '/no_such_database'
  const dog = startWatchdog(
    { ...w.app, log: (message) => void logged.push(message) },
    { databaseUrl: nowhere.href, everyMs: 20 },
  )
  await expect.poll(() => dog.sight().secondsAgo, patience).toBeGreaterThan(0.5)
  expect(logged[0]).toMatch(/^watching the clocks failed/)
  await dog.stop()
})
