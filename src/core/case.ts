/** A case is one matter at the desks: it has a desk and a running clock for as long as it is open. */
import { later } from './calendar.ts'
import { measures, narrowerMeasure, type Measure } from './measure.ts'
import {
  answerObjection,
  reopenObjection,
  whyIncomplete,
  type Answer,
  type Objection,
  type ObjectionOutcome,
} from './objection.ts'
import { latenessOf, reviewDeskOf, type Procedure } from './procedure.ts'
import { refuse, type Refusal, type Refused } from './refusal.ts'

export type CaseKind = 'appeal' | 'check'
export type CaseState = 'open' | 'restoring' | 'answered' | 'closed'

/** How long taking a case holds it against others, in milliseconds. */
export const holdFor = 20 * 60_000

/** How long the shop may take to show again what is owed, before a person is paged. */
export const restoringWithin = 60 * 60_000

/** A check asks a person to look at a finding, or at what a policy did. */
export interface Check {
  listingId: string
  listingVersion: number
  /** The decision already taken by machine, or null when nothing was done. */
  decisionId: string | null
  conclusion: 'cleared' | 'acted' | null
  reasons: string | null
}

export interface Case {
  id: string
  number: number
  kind: CaseKind
  /** The measure contested, or `matter.check`: what the procedure routes by. */
  matter: string
  channel: string
  sellerId: string
  procedureId: string
  state: CaseState
  desk: string
  arrivedAt: Date
  dueAt: Date
  heldBy: string | null
  heldUntil: Date | null
  /** True once a second look was taken: there is no third. */
  secondLook: boolean
  /** Since when nobody has answered although every clock ran out; null when that is not so. */
  overdueSince: Date | null
  /** People who decided here before; they take no second look. */
  decidedBy: string[]
  openedAt: Date
  decidedAt: Date | null
  closedAt: Date | null
  /** Until when what stands can be contested; null while the appeal window has not begun to run. */
  contestBy: Date | null
  objections: Objection[]
  check: Check | null
}

/** Who may not answer an objection, worked out from the decision that it contests. */
export interface Barred {
  takenBy: string | null
  policyAuthor: string | null
}

export type CaseCommand =
  | { do: 'take'; by: string }
  | { do: 'release'; by: string }
  | {
      do: 'decide'
      by: { kind: 'person' | 'machine'; id: string }
      answers: Answer[]
      barred: Record<string, Barred>
    }
  | { do: 'conclude'; by: string; conclusion: 'cleared' | 'acted'; reasons: string; barred: Barred }
  | { do: 'contest'; by: string; text: string }
  | { do: 'withdraw'; by: string }
  | { do: 'late' }
  | { do: 'restored' }
  | { do: 'lapse' }

/** The whole life of a case: from each state, what may happen next. */
export const nextCommands = {
  open: ['take', 'release', 'decide', 'conclude', 'withdraw', 'late'],
  restoring: ['restored', 'contest'],
  answered: ['contest', 'lapse'],
  closed: [],
} as const satisfies Record<CaseState, readonly CaseCommand['do'][]>

export interface CaseEvent {
  kind:
    | 'case.opened'
    | 'case.taken'
    | 'case.released'
    | 'case.arrived'
    | 'case.overdue'
    | 'case.decided'
    | 'case.concluded'
    | 'case.contested'
    | 'case.withdrawn'
    | 'case.restored'
    | 'case.closed'
  /** Who did it: a person's or seller's id, or null when a clock did. */
  by: string | null
  detail: Record<
    string,
    string | number | boolean | null | { decisionId: string; answer: string }[]
  >
}

/** What must happen to the measures, in the same transaction. */
export interface CaseEffect {
  objectionId: string
  decisionId: string
  power: Answer['power']
  reasons: string
}

export type CaseResult =
  { ok: true; case: Case; events: CaseEvent[]; effects: CaseEffect[] } | Refused

export interface NewCase {
  id: string
  number: number
  kind: CaseKind
  matter: string
  channel: string
  sellerId: string
  procedureId: string
  desk: string
  by: string | null
  objections: Omit<Objection, 'outcome' | 'answer' | 'answeredBy' | 'answeredAt'>[]
  check: Pick<Check, 'listingId' | 'listingVersion' | 'decisionId'> | null
}

