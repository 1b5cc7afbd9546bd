/** A decision is an immutable, reasoned act on one ground and one subject: it imposes, narrows, lifts or confirms a measure. */
import { z } from 'zod'
import type { Action } from './action.ts'
import { later } from './calendar.ts'
import type { ClosingException, Measure, Subject } from './measure.ts'
import { closingNotice, narrowerMeasure } from './measure.ts'
import { refuse, type Refused } from './refusal.ts'
import type { Terms } from './state-owed.ts'
import { Statement } from './statement.ts'
import { withhold, type Withholding } from './withholding.ts'

/** Who decides: a named person, a policy version acting by machine, or a clock that ran out. */
export const Decider = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('policy'), policy: z.string(), version: z.int() }),
  z.object({ kind: z.literal('clock'), desk: z.string() }),
])
export type Decider = z.infer<typeof Decider>

/** What a decision leans on; when one of these falls, the decision is judged again. */
export const RestsOn = z.object({
  kind: z.enum(['finding', 'complaint', 'decision', 'security-event', 'ring']),
  id: z.string(),
})
export type RestsOn = z.infer<typeof RestsOn>

export interface Ground {
  policy: string
  version: number
}

/** A listing as it was when it was judged. */
export interface Judged {
  listingId: string
  version: number
}

export interface Decision {
  id: string
  number: number
  kind: 'impose' | 'narrow' | 'lift' | 'confirm'
  measure: Measure
  subject: Subject
  sellerId: string
  /** The version of the listing that was judged; null where an account or money was judged without one. */
  judged: Judged | null
  ground: Ground
  takenBy: Decider
  takenAt: Date
  /** From when the seller is told; until then it can be undone, and nobody outside hears of it. */
  noticeAt: Date
  /** From when it counts. */
  effectiveAt: Date
  /** What it says about money; null where it says nothing. */
  terms: Terms | null
  /** The exception under which a closing may take effect at once, if a second person agrees; null for none. */
  exception: ClosingException | null
  restsOn: RestsOn[]
  /** The decision that this one narrows, lifts or confirms; null when it imposes. */
  about: string | null
  reasons: string
}

/** How long a person can take back what they decided, before anyone is told. */
export const undoWindow = 60_000

/** When a measure counts: with its notice, but a closing only 30 days after it. */
export function takesEffectAt(measure: Measure, noticeAt: Date): Date {
  return measure === 'account.close' ? later(noticeAt, closingNotice) : noticeAt
}

export interface Imposition {
  decision: Decision
  statement: Statement
  endsAt: Date | null
  /** What is kept back of how it was detected; nothing where absent. */
  withholding?: Withholding | null
}

export type DecisionResult =
  | {
      ok: true
      decision: Decision
      statement: Statement | null
      action: Action | null
      withholding: Withholding | null
    }
  | Refused

/**
 * Puts a measure in force. Refuses `statement_incomplete` when the seller could not be told
 * everything that the law and our word require, and `measure_in_force` when the same policy holds it there already.
 */
export function imposeMeasure(
  { decision, statement, endsAt, withholding = null }: Imposition,
  inForce: readonly Decision[],
): DecisionResult {
  // Two grounds are two decisions, each contested for itself; the same ground twice would be one too many.
  const already = inForce.some(
    (other) => other.measure === decision.measure && other.ground.policy === decision.ground.policy,
  )
  if (already) return refuse('measure_in_force')
  if (holdsWithoutEnd(decision, endsAt)) return refuse('end_missing')
  return tellOf({ decision, statement, endsAt, withholding })
}

/** Puts a narrower measure in the place of one in force; the new one has a statement of its own. */
export function narrowMeasure(
  action: Action,
  { decision, statement, endsAt, withholding = null }: Imposition,
): DecisionResult {
  if (action.endedBy !== null) return refuse('not_in_force')
  if (narrowerMeasure(action.measure) !== decision.measure) return refuse('nothing_narrower')
  if (holdsWithoutEnd(decision, endsAt)) return refuse('end_missing')
  return tellOf({ decision, statement, endsAt, withholding })
}

