/** The one machine of all cases: state and command and now in; next state, events and effects out, or a refusal. */
import { earlier, later } from './calendar.ts'
import {
  arrival,
  arriveAt,
  barredFrom,
  caseOutcome,
  hasSender,
  holdFor,
  isHeldBy,
  isHeldByOther,
  isMatter,
  lapseAfter,
  narrowedEndsByClock,
  openObjections,
  secondLookDesk,
  whenLate,
  type Barred,
  type Case,
  type CaseEffect,
  type CaseEvent,
  type CaseResult,
  type CaseState,
  type Conclusion,
  type NewCase,
  type Pending,
} from './case.ts'
import { narrowerMeasure } from './measure.ts'
import { answerObjection, reopenObjection, type Answer } from './objection.ts'
import { latenessOf, type Power, type Procedure } from './procedure.ts'
import { refuse, type Refused } from './refusal.ts'

export type CaseCommand =
  | { do: 'take'; by: string }
  | { do: 'release'; by: string }
  | { do: 'forward'; by: string; to: string; reason: string }
  | { do: 'ask'; by: string; question: string }
  /** A message from the desk: it ends a matter, and informs where decisions are contested. */
  | { do: 'answer'; by: string; text: string }
  | {
      do: 'decide'
      by: { kind: 'person' | 'machine'; id: string }
      answers: Answer[]
      barred: Record<string, Barred>
      /** How long it may be taken back before anyone hears of it, in milliseconds. */
      undoFor: number
    }
  | {
      do: 'conclude'
      by: string
      conclusion: Conclusion
      reasons: string
      barred: Barred
      undoFor: number
    }
  | { do: 'undo'; by: string }
  /** A message from the seller: it answers a question, opens an answered matter again, or is simply added. */
  | { do: 'write'; by: string; text: string }
  | { do: 'contest'; by: string; text: string }
  | {
      do: 'reopen'
      by: string
      text: string
      /** Where a first look at this matter is taken. */
      desk: string
      /** Whether there is something nobody had seen when it was decided. */
      hasNewFacts: boolean
      /** Until when the appeal window lets it be opened again. */
      until: Date | null
    }
  | { do: 'withdraw'; by: string }
  /** A person says whose account a claim is about; `objection` is about what shuts it, null where nothing does. */
  | {
      do: 'link'
      by: string
      matter: string
      objection: NewCase['objections'][number] | null
      sellerId: string
      sellerName: string
    }
  /** The case's clock ran out: a desk was late, a question went unanswered, or the minute of undoing passed. */
  | { do: 'due' }
  | { do: 'restored' }
  | { do: 'lapse' }

/** The whole life of a case: from each state, what may happen next. */
export const nextCommands = {
  open: [
    'take',
    'release',
    'forward',
    'ask',
    'answer',
    'decide',
    'conclude',
    'write',
    'withdraw',
    'link',
    'due',
  ],
  asking: ['decide', 'write', 'withdraw', 'due'],
  deciding: ['decide', 'undo', 'write', 'withdraw', 'due'],
  restoring: ['restored', 'contest'],
  answered: ['contest', 'write', 'lapse'],
  closed: ['reopen'],
} as const satisfies Record<CaseState, readonly CaseCommand['do'][]>

/** Whether the case's state and kind allow a command at all; who may give it is decided beside it. */
export function mayNow(held: Case, command: CaseCommand['do']): boolean {
  const allowed: readonly CaseCommand['do'][] = nextCommands[held.state]
  return allowed.includes(command) && suits(held, command)
}

/** A message ends a matter; where decisions are contested, also by a reporter, only a decision does. */
function isEndedByAnswer(held: Case): boolean {
  return isMatter(held) && held.objections.length === 0
}

/** Not every command is for every kind: a check has no sender, and only what contests decisions is decided. */
function suits(held: Case, command: CaseCommand['do']): boolean {
  const contests = held.objections.length > 0
  switch (command) {
    case 'conclude':
      return held.check !== null
    case 'link':
      return held.kind === 'recovery'
    case 'decide':
      return openObjections(held).length > 0
    case 'contest':
    case 'reopen':
      return contests
    case 'ask':
    case 'withdraw':
      return hasSender(held)
    case 'write':
      return hasSender(held) && (held.state !== 'answered' || isEndedByAnswer(held))
    case 'answer':
      return held.kind !== 'check'
    case 'take':
    case 'release':
    case 'forward':
    case 'undo':
    case 'due':
    case 'restored':
    case 'lapse':
      return true
  }
}

