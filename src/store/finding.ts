/** Findings in PostgreSQL: what each policy saw in a listing version, kept as it was. */
import { sql } from 'kysely'
import type { Finding } from '../core/finding.ts'
import type { Level } from '../core/policy.ts'
import { json, type Tx } from './db.ts'

export interface FindingRecord extends Finding {
  id: string
  listingId: string
  listingVersion: number
  sellerId: string
  level: Level
  foundAt: Date
}

/** Keeps findings with the level at which their policy stood. */
export async function insertFindings(tx: Tx, findings: FindingRecord[]): Promise<void> {
  if (findings.length === 0) return
  await sql`
    insert into findings (id, listing_id, listing_version, seller_id, policy, policy_version, level, outcome, score,
      evidence, would_reverse, found_at)
    select id, "listingId", "listingVersion", "sellerId", policy, version, level, outcome, score,
      evidence, "wouldReverse", "foundAt"
    from json_to_recordset(${json(findings)}::json) as found (id text, "listingId" text, "listingVersion" integer,
      "sellerId" text, policy text, version integer, level text, outcome text, score double precision,
      evidence jsonb, "wouldReverse" jsonb, "foundAt" timestamptz)`.execute(tx)
}

/** What the policies say of one listing version now. */
export async function findingsOn(
  tx: Tx,
  listingId: string,
  version: number,
): Promise<FindingRecord[]> {
  const all = await everyFindingOn(tx, listingId, version)
  return all.filter(({ replacedAt }) => replacedAt === null)
}

/** What the policies ever said of one listing version: what stands first, then what was replaced. */
export async function everyFindingOn(
  tx: Tx,
  listingId: string,
  version: number,
): Promise<(FindingRecord & { replacedAt: Date | null })[]> {
  const rows = await tx
    .selectFrom('findings')
    .selectAll()
    .where('listing_id', '=', listingId)
    .where('listing_version', '=', version)
    .orderBy('replaced_at', (order) => order.desc().nullsFirst())
    .orderBy('score', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    listingId: row.listing_id,
    listingVersion: row.listing_version,
    sellerId: row.seller_id,
    policy: row.policy,
    version: row.policy_version,
    level: row.level,
    outcome: row.outcome,
    score: row.score,
    evidence: row.evidence,
    wouldReverse: row.would_reverse,
    foundAt: row.found_at,
    replacedAt: row.replaced_at,
  }))
}

/** What one policy said of these listing versions before no longer stands. */
export async function replaceFindings(
  tx: Tx,
  policy: string,
  listings: readonly { listingId: string; version: number }[],
  now: Date,
): Promise<void> {
  if (listings.length === 0) return
  const written = listings.map(({ listingId, version }) => ({ listingId, version }))
  await sql`
    update findings f
    set replaced_at = ${now}
    from json_to_recordset(${json(written)}::json) as l ("listingId" text, version integer)
    where f.listing_id = l."listingId"
      and f.listing_version = l.version
      and f.policy = ${policy}
      and f.replaced_at is null`.execute(tx)
}

export interface FlaggedRecord extends FindingRecord {
  title: string
  sellerName: string
  policyTitle: string
  decisionId: string | null
  decisionEnded: boolean
  caseId: string | null
  caseDueAt: Date | null
  caseState: string | null
}

export interface FlaggedSearch {
  policy: string | null
  outcome: 'review' | 'deactivate' | null
  search: string | null
  /** The last finding of the page before. */
  after: { foundAt: Date; id: string } | null
  most: number
}

/** What was flagged, newest first, with what came of each. */
export async function searchFlagged(tx: Tx, by: FlaggedSearch): Promise<FlaggedRecord[]> {
  const like = by.search === null ? null : `%${by.search.replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<FlaggedRecord>`
    select f.id, f.listing_id as "listingId", f.listing_version as "listingVersion", f.seller_id as "sellerId",
      f.policy, f.policy_version as version, f.level, f.outcome, f.score, f.evidence,
      f.would_reverse as "wouldReverse", f.found_at as "foundAt",
      v.title, coalesce(s.name, s.id) as "sellerName", p.document ->> 'title' as "policyTitle",
      d.id as "decisionId", coalesce(d.ended, false) as "decisionEnded",
      c.id as "caseId", c.due_at as "caseDueAt", c.state as "caseState"
    from findings f
    join listing_versions v on v.listing_id = f.listing_id and v.version = f.listing_version
    join sellers s on s.id = f.seller_id
    join policies p on p.name = f.policy and p.version = f.policy_version
    left join lateral (
      select d.id, a.ended_at is not null as ended
      from decisions d join actions a on a.decision_id = d.id
      where d.subject_kind = 'listing' and d.subject_id = f.listing_id
        and (d.rests_on @> jsonb_build_array(jsonb_build_object('kind', 'finding', 'id', f.id))
          -- Screened anew, the policy found what it had acted on before.
          or (d.policy = f.policy and d.listing_version = f.listing_version and d.kind = 'impose'))
      order by d.taken_at desc limit 1
    ) d on true
    left join lateral (
      select c.id, c.due_at, c.state
      from cases c
      where c.seller_id = f.seller_id and c.kind = 'check'
        and c."check" ->> 'listingId' = f.listing_id and (c."check" ->> 'listingVersion')::integer = f.listing_version
      order by c.opened_at desc limit 1
    ) c on true
    where f.replaced_at is null
      and (${by.policy}::text is null or f.policy = ${by.policy})
      and (${by.outcome}::text is null or f.outcome = ${by.outcome})
      and (${like}::text is null or v.title ilike ${like} or s.name ilike ${like})
      and (${by.after?.id ?? null}::text is null or (f.found_at, f.id) < (${by.after?.foundAt ?? null}, ${by.after?.id ?? null}))
    order by f.found_at desc, f.id desc
    limit ${by.most}`.execute(tx)
  return rows
}

/** How many listing versions each policy flagged, by outcome. */
export async function countFlagged(
  tx: Tx,
): Promise<{ policy: string; title: string; review: number; deactivate: number }[]> {
  const { rows } = await sql<{ policy: string; title: string; review: number; deactivate: number }>`
    select f.policy, max(p.document ->> 'title') as title,
      count(*) filter (where f.outcome = 'review') as review,
      count(*) filter (where f.outcome = 'deactivate') as deactivate
    from findings f join policies p on p.name = f.policy and p.version = f.policy_version
    where f.replaced_at is null
    group by f.policy order by f.policy`.execute(tx)
  return rows
}
