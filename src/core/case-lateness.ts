/** A desk's time is up: the procedure says what happens by itself. */
import {
  arrival,
  arriveAt,
  isMatter,
  openObjections,
  whenLate,
  type Case,
  type CaseResult,
} from './case.ts'
import { afterAnswers, answered, decided, effectsOf } from './case-decision.ts'
import { changed, event } from './case-result.ts'
import { type Answer } from './objection.ts'
import { latenessOf, type Procedure } from './procedure.ts'
import { refuse } from './refusal.ts'
import { wordsIn } from './words.ts'

/** A desk's time is up: the procedure says what happens by itself. Only ever to the seller's good. */
export function beLate(held: Case, procedure: Procedure, now: Date): CaseResult {
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
    const reasons = wordsIn('en').own.late()
    return power === null ? [] : [{ objectionId: objection.id, power, reasons }]
  })
  if (answers.length === 0) return beOverdue(held, procedure)
  const late = answered(held, answers, null, now)
  if (openObjections(late).length === 0)
    return afterAnswers(late, answers, { by: null, procedure, now })
  const rest = beOverdue(late, procedure)
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
