/** Decisions, their statements and actions in PostgreSQL: written together, the decisions never changed. */
import { sql } from 'kysely'
import type { Action } from '../core/action.ts'
import type { Decision, RestsOn } from '../core/decision.ts'
import { Measure, type Subject } from '../core/measure.ts'
import { Statement } from '../core/statement.ts'
import { json, type Tx } from './db.ts'

/** A measure with all that belongs to it: what doors show and what an appeal contests. */
export interface MeasureRecord {
  decision: Decision
  statement: Statement
  informedAt: Date | null
  /** What was added to the time in which it can be contested, because a claim kept the account shut; in milliseconds. */
  stoodStill: number
  action: Action
  /** The decision that ended it, when one did. */
  endedBy: Pick<Decision, 'id' | 'kind' | 'takenBy' | 'reasons' | 'takenAt'> | null
  /** The decision of a repair that kept it; null where none did. */
  kept: Pick<Decision, 'id' | 'takenBy' | 'reasons' | 'takenAt'> | null
}

/** The next number to quote, such as 1004 of D-1004. */
export async function nextDecisionNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    number: number
  }>`select nextval('decision_numbers') as number`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('draw a decision number: the sequence answered nothing')
  return row.number
}

/** Writes a decision with its statement and action. The database refuses an action without a complete statement. */
export async function insertDecision(
  tx: Tx,
  {
    decision,
    statement,
    action,
  }: { decision: Decision; statement: Statement | null; action: Action | null },
): Promise<void> {
  await tx
    .insertInto('decisions')
    .values({
      id: decision.id,
      number: decision.number,
      kind: decision.kind,
      measure: decision.measure,
      subject_kind: decision.subject.kind,
      subject_id: decision.subject.id,
      seller_id: decision.sellerId,
      listing_id: decision.judged?.listingId ?? null,
      listing_version: decision.judged?.version ?? null,
      policy: decision.ground.policy,
      policy_version: decision.ground.version,
      taken_by: json(decision.takenBy),
      taken_at: decision.takenAt,
      notice_at: decision.noticeAt,
      effective_at: decision.effectiveAt,
      terms: decision.terms && json(decision.terms),
      exception: decision.exception,
      rests_on: json(decision.restsOn),
      about: decision.about,
      reasons: decision.reasons,
    })
    .execute()
  if (statement) {
    await tx
      .insertInto('statements')
      .values({
        decision_id: decision.id,
        seller_id: decision.sellerId,
        body: json(statement),
        informed_at: null,
      })
      .execute()
  }
  if (action) {
    await tx
      .insertInto('actions')
      .values({
        decision_id: action.decisionId,
        subject_kind: action.subject.kind,
        subject_id: action.subject.id,
        seller_id: action.sellerId,
        measure: action.measure,
        in_force_from: action.inForceFrom,
        ends_at: action.endsAt,
      })
      .execute()
  }
}

/** Ends an action: by a decision, or null where its time ran out. */
export async function endAction(
  tx: Tx,
  decisionId: string,
  { endedAt, endedBy }: { endedAt: Date; endedBy: string | null },
): Promise<void> {
  await tx
    .updateTable('actions')
    .set({ ended_at: endedAt, ended_by: endedBy })
    .where('decision_id', '=', decisionId)
    .where('ended_at', 'is', null)
    .execute()
}

/** A second person agreed that a closing counts at once: it is in force from now, and who agreed is kept. */
export async function hastenAction(
  tx: Tx,
  decisionId: string,
  { by, reasons, now }: { by: string; reasons: string; now: Date },
): Promise<void> {
  await tx
    .insertInto('approvals')
    .values({ decision_id: decisionId, by_id: by, reasons, at: now })
    .execute()
  await tx
    .updateTable('actions')
    .set({ in_force_from: now })
    .where('decision_id', '=', decisionId)
    .execute()
}

/** Who agreed that a closing counts at once, or null. */
export async function approvalOf(
  tx: Tx,
  decisionId: string,
): Promise<{ by: string; reasons: string; at: Date } | null> {
  const row = await tx
    .selectFrom('approvals')
    .selectAll()
    .where('decision_id', '=', decisionId)
    .executeTakeFirst()
  return row ? { by: row.by_id, reasons: row.reasons, at: row.at } : null
}

/** A repair kept it: the time in which it can be contested begins anew, once its seller hears of that. */
export async function keepDecision(
  tx: Tx,
  decisionId: string,
  { keptBy }: { keptBy: string },
): Promise<void> {
  await tx
    .updateTable('statements')
    .set({ kept_by: keptBy, informed_at: null, stood_still_ms: 0 })
    .where('decision_id', '=', decisionId)
    .execute()
}

/** One decision of any kind, or null behind this wall. */
export async function readDecision(tx: Tx, id: string): Promise<Decision | null> {
  const row = await tx.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? decisionOf(row) : null
}

/** The id of the decision with this number, or null behind this wall. */
export async function decisionNumbered(tx: Tx, number: number): Promise<string | null> {
  const row = await tx
    .selectFrom('decisions')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.id ?? null
}