/** Opens a case at its desk with the desk's clock running. Refuses an appeal that contests nothing or says nothing. */
export function openCase(matter: NewCase, procedure: Procedure, now: Date): CaseResult {
  if (matter.kind === 'appeal') {
    if (matter.objections.length === 0) return refuse('objection_missing')
    const incomplete = matter.objections.map(whyIncomplete).find((refused) => refused !== null)
    if (incomplete) return incomplete
  }
  const { by, objections, check, ...facts } = matter
  const opened: Case = {
    ...facts,
    state: 'open',
    arrivedAt: now,
    dueAt: later(now, clockOf(procedure, matter.desk)),
    heldBy: null,
    heldUntil: null,
    secondLook: false,
    overdueSince: null,
    decidedBy: [],
    openedAt: now,
    decidedAt: null,
    closedAt: null,
    contestBy: null,
    objections: objections.map(reopenObjection),
    check: check && { ...check, conclusion: null, reasons: null },
  }
  const events: CaseEvent[] = [
    { kind: 'case.opened', by, detail: { channel: matter.channel, matter: matter.matter } },
    arrival(opened, null),
  ]
  return { ok: true, case: opened, events, effects: [] }
}

/** The one door for changes of a case: next state, events and what becomes of the measures, or a refusal. */
export function changeCase(
  held: Case,
  command: CaseCommand,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!mayNow(held, command.do)) return refuse('wrong_state')
  switch (command.do) {
    case 'take':
      return take(held, command.by, now)
    case 'release':
      if (!isHeldBy(held, command.by, now)) return refuse('not_your_case')
      return changed({ ...held, heldBy: null, heldUntil: null }, [
        event('case.released', command.by),
      ])
    case 'decide':
      return decide(held, command, procedure, now)
    case 'conclude':
      return conclude(held, command, procedure, now)
    case 'contest':
      return contest(held, command, procedure, now)
    case 'withdraw':
      return withdraw(held, command.by, now)
    case 'late':
      return beLate(held, procedure, now)
    case 'restored':
      return settle(held, procedure, now, [event('case.restored', null)])
    case 'lapse':
      return close(held, now, [])
  }
}

/** The number that people quote: A-7004 for an appeal, C-7005 for a check. */
export function caseNumber(held: Pick<Case, 'kind' | 'number'>): string {
  return `${held.kind === 'appeal' ? 'A' : 'C'}-${held.number}`
}

/** Whether the case's state allows a command at all; who may give it is decided beside it. */
export function mayNow(held: Case, command: CaseCommand['do']): boolean {
  if (
    held.kind === 'check' &&
    (command === 'decide' || command === 'withdraw' || command === 'contest')
  )
    return false
  if (held.kind === 'appeal' && command === 'conclude') return false
  const allowed: readonly CaseCommand['do'][] = nextCommands[held.state]
  return allowed.includes(command)
}

