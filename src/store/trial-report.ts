/** What a trial came to, counted in PostgreSQL: how many, the difference with the version in force, and what people said. */
import { sql, type RawBuilder } from 'kysely'
import { PeopleSay } from '../core/precision.ts'
import type { Tx } from './db.ts'
import { peopleSay } from './people-say.ts'
import type { Trial, TrialFinding } from './trial.ts'

export interface Flagged {
  deactivate: number
  review: number
}

export interface TriedListing extends TrialFinding {
  title: string
  sellerName: string
  receivedAt: Date
  people: PeopleSay | null
}

export interface Difference {
  count: number
  listings: TriedListing[]
}

/** How often a policy flags what people said breaks the rule, and what they said does not. */
export interface Said {
  violationsFlagged: number
  violationsMissed: number
  innocentsFlagged: number
  innocentsPassed: number
}

export interface TrialReport {
  flagged: Flagged
  flaggedBefore: Flagged
  newlyFlagged: Difference
  noLongerFlagged: Difference
  moreSevere: Difference
  lessSevere: Difference
  people: Said
  peopleBefore: Said
  days: { day: string; listings: number; flagged: Flagged; flaggedBefore: Flagged }[]
}

const shown = 100

/** The report of what has been screened so far. */
export async function reportOf(tx: Tx, trial: Trial): Promise<TrialReport> {
  const differenceOf = (where: RawBuilder<unknown>) => readDifference(tx, trial, where)
  const { rows } = await sql<Counts>`
    select ${counted} from trial_findings f where f.trial_id = ${trial.id}`.execute(tx)
  const [counts] = rows
  if (!counts) throw new Error(`report trial ${trial.id}: its findings could not be counted`)
  return {
    ...flaggedFrom(counts),
    newlyFlagged: await differenceOf(sql`f.outcome_before = 'allow'`),
    noLongerFlagged: await differenceOf(sql`f.outcome = 'allow'`),
    moreSevere: await differenceOf(sql`f.outcome = 'deactivate' and f.outcome_before = 'review'`),
    lessSevere: await differenceOf(sql`f.outcome = 'review' and f.outcome_before = 'deactivate'`),
    ...(await readSaid(tx, trial)),
    days: await readDays(tx, trial),
  }
}

interface Counts {
  deactivate: number
  review: number
  deactivateBefore: number
  reviewBefore: number
}

const counted = sql`
  count(*) filter (where f.outcome = 'deactivate') as deactivate,
  count(*) filter (where f.outcome = 'review') as review,
  count(*) filter (where f.outcome_before = 'deactivate') as "deactivateBefore",
  count(*) filter (where f.outcome_before = 'review') as "reviewBefore"`

function flaggedFrom(counts: Counts): Pick<TrialReport, 'flagged' | 'flaggedBefore'> {
  return {
    flagged: { deactivate: counts.deactivate, review: counts.review },
    flaggedBefore: { deactivate: counts.deactivateBefore, review: counts.reviewBefore },
  }
}

async function readDifference(
  tx: Tx,
  { id, policy }: Trial,
  where: RawBuilder<unknown>,
): Promise<Difference> {
  const { rows } = await sql<TriedListing & { count: number }>`
    with people as (${peopleSay(policy)})
    select f.listing_id as "listingId", f.listing_version as version, f.seller_id as "sellerId",
      f.outcome, f.score, f.evidence, f.outcome_before as "outcomeBefore", f.score_before as "scoreBefore",
      v.title, coalesce(s.name, s.id) as "sellerName", v.received_at as "receivedAt", p.says as people,
      count(*) over () as count
    from trial_findings f
    join listing_versions v on v.listing_id = f.listing_id and v.version = f.listing_version
    join sellers s on s.id = f.seller_id
    left join people p on p.seller_id = v.seller_id and p.text_key = v.text_key
    where f.trial_id = ${id} and ${where}
    order by coalesce(f.score, f.score_before) desc, f.listing_id, f.listing_version
    limit ${shown}`.execute(tx)
  return {
    count: rows[0]?.count ?? 0,
    listings: rows.map(({ count: _, people, ...listing }) => ({
      ...listing,
      people: PeopleSay.nullable().parse(people),
    })),
  }
}

/** Over every listing version that was screened: of what neither flags nothing is kept, but people may have said something. */
async function readSaid(
  tx: Tx,
  trial: Trial,
): Promise<Pick<TrialReport, 'people' | 'peopleBefore'>> {
  const { rows } = await sql<{ says: string; flagged: boolean; before: boolean; count: number }>`
    with people as (${peopleSay(trial.policy)})
    select p.says,
      coalesce(f.outcome <> 'allow', false) as flagged,
      coalesce(f.outcome_before <> 'allow', false) as before,
      count(*) as count
    from people p
    join listing_versions v on v.seller_id = p.seller_id and v.text_key = p.text_key
    left join trial_findings f on f.trial_id = ${trial.id}
      and f.listing_id = v.listing_id and f.listing_version = v.version
    where ${isScreened(trial)}
    group by 1, 2, 3`.execute(tx)
  const count = (says: PeopleSay, by: 'flagged' | 'before', isFlagged: boolean) =>
    rows
      .filter((row) => row.says === says && row[by] === isFlagged)
      .reduce((sum, row) => sum + row.count, 0)
  const said = (by: 'flagged' | 'before'): Said => ({
    violationsFlagged: count('violation', by, true),
    violationsMissed: count('violation', by, false),
    innocentsFlagged: count('innocent', by, true),
    innocentsPassed: count('innocent', by, false),
  })
  return { people: said('flagged'), peopleBefore: said('before') }
}

async function readDays(tx: Tx, trial: Trial): Promise<TrialReport['days']> {
  const { rows } = await sql<Counts & { day: string; listings: number }>`
    select to_char(v.received_at, 'YYYY-MM-DD') as day, count(*) as listings, ${counted}
    from listing_versions v
    left join trial_findings f on f.trial_id = ${trial.id}
      and f.listing_id = v.listing_id and f.listing_version = v.version
    where ${isScreened(trial)}
    group by 1
    order by 1`.execute(tx)
  return rows.map(({ day, listings, ...counts }) => ({ day, listings, ...flaggedFrom(counts) }))
}

/** The listing versions that the trial has come past. */
function isScreened({ since, after }: Trial): RawBuilder<unknown> {
  return sql`v.received_at > ${since}
    and (v.received_at, v.listing_id, v.version) <= (${after.receivedAt}, ${after.listingId}, ${after.version})`
}
