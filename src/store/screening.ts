/** Screenings in PostgreSQL: what waits for its first, and what was screened, in counted batches that say what they cover. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Outcome } from '../core/finding.ts'
import type { Jurisdiction } from '../core/policy.ts'
import type { Tx } from './db.ts'
import { textBytes, writtenOf, type WrittenRow, type WrittenVersion } from './listing.ts'

/** Takes versions that wait for their first screening, oldest first, so that no other worker takes them too. */
export async function takeWaiting(tx: Tx, most: number): Promise<WrittenVersion[]> {
  const { rows } = await sql<WrittenRow>`
    with next as (
      select v.*, sum(v.size) over (order by v.arrival) - v.size as before
      from (
        select * from waiting_versions
        order by arrival
        limit ${most}
        for update skip locked
      ) w
      -- One by one by their key, however many versions there are.
      cross join lateral (
        select * from listing_versions
        where listing_id = w.listing_id and version = w.version
        limit 1
      ) v
    ), taken as (
      delete from waiting_versions
      where arrival in (select arrival from next where before < ${textBytes})
    )
    select arrival, listing_id, version, seller_id, text::text as text, text_key, received_at
    from next
    where before < ${textBytes}
    order by arrival`.execute(tx)
  return rows.map(writtenOf)
}

/** What policies said of many versions at once. */
export interface ScreeningBatch {
  id: string
  at: Date
  jurisdiction: Jurisdiction
  /** The rescreening that it is a step of; null for the first screening of what came. */
  rescreeningId: string | null
  versions: readonly Pick<WrittenVersion, 'arrival' | 'listingId' | 'version' | 'textKey'>[]
  /** How many versions came to each outcome. */
  outcomes: Record<Outcome, number>
  policies: readonly { policy: string; version: number; review: number; deactivate: number }[]
}

/** Keeps a batch: of what was allowed nothing else is kept. */
export async function insertBatch(tx: Tx, batch: ScreeningBatch): Promise<void> {
  const { id, outcomes } = batch
  const versions = batch.versions.toSorted((one, other) => one.arrival - other.arrival)
  if (versions.length === 0) return
  await tx
    .insertInto('screening_batches')
    .values({
      id,
      at: batch.at,
      jurisdiction: batch.jurisdiction,
      rescreening_id: batch.rescreeningId,
      screened: versions.length,
      allowed: outcomes.allow,
      review: outcomes.review,
      deactivate: outcomes.deactivate,
      arrivals: rangesOf(versions.map(({ arrival }) => arrival)),
      digest: digestOf(versions),
    })
    .execute()
  if (batch.policies.length > 0)
    await tx
      .insertInto('batch_policies')
      .values(batch.policies.map((judged) => ({ batch_id: id, ...judged })))
      .execute()
}

/** The digest by which whoever doubts a batch can tell what it covered: a line for each version, in the order of arrival. */
function digestOf(versions: ScreeningBatch['versions']): string {
  const digest = createHash('sha256')
  for (const { listingId, version, textKey } of versions)
    digest.update(`${listingId} ${version} ${textKey}\n`)
  return digest.digest('hex')
}

/** Numbers in rising order as PostgreSQL writes ranges of them: `{[1,4),[7,8)}`. */
function rangesOf(rising: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of rising) {
    const last = ranges.at(-1)
    if (last?.to === number) last.to = number + 1
    else ranges.push({ from: number, to: number + 1 })
  }
  return `{${ranges.map(({ from, to }) => `[${from},${to})`).join(',')}}`
}

/** How many listing versions were screened. */
export async function countScreened(tx: Tx): Promise<number> {
  const { rows } = await sql<{ screened: number }>`
    select coalesce(sum(screened), 0)::bigint as screened
    from screening_batches
    where rescreening_id is null`.execute(tx)
  return rows[0]?.screened ?? 0
}

export interface ScreenedCounts {
  versions: number
  review: number
  deactivate: number
}

/** What was screened since ever, first or anew, by what came of it. */
export async function countOutcomes(tx: Tx): Promise<Record<Outcome, number>> {
  const { rows } = await sql<Record<Outcome, number>>`
    select coalesce(sum(allowed), 0)::bigint as allow,
      coalesce(sum(review), 0)::bigint as review,
      coalesce(sum(deactivate), 0)::bigint as deactivate
    from screening_batches`.execute(tx)
  return rows[0] ?? { allow: 0, review: 0, deactivate: 0 }
}

/** The same for each policy that screened any. */
export async function countScreenedByPolicy(tx: Tx): Promise<Map<string, ScreenedCounts>> {
  const { rows } = await sql<{ policy: string } & ScreenedCounts>`
    select p.policy, sum(b.screened)::bigint as versions,
      sum(p.review)::bigint as review, sum(p.deactivate)::bigint as deactivate
    from batch_policies p join screening_batches b on b.id = p.batch_id
    group by p.policy`.execute(tx)
  return new Map(rows.map(({ policy, ...counts }) => [policy, counts]))
}
