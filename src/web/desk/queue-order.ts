/** The order of the queue: by clock, what waits for a seller apart, and how the keys walk it. */
import type { QueueItem } from '../../contract/queue.ts'

type Waiting = Pick<QueueItem, 'id' | 'state'>

export interface QueueGroups<Item> {
  /** A desk has it and its clock runs. */
  open: Item[]
  /** Decided, and for a minute it may be taken back. */
  deciding: Item[]
  /** The seller was asked, and our clock stands still. */
  asking: Item[]
}

/** The cases as the queue shows them; within each group they keep their order, by time left. */
export function groupQueue<Item extends Waiting>(cases: readonly Item[]): QueueGroups<Item> {
  const asking = cases.filter(({ state }) => state === 'asking')
  const deciding = cases.filter(({ state }) => state === 'deciding')
  const open = cases.filter(({ state }) => state !== 'asking' && state !== 'deciding')
  return { open, deciding, asking }
}

/** The case one step on from here, as the page shows them; from nowhere the first, at either end the same. */
export function stepInQueue(
  cases: readonly Waiting[],
  from: string | null,
  by: 1 | -1,
): string | null {
  const { open, deciding, asking } = groupQueue(cases)
  const shown = [...open, ...deciding, ...asking]
  const at = shown.findIndex((each) => each.id === from)
  if (at === -1) return shown[0]?.id ?? null
  const next = Math.min(shown.length - 1, Math.max(0, at + by))
  return shown[next]?.id ?? null
}

/** Whether anything is left that could be taken: open, and in nobody else's hands. */
export function hasFree(
  cases: readonly Pick<QueueItem, 'id' | 'state' | 'heldBy' | 'heldByMe'>[],
): boolean {
  return groupQueue(cases).open.some(({ heldBy, heldByMe }) => heldBy === null || heldByMe)
}
