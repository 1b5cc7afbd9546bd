/** Deciding a case: what a person gives, its minute of undoing, and what the answers do. */
import { earlier, later } from './calendar.ts'
import {
  barredFrom,
  goOn,
  caseOutcome,
  heldFrom,
  isDecidedInParts,
  isHeldBy,
  isMatter,
  narrowedEndsByClock,
  openObjections,
  secondLookDesk,
  type Case,
  type CaseEffect,
  type CaseEvent,
  type CaseResult,
  type Pending,
} from './case.ts'
import { type Command } from './case-command.ts'
import { settleFinding } from './case-complaint.ts'
import { changed, close, event, unheld } from './case-result.ts'
import { findingFollows } from './complaint.ts'
import { narrowerMeasure } from './measure.ts'
import { answerObjection, type Answer } from './objection.ts'
import { hasPower, type Procedure } from './procedure.ts'
import { refuse, type Refused } from './refusal.ts'

export function decide(
  held: Case,
  command: Command<'decide'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const { by, answers, undoFor } = command
  // Who owns an account is for two, each without seeing what the other thinks.
  if (held.kind === 'recovery') return refuse('two_decide')
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
  return give(
    held,
    { by: by.id, answers, conclusion: null, finding: null, undoFor },
    procedure,
    now,
  )
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
  const isAnswered = ({ id }: { id: string }) =>
    answers.some(({ objectionId }) => objectionId === id)
  if (!(isDecidedInParts(held) ? open.some(isAnswered) : open.every(isAnswered)))
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
    if (!hasPower(procedure, held.desk, power)) return refuse('power_not_at_desk')
  }
  return null
}

export function conclude(
  held: Case,
  { by, conclusion, reasons, barred, undoFor }: Command<'conclude'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (reasons.trim() === '') return refuse('reasons_missing')
  const bar = conclusion === 'acted' ? barredFrom(barred, held, by) : null
  if (bar) return refuse(bar)
  if (!hasPower(procedure, held.desk, conclusion === 'cleared' ? 'grant' : 'deny'))
    return refuse('power_not_at_desk')
  return give(
    held,
    { by, answers: [], conclusion: { conclusion, reasons }, finding: null, undoFor },
    procedure,
    now,
  )
}

/** Says what looking into a complaint found. Nobody looks a second time at what they found before. */
export function find(
  held: Case,
  { by, finding, reasons, words, isUnfounded = false, undoFor }: Command<'find'>,
  procedure: Procedure,
  now: Date,
): CaseResult {
  if (!isHeldBy(held, by, now)) return refuse('not_your_case')
  if (held.decidedBy.includes(by)) return refuse('decided_before')
  if (reasons.trim() === '') return refuse('reasons_missing')
  if (words.trim() === '') return refuse('words_missing')
  if (!hasPower(procedure, held.desk, findingFollows[finding].power))
    return refuse('power_not_at_desk')
  const found = {
    ...{ finding, reasons, words },
    isUnfounded: isUnfounded && finding === 'refuted',
  }
  return give(held, { by, answers: [], conclusion: null, finding: found, undoFor }, procedure, now)
}

interface Given extends Pick<Pending, 'by' | 'answers' | 'conclusion' | 'finding'> {
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
export function undo(held: Case, by: string, now: Date): CaseResult {
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
export function carryOut(
  held: Case,
  pending: Pending,
  procedure: Procedure,
  now: Date,
): CaseResult {
  const { by, answers, conclusion, finding } = pending
  const base: Case = { ...held, pending: null, decidedBy: [...held.decidedBy, by] }
  if (finding !== null) return settleFinding(base, { by, ...finding }, procedure, now)
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

/** The case with these answers; as long as others are missing nothing else of it is over. */
export function answered(held: Case, answers: Answer[], by: string | null, now: Date): Case {
  const next: Case = {
    ...held,
    ...unheld,
    state: 'open',
    ask: null,
    pending: null,
    objections: held.objections.map((objection) => {
      const given = answers.find((candidate) => candidate.objectionId === objection.id)
      return given ? answerObjection(objection, given, { by, now }) : objection
    }),
  }
  return openObjections(next).length > 0 ? next : { ...next, overdueSince: null, decidedAt: now }
}

export function afterAnswers(
  held: Case,
  answers: Answer[],
  { by, procedure, now }: { by: string | null; procedure: Procedure; now: Date },
): CaseResult {
  const effects = effectsOf(held, answers, procedure)
  const events = [decided(held, effects, by)]
  if (openObjections(held).length > 0) return { ok: true, case: held, events, effects }
  // Also what an earlier look gave back: over is a case only once the shop was seen to show all of it.
  if (held.objections.some(givesBack))
    return { ok: true, case: { ...held, state: 'restoring' }, events, effects }
  const settled = settle(held, procedure, now, events)
  return settled.ok ? { ...settled, effects } : settled
}

function givesBack({ outcome }: Case['objections'][number]): boolean {
  return outcome === 'measure_lifted' || outcome === 'measure_narrowed'
}

export function effectsOf(held: Case, answers: Answer[], procedure: Procedure): CaseEffect[] {
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
export function decided(held: Case, effects: CaseEffect[], by: string | null): CaseEvent {
  const answers = effects.map(({ decisionId, reasons }) => ({ decisionId, answer: reasons }))
  return event('case.decided', by, { outcome: caseOutcome(held), answers })
}

/** Nothing is left to be brought back: what stands may still be contested, otherwise the case is over. */
export function settle(
  held: Case,
  procedure: Procedure,
  now: Date,
  events: CaseEvent[],
): CaseResult {
  if (secondLookDesk(held, procedure) !== null)
    return changed({ ...held, state: 'answered' }, events)
  return close(held, now, events)
}
