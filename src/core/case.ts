/** A case is one matter at the desks: it has a desk and a running clock, or a dated question to the seller, for as long as it is open. */
import { earlier, later } from './calendar.ts'
import type { ComplaintFinding, ComplaintInCase } from './complaint.ts'
import { measureInProcedure, measures, narrowerMeasure, type Measure } from './measure.ts'
import {
  reopenObjection,
  whyIncomplete,
  type Answer,
  type NewObjection,
  type Objection,
  type ObjectionOutcome,
} from './objection.ts'
import { reviewDeskOf, type Procedure } from './procedure.ts'
import { refuse, type Refusal, type Refused } from './refusal.ts'
import type { RepairCause } from './repair-cause.ts'

export const caseKinds = [
  'appeal',
  'question',
  'letter',
  'recovery',
  'complaint',
  'check',
  'repair',
] as const
export type CaseKind = (typeof caseKinds)[number]

/**
 * `open`: a desk has it. `asking`: the seller was asked, and our clock stands still. `deciding`: answered, and for
 * a minute whoever answered may take it back. `restoring`: the shop is asked to show it again. `answered`: told,
 * and it can be contested or written to again. `closed`: over.
 */
export const caseStates = ['open', 'asking', 'deciding', 'restoring', 'answered', 'closed'] as const
export type CaseState = (typeof caseStates)[number]

/** How long taking a case holds it against others, in milliseconds. */
export const holdFor = 20 * 60_000

/** How long the shop may take to show again what is owed, before a person is paged. */
export const restoringWithin = 60 * 60_000

/** How long the sender of an answered matter has to write again, where the procedure names no `ask-wait`. */
const writeAgainWithin = 14 * 24 * 60 * 60_000

export type Conclusion = 'cleared' | 'acted'

/** A check asks a person to look at a finding, at what a policy did, or at how an account stands. */
export interface Check {
  /** The listing that was judged, in this version; null where it is about the account. */
  listingId: string | null
  listingVersion: number | null
  /** The written threshold of account health that is met; absent where it is about a listing. */
  threshold?: string
  /** The decision already taken by machine, or null when nothing was done. */
  decisionId: string | null
  conclusion: Conclusion | null
  reasons: string | null
}

/** A question to the seller, with the day until which there is time to answer it. */
export interface Ask {
  question: string
  by: string
  at: Date
  until: Date
}

/** What a person of a desk decided, as long as they may take it back and nobody else has heard of it. */
export interface Pending {
  by: string
  at: Date
  until: Date
  answers: Answer[]
  conclusion: { conclusion: Conclusion; reasons: string } | null
  /** What was found of a complaint: `reasons` for its seller, `words` for its reporter. */
  finding: {
    finding: ComplaintFinding
    reasons: string
    words: string
    /** Whether it is said to be manifestly unfounded; only what is refuted is. */
    isUnfounded: boolean
  } | null
}

export interface Case {
  id: string
  number: number
  kind: CaseKind
  /** The measure contested, as the procedure names it, or a name such as `matter.check`: what it is routed by. */
  matter: string
  channel: string
  /** Whose it is; null for a claim on an account, which is not its seller's. */
  sellerId: string | null
  procedureId: string
  state: CaseState
  desk: string
  arrivedAt: Date
  /** When the desk is late. While a question waits: when it will be, should the seller stay silent. */
  dueAt: Date
  heldBy: string | null
  heldUntil: Date | null
  /** Hand-overs by choice, and questions to the seller, of the limited number that the procedure allows a case. */
  forwards: number
  asks: number
  ask: Ask | null
  pending: Pending | null
  /** Milliseconds in which the marketplace's clock stood still: a question waited, or the seller had not contested yet. */
  stoodStill: number
  /** True once a second look was taken: there is no third. */
  secondLook: boolean
  /** Since when nobody has answered although every clock ran out; null when that is not so. */
  overdueSince: Date | null
  /** People who decided here before; they take no second look. */
  decidedBy: string[]
  openedAt: Date
  /** When it was opened again: by new facts, which happens once, or by writing to a matter that was answered. */
  reopenedAt: Date | null
  decidedAt: Date | null
  closedAt: Date | null
  /** Until when what stands can be contested, or an answered matter written to again; null while that time has not begun to run. */
  contestBy: Date | null
  /** The appeal that a question was turned into; null for everything else. */
  joinedTo: string | null
  objections: Objection[]
  check: Check | null
  /** Set for a complaint. */
  complaint: ComplaintInCase | null
  /** Set for a repair: why its decisions are judged anew. */
  repair: RepairCause | null
}

