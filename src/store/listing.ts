/** Listings in PostgreSQL: every version is kept, because a decision names the one that it judged. */
import { sql } from 'kysely'
import { ListingText, type ListingVersion } from '../core/listing.ts'
import { json, type Tx } from './db.ts'
import { factTime, type FactResult } from './seller.ts'

/** How many bytes of text are read into memory at once. */
export const textBytes = 16 * 1024 * 1024

export interface ListingFacts {
  id: string
  sellerId: string
  text: ListingText
  textKey: string
  /** Null for "as of now". */
  factAt: Date | null
  receivedAt: Date
}

export type SavedListing = { result: FactResult; version: number } | { result: 'seller_mismatch' }

/** A listing as it is held while facts about it are taken in. */
interface Held {
  sellerId: string
  /** 0 while nothing of it is kept. */
  version: number
  factAt: Date
  textKey: string | null
}

interface NewVersion extends Omit<ListingFacts, 'factAt'> {
  version: number
}

/**
 * Stores listings in the order told: new text makes a new version that waits for screening, the same text only moves
 * its date. The sellers must be known. However many there are, it takes a few statements; and whoever else tells the
 * same listings takes them in the same order, so that nobody waits in a ring.
 */
export async function saveListings(tx: Tx, told: ListingFacts[]): Promise<SavedListing[]> {
  const before = await holdListings(tx, told)
  const after = new Map(before)
  const added: NewVersion[] = []
  const saved = told.map((facts): SavedListing => {
    const held = after.get(facts.id)
    if (!held) throw new Error(`save listing ${facts.id}: it is not held`)
    if (held.sellerId !== facts.sellerId) return { result: 'seller_mismatch' }
    const factAt = factTime(facts.factAt, facts.receivedAt, held.factAt)
    if (factAt < held.factAt) return { result: 'older', version: held.version }
    const isNewText = held.textKey !== facts.textKey
    const version = isNewText ? held.version + 1 : held.version
    if (isNewText) added.push({ ...facts, version })
    after.set(facts.id, { ...held, version, factAt, textKey: facts.textKey })
    return { result: isNewText ? 'stored' : 'unchanged', version }
  })
  await insertVersions(tx, added)
  await moveListings(
    tx,
    [...after].filter(([id, held]) => !saysTheSame(held, before.get(id))),
  )
  return saved
}

/** Locks the listings told, making those that are new, always in the order of their ids. */
async function holdListings(tx: Tx, told: ListingFacts[]): Promise<Map<string, Held>> {
  const first = new Map<string, ListingFacts>()
  for (const facts of told) if (!first.has(facts.id)) first.set(facts.id, facts)
  const facts = [...first.values()].map(({ id, sellerId, factAt, receivedAt }) => ({
    id,
    sellerId,
    factAt: factAt ?? receivedAt,
    receivedAt,
  }))
  const { rows: made } = await sql<{ id: string }>`
    insert into listings (id, seller_id, version, fact_at, received_at)
    select id, "sellerId", 1, "factAt", "receivedAt"
    from json_to_recordset(${json(facts)}::json)
      as told (id text, "sellerId" text, "factAt" timestamptz, "receivedAt" timestamptz)
    order by id
    on conflict do nothing
    returning id`.execute(tx)
  const held = new Map<string, Held>()
  for (const { id } of made) {
    const { sellerId, factAt, receivedAt } = expectFirst(first, id)
    held.set(id, { sellerId, version: 0, factAt: factAt ?? receivedAt, textKey: null })
  }
  if (held.size === first.size) return held
  const known = await tx
    .selectFrom('listings')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...first.keys()].filter((id) => !held.has(id))}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  // Another statement: what was read before the lock may be older than what is locked.
  const { rows: keys } = await sql<{ listing_id: string; text_key: string }>`
    select v.listing_id, v.text_key
    from json_to_recordset(${json(known.map(({ id, version }) => ({ id, version })))}::json) as l (id text, version integer)
    join listing_versions v on v.listing_id = l.id and v.version = l.version`.execute(tx)
  const keyOf = new Map(keys.map((row) => [row.listing_id, row.text_key]))
  for (const { id, seller_id, version, fact_at } of known)
    held.set(id, { sellerId: seller_id, version, factAt: fact_at, textKey: keyOf.get(id) ?? null })
  return held
}

function expectFirst(first: Map<string, ListingFacts>, id: string): ListingFacts {
  const facts = first.get(id)
  if (!facts) throw new Error(`save listing ${id}: nobody told it`)
  return facts
}

/** Whether the row says it already; the row of a new listing is made with its first version. */
function saysTheSame(held: Held, before: Held | undefined): boolean {
  return (
    before !== undefined &&
    held.version === Math.max(before.version, 1) &&
    held.factAt.getTime() === before.factAt.getTime()
  )
}

async function insertVersions(tx: Tx, added: NewVersion[]): Promise<void> {
  if (added.length === 0) return
  await sql`
    with added as (
      insert into listing_versions (listing_id, version, seller_id, text, title, text_key, received_at)
      select id, version, "sellerId", text, text ->> 'title', "textKey", "receivedAt"
      from json_to_recordset(${json(added)}::json)
        as told (id text, version integer, "sellerId" text, text jsonb, "textKey" text, "receivedAt" timestamptz)
      returning arrival, listing_id, version
    )
    insert into waiting_versions (arrival, listing_id, version)
    select arrival, listing_id, version from added`.execute(tx)
}

