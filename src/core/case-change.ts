/** The one machine of all cases: state and command and now in; next state, events and effects out, or a refusal. */
import { later } from './calendar.ts'
import {
  arrival,
  arriveAt,
  goOn,
  heldFrom,
  isHeldBy,
  isHeldByOther,
  lapseAfter,
  secondLookDesk,
  type Case,
  type CaseResult,
} from './case.ts'
import { agree, passOn, secure, unsettle } from './case-claim.ts'
import { isEndedByAnswer, mayNow, type CaseCommand, type Command } from './case-command.ts'
import { refute } from './case-complaint.ts'
import { carryOut, conclude, decide, find, settle, undo } from './case-decision.ts'
import { beLate } from './case-lateness.ts'
import { changed, close, event, unheld } from './case-result.ts'
import { byReporter, isUrgent } from './complaint.ts'
import { reopenObjection } from './objection.ts'
import { hasPower, type Procedure } from './procedure.ts'
import { refuse } from './refusal.ts'

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
      return release(held, command, now)
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
    case 'find':
      return find(held, command, procedure, now)
    case 'refute':
      return refute(held, command, procedure, now)
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
    case 'secure':
      return secure(held, command, now)
    case 'agree':
      return agree(held, command, procedure, now)
    case 'unsettle':
      return unsettle(held, procedure, now)
    case 'pass':
      return passOn(held, procedure, now)
    case 'join':
      return join(held, command, now)
    case 'due':
      return beDue(held, procedure, now)
    case 'restored':
      return settle(held, procedure, now, [event('case.restored', null)])
    case 'lapse':
      if (held.contestBy === null || now < held.contestBy) return refuse('wrong_state')
      return close(held, now, [])
  }
}

function take(held: Case, by: string, now: Date): CaseResult {
  // What was promised for then happens first, however late its clock rings.
  if (now >= held.dueAt) return refuse('wrong_state')
  if (isHeldByOther(held, by, now)) return refuse('held_by_another')
  return changed({ ...held, ...heldFrom(held, by, now) }, [event('case.taken', by)])
}

/** Back to the desk as it is: the clock runs on. */
function release(held: Case, { by, of = by }: Command<'release'>, now: Date): CaseResult {
  if (!isHeldBy(held, of, now)) return refuse('not_your_case')
  const told = of === by ? event('case.released', by) : event('case.released', by, { of })
  return changed({ ...held, ...unheld }, [told])
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
  if (!hasPower(procedure, held.desk, 'ask')) return refuse('power_not_at_desk')
  const wait = procedure.limits['ask-wait']
  if (held.asks >= procedure.limits.asks || wait === undefined) return refuse('asks_spent')
  if (question.trim() === '') return refuse('question_missing')
  // Where somebody may be in danger nothing waits for the answer; the seller still has all the time that the desk has.
  if (isUrgent(held)) {
    const until = held.dueAt.toISOString()
    const told = event('case.asked', by, { question, until, waits: false })
    return changed({ ...held, asks: held.asks + 1 }, [told])
  }
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
    if (!hasPower(procedure, held.desk, 'answer')) return refuse('power_not_at_desk')
    return changed(held, [event('case.informed', by, { text })])
  }
  const mayEnd = (['answer', 'grant', 'narrow', 'deny'] as const).some((power) =>
    hasPower(procedure, held.desk, power),
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

function contest(
  held: Case,
  command: Command<'contest'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const desk = secondLookDesk(held, procedure)
  // What was found of a complaint is its reporter's to contest; its seller contests the measure, if there is one.
  const isTheirs = held.complaint === null || command.by === byReporter
  if (desk === null || !isTheirs) return refuse('nothing_to_contest')
  if (held.contestBy !== null && now > held.contestBy) return refuse('window_closed')
  if (command.text.trim() === '') return refuse('text_missing')
  const contested: Case = {
    ...arriveAt(held, desk, procedure, now),
    secondLook: true,
    decidedAt: null,
    contestBy: null,
    stoodStill: stoodStillUntil(held, now),
    objections: reopenWhatStands(held),
    complaint: held.complaint && { ...held.complaint, finding: null, reasons: null },
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

/** Closed here because it goes on there: nobody else closes what a seller asked before it was answered. */
function join(held: Case, { by, into }: Command<'join'>, now: Date): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  const joined: Case = { ...held, ...unheld, overdueSince: null, joinedTo: into.caseId }
  return close(joined, now, [event('case.joined', by, { into: into.number, intoId: into.caseId })])
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

/** The seller's own time, from the answer to writing again or contesting, is none of the marketplace's. */
function stoodStillUntil(held: Case, now: Date): number {
  return held.stoodStill + now.getTime() - (held.decidedAt ?? now).getTime()
}
