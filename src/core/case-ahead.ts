/** What lies ahead of a case by itself, found by the very machine that will do it: words and deeds cannot differ. */
import { later } from './calendar.ts'
import type { Case } from './case.ts'
import { changeCase } from './case-change.ts'
import { byReporter } from './complaint.ts'
import type { Procedure } from './procedure.ts'

export type IfLate = { does: 'hand-over'; case: Case } | { does: 'lift' | 'narrow' | 'wait' }

/** The case as it will be at its desk again, should a question stay unanswered or an answer be taken back. */
function goingOn(held: Case): Case {
  return { ...held, state: 'open', ask: null, pending: null }
}

/** Lets the desk be late in thought, by the very function that will do it: words and deeds cannot differ. */
export function ifLate(held: Case, procedure: Procedure): IfLate {
  const result = changeCase(goingOn(held), { do: 'due' }, procedure, held.dueAt)
  if (!result.ok) return { does: 'wait' }
  const [effect] = result.effects
  if (effect) return { does: effect.power === 'grant' ? 'lift' : 'narrow' }
  return result.case.desk === held.desk
    ? { does: 'wait' }
    : { does: 'hand-over', case: result.case }
}

/** The case at its second look, if all of it were denied at that time; null when there is none. */
export function contestedAt(held: Case, procedure: Procedure, at: Date): Case | null {
  const denied: Case = {
    ...held,
    state: 'answered',
    contestBy: null,
    objections: held.objections.map((objection) =>
      objection.outcome === null ? { ...objection, outcome: 'measure_stands' } : objection,
    ),
    complaint: held.complaint && {
      ...held.complaint,
      finding: held.complaint.finding ?? 'undetermined',
    },
  }
  const by = held.complaint === null ? '' : byReporter
  const result = changeCase(denied, { do: 'contest', by, text: '-' }, procedure, at)
  return result.ok ? result.case : null
}

/**
 * The last possible answer: every desk takes all its time, forwards wherever it still may,
 * and whatever can be contested is contested at once.
 */
export function lastAnswer(held: Case, procedure: Procedure, seen: readonly string[] = []): Date {
  const step = `${held.desk} ${held.forwards} ${String(held.secondLook)}`
  if (seen.includes(step)) return held.dueAt
  const onwards = [...forwardedAt(held, procedure)]
  const late = ifLate(held, procedure)
  if (late.does === 'hand-over') onwards.push(late.case)
  const again = contestedAt(held, procedure, held.dueAt)
  if (again) onwards.push(again)
  const ends = onwards.map((next) => lastAnswer(next, procedure, [...seen, step]))
  return new Date(Math.max(held.dueAt.getTime(), ...ends.map((end) => end.getTime())))
}

/** The case at every desk that this one may still forward it to, at the last moment. */
function forwardedAt(held: Case, procedure: Procedure): Case[] {
  const at = held.dueAt
  const taken: Case = { ...goingOn(held), heldBy: '', heldUntil: later(at, 1) }
  return (procedure.desks[held.desk]?.forward ?? []).flatMap((to) => {
    const result = changeCase(taken, { do: 'forward', by: '', to, reason: '-' }, procedure, at)
    return result.ok ? [result.case] : []
  })
}
