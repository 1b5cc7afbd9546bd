/** The nearest goal of every state, found backwards from the goals. */
import type { Exploration, Step } from './explore.ts'

export interface Nearest {
  /** The goal that is reached with the fewest steps, or null when none can be. */
  goalOf(state: number): number | null
  /** The desks to that goal, with the step between each two. */
  wayFrom(state: number): string[]
}

/** Finds for every state the nearest goal; what is over leads nowhere. */
export function findNearest(
  { states, steps }: Exploration,
  ask: { isGoal(state: number): boolean; isOver(state: number): boolean },
): Nearest {
  const comers: { from: number; step: Step }[][] = states.map(() => [])
  steps.forEach((taken, from) => {
    if (ask.isOver(from)) return
    for (const step of taken) comers[step.to]?.push({ from, step })
  })
  const goals = new Array<number | null>(states.length).fill(null)
  const next = new Array<Step | null>(states.length).fill(null)
  const reached: number[] = []
  states.forEach((_, state) => {
    if (!ask.isGoal(state)) return
    goals[state] = state
    reached.push(state)
  })
  for (const state of reached) {
    for (const { from, step } of comers[state] ?? []) {
      if (goals[from] != null) continue
      goals[from] = goals[state] ?? null
      next[from] = step
      reached.push(from)
    }
  }
  return {
    goalOf: (state) => goals[state] ?? null,
    wayFrom: (state) => {
      const way = [states[state]?.desk ?? '']
      for (let step = next[state]; step != null; step = next[step.to])
        way.push(step.by, states[step.to]?.desk ?? '')
      return way
    },
  }
}
