/** The gaps of a procedure: each kind has one rule that finds it. */
import { latenessOf, reviewDeskOf } from '../core/procedure.ts'
import type { Procedure } from '../core/procedure.ts'
import { formatDuration } from './duration.ts'
import { findCircles, isDecidingPerson, mayDecide, wayTo } from './explore.ts'
import type { State } from './explore.ts'
import type { Findings } from './findings.ts'
import { gapCodes } from './gap.ts'
import type { Gap, GapCode, Place } from './gap.ts'
import { findNearest } from './nearest.ts'
import { namedBy } from './situations.ts'
import type { Situation, Way } from './situations.ts'
import { sayGap } from './words.ts'
import type { Worst } from './worst.ts'

/** Every gap of a procedure, once for each place that it touches, with a shortest path that shows it. */
export function listGaps(findings: Findings): Gap[] {
  return gapCodes.flatMap((code) => rules[code](findings).map((found) => gapOf(code, found)))
}

/** What is defined and never comes into use. */
export function listUnused(findings: Findings): Gap[] {
  const { procedure, ways, exploration } = findings
  const usedDesks = new Set(exploration.states.map(({ desk }) => desk))
  const usedChannels = new Set(ways.map(({ channel }) => channel))
  const measures = Object.keys(procedure.measures)
  const unused = (place: Place, what: string): Gap =>
    fill('unused', place, [], `${what} is defined and never comes into use.`)
  return [
    ...Object.keys(procedure.desks)
      .filter((desk) => !usedDesks.has(desk))
      .map((desk) => unused({ desk }, `The desk "${desk}"`)),
    ...Object.keys(procedure.channels)
      .filter((channel) => !usedChannels.has(channel))
      .map((channel) => unused({ channel }, `The channel "${channel}"`)),
    ...procedure.routes.flatMap((route, at) =>
      [...new Set(route.for)]
        .filter((pattern) => namedBy(pattern, measures).length === 0)
        .map((pattern) =>
          fill('unused', {}, [], `"${pattern}" in route ${at + 1} matches no measure.`),
        ),
    ),
  ]
}

interface Found {
  place: Place
  path: string[]
}

const rules: Record<GapCode, (findings: Findings) => Found[]> = {
  'no-way-in': ({ situations, ways }) => {
    const open = new Set(ways.map(keyOf))
    return situations
      .filter((situation) => !open.has(keyOf(situation)))
      .map(({ measure, means }) => ({ place: { measure, means }, path: [measure] }))
  },
  'no-person': (findings) => {
    const { procedure, ways, exploration } = findings
    const people = findNearest(exploration, {
      isGoal: (state) => isDecidingPerson(procedure.desks[exploration.states[state]?.desk ?? '']),
      isOver: () => false,
    })
    return ways
      .filter((way) => people.goalOf(findings.beginOf(way)) === null)
      .map((way) => ({ place: placeOf(way), path: pathOf(way, [way.desk]) }))
  },
  limbo: (findings) =>
    atDesks(findings, ({ desk }) => {
      const { within, late } = findings.procedure.desks[desk] ?? {}
      return within === undefined || late === undefined
    }),
  'unsafe-lift': (findings) => {
    const { procedure, ways, exploration } = findings
    const lifts = findNearest(exploration, {
      isGoal: (state) =>
        latenessOf(procedure, exploration.states[state]?.desk ?? '')?.does === 'lift',
      isOver: () => false,
    })
    return ways
      .filter(
        (way) =>
          procedure.measures[way.measure]?.['lift-by-clock'] === false &&
          lifts.goalOf(findings.beginOf(way)) !== null,
      )
      .map((way) => ({
        place: placeOf(way),
        path: pathOf(way, lifts.wayFrom(findings.beginOf(way))),
      }))
  },
  loop: (findings) => {
    const circles = findCircles(findings.procedure)
    const told = new Set<string>()
    return atDesks(findings, ({ desk }) => circles.has(desk)).flatMap(({ place, path }) => {
      const circle = circles.get(place.desk ?? '') ?? []
      const desk = [...circle].sort().join('+')
      if (told.has(desk)) return []
      told.add(desk)
      const round = [...circle.slice(1), ...circle.slice(0, 1)].flatMap((next) => ['late', next])
      return [{ place: { desk }, path: [...path, ...round] }]
    })
  },
  'machine-denies': (findings) =>
    atDesks(findings, ({ desk }) => {
      const { staff, may } = findings.procedure.desks[desk] ?? {}
      return staff === 'machine' && may?.includes('deny') === true
    }),
  'dead-end': (findings) =>
    atDesks(findings, (state) => {
      const desk = findings.procedure.desks[state.desk]
      const isForwarding =
        (desk?.forward ?? []).length > 0 && findings.procedure.limits.forwards > 0
      return !mayDecide(desk) && !isForwarding && desk?.late === undefined
    }),
  'hollow-second-look': (findings) =>
    atDesks(findings, ({ desk }) => {
      const review = reviewDeskOf(findings.procedure, desk)
      if (review === null || !mayDeny(findings.procedure, desk)) return false
      return !isDecidingPerson(findings.procedure.desks[review])
    }),
  'no-second-look': (findings) =>
    atDesks(
      findings,
      ({ desk, secondLook, standsIn }) =>
        mayDeny(findings.procedure, desk) &&
        reviewDeskOf(findings.procedure, desk) === null &&
        !secondLook &&
        !standsIn,
    ),
  'promise-person': (findings) =>
    beyond(findings, findings.toPerson, findings.procedure.promise.person),
  'promise-answer': (findings) =>
    beyond(findings, findings.toAnswer, findings.procedure.promise.answer),
}

/** Each desk in whose states this may hold, with the shortest path to such a state. */
function atDesks(findings: Findings, holds: (state: State) => boolean): Found[] {
  const found = new Map<string, Found>()
  findings.exploration.states.forEach((state, number) => {
    if (found.has(state.desk) || !holds(state)) return
    const way = wayTo(findings.exploration, number)
    const first = findings.firstWays.get(way[0] ?? '')
    if (first === undefined) return
    found.set(state.desk, { place: { desk: state.desk }, path: pathOf(first, way) })
  })
  return [...found.values()]
}

function beyond(findings: Findings, worstOf: (way: Way) => Worst, promised: number): Found[] {
  return findings.ways.flatMap((way) => {
    const { time, way: desks } = worstOf(way)
    if (time <= promised) return []
    return [{ place: { ...placeOf(way), time }, path: pathOf(way, desks) }]
  })
}

/** A duration, or `unbounded`. */
export function formatWorst(time: number): string {
  return time === Infinity ? 'unbounded' : formatDuration(time)
}

/** A path as it is reported: the measure, the channel, and the desks with the steps between them. */
export function pathOf({ measure, channel }: Way, desks: readonly string[]): string[] {
  return [measure, channel, ...desks]
}

function placeOf({ measure, means, channel }: Way): Place {
  return { measure, means, channel }
}

function keyOf({ measure, means }: Situation): string {
  return `${measure} ${means.join('+')}`
}

function mayDeny(procedure: Procedure, desk: string): boolean {
  return procedure.desks[desk]?.may.includes('deny') ?? false
}

function gapOf(code: GapCode, { place, path }: Found): Gap {
  return fill(code, place, path, sayGap(code, place))
}

function fill(code: Gap['code'], place: Place, path: string[], message: string): Gap {
  return {
    code,
    desk: place.desk ?? null,
    measure: place.measure ?? null,
    means: place.means ?? null,
    channel: place.channel ?? null,
    worst: place.time === undefined ? null : formatWorst(place.time),
    path,
    message,
  }
}
