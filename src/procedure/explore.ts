/** An exploration holds every state that a case can come to, however the staff behave, and every step between them. */
import { latenessOf, reviewDeskOf } from '../core/procedure.ts'
import type { Desk, Procedure } from '../core/procedure.ts'

export interface State {
  desk: string
  /** Forwards spent; a late hand-over is none. */
  forwards: number
  secondLook: boolean
  /** It came by the lateness of a desk whose review this is, and stands in for that desk. */
  standsIn: boolean
}

export interface Step {
  by: 'deny' | 'forward' | 'late'
  to: number
}

/** States are numbered in the order of their distance from the starts, which come first and as given. */
export interface Exploration {
  states: State[]
  steps: Step[][]
  /** How each state was first come to; null where the exploration starts. */
  origins: ({ from: number; by: Step['by'] } | null)[]
}

/** Follows every case from these different states: denied and contested, forwarded within the limit, late. */
export function explore(procedure: Procedure, starts: Iterable<State>): Exploration {
  const states: State[] = []
  const steps: Step[][] = []
  const origins: Exploration['origins'] = []
  const numbers = new Map<string, number>()
  const numberOf = (state: State, origin: Exploration['origins'][number]): number => {
    const key = `${state.forwards} ${state.secondLook ? 1 : 0}${state.standsIn ? 1 : 0}${state.desk}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = states.push(state) - 1
    numbers.set(key, number)
    origins.push(origin)
    return number
  }
  for (const start of starts) numberOf(start, null)
  for (let from = 0; from < states.length; from++) {
    const state = states[from]
    if (state === undefined) break
    steps.push(
      stepsFrom(procedure, state).map(({ by, next }) => ({ by, to: numberOf(next, { from, by }) })),
    )
  }
  return { states, steps, origins }
}

/** The shortest way from a start to a state: desks, with the step between each two. */
export function wayTo({ states, origins }: Exploration, number: number): string[] {
  const way = [states[number]?.desk ?? '']
  for (let at = origins[number]; at != null; at = origins[at.from])
    way.push(at.by, states[at.from]?.desk ?? '')
  return way.reverse()
}

/** How a case begins at the desk that its way in leads to. */
export function beginAt(desk: string): State {
  return { desk, forwards: 0, secondLook: false, standsIn: false }
}

/** To decide is to have grant, narrow or deny. */
export function mayDecide(desk: Desk | undefined): boolean {
  return (
    desk?.may.some((power) => power === 'grant' || power === 'narrow' || power === 'deny') ?? false
  )
}

/** A desk of people that may decide. */
export function isDecidingPerson(desk: Desk | undefined): boolean {
  return desk?.staff === 'people' && mayDecide(desk)
}

/** The circles that late hand-overs run in: for each desk in one, its desks in their order, itself first. */
export function findCircles(procedure: Procedure): Map<string, string[]> {
  const circles = new Map<string, string[]>()
  const seen = new Set<string>()
  const after = (desk: string) => {
    const lateness = latenessOf(procedure, desk)
    return lateness?.does === 'hand-over' ? lateness.desk : null
  }
  for (const start of Object.keys(procedure.desks)) {
    const walk: string[] = []
    const places = new Map<string, number>()
    let at: string | null = start
    while (at !== null && !seen.has(at)) {
      seen.add(at)
      places.set(at, walk.push(at) - 1)
      at = after(at)
    }
    const place = at === null ? undefined : places.get(at)
    if (place === undefined) continue
    const circle = walk.slice(place)
    circle.forEach((desk, turn) =>
      circles.set(desk, [...circle.slice(turn), ...circle.slice(0, turn)]),
    )
  }
  return circles
}

function stepsFrom(procedure: Procedure, state: State): { by: Step['by']; next: State }[] {
  const desk = procedure.desks[state.desk]
  if (desk === undefined) return []
  const steps: { by: Step['by']; next: State }[] = []
  const review = reviewDeskOf(procedure, state.desk)
  if (desk.may.includes('deny') && review !== null && !state.secondLook)
    steps.push({ by: 'deny', next: { ...state, desk: review, secondLook: true, standsIn: false } })
  if (state.forwards < procedure.limits.forwards) {
    for (const to of new Set(desk.forward)) {
      steps.push({
        by: 'forward',
        next: { ...state, desk: to, forwards: state.forwards + 1, standsIn: false },
      })
    }
  }
  const lateness = latenessOf(procedure, state.desk)
  if (lateness?.does === 'hand-over') {
    const to = lateness.desk
    // Once a second look was taken nobody needs a stand-in, so that these states are one.
    const standsIn = !state.secondLook && review === to
    steps.push({ by: 'late', next: { ...state, desk: to, standsIn } })
  }
  return steps
}
