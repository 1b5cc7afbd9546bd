/** The check of a procedure: whether anybody in any situation can be left in limbo, however the staff behave. */
import type { Procedure } from '../core/procedure.ts'
import { findAll } from './findings.ts'
import type { Findings } from './findings.ts'
import { formatWorst, listGaps, listUnused, pathOf } from './gaps.ts'
import type { Gap } from './gap.ts'

/** What `recourse procedure check --json` prints, key by key. */
export interface Check {
  procedure: string
  /** No gaps; warnings are none. */
  sound: boolean
  situations: number
  states: number
  /** The worst cases over all usable ways in: durations or `unbounded`; the path is the answer's. */
  worst: { person: string; answer: string; path: string[] }
  gaps: Gap[]
  warnings: Gap[]
}

/** Proves a procedure sound, or lists its gaps. */
export function checkProcedure(procedure: Procedure): Check {
  const findings = findAll(procedure)
  const gaps = listGaps(findings)
  return {
    procedure: procedure.procedure,
    sound: gaps.length === 0,
    situations: findings.situations.length,
    states: findings.exploration.states.length,
    worst: worstOf(findings),
    gaps,
    warnings: listUnused(findings),
  }
}

function worstOf({ ways, toPerson, toAnswer }: Findings): Check['worst'] {
  let person = 0
  let answer = 0
  let path: string[] = []
  for (const way of ways) {
    person = Math.max(person, toPerson(way).time)
    const worst = toAnswer(way)
    if (path.length > 0 && worst.time <= answer) continue
    answer = worst.time
    path = pathOf(way, worst.way)
  }
  return { person: formatWorst(person), answer: formatWorst(answer), path }
}
