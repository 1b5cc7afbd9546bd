/** Listings in PostgreSQL: every version is kept, because a decision names the one that it judged. */
import { sql } from 'kysely'
import { ListingText, type ListingVersion } from '../core/listing.ts'
import type { Outcome } from '../core/finding.ts'
import { json, type Tx } from './db.ts'
import type { FactResult } from './seller.ts'

export interface ListingFacts {
  id: string
  sellerId: string
  text: ListingText
  textKey: string
  factAt: Date
}

export type SavedListing = { result: FactResult; version: number } | { result: 'seller_mismatch' }

/** Stores a listing: new text makes a new version, the same text only moves its date. The seller must be known. */
export async function saveListing(tx: Tx, facts: ListingFacts, now: Date): Promise<SavedListing> {
  const inserted = await tx
    .insertInto('listings')
    .values({
      id: facts.id,
      seller_id: facts.sellerId,
      version: 1,
      fact_at: facts.factAt,
      received_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) {
    await insertVersion(tx, facts, 1, now)
    return { result: 'stored', version: 1 }
  }
  const held = await tx
    .selectFrom('listings')
    .selectAll()
    .where('id', '=', facts.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (held.seller_id !== facts.sellerId) return { result: 'seller_mismatch' }
  if (facts.factAt < held.fact_at) return { result: 'older', version: held.version }
  const { text_key: heldKey } = await tx
    .selectFrom('listing_versions')
    .select('text_key')
    .where('listing_id', '=', facts.id)
    .where('version', '=', held.version)
    .executeTakeFirstOrThrow()
  const isNewText = heldKey !== facts.textKey
  const version = isNewText ? held.version + 1 : held.version
  if (isNewText) await insertVersion(tx, facts, version, now)
  await tx
    .updateTable('listings')
    .set({ version, fact_at: facts.factAt })
    .where('id', '=', facts.id)
    .execute()
  return { result: isNewText ? 'stored' : 'unchanged', version }
}

async function insertVersion(
  tx: Tx,
  facts: ListingFacts,
  version: number,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('listing_versions')
    .values({
      listing_id: facts.id,
      version,
      seller_id: facts.sellerId,
      text: json(facts.text),
      title: facts.text.title,
      text_key: facts.textKey,
      received_at: now,
    })
    .execute()
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

/** The version that is sold now, with when it was screened, or null. */
export async function readListing(
  tx: Tx,
  listingId: string,
): Promise<{ version: ListingVersion; screenedAt: Date | null; outcome: Outcome | null } | null> {
  const row = await versions(tx)
    .innerJoin('listings as l', (join) =>
      join.onRef('l.id', '=', 'v.listing_id').onRef('l.version', '=', 'v.version'),
    )
    .where('l.id', '=', listingId)
    .executeTakeFirst()
  return row ? { version: versionOf(row), screenedAt: row.screened_at, outcome: row.outcome } : null
}

/** Takes versions that wait for screening, oldest first, so that no other worker takes them too. */
export async function takeUnscreened(tx: Tx, most: number): Promise<ListingVersion[]> {
  const rows = await versions(tx)
    .where('v.screened_at', 'is', null)
    .orderBy('v.received_at')
    .limit(most)
    .forUpdate('v')
    .skipLocked()
    .execute()
  return rows.map(versionOf)
}

/** Marks versions as screened with their outcome. */
export async function markScreened(
  tx: Tx,
  screened: { listingId: string; version: number; outcome: Outcome }[],
  now: Date,
): Promise<void> {
  if (screened.length === 0) return
  await sql`
    update listing_versions v
    set screened_at = ${now}, outcome = s.outcome
    from jsonb_to_recordset(${json(screened)}::jsonb) as s ("listingId" text, version integer, outcome text)
    where v.listing_id = s."listingId" and v.version = s.version`.execute(tx)
}

/** Works out the outcome of versions from the findings that stand by now. */
export async function settleOutcomes(
  tx: Tx,
  listings: { listingId: string; version: number }[],
): Promise<void> {
  if (listings.length === 0) return
  await sql`
    update listing_versions v
    set outcome = case
      when exists (select from findings f where f.listing_id = v.listing_id and f.listing_version = v.version
        and f.replaced_at is null and f.outcome = 'deactivate') then 'deactivate'
      when exists (select from findings f where f.listing_id = v.listing_id and f.listing_version = v.version
        and f.replaced_at is null) then 'review'
      else 'allow' end
    from jsonb_to_recordset(${json(listings)}::jsonb) as l ("listingId" text, version integer)
    where v.listing_id = l."listingId" and v.version = l.version and v.screened_at is not null`.execute(
    tx,
  )
}

/** How many listing versions were screened. */
export async function countScreened(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('listing_versions')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('screened_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return count
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

const versions = (tx: Tx) =>
  tx
    .selectFrom('listing_versions as v')
    .select([
      'v.listing_id',
      'v.version',
      'v.seller_id',
      'v.text',
      'v.text_key',
      'v.received_at',
      'v.screened_at',
      'v.outcome',
    ])

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
