/** A window is a stretch of time in which most of a group fall, weighed by how few others fall into it. */
import { valueAt } from './column.ts'

export interface Window {
  from: number
  to: number
  /** How many of the group fall into it, and the share of others that would. */
  inside: number
  usual: number
  /** What falling into it is worth in log-odds, and what falling outside is. */
  weightInside: number
  weightOutside: number
  /** Of the whole group, with the choice of the window paid for. */
  total: number
}

/** Of a group that acts together, this part falls into its window. */
const KEEPING = 0.85
/** Windows are tried that hold so much of a group. */
const PARTS = [1, 0.85, 0.7, 0.55] as const
/** Choosing among windows costs this, in nats. */
const CHOICE = 1

/**
 * The window of sorted times that tells most, or null where none tells anything. The first member only says where it
 * lies. `usualOf` gives the share of strangers between two of them, given by their places.
 */
export function windowOf(
  told: Float64Array,
  usualOf: (first: number, last: number) => number,
  cap: number,
): Window | null {
  if (told.length < 3) return null
  /** Of the best so far: how many it holds, where it starts, what it is worth, and the share of strangers in it. */
  let held = 0
  let first = 0
  let most = 0
  let share = 0
  let before = Infinity
  for (const part of PARTS) {
    const inside = Math.max(3, Math.ceil(part * told.length))
    // Of few, two parts are as many, and the same window.
    if (inside === before) continue
    before = inside
    const start = narrowest(told, inside)
    const usual = boundShare(usualOf(start, start + inside - 1))
    const weightInside = worthInside(usual, cap)
    if (weightInside <= 0) continue
    const total =
      (inside - 1) * weightInside + (told.length - inside) * worthOutside(usual) - CHOICE
    if (total <= most) continue
    held = inside
    first = start
    most = total
    share = usual
  }
  if (held === 0) return null
  return {
    from: valueAt(told, first),
    to: valueAt(told, first + held - 1),
    inside: held,
    usual: share,
    weightInside: worthInside(share, cap),
    weightOutside: worthOutside(share),
    total: most,
  }
}

function boundShare(usual: number): number {
  return Math.min(1, Math.max(1e-4, usual))
}

function worthInside(usual: number, most: number): number {
  return Math.min(most, Math.log(KEEPING / usual))
}

function worthOutside(usual: number): number {
  return Math.max(-1.5, Math.log((1 - KEEPING) / Math.max(0.02, 1 - usual)))
}

/** Where so many lie closest together. */
function narrowest(sorted: Float64Array, inside: number): number {
  let best = 0
  let width = Infinity
  for (let at = 0; at + inside <= sorted.length; at++) {
    const span = (sorted[at + inside - 1] ?? 0) - (sorted[at] ?? 0)
    if (span >= width) continue
    best = at
    width = span
  }
  return best
}

/** How many of sorted numbers lie between two, both included. */
export function countBetween(sorted: Float64Array, from: number, to: number): number {
  return firstAbove(sorted, to, true) - firstAbove(sorted, from, false)
}

function firstAbove(sorted: Float64Array, limit: number, isStrict: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const value = sorted[middle] ?? 0
    if (isStrict ? value > limit : value >= limit) high = middle
    else low = middle + 1
  }
  return low
}