/** One imposing or narrowing decision with its statement and action, or null behind this wall. */
export async function readMeasure(tx: Tx, decisionId: string): Promise<MeasureRecord | null> {
  const row = await measures(tx).where('d.id', '=', decisionId).executeTakeFirst()
  return row ? measureOf(row) : null
}

/** The same, with its action locked until the transaction ends. */
export async function lockMeasure(tx: Tx, decisionId: string): Promise<MeasureRecord | null> {
  await tx
    .selectFrom('actions')
    .select('decision_id')
    .where('decision_id', '=', decisionId)
    .forUpdate()
    .execute()
  return readMeasure(tx, decisionId)
}

/** Every measure ever put on a subject, newest first. */
export async function measuresOn(tx: Tx, subject: Subject): Promise<MeasureRecord[]> {
  const rows = await measures(tx)
    .where('d.subject_kind', '=', subject.kind)
    .where('d.subject_id', '=', subject.id)
    .orderBy('d.taken_at', 'desc')
    .execute()
  return rows.map(measureOf)
}

/** Every measure that leans on this, newest first. */
export async function measuresRestingOn(tx: Tx, { kind, id }: RestsOn): Promise<MeasureRecord[]> {
  const on = JSON.stringify([{ kind, id }])
  const rows = await measures(tx)
    .where(sql<boolean>`d.rests_on @> ${on}::jsonb`)
    .where('d.kind', 'in', ['impose', 'narrow'])
    .orderBy('d.taken_at', 'desc')
    .execute()
  return rows.map(measureOf)
}

/** Every measure that leans on one of these complaints, the newest first. */
export async function measuresRestingOnAny(
  tx: Tx,
  complaintIds: readonly string[],
): Promise<MeasureRecord[]> {
  const rows = await measures(tx)
    .where('d.kind', 'in', ['impose', 'narrow'])
    .where(
      sql<boolean>`d.rests_on @> any(
        select jsonb_build_array(jsonb_build_object('kind', 'complaint', 'id', id))
        from unnest(${complaintIds}::text[]) as id)`,
    )
    .orderBy('d.taken_at', 'desc')
    .execute()
  return rows.map(measureOf)
}

