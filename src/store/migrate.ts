/** Migrations: plain numbered SQL, each run once, in order, in one transaction. */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const folder = fileURLToPath(new URL('migrations/', import.meta.url))

/** Brings a database up to date as its owner; answers the names of what it ran. Two at once wait for each other. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'recourse migrate' })
  // What breaks the connection fails the statement that waits on it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4870)')
    await client.query(
      'create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from migrations')
    const done = new Set(rows.map((row) => row.name))
    const names = (await readdir(folder))
      .filter((name) => name.endsWith('.sql') && !done.has(name))
      .sort()
    for (const name of names) await run(client, name)
    return names
  } finally {
    await client.end()
  }
}

async function run(client: pg.Client, name: string): Promise<void> {
  const source = await readFile(folder + name, 'utf8')
  try {
    await client.query('begin')
    await client.query(source)
    await client.query('insert into migrations (name) values ($1)', [name])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`run migration ${name}`, { cause })
  }
}
