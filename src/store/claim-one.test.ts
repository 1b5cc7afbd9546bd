/** Of what is due one thing is taken at a time: what was taken besides would be lost, or late. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { world } from '../../test/world.ts'
import { claimDueClock } from './clock.ts'
import { claimDelivery } from './delivery.ts'

// Where PostgreSQL knows how few there are, it may plan to look for the next one again for each that it changes.
test.each([1, 2, 3, 5, 40])('by a database that knows that %i are due', async (count) => {
  await using w = await world()
  const now = w.app.now()
  const names = Array.from({ length: count }, (_, at) => `due-${at}`)
  await w.inside(async (tx) => {
    await tx.deleteFrom('clocks').execute()
    await tx.deleteFrom('deliveries').execute()
    for (const ref of names) {
      await tx.insertInto('clocks').values({ kind: 'case.due', ref, due_at: now }).execute()
      await tx
        .insertInto('deliveries')
        .values({ kind: 'state', ref, due_at: now, attempts: 0, last_error: null })
        .execute()
    }
  })
  const owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  await owner.query('vacuum analyze clocks, deliveries')
  await owner.end()
  await w.inside(async (tx) => {
    const clocks: (string | undefined)[] = []
    const deliveries: (string | undefined)[] = []
    for (let turn = 0; turn < count; turn++) {
      clocks.push((await claimDueClock(tx, now))?.ref)
      deliveries.push((await claimDelivery(tx, 'state', now))?.ref)
    }
    expect(clocks.toSorted()).toEqual(names.toSorted())
    expect(deliveries.toSorted()).toEqual(names.toSorted())
    expect([await claimDueClock(tx, now), await claimDelivery(tx, 'state', now)]).toEqual([
      null,
      null,
    ])
  })
})
