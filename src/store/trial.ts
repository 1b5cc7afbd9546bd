/** Trials in PostgreSQL: which document was tried on which listings, how far it came, and what it would have said. */
import { sql, type Selectable } from 'kysely'
import type { Evidence, Outcome } from '../core/finding.ts'
import { ListingText, type ListingVersion } from '../core/listing.ts'
import { Policy } from '../core/policy.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

export interface Trial {
  id: string
  policy: string
  /** As it would be adopted; null for the version in force as it is. */
  document: Policy | null
  against: number | null
  askedBy: string
  askedByName: string
  askedAt: Date
  /** Listing versions received after the first, up to the second. */
  since: Date
  until: Date
  listings: number
  screened: number
  after: Place
  state: 'running' | 'done' | 'stopped'
  endedAt: Date | null
}

/** A place in the order in which listing versions came. */
export interface Place {
  receivedAt: Date
  listingId: string
  version: number
}

/** What a trial says of one listing version, beside what the version in force says. */
export interface TrialFinding {
  listingId: string
  version: number
  sellerId: string
  outcome: Outcome
  score: number | null
  evidence: Evidence[]
  outcomeBefore: Outcome
  scoreBefore: number | null
}

/** Stops what runs of a policy: one trial of it, or whichever it is; answers whether any did. */
export async function stopRunning(
  tx: Tx,
  { policy, id }: { policy: string; id?: string },
  now: Date,
): Promise<boolean> {
  const stopped = await tx
    .updateTable('trials')
    .set({ state: 'stopped', ended_at: now })
    .where('policy', '=', policy)
    .where('state', '=', 'running')
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .executeTakeFirst()
  return stopped.numUpdatedRows > 0n
}

/** Begins a trial; the one of the same policy that runs stops where it is. */
export async function beginTrial(
  tx: Tx,
  begun: Pick<
    Trial,
    | 'id'
    | 'policy'
    | 'document'
    | 'against'
    | 'askedBy'
    | 'askedByName'
    | 'askedAt'
    | 'since'
    | 'until'
  >,
): Promise<void> {
  await stopRunning(tx, { policy: begun.policy }, begun.askedAt)
  const { count } = await tx
    .selectFrom('listing_versions')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('received_at', '>', begun.since)
    .where('received_at', '<=', begun.until)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('trials')
    .values({
      id: begun.id,
      policy: begun.policy,
      document: begun.document && json(begun.document),
      against: begun.against,
      asked_by: begun.askedBy,
      asked_by_name: begun.askedByName,
      asked_at: begun.askedAt,
      since: begun.since,
      until: begun.until,
      listings: count,
      screened: 0,
      after_received: begun.since,
      after_listing: '',
      after_version: 0,
      state: 'running',
      ended_at: null,
    })
    .execute()
}

/** Takes the trial that has run longest, so that no other worker takes it too; null when none runs or all are taken. */
export async function takeTrial(tx: Tx): Promise<Trial | null> {
  const row = await tx
    .selectFrom('trials')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('asked_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row ? trialOf(row) : null
}

/** The listing versions that come next. */
export async function versionsAfter(
  tx: Tx,
  { after, until }: Pick<Trial, 'after' | 'until'>,
  most: number,
): Promise<ListingVersion[]> {
  const rows = await tx
    .selectFrom('listing_versions')
    .select(['listing_id', 'version', 'seller_id', 'text', 'text_key', 'received_at'])
    .where(
      sql<boolean>`(received_at, listing_id, version) > (${after.receivedAt}, ${after.listingId}, ${after.version})`,
    )
    .where('received_at', '<=', until)
    .orderBy('received_at')
    .orderBy('listing_id')
    .orderBy('version')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    listingId: row.listing_id,
    sellerId: row.seller_id,
    version: row.version,
    text: ListingText.parse(row.text),
    textKey: row.text_key,
    receivedAt: row.received_at,
  }))
}

/** Keeps how far a step came and what it found. */
export async function advanceTrial(
  tx: Tx,
  id: string,
  { after, screened, findings }: { after: Place; screened: number; findings: TrialFinding[] },
): Promise<void> {
  if (findings.length > 0)
    await tx
      .insertInto('trial_findings')
      .values(
        findings.map((finding) => ({
          trial_id: id,
          listing_id: finding.listingId,
          listing_version: finding.version,
          seller_id: finding.sellerId,
          outcome: finding.outcome,
          score: finding.score,
          evidence: json(finding.evidence),
          outcome_before: finding.outcomeBefore,
          score_before: finding.scoreBefore,
        })),
      )
      .execute()
  await tx
    .updateTable('trials')
    .set((held) => ({
      screened: held('screened', '+', screened),
      after_received: after.receivedAt,
      after_listing: after.listingId,
      after_version: after.version,
    }))
    .where('id', '=', id)
    .execute()
}

/** It is through. */
export async function endTrial(tx: Tx, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('trials')
    .set({ state: 'done', ended_at: now })
    .where('id', '=', id)
    .execute()
}

/** The trials of a policy, newest first; at most 50. */
export async function listTrials(tx: Tx, policy: string): Promise<Trial[]> {
  const rows = await tx
    .selectFrom('trials')
    .selectAll()
    .where('policy', '=', policy)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute()
  return rows.map(trialOf)
}

/** One trial of a policy, or null. */
export async function readTrial(tx: Tx, policy: string, id: string): Promise<Trial | null> {
  const row = await tx
    .selectFrom('trials')
    .selectAll()
    .where('policy', '=', policy)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? trialOf(row) : null
}

function trialOf(row: Selectable<Tables['trials']>): Trial {
  return {
    id: row.id,
    policy: row.policy,
    document: row.document === null ? null : Policy.parse(row.document),
    against: row.against,
    askedBy: row.asked_by,
    askedByName: row.asked_by_name,
    askedAt: row.asked_at,
    since: row.since,
    until: row.until,
    listings: row.listings,
    screened: row.screened,
    after: {
      receivedAt: row.after_received,
      listingId: row.after_listing,
      version: row.after_version,
    },
    state: row.state,
    endedAt: row.ended_at,
  }
}
