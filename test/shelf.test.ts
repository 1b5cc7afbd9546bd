/** Databases that worlds use one after the other: nothing of one world reaches the next. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { world, type World } from './world.ts'

/** Everything that is in its tables and sequences. */
async function contentsOf({ url }: World): Promise<Record<string, unknown>> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const tables = await owner.query<{ name: string }>('select name from kept.tables order by name')
  const contents: Record<string, unknown> = {}
  for (const { name } of tables.rows)
    contents[name] = (
      await owner.query(`select to_jsonb(t) - 'document' as row from ${name} t order by 1`)
    ).rows
  contents['sequences'] = (
    await owner.query('select sequencename, last_value from pg_sequences order by 1')
  ).rows
  await owner.end()
  return contents
}

test('the next world begins as the first did, whatever happened in between, with nobody of it left', async () => {
  let url: string
  let before: Record<string, unknown>
  let left: pg.Client
  {
    await using first = await world({
      besides: { name: 'a shelf', prepare: async () => undefined },
    })
    url = first.url
    before = await contentsOf(first)
    await first.removedListing()
    await first.reviewer('Rita')
    await first.balance('clay', 10)
    expect(await contentsOf(first)).not.toEqual(before)
    left = new pg.Client({ connectionString: url })
    left.on('error', () => undefined)
    await left.connect()
  }
  {
    await using next = await world({ besides: { name: 'a shelf', prepare: async () => undefined } })
    expect(next.url).toBe(url)
    expect(await contentsOf(next)).toEqual(before)
    await expect(left.query('select 1')).rejects.toThrow()
    const owner = new pg.Client({ connectionString: url })
    await owner.connect()
    await owner.query('alter table sellers add column odd text')
    await owner.end()
  }
  await using last = await world({ besides: { name: 'a shelf', prepare: async () => undefined } })
  expect(last.url).not.toBe(url)
})

test('what asks through a world that is over is told so', async () => {
  const over = await world()
  await over[Symbol.asyncDispose]()
  await expect(over.inside(() => Promise.resolve())).rejects.toThrow('destroyed')
})