/** The one door for changes of a case. */
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
      return changed({ ...held, ...unheld }, [event('case.released', command.by)])
    case 'forward':
      return forward(held, command, procedure, now)
    case 'ask':
      return ask(held, command, procedure, now)
    case 'answer':
      return answer(held, command, procedure, now)
    case 'decide':
      return decide(held, command, procedure, now)
    case 'conclude':
      return conclude(held, command, procedure, now)
    case 'undo':
      return undo(held, command.by, now)
    case 'write':
      return write(held, command, procedure, now)
    case 'contest':
      return contest(held, command, procedure, now)
    case 'reopen':
      return reopen(held, command, procedure, now)
    case 'withdraw':
      return withdraw(held, command.by, now)
    case 'link':
      return link(held, command, now)
    case 'due':
      return beDue(held, procedure, now)
    case 'restored':
      return settle(held, procedure, now, [event('case.restored', null)])
    case 'lapse':
      if (held.contestBy === null || now < held.contestBy) return refuse('wrong_state')
      return close(held, now, [])
  }
}

type Command<Do extends CaseCommand['do']> = Extract<CaseCommand, { do: Do }>

const unheld = { heldBy: null, heldUntil: null } as const

function take(held: Case, by: string, now: Date): CaseResult {
  // What was promised for then happens first, however late its clock rings.
  if (now >= held.dueAt) return refuse('wrong_state')
  if (isHeldByOther(held, by, now)) return refuse('held_by_another')
  return changed({ ...held, ...heldFrom(held, by, now) }, [event('case.taken', by)])
}

/** A hold ends by itself, and with the desk's time at the latest: who is late has no more say. */
function heldFrom(held: Case, by: string, now: Date): Pick<Case, 'heldBy' | 'heldUntil'> {
  return { heldBy: by, heldUntil: earlier(later(now, holdFor), held.dueAt) }
}

/** Hands a case on by choice. The promise does not move: only the desk does. */
function forward(
  held: Case,
  { by, to, reason }: Command<'forward'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (reason.trim() === '') return refuse('reasons_missing')
  if (!procedure.desks[held.desk]?.forward?.includes(to)) return refuse('not_a_forward')
  if (held.forwards >= procedure.limits.forwards) return refuse('forwards_spent')
  const moved = { ...arriveAt(held, to, procedure, now), forwards: held.forwards + 1 }
  return changed(moved, [{ ...arrival(moved, { from: held.desk, why: 'forward', reason }), by }])
}

/** Asks the seller. The marketplace's clock stands still until the answer, or until there was time enough for one. */
function ask(
  held: Case,
  { by, question }: Command<'ask'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (!mayAtDesk(held, procedure, 'ask')) return refuse('power_not_at_desk')
  const wait = procedure.limits['ask-wait']
  if (held.asks >= procedure.limits.asks || wait === undefined) return refuse('asks_spent')
  if (question.trim() === '') return refuse('question_missing')
  const until = later(now, wait)
  const left = held.dueAt.getTime() - now.getTime()
  const asking: Case = {
    ...held,
    ...unheld,
    state: 'asking',
    asks: held.asks + 1,
    ask: { question, by, at: now, until },
    dueAt: later(until, left),
  }
  return changed(asking, [event('case.asked', by, { question, until: until.toISOString() })])
}

/** A message from the desk. Where decisions are contested it informs and ends nothing; a matter is answered by it. */
function answer(
  held: Case,
  { by, text }: Command<'answer'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (text.trim() === '') return refuse('reasons_missing')
  if (!isEndedByAnswer(held)) {
    if (!mayAtDesk(held, procedure, 'answer')) return refuse('power_not_at_desk')
    return changed(held, [event('case.informed', by, { text })])
  }
  const mayEnd = (['answer', 'grant', 'narrow', 'deny'] as const).some((power) =>
    mayAtDesk(held, procedure, power),
  )
  if (!mayEnd) return refuse('power_not_at_desk')
  const answered: Case = {
    ...held,
    ...unheld,
    state: 'answered',
    overdueSince: null,
    decidedAt: now,
    contestBy: later(now, lapseAfter(procedure)),
  }
  return changed(answered, [event('case.answered', by, { text })])
}

