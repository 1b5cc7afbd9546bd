import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { world } from '../../test/world.ts'
import { openDatabase, transact, type Wall } from './db.ts'

/** A database with one connection, so that every statement finds what the one before left there. */
async function oneConnection(url: string) {
  const database = openDatabase(url, { connections: 1 })
  const kept = async () => {
    const { rows } = await database.pool.query<{ statement: string }>(
      'select statement from pg_prepared_statements order by prepare_time',
    )
    return rows.map(({ statement }) => statement)
  }
  return { ...database, kept, [Symbol.asyncDispose]: () => database.close() }
}

test('a statement is kept from the third time on, and answers the values of each time', async () => {
  await using w = await world()
  await using one = await oneConnection(w.url)
  const said: unknown[] = []
  for (const number of [1, 2, 3, 4]) {
    said.push(
      ...(await sql<{ sum: number }>`select ${number}::int + 1 as sum`.execute(one.db)).rows,
    )
    expect(await one.kept()).toHaveLength(number < 3 ? 0 : 1)
  }
  expect(said).toEqual([{ sum: 2 }, { sum: 3 }, { sum: 4 }, { sum: 5 }])
})

test('what takes no values is not kept, and of ever new statements no more than a hundred', async () => {
  await using w = await world()
  await using one = await oneConnection(w.url)
  for (let time = 0; time < 4; time++) await sql`select 1`.execute(one.db)
  expect(await one.kept()).toEqual([])
  for (let length = 1; length <= 120; length++)
    for (let time = 0; time < 3; time++)
      await sql`select ${sql.join(Array.from({ length }, () => 1))}`.execute(one.db)
  expect(await one.kept()).toHaveLength(100)
})

test('a kept plan shows each who asks what is theirs, also on the connection of another', async () => {
  await using w = await world()
  await w.removedListing('l1', 'clay')
  await w.removedListing('l2', 'masks')
  await using one = await oneConnection(w.url)
  const seen = (wall: Wall) =>
    transact(one.db, wall, async (tx) => {
      const rows = await tx
        .selectFrom('decisions')
        .select('seller_id')
        .where('measure', '=', 'listing.deactivate')
        .orderBy('seller_id')
        .execute()
      return rows.map((row) => row.seller_id)
    })
  for (let time = 0; time < 8; time++) {
    expect(await seen({ sellerId: 'clay' })).toEqual(['clay'])
    expect(await seen({ inside: true })).toEqual(['clay', 'masks'])
    expect(await seen({ sellerId: 'masks' })).toEqual(['masks'])
    expect(await seen({ nobody: true })).toEqual([])
    expect(await seen({ entrance: true })).toEqual([])
  }
  expect((await one.kept()).some((text) => text.includes('from "decisions"'))).toBe(true)
})

test('where a table changed under a kept plan one transaction fails, and the next goes on', async () => {
  await using w = await world()
  await w.seller('clay')
  await using one = await oneConnection(w.url)
  const read = () =>
    transact(one.db, { inside: true }, (tx) =>
      tx.selectFrom('sellers').selectAll().where('id', '=', 'clay').execute(),
    )
  for (let time = 0; time < 4; time++) await read()
  const owner = new pg.Client({ connectionString: w.url })
  await owner.connect()
  await owner.query('alter table sellers add column of_a_later_version int')
  await owner.end()
  await expect(read()).rejects.toThrow(/cached plan/)
  expect(await read()).toEqual([expect.objectContaining({ of_a_later_version: null })])
})