async function moveListings(tx: Tx, moved: [string, Held][]): Promise<void> {
  if (moved.length === 0) return
  const facts = moved.map(([id, { sellerId, version, factAt }]) => ({
    id,
    sellerId,
    version,
    factAt,
  }))
  // They are all there. Said as an update with a join, the planner may compare each with each.
  await sql`
    insert into listings (id, seller_id, version, fact_at, received_at)
    select id, "sellerId", version, "factAt", "factAt"
    from json_to_recordset(${json(facts)}::json)
      as moved (id text, "sellerId" text, version integer, "factAt" timestamptz)
    on conflict (id) do update set version = excluded.version, fact_at = excluded.fact_at`.execute(
    tx,
  )
}

/** One version, or null. */
export async function readVersion(
  tx: Tx,
  listingId: string,
  version: number,
): Promise<ListingVersion | null> {
  const row = await versions(tx)
    .where('v.listing_id', '=', listingId)
    .where('v.version', '=', version)
    .executeTakeFirst()
  return row ? versionOf(row) : null
}

/** The version that is sold now, with when it was first screened, or null. */
export async function readListing(
  tx: Tx,
  listingId: string,
): Promise<{ version: ListingVersion; screenedAt: Date | null } | null> {
  const row = await versions(tx)
    .innerJoin('listings as l', (join) =>
      join.onRef('l.id', '=', 'v.listing_id').onRef('l.version', '=', 'v.version'),
    )
    .select(
      sql<Date | null>`(
        select min(b.at) from screening_batches b where b.rescreening_id is null and b.arrivals @> v.arrival)`.as(
        'screened_at',
      ),
    )
    .where('l.id', '=', listingId)
    .executeTakeFirst()
  return row ? { version: versionOf(row), screenedAt: row.screened_at } : null
}

/** Which version of each of these listings is sold now. */
export async function currentVersions(
  tx: Tx,
  listingIds: readonly string[],
): Promise<Map<string, number>> {
  if (listingIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('listings')
    .select(['id', 'version'])
    .where('id', '=', sql<string>`any(${listingIds}::text[])`)
    .execute()
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** A listing version whose text is still as it is written down: most are passed on to be screened, and few are read. */
export interface WrittenVersion extends Omit<ListingVersion, 'text'> {
  /** Its place in the order in which versions came. */
  arrival: number
  /** A JSON object on one line. */
  written: string
}

/** Reads the text of a version. */
export function readWritten({ arrival: _, written, ...version }: WrittenVersion): ListingVersion {
  return { ...version, text: ListingText.parse(JSON.parse(written)) }
}

/** A written version as its row has it; the text cast to text. */
export interface WrittenRow {
  arrival: number
  listing_id: string
  version: number
  seller_id: string
  text: string
  text_key: string
  received_at: Date
}

/** A row as a written version. */
export function writtenOf(row: WrittenRow): WrittenVersion {
  return {
    arrival: row.arrival,
    listingId: row.listing_id,
    version: row.version,
    sellerId: row.seller_id,
    written: row.text,
    textKey: row.text_key,
    receivedAt: row.received_at,
  }
}

/** Listings by id, words of the title, or seller; at most 50. */
export async function findListings(
  tx: Tx,
  search: string,
): Promise<{ id: string; title: string; sellerName: string }[]> {
  const like = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return tx
    .selectFrom('listings as l')
    .innerJoin('listing_versions as v', (join) =>
      join.onRef('v.listing_id', '=', 'l.id').onRef('v.version', '=', 'l.version'),
    )
    .innerJoin('sellers as s', 's.id', 'l.seller_id')
    .select(['l.id', 'v.title', sql<string>`coalesce(s.name, s.id)`.as('sellerName')])
    .where((any) =>
      any.or([
        any('v.title', 'ilike', like),
        any('s.name', 'ilike', like),
        any('l.id', '=', search),
        any('s.id', '=', search),
      ]),
    )
    .orderBy('l.received_at', 'desc')
    .limit(50)
    .execute()
}

/** How many listings a seller has. */
export async function countListings(tx: Tx, sellerId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('listings')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('seller_id', '=', sellerId)
    .executeTakeFirstOrThrow()
  return count
}

/** When the listings of a seller were first told, by the hour, oldest first. */
export async function listingsTold(
  tx: Tx,
  sellerId: string,
): Promise<{ at: Date; count: number }[]> {
  const hour = sql<Date>`date_trunc('hour', v.received_at)`
  return tx
    .selectFrom('listings as l')
    .innerJoin('listing_versions as v', (join) =>
      join.onRef('v.listing_id', '=', 'l.id').on('v.version', '=', 1),
    )
    .select((query) => [hour.as('at'), query.fn.countAll<number>().as('count')])
    .where('l.seller_id', '=', sellerId)
    .groupBy(hour)
    .orderBy('at')
    .execute()
}

const versions = (tx: Tx) =>
  tx
    .selectFrom('listing_versions as v')
    .select(['v.listing_id', 'v.version', 'v.seller_id', 'v.text', 'v.text_key', 'v.received_at'])

type Row = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>

function versionOf(row: Row): ListingVersion {
  return {
    listingId: row.listing_id,
    sellerId: row.seller_id,
    version: row.version,
    text: ListingText.parse(row.text),
    textKey: row.text_key,
    receivedAt: row.received_at,
  }
}