function decide(
  held: Case,
  command: Command<'decide'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const { by, answers, undoFor } = command
  const refused = whyNotDecided(held, command, procedure)
  if (refused) return refused
  if (by.kind === 'machine') {
    const going = held.ask === null ? held : goOn(held, held.ask, now)
    return afterAnswers(answered(going, answers, by.id, now), answers, {
      by: by.id,
      procedure,
      now,
    })
  }
  if (held.state !== 'open') return refuse('wrong_state')
  if (!isHeldBy(held, by.id, now)) return refuse('not_your_case')
  return give(held, { by: by.id, answers, conclusion: null, undoFor }, procedure, now)
}

function whyNotDecided(
  held: Case,
  { by, answers, barred }: Command<'decide'>,
  procedure: Procedure,
): Refused | null {
  const open = openObjections(held)
  const unknown = answers.find(
    (given) => !open.some((objection) => objection.id === given.objectionId),
  )
  if (unknown)
    return refuse(
      'answers_missing',
      `${unknown.objectionId} is not an open objection of this case.`,
    )
  if (open.some((objection) => !answers.some((given) => given.objectionId === objection.id)))
    return refuse('answers_missing')
  if (new Set(answers.map((given) => given.objectionId)).size < answers.length)
    return refuse('answers_missing')
  // What a reporter contests is nothing that a machine may give: it would be taken from a seller.
  if (by.kind === 'machine' && (isMatter(held) || answers.some(({ power }) => power !== 'grant')))
    return refuse('machine_may_not_deny')
  for (const { objectionId, power, reasons } of answers) {
    const objection = open.find((candidate) => candidate.id === objectionId)
    if (reasons.trim() === '') return refuse('reasons_missing')
    if (power === 'narrow' && objection && narrowerMeasure(objection.measure) === null)
      return refuse('nothing_narrower')
    if (by.kind === 'machine') continue
    const bar = barredFrom(barred[objectionId], held, by.id)
    if (bar) return refuse(bar)
    if (!mayAtDesk(held, procedure, power)) return refuse('power_not_at_desk')
  }
  return null
}

function conclude(
  held: Case,
  { by, conclusion, reasons, barred, undoFor }: Command<'conclude'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (reasons.trim() === '') return refuse('reasons_missing')
  const bar = conclusion === 'acted' ? barredFrom(barred, held, by) : null
  if (bar) return refuse(bar)
  if (!mayAtDesk(held, procedure, conclusion === 'cleared' ? 'grant' : 'deny'))
    return refuse('power_not_at_desk')
  return give(
    held,
    { by, answers: [], conclusion: { conclusion, reasons }, undoFor },
    procedure,
    now,
  )
}

interface Given extends Pick<Pending, 'by' | 'answers' | 'conclusion'> {
  undoFor: number
}

/** Keeps what a person decided for its minute of undoing; at most until the desk was due, so that nothing gets later by it. */
function give(
  held: Case,
  { undoFor, ...given }: Given,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const until = earlier(later(now, undoFor), held.dueAt)
  const pending: Pending = { ...given, at: now, until }
  if (until <= now) return carryOut({ ...held, pending }, pending, procedure, now)
  const deciding: Case = { ...held, ...unheld, state: 'deciding', pending }
  return changed(deciding, [event('case.given', given.by, { until: until.toISOString() })])
}

/** Takes back what was decided within its minute: the case is where it was, and in the same hands. */
function undo(held: Case, by: string, now: Date): CaseResult {
  if (held.pending?.by !== by) return refuse('not_yours_to_undo')
  if (now >= held.pending.until) return refuse('undo_too_late')
  const undone: Case = {
    ...held,
    state: 'open',
    pending: null,
    ...heldFrom(held, by, now),
  }
  return changed(undone, [event('case.undone', by)])
}

/** The minute of undoing has passed: what was decided counts from here. */
function carryOut(held: Case, pending: Pending, procedure: Procedure, now: Date): CaseResult {
  const { by, answers, conclusion } = pending
  const base: Case = { ...held, pending: null, decidedBy: [...held.decidedBy, by] }
  if (conclusion === null)
    return afterAnswers(answered(base, answers, by, now), answers, { by, procedure, now })
  if (base.check === null) return refuse('wrong_state')
  const concluded: Case = {
    ...base,
    ...unheld,
    check: { ...base.check, ...conclusion },
    decidedAt: now,
    overdueSince: null,
  }
  return close(concluded, now, [event('case.concluded', by, { conclusion: conclusion.conclusion })])
}

/**
 * A message from the seller never restarts a clock that runs. It starts the one that stood still; and a matter that was
 * answered is promised an answer anew.
 */
