/** Rescreenings in PostgreSQL: how far a changed policy has come through the listings on sale. */
import { sql, type Selectable } from 'kysely'
import type { Tx } from './db.ts'
import { textBytes, writtenOf, type WrittenRow, type WrittenVersion } from './listing.ts'
import type { Tables } from './tables.ts'

export interface Rescreening {
  id: string
  policy: string
  version: number
  because: 'version' | 'level'
  startedAt: Date
  endedAt: Date | null
  isCutShort: boolean
  /** The last listing that was looked at, in the order of ids. */
  afterListing: string
  listings: number
  screened: number
  found: number
  acted: number
  asked: number
  lifted: number
}

/** What one step adds. */
export type Step = Pick<
  Rescreening,
  'afterListing' | 'screened' | 'found' | 'acted' | 'asked' | 'lifted'
>

/** Begins one over every listing that there is; the one that runs for this policy ends where it is. */
export async function beginRescreening(
  tx: Tx,
  begun: Pick<Rescreening, 'id' | 'policy' | 'version' | 'because' | 'startedAt'>,
): Promise<void> {
  await cutShort(tx, begun.policy, begun.startedAt)
  await sql`
    insert into rescreenings (id, policy, version, because, started_at, after_listing,
      listings, screened, found, acted, asked, lifted, is_cut_short)
    select ${begun.id}, ${begun.policy}, ${begun.version}, ${begun.because}, ${begun.startedAt}, '',
      count(*), 0, 0, 0, 0, 0, false
    from listings
    having count(*) > 0`.execute(tx)
}

/** Ends the one that runs for a policy before it is through. */
export async function cutShort(tx: Tx, policy: string, now: Date): Promise<void> {
  await tx
    .updateTable('rescreenings')
    .set({ ended_at: now, is_cut_short: true })
    .where('policy', '=', policy)
    .where('ended_at', 'is', null)
    .execute()
}

/** Takes the one that has run longest, so that no other worker takes it too; null when none runs or all are taken. */
export async function takeRescreening(tx: Tx): Promise<Rescreening | null> {
  const row = await tx
    .selectFrom('rescreenings')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row ? rescreeningOf(row) : null
}

/** Keeps how far a step came. */
export async function advanceRescreening(tx: Tx, id: string, step: Step): Promise<void> {
  await tx
    .updateTable('rescreenings')
    .set((held) => ({
      after_listing: step.afterListing,
      screened: held('screened', '+', step.screened),
      found: held('found', '+', step.found),
      acted: held('acted', '+', step.acted),
      asked: held('asked', '+', step.asked),
      lifted: held('lifted', '+', step.lifted),
    }))
    .where('id', '=', id)
    .execute()
}

/** It is through. */
export async function endRescreening(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('rescreenings').set({ ended_at: now }).where('id', '=', id).execute()
}

/** The latest of each policy. */
export async function latestRescreenings(tx: Tx): Promise<Map<string, Rescreening>> {
  const rows = await tx
    .selectFrom('rescreenings')
    .distinctOn('policy')
    .selectAll()
    .orderBy('policy')
    .orderBy('started_at', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.policy, rescreeningOf(row)]))
}

export interface ListingOnSale extends WrittenVersion {
  /** Whether it waits for its first screening, which will apply the changed policy by itself. */
  isWaiting: boolean
  /** Whether this policy version has looked at it since the given time and found something. */
  isFoundSince: boolean
  /** Whether something stands that this policy found in it. */
  isFlagged: boolean
}

/** The current versions of the next listings in the order of ids. */
export async function listingsAfter(
  tx: Tx,
  {
    policy,
    version,
    startedAt,
    afterListing,
  }: Pick<Rescreening, 'policy' | 'version' | 'startedAt' | 'afterListing'>,
  most: number,
): Promise<ListingOnSale[]> {
  const { rows } = await sql<
    WrittenRow & { waiting: boolean; found_since: boolean; flagged: boolean }
  >`
    select v.arrival, v.listing_id, v.version, v.seller_id, v.text::text as text, v.text_key, v.received_at,
      w.arrival is not null as waiting,
      coalesce(f.since, false) as found_since,
      coalesce(f.stands, false) as flagged
    from (
      select v.*, sum(v.size) over (order by v.listing_id) - v.size as before
      from (
        select id, version from listings
        where id > ${afterListing}
        order by id
        limit ${most}
      ) l
      join listing_versions v on v.listing_id = l.id and v.version = l.version
    ) v
    left join waiting_versions w on w.arrival = v.arrival
    left join lateral (
      select bool_or(replaced_at is null) as stands,
        bool_or(policy_version = ${version} and found_at >= ${startedAt}) as since
      from findings f
      where f.listing_id = v.listing_id and f.listing_version = v.version and f.policy = ${policy}
    ) f on true
    where v.before < ${textBytes}
    order by v.listing_id`.execute(tx)
  return rows.map((row) => ({
    ...writtenOf(row),
    isWaiting: row.waiting,
    isFoundSince: row.found_since,
    isFlagged: row.flagged,
  }))
}

function rescreeningOf(row: Selectable<Tables['rescreenings']>): Rescreening {
  return {
    id: row.id,
    policy: row.policy,
    version: row.version,
    because: row.because,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    isCutShort: row.is_cut_short,
    afterListing: row.after_listing,
    listings: row.listings,
    screened: row.screened,
    found: row.found,
    acted: row.acted,
    asked: row.asked,
    lifted: row.lifted,
  }
}
