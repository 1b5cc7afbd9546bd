/** What the health of accounts is worked out from, in PostgreSQL; which thresholds are met, and which measures rest on one. */
import { sql } from 'kysely'
import type { ComplaintFact, HealthFacts, Violation } from '../core/account-health.ts'
import { HealthRules, Threshold } from '../core/health-rules.ts'
import { json, type Tx } from './db.ts'

/** The time that is looked at: decisions and complaints have windows of their own. */
export interface LookedAtTime {
  violationsSince: Date
  complaintsSince: Date
  at: Date
}

/** Everything that points of a seller come from at this instant, as it is known now; nothing behind another wall. */
export async function healthFacts(
  tx: Tx,
  sellerId: string,
  { violationsSince, complaintsSince, at }: LookedAtTime,
): Promise<HealthFacts> {
  const { rows: violations } = await sql<Violation>`
    select * from violations_of(${sellerId}, ${violationsSince}, ${at})`.execute(tx)
  const { rows: counted } = await sql<{ orders: number }>`
    select orders_in(${sellerId}, ${complaintsSince}, ${at}) as orders`.execute(tx)
  return {
    violations,
    complaints: await complaintFacts(tx, sellerId, { since: complaintsSince, until: at }),
    orders: counted[0]?.orders ?? 0,
  }
}

/** What is known of complaints about a seller that came within this time, as far as it says what they weigh. */
export async function complaintFacts(
  tx: Tx,
  sellerId: string,
  { since, until }: { since: Date; until: Date },
): Promise<ComplaintFact[]> {
  const { rows } = await sql<
    Omit<ComplaintFact, 'score'> & { counts: boolean | null; credibility: number | null }
  >`select * from complaints_weighing_on(${sellerId}, ${since}, ${until})`.execute(tx)
  return rows.map(({ counts, credibility, ...complaint }) => ({
    ...complaint,
    score: counts === null || credibility === null ? null : { counts, credibility },
  }))
}

/** One at a time works on what follows from the health of a seller. */
export async function lockHealth(tx: Tx, sellerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`health ${sellerId}`}, 27))`.execute(tx)
}

/** When the next decision about a seller is told that can still be undone; null where none is ahead. */
export async function nextTold(tx: Tx, sellerId: string, now: Date): Promise<Date | null> {
  const { at } = await tx
    .selectFrom('decisions')
    .select(({ fn }) => fn.min('notice_at').as('at'))
    .where('seller_id', '=', sellerId)
    .where('notice_at', '>', now)
    .executeTakeFirstOrThrow()
  return at
}

export interface ThresholdMet {
  id: string
  sellerId: string
  threshold: string
  metAt: Date
  sums: Record<string, unknown>
  caseId: string | null
}

/** Which thresholds a seller meets by what was seen last. */
export async function thresholdsMet(tx: Tx, sellerId: string): Promise<ThresholdMet[]> {
  const rows = await tx
    .selectFrom('thresholds_met')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('over_at', 'is', null)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sellerId: row.seller_id,
    threshold: row.threshold,
    metAt: row.met_at,
    sums: row.sums,
    caseId: row.case_id,
  }))
}

/** Notes that one is met from now on. */
export async function insertThresholdMet(tx: Tx, met: ThresholdMet): Promise<void> {
  await tx
    .insertInto('thresholds_met')
    .values({
      id: met.id,
      seller_id: met.sellerId,
      threshold: met.threshold,
      met_at: met.metAt,
      over_at: null,
      sums: json(met.sums),
      case_id: met.caseId,
    })
    .execute()
}

/** Notes that it is not met any more. */
export async function endThresholdMet(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('thresholds_met').set({ over_at: at }).where('id', '=', id).execute()
}

export interface ThresholdMeasure {
  decisionId: string
  sellerId: string
  threshold: Threshold
  rules: HealthRules
  computedAt: Date
}

/** Keeps on which threshold a measure rests, by which rules. */
export async function insertThresholdMeasure(tx: Tx, rests: ThresholdMeasure): Promise<void> {
  await tx
    .insertInto('threshold_measures')
    .values({
      decision_id: rests.decisionId,
      seller_id: rests.sellerId,
      threshold: json(rests.threshold),
      rules: json(rests.rules),
      computed_at: rests.computedAt,
    })
    .execute()
}

/** Every measure of a seller that rests on a threshold and was not lifted. */
export async function thresholdMeasures(tx: Tx, sellerId: string): Promise<ThresholdMeasure[]> {
  const rows = await tx
    .selectFrom('threshold_measures as t')
    .innerJoin('actions as a', 'a.decision_id', 't.decision_id')
    .leftJoin('decisions as e', 'e.id', 'a.ended_by')
    .selectAll('t')
    .where('t.seller_id', '=', sellerId)
    .where((any) => any.or([any('e.kind', 'is', null), any('e.kind', '<>', 'lift')]))
    .orderBy('t.computed_at')
    .execute()
  return rows.map((row) => ({
    decisionId: row.decision_id,
    sellerId: row.seller_id,
    threshold: Threshold.parse(row.threshold),
    rules: HealthRules.parse(row.rules),
    computedAt: row.computed_at,
  }))
}

/**
 * Calls for thresholds to be computed again, which a clock does at once after the commit. Where something falls, only
 * for a seller of whom one was met or on whom a measure rests on one, so that thousands of lifts call nobody.
 */
export async function callForHealth(
  tx: Tx,
  { sellerId, onlyWhereMet, at }: { sellerId: string; onlyWhereMet: boolean; at: Date },
): Promise<void> {
  await sql`
    insert into clocks (kind, ref, due_at)
    select 'health.recheck', ${sellerId}, ${at}
    where not ${onlyWhereMet} or health_matters(${sellerId})
    on conflict (kind, ref) do update set due_at = least(clocks.due_at, excluded.due_at)`.execute(
    tx,
  )
}
