/** A move takes an open case to another version of its procedure, where that is proved to lengthen no promise. */
import { latenessOf } from '../core/procedure.ts'
import type { Procedure } from '../core/procedure.ts'
import { isDecidingPerson } from './explore.ts'
import { findFrom } from './findings.ts'
import type { Findings } from './findings.ts'
import { listGaps } from './gaps.ts'
import type { Gap } from './gap.ts'
import { isMatter } from './situations.ts'
import type { Way } from './situations.ts'
import { sayGap, sayTime } from './words.ts'

/** Where an open case stands. */
export interface CasePlace {
  /** A measure or matter. */
  measure: string
  channel: string
  desk: string
  /** Forwards spent. */
  forwards: number
  secondLook: boolean
  /** Milliseconds until the desk's clock runs out, at most none; null where it has no clock. A move keeps it. */
  left: number | null
}

export type Move = { ok: true } | { ok: false; why: string }

/** Whether this case may go on under the new version: nothing then takes longer than it could, or ends worse. */
export function proveMove(from: Procedure, to: Procedure, place: CasePlace): Move {
  if (to.desks[place.desk] === undefined)
    return refuse(`The new version has no desk "${place.desk}", where the case is.`)
  if (to.measures[place.measure] === undefined)
    return refuse(`The new version does not know ${place.measure}, which the case is about.`)
  const [before, after] = [findAt(from, place), findAt(to, place)]
  const gap = findNewGap(before, after)
  if (gap !== null) return refuse(`The new version has a gap here: ${sayHere(gap)}`)
  return (
    findLesserEnd(before, after, place) ??
    findDelay(before, after, { place, of: 'person' }) ??
    findDelay(before, after, { place, of: 'answer' }) ?? { ok: true }
  )
}

function refuse(why: string): Move {
  return { ok: false, why }
}

/** The check's own exploration, begun at the place where the case is. */
function findAt(procedure: Procedure, place: CasePlace): Findings {
  const { measure, channel, desk, forwards, secondLook } = place
  const way: Way = { measure, channel, desk, means: [] }
  // How it arrived is not kept; without a stand-in both versions are judged the more strictly.
  const start = { desk, forwards, secondLook, standsIn: false }
  return findFrom({
    procedure,
    situations: [way],
    ways: [way],
    starts: new Map([[desk, start]]),
  })
}

/** A gap on the way from here that is not there already; how long it may take is compared apart. */
function findNewGap(before: Findings, after: Findings): Gap | null {
  const keyOf = ({ code, desk }: Gap) => JSON.stringify([code, desk])
  const known = new Set(listGaps(before).map(keyOf))
  return (
    listGaps(after).find((gap) => !gap.code.startsWith('promise-') && !known.has(keyOf(gap))) ??
    null
  )
}

/** The case is in already, by whatever means its seller had. */
function sayHere({ code, desk, measure, channel, message }: Gap): string {
  return code === 'unused' ? message : sayGap(code, { desk, measure, channel })
}

/** Lateness that lifts now, wherever the case goes, must not come to narrow. */
function findLesserEnd(before: Findings, after: Findings, { measure }: CasePlace): Move | null {
  const [was, will] = [latenessIn(before), latenessIn(after)]
  if (isMatter(measure) || !was.has('lift') || was.has('narrow') || !will.has('narrow')) return null
  return refuse('Under the new version, lateness could only narrow the measure that it lifts now.')
}

function latenessIn({ procedure, exploration }: Findings): Set<string> {
  return new Set(exploration.states.map(({ desk }) => latenessOf(procedure, desk)?.does ?? 'none'))
}

/** The clock of the present desk runs on as it is, so what comes after it is compared. */
function findDelay(
  before: Findings,
  after: Findings,
  { place, of }: { place: CasePlace; of: 'person' | 'answer' },
): Move | null {
  const [was, will] = [afterDesk(before, of), afterDesk(after, of)]
  if (will <= was) return null
  const what = of === 'person' ? 'A person with power to decide' : 'The final answer'
  const say = (time: number) => sayTime(Math.max(0, place.left ?? 0) + time)
  const then =
    will === Infinity ? 'could be waited for without end' : `could take ${say(will)} more`
  return refuse(`${what} ${then} under the new version, and takes at most ${say(was)} now.`)
}

/** The longest wait once the clock of the present desk has run out; none where nothing is waited for. */
function afterDesk(findings: Findings, of: 'person' | 'answer'): number {
  const { procedure, ways, toPerson, toAnswer } = findings
  const [way] = ways
  if (way === undefined) return 0
  const desk = procedure.desks[way.desk]
  if (of === 'person' && isDecidingPerson(desk)) return 0
  const { time } = of === 'person' ? toPerson(way) : toAnswer(way)
  return time - (desk?.within ?? 0)
}
