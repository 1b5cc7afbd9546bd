/** The worst case of a state: the longest that staff can make a seller wait from there, or for ever. */
import { latenessOf } from '../core/procedure.ts'
import type { Procedure } from '../core/procedure.ts'
import { findNearest } from './nearest.ts'
import type { Exploration, State } from './explore.ts'

export interface Worst {
  /** Milliseconds; infinite when nothing bounds it. */
  time: number
  /** The desks on the way, with the step between each two. */
  way: string[]
}

/** What is waited for. */
export interface Waiting {
  /** The waiting is over as soon as the case comes here. */
  isOver(state: State): boolean
  /** Here it may never be over: the desks that it goes round, none when it stays. */
  foreverAt(state: State): readonly string[] | null
}

/** Gives for each state the worst case of this waiting; of equally long ways one with the fewest steps. */
export function findWorst(
  procedure: Procedure,
  exploration: Exploration,
  waiting: Waiting,
): (state: number) => Worst {
  const { states, steps } = exploration
  const over = states.map((state) => waiting.isOver(state))
  const forever = states.map((state, number) => (over[number] ? null : waiting.foreverAt(state)))
  const endless = findNearest(exploration, {
    isGoal: (state) => forever[state] != null,
    isOver: (state) => over[state] === true,
  })
  const longest = findLongest(procedure, exploration, {
    isOver: (state) => over[state] === true,
    isBounded: (state) => endless.goalOf(state) === null,
  })
  return (state) => {
    const goal = endless.goalOf(state)
    if (goal !== null)
      return { time: Infinity, way: [...endless.wayFrom(state), ...round(forever[goal] ?? [])] }
    const way = [states[state]?.desk ?? '']
    for (let at = state; ;) {
      const choice = longest.choices[at] ?? -1
      const step = choice < 0 ? undefined : steps[at]?.[choice]
      if (step === undefined) return { time: longest.times[state] ?? 0, way }
      way.push(step.by, states[step.to]?.desk ?? '')
      at = step.to
    }
  }
}

/** Once round a circle of late hand-overs, back to its first desk. */
function round(circle: readonly string[]): string[] {
  return circle.flatMap((_, turn) => ['late', circle[(turn + 1) % circle.length] ?? ''])
}

/** Where nothing lasts for ever the steps run in no circle, so each state is settled after all that follow it. */
function findLongest(
  procedure: Procedure,
  exploration: Exploration,
  ask: { isOver(state: number): boolean; isBounded(state: number): boolean },
): { times: number[]; choices: number[] } {
  const { states, steps } = exploration
  const times = new Array<number>(states.length).fill(0)
  const lengths = new Array<number>(states.length).fill(0)
  const choices = new Array<number>(states.length).fill(-1)
  const comers: number[][] = states.map(() => [])
  const open = states.map((_, from) => {
    if (!ask.isBounded(from) || ask.isOver(from)) return 0
    for (const { to } of steps[from] ?? []) comers[to]?.push(from)
    return steps[from]?.length ?? 0
  })
  const settled: number[] = []
  states.forEach((_, state) => {
    if (ask.isBounded(state) && open[state] === 0) settled.push(state)
  })
  for (const state of settled) {
    if (!ask.isOver(state)) {
      let after = mayEnd(procedure, exploration, state) ? 0 : -1
      for (const [choice, { to }] of (steps[state] ?? []).entries()) {
        const [time = 0, length = 0] = [times[to], (lengths[to] ?? 0) + 1]
        const isShorter = choices[state] !== -1 && length < (lengths[state] ?? 0)
        if (time < after || (time === after && !isShorter)) continue
        after = time
        choices[state] = choice
        lengths[state] = length
      }
      times[state] = after + (procedure.desks[states[state]?.desk ?? '']?.within ?? 0)
    }
    for (const from of comers[state] ?? []) {
      open[from] = (open[from] ?? 0) - 1
      if (open[from] === 0) settled.push(from)
    }
  }
  return { times, choices }
}

/** Whether a case may end at this desk: by its powers, by a denial that nobody looks at again, or by lateness. */
function mayEnd(procedure: Procedure, { states, steps }: Exploration, number: number): boolean {
  const desk = states[number]?.desk ?? ''
  const may = procedure.desks[desk]?.may ?? []
  if (may.includes('grant') || may.includes('narrow')) return true
  if (may.includes('deny') && steps[number]?.every(({ by }) => by !== 'deny')) return true
  return latenessOf(procedure, desk)?.does !== 'hand-over'
}