/** Of these listings, those on which a measure of this policy is in force that it imposed by itself. */
export async function listingsHeldBy(
  tx: Tx,
  policy: string,
  listingIds: readonly string[],
): Promise<Set<string>> {
  if (listingIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('actions as a')
    .innerJoin('decisions as d', 'd.id', 'a.decision_id')
    .select('a.subject_id')
    .where('a.subject_kind', '=', 'listing')
    .where('a.subject_id', '=', sql<string>`any(${listingIds}::text[])`)
    .where('a.ended_at', 'is', null)
    .where('d.policy', '=', policy)
    .where(sql<boolean>`d.taken_by ->> 'kind' = 'policy'`)
    .execute()
  return new Set(rows.map((row) => row.subject_id))
}

/** Of these listings, those on which a measure was ever put. */
export async function listingsEverMeasured(
  tx: Tx,
  listingIds: readonly string[],
): Promise<Set<string>> {
  if (listingIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('decisions')
    .select('subject_id')
    .distinct()
    .where('subject_kind', '=', 'listing')
    .where('subject_id', '=', sql<string>`any(${listingIds}::text[])`)
    .execute()
  return new Set(rows.map((row) => row.subject_id))
}

/** A seller's measures, newest first; at most 500. What cannot be told yet (`noticeAt` ahead) is not among them. */
export async function measuresOfSeller(
  tx: Tx,
  sellerId: string,
  now: Date,
): Promise<MeasureRecord[]> {
  const rows = await measures(tx)
    .where('d.seller_id', '=', sellerId)
    .where('d.notice_at', '<=', now)
    // Undone within its minute: for the seller it never was.
    .where((any) =>
      any.or([any('a.ended_at', 'is', null), any('a.ended_at', '>=', any.ref('d.notice_at'))]),
    )
    .orderBy('d.taken_at', 'desc')
    .limit(500)
    .execute()
  return rows.map(measureOf)
}

/** The measures of a seller after one of them, by number; what was undone within its minute never was. */
export async function measuresAfter(
  tx: Tx,
  sellerId: string,
  { after, most, now }: { after: number; most: number; now: Date },
): Promise<MeasureRecord[]> {
  const rows = await measures(tx)
    .where('d.seller_id', '=', sellerId)
    .where('d.number', '>', after)
    .where('d.notice_at', '<=', now)
    .where((any) =>
      any.or([any('a.ended_at', 'is', null), any('a.ended_at', '>=', any.ref('d.notice_at'))]),
    )
    .orderBy('d.number')
    .limit(most)
    .execute()
  return rows.map(measureOf)
}

/**
 * Lifted decisions of this policy on this very text of this seller: while one stands here,
 * the same policy text may not act by machine again on it (`design`: no flapping).
 */
export async function earlierLifts(
  tx: Tx,
  by: { sellerId: string; textKey: string; policy: string; policyTextKey: string },
): Promise<
  {
    decisionId: string
    number: number
    liftedBy: Decision['takenBy']
    reasons: string
    takenAt: Date
  }[]
> {
  const rows = await tx
    .selectFrom('decisions as lift')
    .innerJoin('decisions as d', 'd.id', 'lift.about')
    .innerJoin('listing_versions as v', (join) =>
      join.onRef('v.listing_id', '=', 'd.listing_id').onRef('v.version', '=', 'd.listing_version'),
    )
    .innerJoin('policies as p', (join) =>
      join.onRef('p.name', '=', 'd.policy').onRef('p.version', '=', 'd.policy_version'),
    )
    .select(['d.id', 'd.number', 'lift.taken_by', 'lift.reasons', 'lift.taken_at'])
    .where('lift.kind', '=', 'lift')
    // A measure undone within its minute was a slip of the hand, not a judgement on the text.
    .whereRef('lift.taken_at', '>=', 'd.notice_at')
    .where('d.seller_id', '=', by.sellerId)
    .where('d.policy', '=', by.policy)
    .where('v.text_key', '=', by.textKey)
    .where('p.text_key', '=', by.policyTextKey)
    .orderBy('lift.taken_at', 'desc')
    .limit(5)
    .execute()
  return rows.map((row) => ({
    decisionId: row.id,
    number: row.number,
    liftedBy: row.taken_by,
    reasons: row.reasons,
    takenAt: row.taken_at,
  }))
}

const measures = (tx: Tx) =>
  tx
    .selectFrom('decisions as d')
    .innerJoin('statements as s', 's.decision_id', 'd.id')
    .innerJoin('actions as a', 'a.decision_id', 'd.id')
    .leftJoin('decisions as e', 'e.id', 'a.ended_by')
    .leftJoin('decisions as k', 'k.id', 's.kept_by')
    .selectAll('d')
    .select([
      's.body',
      's.informed_at',
      's.stood_still_ms',
      'a.in_force_from',
      'a.ends_at',
      'a.ended_at',
      'a.ended_by',
      'e.id as end_id',
      'e.kind as end_kind',
      'e.taken_by as end_taken_by',
      'e.reasons as end_reasons',
      'e.taken_at as end_taken_at',
      'k.id as kept_id',
      'k.taken_by as kept_taken_by',
      'k.reasons as kept_reasons',
      'k.taken_at as kept_taken_at',
    ])

type MeasureRow = Awaited<ReturnType<ReturnType<typeof measures>['executeTakeFirstOrThrow']>>

function measureOf(row: MeasureRow): MeasureRecord {
  const decision = decisionOf(row)
  const ended =
    row.end_id !== null &&
    row.end_kind !== null &&
    row.end_taken_by !== null &&
    row.end_reasons !== null &&
    row.end_taken_at !== null
      ? {
          id: row.end_id,
          kind: row.end_kind,
          takenBy: row.end_taken_by,
          reasons: row.end_reasons,
          takenAt: row.end_taken_at,
        }
      : null
  return {
    decision,
    statement: Statement.parse(row.body),
    informedAt: row.informed_at,
    stoodStill: row.stood_still_ms,
    action: {
      decisionId: decision.id,
      subject: decision.subject,
      sellerId: decision.sellerId,
      measure: decision.measure,
      noticeAt: decision.noticeAt,
      inForceFrom: row.in_force_from,
      endsAt: row.ends_at,
      endedAt: row.ended_at,
      endedBy: row.ended_by,
    },
    endedBy: ended,
    kept: keptOf(row),
  }
}

function keptOf(row: MeasureRow): MeasureRecord['kept'] {
  const { kept_id: id, kept_taken_by: takenBy, kept_reasons: reasons, kept_taken_at: takenAt } = row
  if (id === null || takenBy === null || reasons === null || takenAt === null) return null
  return { id, takenBy, reasons, takenAt }
}

type DecisionRow = Pick<
  MeasureRow,
  | 'id'
  | 'number'
  | 'kind'
  | 'measure'
  | 'subject_kind'
  | 'subject_id'
  | 'seller_id'
  | 'listing_id'
  | 'listing_version'
  | 'policy'
  | 'policy_version'
  | 'taken_by'
  | 'taken_at'
  | 'notice_at'
  | 'effective_at'
  | 'terms'
  | 'exception'
  | 'rests_on'
  | 'about'
  | 'reasons'
>

function decisionOf(row: DecisionRow): Decision {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    measure: Measure.parse(row.measure),
    subject: { kind: row.subject_kind, id: row.subject_id },
    sellerId: row.seller_id,
    judged:
      row.listing_id !== null && row.listing_version !== null
        ? { listingId: row.listing_id, version: row.listing_version }
        : null,
    ground: { policy: row.policy, version: row.policy_version },
    takenBy: row.taken_by,
    takenAt: row.taken_at,
    noticeAt: row.notice_at,
    effectiveAt: row.effective_at,
    terms: row.terms,
    exception: row.exception,
    restsOn: row.rests_on,
    about: row.about,
    reasons: row.reasons,
  }
}