/** Who may not answer an objection, worked out from the decision that it contests. */
export interface Barred {
  takenBy: string | null
  policyAuthor: string | null
}

export interface CaseEvent {
  kind:
    | 'case.opened'
    | 'case.taken'
    | 'case.released'
    | 'case.arrived'
    | 'case.asked'
    | 'case.written'
    /** A mail was put with it, or came by one more door; nothing else changed. */
    | 'case.mailed'
    /** A letter was put with it. */
    | 'case.letter'
    /** Its sender was answered, not the seller. */
    | 'case.letter_answered'
    /** The whole file was handed out as a bundle. */
    | 'case.bundled'
    /** What a dispute settlement body decided was put on record, and what is done with it. */
    | 'case.body_decided'
    | 'case.silent'
    | 'case.informed'
    | 'case.given'
    | 'case.undone'
    | 'case.overdue'
    | 'case.decided'
    | 'case.concluded'
    | 'case.found'
    | 'case.answered'
    | 'case.contested'
    | 'case.reopened'
    | 'case.withdrawn'
    | 'case.restored'
    | 'case.linked'
    /** A claim is about what keeps its account shut. */
    | 'case.secured'
    /** Two specialists agree on a claim. */
    | 'case.agreed'
    | 'case.joined'
    | 'case.call_booked'
    | 'case.call_cancelled'
    | 'case.call_made'
    | 'case.call_missed'
    | 'case.call_lapsed'
    | 'case.closed'
  /** Who did it: a person's or seller's id, or null when a clock did. */
  by: string | null
  detail: Record<
    string,
    string | number | boolean | null | { decisionId: string; answer: string }[]
  >
}

/** Why a case came to a desk: the first time, because the one before was late or forwarded it, for a second look, or again. */
export type Arrival = 'route' | 'late' | 'forward' | 'second-look' | 'again'

/** What must happen to the measures, in the same transaction. */
export interface CaseEffect {
  objectionId: string
  decisionId: string
  power: Answer['power']
  reasons: string
  /** What is left in force may not end by clock: a person must look, so a new case opens at the same desk. */
  needsPerson: boolean
}

export type CaseResult =
  | {
      ok: true
      case: Case
      events: CaseEvent[]
      effects: CaseEffect[]
      /** What is told to a complaint's reporter, and said of them, alone; absent where nothing is. */
      toReporter?: { words: string; isUnfounded: boolean }
    }
  | Refused

export interface NewCase {
  id: string
  number: number
  kind: CaseKind
  matter: string
  channel: string
  sellerId: string | null
  procedureId: string
  desk: string
  by: string | null
  /** What somebody wrote to open it; null for what the system opens and for an appeal, whose objections say it. */
  text: string | null
  objections: NewObjection[]
  check: Omit<Check, 'conclusion' | 'reasons'> | null
  /** Set for a complaint, which is then looked into. */
  complaint?: Omit<ComplaintInCase, 'finding' | 'reasons'>
  /** Set for a repair. */
  repair?: RepairCause
  /** Set where it goes on from a case that nobody answered in time: it is overdue from the first. */
  overdueSince: Date | null
}

/** Opens a case at its desk with the desk's clock running. Refuses an appeal that contests nothing or says nothing. */
export function openCase(matter: NewCase, procedure: Procedure, now: Date): CaseResult {
  if (matter.kind === 'appeal' && matter.objections.length === 0) return refuse('objection_missing')
  const incomplete = matter.objections.map(whyIncomplete).find((refused) => refused !== null)
  if (incomplete) return incomplete
  if (matter.text?.trim() === '') return refuse('text_missing')
  const { by, text, objections, check, complaint, repair, ...facts } = matter
  const opened: Case = {
    ...facts,
    state: 'open',
    arrivedAt: now,
    dueAt: later(now, clockOf(procedure, matter.desk)),
    heldBy: null,
    heldUntil: null,
    forwards: 0,
    asks: 0,
    ask: null,
    pending: null,
    stoodStill: 0,
    secondLook: false,
    decidedBy: [],
    openedAt: now,
    reopenedAt: null,
    decidedAt: null,
    closedAt: null,
    contestBy: null,
    joinedTo: null,
    objections: objections.map(reopenObjection),
    check: check && { ...check, conclusion: null, reasons: null },
    complaint: complaint ? { ...complaint, finding: null, reasons: null } : null,
    repair: repair ?? null,
  }
  const detail = { channel: matter.channel, matter: matter.matter, text }
  const events: CaseEvent[] = [
    { kind: 'case.opened', by, detail },
    arrival(opened, { from: null, why: 'route' }),
  ]
  return { ok: true, case: opened, events, effects: [] }
}

