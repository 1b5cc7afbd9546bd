import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { blank } from '../../test/blank.ts'
import { freshDatabase } from '../../test/postgres.ts'
import { maskPolicy } from '../../test/world.ts'
import { openDatabase, transact } from './db.ts'
import { readListing } from './listing.ts'
import { migrate } from './migrate.ts'
import { countOutcomes, countScreened, countScreenedByPolicy } from './screening.ts'

const text = { ...blank, title: 'T' }

const folder = new URL('migrations/', import.meta.url)

/** A database as it was before batches were counted. */
async function databaseBefore(): Promise<Awaited<ReturnType<typeof freshDatabase>>> {
  const database = await freshDatabase()
  await asOwner(database.url, async (client) => {
    await client.query(
      'create table migrations (name text primary key, ran_at timestamptz not null default now())',
    )
    for (const name of (await readdir(folder)).sort().filter((one) => one < '0008')) {
      await client.query(await readFile(new URL(name, folder), 'utf8'))
      await client.query('insert into migrations (name) values ($1)', [name])
    }
  })
  return database
}

async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

test('what was screened before batches were counted stands in batches that agree with the rows', async () => {
  const database = await databaseBefore()
  const at = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`
  await asOwner(database.url, async (client) => {
    await client.query(
      `insert into sellers (id, fact_at, received_at) values ('clay', now(), now())`,
    )
    for (const [name, version, minute] of [
      ['masks', 1, 0],
      ['masks', 2, 20],
      ['quiet', 1, 0],
    ])
      await client.query(
        `insert into policies (name, version, document, text_key, adopted_at) values ($1, $2, $3, 'k', $4)`,
        [name, version, JSON.stringify(maskPolicy), at(Number(minute))],
      )
    await client.query(
      `insert into policy_levels (policy, level, set_by, reason, set_at)
       values ('masks', 'act', 'paula', 'r', $1), ('quiet', 'off', 'paula', 'r', $1)`,
      [at(0)],
    )
    // Two batches of the first version, one version that waits, and a rescreening for the second.
    for (const [id, outcome, minute] of [
      ['a', 'allow', 10],
      ['b', 'deactivate', 10],
      ['c', 'allow', 11],
      ['d', null, null],
    ]) {
      await client.query(
        `insert into listings (id, seller_id, version, fact_at, received_at) values ($1, 'clay', 1, now(), now())`,
        [id],
      )
      await client.query(
        `insert into listing_versions (listing_id, version, seller_id, text, title, text_key, received_at, screened_at, outcome)
         values ($1, 1, 'clay', $4, 'T', 'k', now(), $2, $3)`,
        [id, minute === null ? null : at(Number(minute)), outcome, JSON.stringify(text)],
      )
    }
    for (const [id, listing, version, outcome, minute] of [
      ['f1', 'b', 1, 'review', 10],
      ['f2', 'b', 2, 'deactivate', 21],
    ])
      await client.query(
        `insert into findings (id, listing_id, listing_version, seller_id, policy, policy_version, level, outcome, score,
           evidence, would_reverse, found_at)
         values ($1, $2, 1, 'clay', 'masks', $3, 'act', $4, 0.9, '[]', '[]', $5)`,
        [id, listing, version, outcome, at(Number(minute))],
      )
    await client.query(
      `insert into rescreenings (id, policy, version, because, started_at, after_listing, listings, screened, found, acted,
         asked, lifted, ended_at, is_cut_short)
       values ('r1', 'masks', 2, 'version', $1, 'c', 3, 3, 1, 0, 0, 0, $2, false)`,
      [at(20), at(22)],
    )
  })

  await migrate(database.url)
  const { db, close } = openDatabase(database.url)
  await transact(db, { inside: true }, async (tx) => {
    const waiting = await tx.selectFrom('waiting_versions').selectAll().execute()
    expect(waiting).toMatchObject([{ listing_id: 'd', version: 1 }])
    expect(await countScreened(tx)).toBe(3)
    expect(await countOutcomes(tx)).toEqual({ allow: 4, review: 1, deactivate: 1 })
    // Read three times, then three times anew; what was off has read nothing.
    expect(await countScreenedByPolicy(tx)).toEqual(
      new Map([['masks', { versions: 6, review: 1, deactivate: 1 }]]),
    )
    const batches = await tx.selectFrom('screening_batches').selectAll().orderBy('at').execute()
    expect(batches).toMatchObject([
      { screened: 2, allowed: 1, review: 1, rescreening_id: null },
      { screened: 1, allowed: 1, review: 0, rescreening_id: null },
      { screened: 3, allowed: 2, deactivate: 1, rescreening_id: 'r1', digest: null },
    ])
    expect((await readListing(tx, 'c'))?.screenedAt).toEqual(new Date(at(11)))
    expect((await readListing(tx, 'd'))?.screenedAt).toBeNull()
  })
  await close()
  await database.drop()
})
