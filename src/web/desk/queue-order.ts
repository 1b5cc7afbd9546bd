/** The order of the queue as the keys walk it: the next case, the one before, and the next that is free. */
import type { QueueItem } from '../../contract/desk.ts'

type Waiting = Pick<QueueItem, 'id' | 'heldBy' | 'heldByMe'>

/** The case one step on from here; from nowhere the first, at either end the same. */
export function stepInQueue(
  cases: readonly Waiting[],
  from: string | null,
  by: 1 | -1,
): string | null {
  if (cases.length === 0) return null
  const at = cases.findIndex((each) => each.id === from)
  if (at === -1) return cases[0]?.id ?? null
  const next = Math.min(cases.length - 1, Math.max(0, at + by))
  return cases[next]?.id ?? null
}

/** The case to open after this one is decided: the next below that no colleague holds, else the first such. */
export function nextFree(cases: readonly Waiting[], decided: string): string | null {
  const at = cases.findIndex((each) => each.id === decided)
  const inTurn = [...cases.slice(at + 1), ...cases.slice(0, Math.max(0, at))]
  const free = inTurn.find((each) => each.id !== decided && (each.heldBy === null || each.heldByMe))
  return free?.id ?? null
}
