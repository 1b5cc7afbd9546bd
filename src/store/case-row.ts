/** A case and its objections as rows, and rows as cases. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Ask, Case, Pending } from '../core/case.ts'
import { complaintFindings } from '../core/complaint.ts'
import { Measure } from '../core/measure.ts'
import type { Answer, Objection } from '../core/objection.ts'
import type { RepairCause } from '../core/repair-cause.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** What may change of a case once it is opened. */
export function changing(held: Case) {
  return {
    state: held.state,
    desk: held.desk,
    arrived_at: held.arrivedAt,
    due_at: held.dueAt,
    held_by: held.heldBy,
    held_until: held.heldUntil,
    forwards: held.forwards,
    asks: held.asks,
    ask: held.ask && json(held.ask),
    pending: held.pending && json(held.pending),
    stood_still_ms: held.stoodStill,
    reopened_at: held.reopenedAt,
    second_look: held.secondLook,
    overdue_since: held.overdueSince,
    decided_by: json(held.decidedBy),
    decided_at: held.decidedAt,
    closed_at: held.closedAt,
    contest_by: held.contestBy,
    joined_to: held.joinedTo,
    check: held.check && json(held.check),
    complaint: held.complaint && json(held.complaint),
    repair: held.repair && json(held.repair),
  }
}

export function objectionRow(held: Case, position: number, objection: Objection) {
  return {
    id: objection.id,
    case_id: held.id,
    // A repair is not its seller's: beside it the seller may contest the same decision.
    seller_id: held.kind === 'repair' ? null : held.sellerId,
    position,
    decision_id: objection.decisionId,
    measure: objection.measure,
    track: objection.track,
    text: objection.text,
    remedy: objection.remedy && json(objection.remedy),
    exhibits: json(objection.exhibits),
    ...answering(objection),
  }
}

/** What may change of an objection once it is raised. */
export function answering(objection: Objection) {
  return {
    outcome: objection.outcome,
    answer: objection.answer,
    answered_by: objection.answeredBy,
    answered_at: objection.answeredAt,
  }
}

/** Instants inside jsonb come back as text. */
const AskRow = z.object({
  question: z.string(),
  by: z.string(),
  at: z.coerce.date(),
  until: z.coerce.date(),
}) satisfies z.ZodType<Ask>

const PendingRow = z.object({
  by: z.string(),
  at: z.coerce.date(),
  until: z.coerce.date(),
  answers: z.array(
    z.object({
      objectionId: z.string(),
      power: z.enum(['grant', 'narrow', 'deny']),
      reasons: z.string(),
    }) satisfies z.ZodType<Answer>,
  ),
  conclusion: z
    .object({ conclusion: z.enum(['cleared', 'acted']), reasons: z.string() })
    .nullable(),
  finding: z
    .object({
      finding: z.enum(complaintFindings),
      reasons: z.string(),
      words: z.string(),
      isUnfounded: z.boolean().default(false),
    })
    .nullable()
    // What was decided under an older version knows of none.
    .default(null),
}) satisfies z.ZodType<Pending>

const RepairRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('takeover'),
    claim: z.object({ id: z.string(), number: z.number() }),
    window: z.object({ from: z.coerce.date(), to: z.coerce.date() }),
  }),
  z.object({ kind: z.literal('ring'), ring: z.string() }),
]) satisfies z.ZodType<RepairCause>

type Row = Selectable<Tables['cases']>

/** Cases as rows, with their objections. */
export async function withObjections(tx: Tx, rows: Row[]): Promise<Case[]> {
  if (rows.length === 0) return []
  const objections = await tx
    .selectFrom('objections')
    .selectAll()
    .where(
      'case_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    matter: row.matter,
    channel: row.channel,
    sellerId: row.seller_id,
    procedureId: row.procedure_id,
    state: row.state,
    desk: row.desk,
    arrivedAt: row.arrived_at,
    dueAt: row.due_at,
    heldBy: row.held_by,
    heldUntil: row.held_until,
    forwards: row.forwards,
    asks: row.asks,
    ask: AskRow.nullable().parse(row.ask),
    pending: PendingRow.nullable().parse(row.pending),
    stoodStill: row.stood_still_ms,
    reopenedAt: row.reopened_at,
    secondLook: row.second_look,
    overdueSince: row.overdue_since,
    decidedBy: row.decided_by,
    openedAt: row.opened_at,
    decidedAt: row.decided_at,
    closedAt: row.closed_at,
    contestBy: row.contest_by,
    joinedTo: row.joined_to,
    check: row.check,
    complaint: row.complaint,
    repair: RepairRow.nullable().parse(row.repair),
    objections: objections
      .filter((objection) => objection.case_id === row.id)
      .map((objection) => ({
        id: objection.id,
        decisionId: objection.decision_id,
        measure: Measure.parse(objection.measure),
        track: objection.track,
        text: objection.text,
        remedy: objection.remedy,
        exhibits: objection.exhibits,
        outcome: objection.outcome,
        answer: objection.answer,
        answeredBy: objection.answered_by,
        answeredAt: objection.answered_at,
      })),
  }))
}
