/** Of what is due one thing is taken at a time, however PostgreSQL plans it: what is taken besides would be lost, or late. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { world } from '../../test/world.ts'
import { claimDueClock } from './clock.ts'
import { claimDelivery } from './delivery.ts'

const names = Array.from({ length: 30 }, (_, at) => `due-${at}`)

test.each([
  ['as it likes', []],
  ['by asking for each row again', ['enable_hashagg', 'enable_hashjoin', 'enable_sort']],
  ['by going through all rows', ['enable_indexscan', 'enable_bitmapscan', 'enable_material']],
  ['neither by hash nor by merge', ['enable_hashagg', 'enable_hashjoin', 'enable_mergejoin']],
] as const)('planned %s', async (_, off) => {
  await using w = await world()
  const now = w.app.now()
  await w.inside(async (tx) => {
    const due = names.map((ref) => ({ ref, due_at: now }))
    await tx
      .insertInto('clocks')
      .values(due.map((one) => ({ ...one, kind: 'case.due' })))
      .execute()
    const nothing = { attempts: 0, last_error: null }
    await tx
      .insertInto('deliveries')
      .values(due.map((one) => ({ ...one, ...nothing, kind: 'notice' as const })))
      .execute()
  })
  await w.inside(async (tx) => {
    for (const setting of off) await sql.raw(`set local ${setting} = off`).execute(tx)
    const clocks: (string | undefined)[] = []
    const deliveries: (string | undefined)[] = []
    for (let turn = 0; turn < names.length; turn++) {
      clocks.push((await claimDueClock(tx, now, []))?.ref)
      deliveries.push((await claimDelivery(tx, 'notice', now))?.ref)
    }
    expect(clocks.toSorted()).toEqual(names.toSorted())
    expect(deliveries.toSorted()).toEqual(names.toSorted())
    expect(await claimDueClock(tx, now, [])).toBeNull()
    expect(await claimDelivery(tx, 'notice', now)).toBeNull()
  })
})