/** The number that people quote: A-7004 for an appeal, Q-7005 for a question. */
export function caseNumber(held: Pick<Case, 'kind' | 'number'>): string {
  const letters = {
    appeal: 'A',
    question: 'Q',
    letter: 'L',
    recovery: 'R',
    complaint: 'K',
    check: 'C',
    repair: 'P',
  } as const satisfies Record<CaseKind, string>
  return `${letters[held.kind]}-${held.number}`
}

/** What a case is called in a sentence: "your appeal", "your question". */
export function caseNoun(kind: CaseKind): string {
  const nouns = {
    appeal: 'appeal',
    question: 'question',
    letter: 'letter',
    recovery: 'claim',
    complaint: 'complaint',
    check: 'check',
    repair: 'repair',
  } as const satisfies Record<CaseKind, string>
  return nouns[kind]
}

/** A case as its seller is spoken to of it: a complaint about them is not theirs. */
export function theirCase(kind: CaseKind): string {
  return kind === 'complaint' ? 'the complaint' : `your ${caseNoun(kind)}`
}

/** Whether a case is about no measure: lateness lifts nothing there, and an answer ends it. */
export function isMatter(held: Pick<Case, 'matter'>): boolean {
  return held.matter.startsWith('matter.')
}

/** Whether a seller (or claimant) sent it and may see it; what the system asks people of the marketplace is theirs alone. */
export function hasSender(held: Pick<Case, 'kind' | 'matter' | 'channel'>): boolean {
  if (held.kind === 'check' || held.kind === 'repair') return false
  return held.channel !== 'system' || !isMatter(held)
}

/** The instant at which something happens by itself; null once nothing is open any more. */
export function nextInstant(held: Case): Date | null {
  switch (held.state) {
    case 'open':
      return held.dueAt
    case 'asking':
      return held.ask?.until ?? held.dueAt
    case 'deciding':
      return held.pending?.until ?? held.dueAt
    case 'restoring': // its clock is the subject's
    case 'closed':
      return null
    case 'answered':
      return held.contestBy
  }
}

/**
 * By when the final answer was promised: the procedure's own time from the last opening, and the time in which the
 * marketplace's clock stood still; of a question that waits all its time, should the seller stay silent.
 */
export function promisedBy(held: Case, procedure: Procedure): Date {
  const waiting = held.ask === null ? 0 : held.ask.until.getTime() - held.ask.at.getTime()
  const standsStill = held.stoodStill + waiting
  return later(held.reopenedAt ?? held.openedAt, procedure.promise.answer + standsStill)
}

/** Whether somebody holds the case at this instant; a hold ends by itself. */
export function isHeldBy(held: Case, person: string, now: Date): boolean {
  return held.heldBy === person && held.heldUntil !== null && now < held.heldUntil
}

/** Whether somebody else holds the case at this instant. */
export function isHeldByOther(held: Case, person: string, now: Date): boolean {
  return held.heldBy !== null && held.heldBy !== person && isHeldBy(held, held.heldBy, now)
}

/** A hold ends by itself, and with the desk's time at the latest: who is late has no more say. */
export function heldFrom(held: Case, by: string, now: Date): Pick<Case, 'heldBy' | 'heldUntil'> {
  return { heldBy: by, heldUntil: earlier(later(now, holdFor), held.dueAt) }
}

/** The objections that still need an answer from the desk. */
export function openObjections(held: Case): Objection[] {
  return held.objections.filter((objection) => objection.outcome === null)
}

/** A case counts by its least favourable objection; null until every objection has an outcome. */
export function caseOutcome(held: Case): ObjectionOutcome | null {
  if (held.objections.length === 0 || openObjections(held).length > 0) return null
  const worstFirst = ['measure_stands', 'measure_narrowed', 'measure_lifted', 'withdrawn'] as const
  return (
    worstFirst.find((outcome) =>
      held.objections.some((objection) => objection.outcome === outcome),
    ) ?? null
  )
}