function write(
  held: Case,
  { by, text }: Command<'write'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (text.trim() === '') return refuse('text_missing')
  const written = event('case.written', by, { text, answers: held.ask?.question ?? null })
  if (held.state === 'asking' && held.ask !== null)
    return changed(goOn(held, held.ask, now), [written])
  if (held.state !== 'answered') return changed(held, [written])
  const again: Case = {
    ...arriveAt(held, held.desk, procedure, now),
    reopenedAt: now,
    stoodStill: 0,
    decidedAt: null,
    contestBy: null,
  }
  return changed(again, [written, arrival(again, { from: null, why: 'again' })])
}

/** The desk's clock goes on where it stood; at the end of the question's time, however late we notice. */
function goOn(held: Case, { at, until }: NonNullable<Case['ask']>, now: Date): Case {
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

function contest(
  held: Case,
  command: Command<'contest'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const desk = secondLookDesk(held, procedure)
  if (desk === null) return refuse('nothing_to_contest')
  if (held.contestBy !== null && now > held.contestBy) return refuse('window_closed')
  if (command.text.trim() === '') return refuse('text_missing')
  const contested: Case = {
    ...arriveAt(held, desk, procedure, now),
    secondLook: true,
    decidedAt: null,
    contestBy: null,
    stoodStill: stoodStillUntil(held, now),
    objections: reopenWhatStands(held),
  }
  return changed(contested, [
    event('case.contested', command.by, { text: command.text }),
    arrival(contested, { from: held.desk, why: 'second-look' }),
  ])
}

/**
 * Opens a closed case again, once and within the appeal window, because there is something nobody had seen when it
 * was decided: a new file, or a new version of the listing. It goes where a first look is taken, to people who have
 * not decided it; a second look that was taken is not had again.
 */
function reopen(
  held: Case,
  { by, text, desk, hasNewFacts, until }: Command<'reopen'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!held.objections.some(({ outcome }) => outcome === 'measure_stands'))
    return refuse('nothing_to_contest')
  if (held.reopenedAt !== null) return refuse('reopened_before')
  if (until !== null && now > until) return refuse('window_closed')
  if (!hasNewFacts) return refuse('no_new_facts')
  if (text.trim() === '') return refuse('text_missing')
  const reopened: Case = {
    ...arriveAt(held, desk, procedure, now),
    reopenedAt: now,
    stoodStill: 0,
    decidedAt: null,
    closedAt: null,
    contestBy: null,
    objections: reopenWhatStands(held),
  }
  return changed(reopened, [
    event('case.reopened', by, { text }),
    arrival(reopened, { from: null, why: 'again' }),
  ])
}

/** What was lifted or narrowed stays so: only what stands goes on. */
function reopenWhatStands(held: Case): Case['objections'] {
  return held.objections.map((objection) =>
    objection.outcome === 'measure_stands' ? reopenObjection(objection) : objection,
  )
}

function withdraw(held: Case, by: string, now: Date): CaseResult {
  const objections = takenBack(held, now)
  const over = { ...unheld, ask: null, pending: null, overdueSince: null }
  return close({ ...held, ...over, objections }, now, [event('case.withdrawn', by)])
}

/** What it contested of another account is contested no more; its desk and its clock stay as they are. */
function link(
  held: Case,
  { by, matter, objection, sellerId, sellerName }: Command<'link'>,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  const objections = takenBack(held, now)
  const linked: Case = {
    ...held,
    matter,
    objections: objection === null ? objections : [...objections, reopenObjection(objection)],
  }
  return changed(linked, [event('case.linked', by, { sellerId, sellerName })])
}

function takenBack(held: Case, now: Date): Case['objections'] {
  return held.objections.map((objection) =>
    objection.outcome === null
      ? { ...objection, outcome: 'withdrawn' as const, answeredAt: now }
      : objection,
  )
}

function beDue(held: Case, procedure: Procedure, now: Date): CaseResult {
  if (held.state === 'asking' && held.ask !== null) {
    if (now < held.ask.until) return refuse('wrong_state')
    // Silence never counts against the seller: the desk decides on what there is, in the time it had left.
    return changed(goOn(held, held.ask, now), [event('case.silent', null)])
  }
  if (held.state === 'deciding' && held.pending !== null) {
    if (now < held.pending.until) return refuse('wrong_state')
    return carryOut(held, held.pending, procedure, now)
  }
  return beLate(held, procedure, now)
}

