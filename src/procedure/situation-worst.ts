/** The worst way of one situation: the longest until a person has the case, and until the last answer. */
import type { Check } from './check.ts'
import { findAll } from './findings.ts'
import type { Findings } from './findings.ts'
import { formatWorst, pathOf } from './gaps.ts'
import type { Means, Situation } from './situations.ts'
import type { Procedure } from '../core/procedure.ts'

/** The same form as a check's own worst: of the person the time alone, of the answer the time and the path. */
export interface SituationWorst {
  measure: string
  means: readonly Means[]
  /** Null where no way in can be used. */
  worst: (Check['worst'] & { personPath: string[] }) | null
}

/** Every situation with its worst way, in the order of the check. */
export function worstOfSituations(procedure: Procedure): SituationWorst[] {
  const findings = findAll(procedure)
  return findings.situations.map((situation) => ({
    ...situation,
    worst: worstOf(findings, situation),
  }))
}

function worstOf(findings: Findings, { measure, means }: Situation): SituationWorst['worst'] {
  const ways = findings.ways.filter(
    (way) => way.measure === measure && way.means.join() === means.join(),
  )
  const [first] = ways
  if (first === undefined) return null
  const longest = (worstOfWay: Findings['toAnswer']) =>
    ways.reduce(
      (most, way) => {
        const worst = worstOfWay(way)
        return worst.time > most.time ? { ...worst, from: way } : most
      },
      { ...worstOfWay(first), from: first },
    )
  const person = longest(findings.toPerson)
  const answer = longest(findings.toAnswer)
  return {
    person: formatWorst(person.time),
    personPath: pathOf(person.from, person.way),
    answer: formatWorst(answer.time),
    path: pathOf(answer.from, answer.way),
  }
}
