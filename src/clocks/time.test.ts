import { describe, expect, test } from 'vitest'
import { world, type World } from '../../test/world.ts'
import { startClocks } from './loop.ts'
import { followTime, openTime } from './time.ts'
import type { App } from '../operations/app.ts'
import { fileAppeal } from '../operations/appeal.ts'
import { fireClock } from '../operations/clock.ts'
import { timeMachine } from '../operations/time-machine.ts'

const anHour = 3_600_000

/** A process of a demo: its own time, machine and clock workers on the world's database. */
async function process(w: World) {
  const time = await openTime(w.db)
  const app: App = { ...w.app, now: () => time.now() }
  const clocks = startClocks(app, (tx, clock) => fireClock(app, tx, clock), {
    everyMs: 10,
    workers: 2,
  })
  const following = followTime(app, time)
  return {
    app,
    time,
    machine: timeMachine(app, time),
    async [Symbol.asyncDispose]() {
      await clocks.stop()
      await following.stop()
    },
  }
}

async function appealed(w: World, app: App) {
  // The world that builds listings lives at the process's time.
  w.app.now = () => app.now()
  const { seller, decisionId } = await w.removedListing()
  const objections = [{ decisionId, track: 'dispute' as const, text: 'It is clay.', remedy: null }]
  const filed = await fileAppeal(app, seller, { objections, fileIds: [] }, null)
  if (!filed.ok) throw new Error(`file the appeal: ${filed.refusal}`)
  return filed.value
}

describe('the time machine', () => {
  test('takes a case through every late step, deadline by deadline, and says what each brought about', async () => {
    await using w = await world()
    await using here = await process(w)
    await appealed(w, here.app)

    const first = await here.machine.forward({ to: 'next-deadline' })
    expect(first.ok && first.value.fired.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^Seller Performance was late: A-\d+ went to the Executive office\.$/),
    ])
    const second = await here.machine.forward({ to: 'next-deadline' })
    expect(second.ok && second.value.fired.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^Nobody answered A-\d+ in time: the measure is lifted\.$/),
    ])
    const [measure] = await w.measures('l1')
    expect(measure?.action.endedAt).not.toBeNull()
    expect((await w.owed('l1'))?.state).toEqual({ offered: true, searchable: true })

    const third = await here.machine.forward({ to: 'next-deadline' })
    expect(third.ok && third.value.fired[0]?.words).toBe(
      'The shop does not show listing:l1 as it is owed: our officer was called.',
    )
  })

  test('over everything at once, each step counts from when it was due, and they are told in that order', async () => {
    await using w = await world()
    await using here = await process(w)
    await appealed(w, here.app)
    const before = here.app.now()
    const moved = await here.machine.forward({ forward: 'P30D' })
    if (!moved.ok) throw new Error(moved.refusal)
    const days = moved.value.fired.map(({ dueAt }) =>
      Math.round((dueAt.getTime() - before.getTime()) / (24 * anHour)),
    )
    expect(days).toEqual([2, 5])
    expect(moved.value.waiting).toBe(0)
    const arrivals = await w.inside((tx) =>
      tx.selectFrom('events').select('detail').where('kind', '=', 'case.arrived').execute(),
    )
    expect(arrivals.map(({ detail }) => detail['desk'])).toEqual(['performance', 'executive'])
  })

  test('never goes back: not for another process, not after a restart, not for whoever learns late', async () => {
    await using w = await world()
    await using here = await process(w)
    await using there = await process(w)
    expect((await here.machine.forward({ forward: 'P2D' })).ok).toBe(true)
    expect(here.time.ahead()).toBe(48 * anHour)
    await expect.poll(() => there.time.ahead(), { timeout: 15_000 }).toBe(48 * anHour)
    // Both at once: each starts from where the other left it.
    await Promise.all([
      here.machine.forward({ forward: 'PT1H' }),
      there.machine.forward({ forward: 'PT1H' }),
    ])
    await expect.poll(() => here.time.ahead(), { timeout: 15_000 }).toBe(50 * anHour)
    await expect.poll(() => there.time.ahead(), { timeout: 15_000 }).toBe(50 * anHour)
    here.time.learn({ movedAt: new Date(), ahead: anHour })
    expect(here.time.ahead()).toBe(50 * anHour)
    expect((await openTime(w.db)).ahead()).toBe(50 * anHour)
  })

  test('goes forward only, by lengths that can be read, and at most some years', async () => {
    await using w = await world()
    await using here = await process(w)
    for (const forward of ['P-1D', '-P1D', 'PT0S', 'P1M', 'P1Y', 'tomorrow', ''])
      expect(await here.machine.forward({ forward })).toMatchObject({
        ok: false,
        refusal: 'invalid_request',
      })
    expect(await here.machine.forward({ forward: 'P3000D' })).toMatchObject({
      refusal: 'too_far_ahead',
    })
    expect(await here.machine.forward({ to: 'next-deadline' })).toMatchObject({
      refusal: 'nothing_due',
    })
    expect(here.time.ahead()).toBe(0)
  })

  test('remembers what the clock said a moment ago', async () => {
    await using w = await world()
    let real = new Date('2026-11-23T09:00:00Z')
    const time = await openTime(w.db, () => real)
    time.learn({ movedAt: real, ahead: 48 * anHour })
    real = new Date('2026-11-23T09:00:20Z')
    expect(time.now()).toEqual(new Date('2026-11-25T09:00:20Z'))
    expect(time.ago(20_000)).toEqual(new Date('2026-11-25T09:00:00Z'))
    expect(time.ago(30_000)).toEqual(new Date('2026-11-23T08:59:50Z'))
  })
})