/** The decision with all that its seller is told, and what is not, where that may be. */
function tellOf({
  decision,
  statement,
  endsAt,
  withholding,
}: Required<Imposition>): DecisionResult {
  const complete = completeStatement(decision, statement)
  if (!complete.ok) return complete
  const kept = withholding === null ? null : withhold(withholding, complete.statement)
  if (kept?.ok === false) return kept
  return {
    ok: true,
    decision,
    statement: complete.statement,
    action: actionOf(decision, endsAt),
    withholding: kept?.withholding ?? null,
  }
}

/** Takes a measure off, or an expired one off the record. It counts at once: good news is never held back. */
export function liftMeasure(action: Action, decision: Decision): DecisionResult {
  if (action.endedBy !== null) return refuse('not_in_force')
  return { ok: true, decision, statement: null, action: null, withholding: null }
}

/** Says that a contested decision stands. Only a named person may (`machine_may_not_deny`), and never without reasons. */
export function confirmMeasure(action: Action, decision: Decision): DecisionResult {
  if (action.endedBy !== null) return refuse('not_in_force')
  if (decision.takenBy.kind !== 'person') return refuse('machine_may_not_deny')
  if (decision.reasons.trim() === '') return refuse('reasons_missing')
  return { ok: true, decision, statement: null, action: null, withholding: null }
}

/** Whether the person who imposed a measure by hand can still take it back unseen. */
export function mayUndo(decision: Decision, by: string, now: Date): Refused | { ok: true } {
  if (decision.kind !== 'impose' || decision.takenBy.kind !== 'person')
    return refuse('undo_too_late')
  if (decision.takenBy.id !== by) return refuse('not_yours_to_undo')
  if (now >= later(decision.takenAt, undoWindow)) return refuse('undo_too_late')
  return { ok: true }
}

/**
 * Whether this person may agree that a closing takes effect at once (P2B Regulation Art. 4(4)):
 * an exception was named, it is not in effect yet, and they did not take it.
 */
export function mayHasten(
  { decision, action }: { decision: Decision; action: Action },
  by: string | null,
  now: Date,
): Refused | { ok: true; exception: ClosingException } {
  const { exception } = decision
  if (exception === null) return refuse('no_exception')
  if (action.endedAt !== null) return refuse('not_in_force')
  if (action.inForceFrom <= now) return refuse('measure_in_force')
  if (now < decision.noticeAt) return refuse('wrong_state')
  if (decision.takenBy.kind === 'person' && decision.takenBy.id === by)
    return refuse('second_person_needed')
  return { ok: true, exception }
}

/** The levers of money carry the date on which it is free again, so a hold without an end cannot be told. */
function holdsWithoutEnd({ subject }: Decision, endsAt: Date | null): boolean {
  return subject.kind === 'payouts' && endsAt === null
}

function completeStatement(
  decision: Decision,
  statement: Statement,
): { ok: true; statement: Statement } | Refused {
  const parsed = Statement.safeParse(statement)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse(
      'statement_incomplete',
      issue ? `${issue.path.join('.')}: ${issue.message}` : undefined,
    )
  }
  // A person acts on what they saw, a machine on what it matched: one of the two must be shown.
  // What a complaint said stands in the facts themselves.
  const isSaid = parsed.data.facts.complaint !== undefined
  if (decision.takenBy.kind === 'policy' && !isSaid && parsed.data.facts.evidence.length === 0) {
    return refuse('statement_incomplete', 'facts.evidence: a machine shows the words it matched')
  }
  return { ok: true, statement: parsed.data }
}

function actionOf(decision: Decision, endsAt: Date | null): Action {
  return {
    decisionId: decision.id,
    subject: decision.subject,
    sellerId: decision.sellerId,
    measure: decision.measure,
    noticeAt: decision.noticeAt,
    inForceFrom: decision.effectiveAt,
    endsAt,
    endedAt: null,
    endedBy: null,
  }
}