/** Whether somebody holds the case at this instant; a hold ends by itself. */
export function isHeldBy(held: Case, person: string, now: Date): boolean {
  return held.heldBy === person && held.heldUntil !== null && now < held.heldUntil
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

/** The desk that a seller can ask for a second look now, or null: nothing stands, or it was looked at twice. */
export function secondLookDesk(held: Case, procedure: Procedure): string | null {
  if (held.secondLook) return null
  if (!held.objections.some((objection) => objection.outcome === 'measure_stands')) return null
  return reviewDeskOf(procedure, held.desk)
}

/** Why this person may not answer this objection, or null. */
export function barredFrom(barred: Barred | undefined, held: Case, person: string): Refusal | null {
  if (barred?.takenBy === person) return 'own_measure'
  if (barred?.policyAuthor === person) return 'own_policy'
  if (held.decidedBy.includes(person)) return 'decided_before'
  return null
}

function take(held: Case, by: string, now: Date): CaseResult {
  const heldByOther =
    held.heldBy !== null && held.heldBy !== by && held.heldUntil !== null && now < held.heldUntil
  if (heldByOther) return refuse('held_by_another')
  return changed({ ...held, heldBy: by, heldUntil: later(now, holdFor) }, [event('case.taken', by)])
}

type Decide = Extract<CaseCommand, { do: 'decide' }>

function decide(held: Case, command: Decide, procedure: Procedure, now: Date): CaseResult {
  const { by, answers } = command
  const open = openObjections(held)
  const unknown = answers.find(
    (answer) => !open.some((objection) => objection.id === answer.objectionId),
  )
  if (unknown)
    return refuse(
      'answers_missing',
      `${unknown.objectionId} is not an open objection of this case.`,
    )
  if (open.some((objection) => !answers.some((answer) => answer.objectionId === objection.id)))
    return refuse('answers_missing')
  if (new Set(answers.map((answer) => answer.objectionId)).size < answers.length)
    return refuse('answers_missing')
  if (by.kind === 'machine' && answers.some((answer) => answer.power !== 'grant'))
    return refuse('machine_may_not_deny')
  for (const answer of answers) {
    const objection = open.find((candidate) => candidate.id === answer.objectionId)
    if (answer.reasons.trim() === '') return refuse('reasons_missing')
    if (answer.power === 'narrow' && objection && narrowerMeasure(objection.measure) === null)
      return refuse('nothing_narrower')
    if (by.kind === 'machine') continue
    const bar = barredFrom(command.barred[answer.objectionId], held, by.id)
    if (bar) return refuse(bar)
    if (!procedure.desks[held.desk]?.may.includes(answer.power)) return refuse('power_not_at_desk')
  }
  if (by.kind === 'person' && !isHeldBy(held, by.id, now)) return refuse('not_your_case')
  const decided = answer(held, answers, by.id, now)
  const next: Case =
    by.kind === 'person' ? { ...decided, decidedBy: [...held.decidedBy, by.id] } : decided
  return afterAnswers(next, answers, { by: by.id, procedure, now })
}

type Conclude = Extract<CaseCommand, { do: 'conclude' }>

function conclude(held: Case, command: Conclude, procedure: Procedure, now: Date): CaseResult {
  if (held.check === null) return refuse('wrong_state')
  if (!isHeldBy(held, command.by, now)) return refuse('not_your_case')
  if (command.reasons.trim() === '') return refuse('reasons_missing')
  const bar = command.conclusion === 'acted' ? barredFrom(command.barred, held, command.by) : null
  if (bar) return refuse(bar)
  const power = command.conclusion === 'cleared' ? 'grant' : 'deny'
  if (!procedure.desks[held.desk]?.may.includes(power)) return refuse('power_not_at_desk')
  const concluded: Case = {
    ...held,
    check: { ...held.check, conclusion: command.conclusion, reasons: command.reasons },
    decidedBy: [...held.decidedBy, command.by],
    decidedAt: now,
    heldBy: null,
    heldUntil: null,
  }
  return close(concluded, now, [
    event('case.concluded', command.by, { conclusion: command.conclusion }),
  ])
}

type Contest = Extract<CaseCommand, { do: 'contest' }>

function contest(held: Case, command: Contest, procedure: Procedure, now: Date): CaseResult {
  const desk = secondLookDesk(held, procedure)
  if (desk === null) return refuse('nothing_to_contest')
  if (held.contestBy !== null && now > held.contestBy) return refuse('window_closed')
  if (command.text.trim() === '') return refuse('text_missing')
  const contested: Case = {
    ...arriveAt(held, desk, procedure, now),
    state: 'open',
    secondLook: true,
    decidedAt: null,
    contestBy: null,
    // What was lifted or narrowed stays so: only what stands goes on.
    objections: held.objections.map((objection) =>
      objection.outcome === 'measure_stands' ? reopenObjection(objection) : objection,
    ),
  }
  return changed(contested, [
    event('case.contested', command.by, { text: command.text }),
    arrival(contested, held.desk),
  ])
}

function withdraw(held: Case, by: string, now: Date): CaseResult {
  const objections = held.objections.map((objection) =>
    objection.outcome === null
      ? { ...objection, outcome: 'withdrawn' as const, answeredAt: now }
      : objection,
  )
  return close({ ...held, objections, heldBy: null, heldUntil: null }, now, [
    event('case.withdrawn', by),
  ])
}

/** A desk's time is up: the procedure says what happens by itself. Only ever to the seller's good. */
function beLate(held: Case, procedure: Procedure, now: Date): CaseResult {
  if (now < held.dueAt) return refuse('wrong_state')
  const lateness = latenessOf(procedure, held.desk)
  if (lateness?.does === 'hand-over') {
    // The next desk's time runs from when this one's ended, so that an outage of ours never moves the promise.
    const moved = arriveAt(held, lateness.desk, procedure, held.dueAt)
    return changed(moved, [arrival(moved, held.desk)])
  }
  const open = openObjections(held)
  const power = lateness?.does === 'lift' ? 'grant' : 'narrow'
  const mayEndByClock = open.every((objection) =>
    power === 'grant'
      ? liftsByClock(procedure, objection.measure)
      : narrowerMeasure(objection.measure) !== null,
  )
  if (lateness === null || held.kind === 'check' || !mayEndByClock)
    return beOverdue(held, procedure)
  const answers = open.map((objection) => ({
    objectionId: objection.id,
    power,
    reasons: 'Nobody answered in time, and our time is not yours to lose.',
  })) satisfies Answer[]
  return afterAnswers(answer(held, answers, null, now), answers, { by: null, procedure, now })
}

/** Nothing may happen by clock here: the officer hears of it, and the clock starts again until a person answers. */
function beOverdue(held: Case, procedure: Procedure): CaseResult {
  const overdue: Case = {
    ...arriveAt(held, held.desk, procedure, held.dueAt),
    overdueSince: held.overdueSince ?? held.dueAt,
  }
  return changed(overdue, [event('case.overdue', null, { desk: held.desk })])
}

function answer(held: Case, answers: Answer[], by: string | null, now: Date): Case {
  return {
    ...held,
    heldBy: null,
    heldUntil: null,
    overdueSince: null,
    decidedAt: now,
    objections: held.objections.map((objection) => {
      const given = answers.find((candidate) => candidate.objectionId === objection.id)
      return given ? answerObjection(objection, given, { by, now }) : objection
    }),
  }
}

function afterAnswers(
  decided: Case,
  answers: Answer[],
  { by, procedure, now }: { by: string | null; procedure: Procedure; now: Date },
): CaseResult {
  const effects = answers.flatMap((given) => {
    const objection = decided.objections.find((candidate) => candidate.id === given.objectionId)
    return objection ? [{ ...given, decisionId: objection.decisionId }] : []
  })
  // The words stay with the event: a second look answers the same objections anew.
  const given = effects.map(({ decisionId, reasons }) => ({ decisionId, answer: reasons }))
  const events = [event('case.decided', by, { outcome: caseOutcome(decided), answers: given })]
  const somethingReturns = answers.some((given) => given.power !== 'deny')
  if (somethingReturns)
    return { ok: true, case: { ...decided, state: 'restoring' }, events, effects }
  const settled = settle(decided, procedure, now, events)
  return settled.ok ? { ...settled, effects } : settled
}

/** Nothing is left to be brought back: what stands may still be contested, otherwise the case is over. */
function settle(held: Case, procedure: Procedure, now: Date, events: CaseEvent[]): CaseResult {
  if (secondLookDesk(held, procedure) !== null)
    return changed({ ...held, state: 'answered' }, events)
  return close(held, now, events)
}

function close(held: Case, now: Date, events: CaseEvent[]): CaseResult {
  const closed: Case = { ...held, state: 'closed', closedAt: now }
  return changed(closed, [...events, event('case.closed', null, { outcome: caseOutcome(held) })])
}

function arriveAt(held: Case, desk: string, procedure: Procedure, at: Date): Case {
  return {
    ...held,
    desk,
    arrivedAt: at,
    dueAt: later(at, clockOf(procedure, desk)),
    heldBy: null,
    heldUntil: null,
  }
}

function arrival(held: Case, from: string | null): CaseEvent {
  return event('case.arrived', null, { desk: held.desk, from, dueAt: held.dueAt.toISOString() })
}

/** A desk without a clock would be limbo: the reader of procedures lets it pass for the check to find, so a day stands in. */
function clockOf(procedure: Procedure, desk: string): number {
  return procedure.desks[desk]?.within ?? 24 * 60 * 60_000
}

function liftsByClock(procedure: Procedure, measure: Measure): boolean {
  return measures[measure].liftByClock && (procedure.measures[measure]?.['lift-by-clock'] ?? true)
}

function event(
  kind: CaseEvent['kind'],
  by: string | null,
  detail: CaseEvent['detail'] = {},
): CaseEvent {
  return { kind, by, detail }
}

function changed(next: Case, events: CaseEvent[]): CaseResult {
  return { ok: true, case: next, events, effects: [] }
}
