/** The findings of a check: what was explored of a procedure, before anything is judged. */
import { latenessOf, reviewDeskOf } from '../core/procedure.ts'
import type { Procedure } from '../core/procedure.ts'
import { beginAt, explore, findCircles, isDecidingPerson } from './explore.ts'
import type { Exploration, State } from './explore.ts'
import { isMatter, listSituations, listWays } from './situations.ts'
import type { Situation, Way } from './situations.ts'
import { findWorst } from './worst.ts'
import type { Waiting, Worst } from './worst.ts'

export interface Findings {
  procedure: Procedure
  situations: readonly Situation[]
  ways: readonly Way[]
  exploration: Exploration
  /** For each desk that a way leads to, the first such way. */
  firstWays: ReadonlyMap<string, Way>
  /** The state that the case of a way is in at first. */
  beginOf: (way: Way) => number
  /** The longest until a desk of people that may decide has the case, or it ended in the seller's favour. */
  toPerson: (way: Way) => Worst
  /** The longest until the end, second look included. */
  toAnswer: (way: Way) => Worst
}

/** Explores a procedure from every way in of every situation. */
export function findAll(procedure: Procedure): Findings {
  const situations = listSituations(procedure)
  const ways = listWays(procedure, situations)
  const desks = new Set(ways.map(({ desk }) => desk))
  const starts = new Map([...desks].map((desk) => [desk, beginAt(desk)]))
  return findFrom({ procedure, situations, ways, starts })
}

/** Explores a procedure from the state that the case of each way is in at its desk. */
export function findFrom(given: {
  procedure: Procedure
  situations: readonly Situation[]
  ways: readonly Way[]
  starts: ReadonlyMap<string, State>
}): Findings {
  const { procedure, situations, ways, starts } = given
  const firstWays = new Map<string, Way>()
  for (const way of ways) if (!firstWays.has(way.desk)) firstWays.set(way.desk, way)
  const exploration = explore(procedure, starts.values())
  const numbers = new Map([...starts.keys()].map((desk, number) => [desk, number]))
  const beginOf = (way: Way) => numbers.get(way.desk) ?? 0
  const findWaiting = (waiting: Waiting) => findWorst(procedure, exploration, waiting)
  const answer = findWaiting(untilAnswer(procedure))
  const person = findWaiting(untilPerson(procedure, { isMatter: false }))
  const personOfMatter = findWaiting(untilPerson(procedure, { isMatter: true }))
  return {
    procedure,
    situations,
    ways,
    exploration,
    firstWays,
    beginOf,
    toPerson: (way) => (isMatter(way.measure) ? personOfMatter : person)(beginOf(way)),
    toAnswer: (way) => answer(beginOf(way)),
  }
}

function untilAnswer(procedure: Procedure): Waiting {
  const circles = findCircles(procedure)
  return {
    isOver: () => false,
    foreverAt: ({ desk }) => (isClocked(procedure, desk) ? (circles.get(desk) ?? null) : []),
  }
}

function untilPerson(procedure: Procedure, kind: { isMatter: boolean }): Waiting {
  const circles = findCircles(procedure)
  const isOver = ({ desk }: State) => isDecidingPerson(procedure.desks[desk])
  return {
    isOver,
    foreverAt: (state) => {
      const { desk } = state
      if (!isClocked(procedure, desk) || mayDenyForGood(procedure, state)) return []
      // Lateness lifts nothing from a matter, so there it is no end in the sender's favour.
      if (kind.isMatter && latenessOf(procedure, desk)?.does !== 'hand-over') return []
      const circle = circles.get(desk)
      if (circle?.some((name) => isDecidingPerson(procedure.desks[name]))) return null
      return circle ?? null
    },
  }
}

/** Without a clock or a consequence nothing makes a desk act. */
function isClocked(procedure: Procedure, desk: string): boolean {
  return procedure.desks[desk]?.within !== undefined && latenessOf(procedure, desk) !== null
}

function mayDenyForGood(procedure: Procedure, { desk, secondLook }: State): boolean {
  const mayDeny = procedure.desks[desk]?.may.includes('deny') ?? false
  return mayDeny && (secondLook || reviewDeskOf(procedure, desk) === null)
}