/** A desk's time is up: the procedure says what happens by itself. Only ever to the seller's good. */
function beLate(held: Case, procedure: Procedure, now: Date): CaseResult {
  if (now < held.dueAt) return refuse('wrong_state')
  const lateness = latenessOf(procedure, held.desk)
  if (lateness?.does === 'hand-over') {
    // The next desk's time runs from when this one's ended, so that an outage of ours never moves the promise.
    const moved = arriveAt(held, lateness.desk, procedure, held.dueAt)
    return changed(moved, [arrival(moved, { from: held.desk, why: 'late' })])
  }
  if (lateness === null || isMatter(held) || isPersons(held)) return beOverdue(held, procedure)
  const answers = openObjections(held).flatMap((objection): Answer[] => {
    const power = whenLate(procedure, objection.measure, lateness.does)
    const reasons = 'Nobody answered in time, and our time is not yours to lose.'
    return power === null ? [] : [{ objectionId: objection.id, power, reasons }]
  })
  if (answers.length === 0) return beOverdue(held, procedure)
  const late = answered(held, answers, null, now)
  if (openObjections(late).length === 0)
    return afterAnswers(late, answers, { by: null, procedure, now })
  const { overdueSince, decidedAt } = held
  const rest = beOverdue({ ...late, overdueSince, decidedAt }, procedure)
  if (!rest.ok) return rest
  const effects = effectsOf(late, answers, procedure)
  return { ...rest, events: [decided(late, effects, null), ...rest.events], effects }
}

/** What goes on from a case that no clock could end waits for a named person, whatever a clock may do to what is left. */
function isPersons(held: Case): boolean {
  return held.overdueSince !== null && held.overdueSince <= held.openedAt
}

/** Nothing may happen by clock here: the officer hears of it, and the clock starts again until a person answers. */
function beOverdue(held: Case, procedure: Procedure): CaseResult {
  const overdue: Case = {
    ...arriveAt(held, held.desk, procedure, held.dueAt),
    overdueSince: held.overdueSince ?? held.dueAt,
  }
  return changed(overdue, [event('case.overdue', null, { desk: held.desk })])
}

function answered(held: Case, answers: Answer[], by: string | null, now: Date): Case {
  return {
    ...held,
    ...unheld,
    state: 'open',
    ask: null,
    pending: null,
    overdueSince: null,
    decidedAt: now,
    objections: held.objections.map((objection) => {
      const given = answers.find((candidate) => candidate.objectionId === objection.id)
      return given ? answerObjection(objection, given, { by, now }) : objection
    }),
  }
}

function afterAnswers(
  held: Case,
  answers: Answer[],
  { by, procedure, now }: { by: string | null; procedure: Procedure; now: Date },
): CaseResult {
  const effects = effectsOf(held, answers, procedure)
  const events = [decided(held, effects, by)]
  // Also what an earlier look gave back: over is a case only once the shop was seen to show all of it.
  if (held.objections.some(givesBack))
    return { ok: true, case: { ...held, state: 'restoring' }, events, effects }
  const settled = settle(held, procedure, now, events)
  return settled.ok ? { ...settled, effects } : settled
}

function givesBack({ outcome }: Case['objections'][number]): boolean {
  return outcome === 'measure_lifted' || outcome === 'measure_narrowed'
}

function effectsOf(held: Case, answers: Answer[], procedure: Procedure): CaseEffect[] {
  return answers.flatMap((given) => {
    const objection = held.objections.find((candidate) => candidate.id === given.objectionId)
    if (objection === undefined) return []
    const { decisionId, measure, answeredBy } = objection
    const isByClock = answeredBy === null && given.power === 'narrow'
    const needsPerson = isByClock && !narrowedEndsByClock(procedure, measure)
    return [{ ...given, decisionId, needsPerson }]
  })
}

/** The words stay with the event: a second look answers the same objections anew. */
function decided(held: Case, effects: CaseEffect[], by: string | null): CaseEvent {
  const answers = effects.map(({ decisionId, reasons }) => ({ decisionId, answer: reasons }))
  return event('case.decided', by, { outcome: caseOutcome(held), answers })
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

/** The seller's own time, from the answer to writing again or contesting, is none of the marketplace's. */
function stoodStillUntil(held: Case, now: Date): number {
  return held.stoodStill + now.getTime() - (held.decidedAt ?? now).getTime()
}

function mayAtDesk(held: Case, procedure: Procedure, power: Power): boolean {
  return procedure.desks[held.desk]?.may.includes(power) ?? false
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
