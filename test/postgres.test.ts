/** The tests' own databases: separate, cloned, and made once. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase, templateDatabase } from './postgres.ts'

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(question)).rows
  } finally {
    await client.end()
  }
}

test('two fresh databases know nothing of each other', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  await ask(one.url, 'create table seller (id text)')
  await expect(ask(other.url, 'select * from seller')).rejects.toThrow('does not exist')
  await one.drop()
  await other.drop()
})

test('a template is prepared once, whoever asks and however many at once', async () => {
  let prepared = 0
  const prepare = async (url: string): Promise<void> => {
    prepared += 1
    await ask(url, "create table seller (id text); insert into seller values ('s1')")
  }
  const names = await Promise.all(
    [1, 2, 3, 4].map(() => templateDatabase('prepared once', prepare)),
  )
  expect(prepared).toBe(1)
  const clones = await Promise.all(names.map((template) => freshDatabase({ template })))
  for (const clone of clones) {
    expect(await ask(clone.url, 'select id from seller')).toEqual([{ id: 's1' }])
    await clone.drop()
  }
})

test('a template whose preparation failed is prepared again by the next who asks', async () => {
  const failing = templateDatabase('fails first', async (url) => {
    await ask(url, 'create table half (id text)')
    throw new Error('the preparation broke')
  })
  await expect(failing).rejects.toThrow('the preparation broke')
  const template = await templateDatabase('fails first', (url) => ask(url, 'select 1'))
  const clone = await freshDatabase({ template })
  await expect(ask(clone.url, 'select * from half')).rejects.toThrow('does not exist')
  await clone.drop()
})

test('the server syncs what it commits to disk', async () => {
  const { url, drop } = await freshDatabase()
  expect(await ask(url, 'show fsync')).toEqual([{ fsync: 'on' }])
  expect(await ask(url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }])
  await drop()
})