/** The desk that a seller (of a complaint, its reporter) can ask for a second look now, or null: nothing stands, or it was looked at twice. */
export function secondLookDesk(held: Case, procedure: Procedure): string | null {
  // A repair has no sender: whoever is told that something stands can appeal against it as ever.
  if (held.secondLook || held.kind === 'repair') return null
  // Whatever was found, its reporter may say that it was not so.
  if (held.complaint !== null)
    return held.complaint.finding === null ? null : reviewDeskOf(procedure, held.desk)
  if (!held.objections.some((objection) => objection.outcome === 'measure_stands')) return null
  return reviewDeskOf(procedure, held.desk)
}

/** Why this person may not answer this objection, or null. */
export function barredFrom(barred: Barred | undefined, held: Case, person: string): Refusal | null {
  if (barred?.takenBy === person) return 'own_measure'
  if (barred?.policyAuthor === person) return 'own_policy'
  // A repair has no second look: who judged some of its decisions may go on with the rest.
  if (held.decidedBy.includes(person) && !isDecidedInParts(held)) return 'decided_before'
  return null
}

/** Why this person may not decide a case for the part they had in what it contests, or null. In parts, they may decide the others. */
export function barredFromCase(
  barred: Record<string, Barred>,
  held: Case,
  person: string,
): Refusal | null {
  const whys = openObjections(held).map(({ id }) => barredFrom(barred[id], held, person))
  if (isDecidedInParts(held) && whys.includes(null)) return null
  return whys.find((why) => why !== null) ?? null
}

/** Whether each decision is judged by itself, by whoever may, and what is left waits: otherwise all are answered at once. */
export function isDecidedInParts({ kind }: Pick<Case, 'kind'>): boolean {
  return kind === 'repair'
}

/** What lateness does to one measure: only ever to the seller's good, and null where no clock may do anything. */
export function whenLate(
  procedure: Procedure,
  measure: Measure,
  lateness: 'lift' | 'narrow',
): 'grant' | 'narrow' | null {
  const mayLift = liftsByClock(procedure, measure)
  if (lateness === 'lift' && mayLift) return 'grant'
  if (narrowerMeasure(measure) !== null) return 'narrow'
  // Nothing is milder than this but to lift it, and that is no harm where a clock may.
  return mayLift ? 'grant' : null
}

/** Whether mere lateness may lift a measure: our own word for it, and the procedure's. */
export function liftsByClock(procedure: Procedure, measure: Measure): boolean {
  const named = procedure.measures[measureInProcedure(measure)]
  return measures[measure].liftByClock && (named?.['lift-by-clock'] ?? true)
}

/** Whether what a clock leaves of a measure may have an end date: that would lift what no clock may lift. */
export function narrowedEndsByClock(procedure: Procedure, measure: Measure): boolean {
  const left = narrowerMeasure(measure) ?? measure
  return liftsByClock(procedure, measure) && liftsByClock(procedure, left)
}

/** How long the sender of an answered matter may write again, in milliseconds. */
export function lapseAfter(procedure: Procedure): number {
  return procedure.limits['ask-wait'] ?? writeAgainWithin
}

/** The case at another desk, or anew at the same, with that desk's clock running from then. */
export function arriveAt(held: Case, desk: string, procedure: Procedure, at: Date): Case {
  return {
    ...held,
    state: 'open',
    desk,
    arrivedAt: at,
    dueAt: later(at, clockOf(procedure, desk)),
    heldBy: null,
    heldUntil: null,
    ask: null,
    pending: null,
  }
}

/** The desk's clock goes on where it stood; at the end of the question's time, however late we notice. */
export function goOn(held: Case, { at, until }: NonNullable<Case['ask']>, now: Date): Case {
  const left = held.dueAt.getTime() - until.getTime()
  const from = earlier(now, until)
  return {
    ...held,
    state: 'open',
    ask: null,
    dueAt: later(from, left),
    stoodStill: held.stoodStill + from.getTime() - at.getTime(),
  }
}

/** What an arrival puts on record. */
export function arrival(
  held: Case,
  { from, why, reason = null }: { from: string | null; why: Arrival; reason?: string | null },
): CaseEvent {
  const detail = { desk: held.desk, from, why, reason, dueAt: held.dueAt.toISOString() }
  return { kind: 'case.arrived', by: null, detail }
}

/** A desk without a clock is limbo that somebody accepted by name: a day stands in, so that it is at least counted. */
function clockOf(procedure: Procedure, desk: string): number {
  return procedure.desks[desk]?.within ?? 24 * 60 * 60_000
}
