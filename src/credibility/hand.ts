/** A hand is who is behind a group: whether two groups are of one, and whether one group is of two. */
import type { Batch } from './batch.ts'
import { listOf, UNTOLD, valueAt } from './column.ts'
import { join, openForest, rootOf, sizeOf } from './forest.ts'
import type { Find } from './group.ts'
import type { Scene } from './scene.ts'
import { SHARING, shareOutside, STRONG } from './tie.ts'
import type { Setting } from './tie.ts'
import { DAY } from './purchase.ts'
import { countBetween } from './window.ts'

/** Times of two groups are no one's where two clusters are likelier than one by so many nats. */
const APART = 12
/** Groups that speak for one hand by so much are told as one. */
const LEAST_FOR_ONE = 6.5
/** What each kind of tie between two groups can be worth at most. */
const MOST_BETWEEN = {
  ...{ mixture: 2, time: 2, things: 4.5, words: 4.5, reporters: 3, rival: 3, kin: 2.5 },
}
/** Of one hand's sellers, nearly all sell alike. */
const ALIKE = 0.9
const KEEPING = 0.85

/** How many standard deviations the ranks of two groups of times lie from being mixed (H. Mann, D. Whitney, 1947). */
function apartness(one: Float64Array, other: Float64Array): number {
  const [m, n] = [one.length, other.length]
  if (m === 0 || n === 0) return 0
  let before = 0
  for (const time of one)
    before += countBetween(other, -Infinity, time) - 0.5 * countBetween(other, time, time)
  return Math.abs(before - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12)
}

function told(times: Float64Array): Float64Array {
  return times.filter((time) => !Number.isNaN(time)).sort()
}

/** Sorted, without what was not told. */
interface Times {
  at: Float64Array
  created: Float64Array
}

function isApart(one: Times, other: Times): boolean {
  return gainOfTwo(one.at, other.at) + gainOfTwo(one.created, other.created) > APART
}

/** How much likelier two groups of times are as two clusters than as one, each spread about its middle as it is. */
function gainOfTwo(one: Float64Array, other: Float64Array): number {
  const both = Float64Array.from([...one, ...other]).sort()
  const cost = (times: Float64Array) => times.length * Math.log(breadthOf(times))
  return cost(both) - cost(one) - cost(other)
}

/** How many days sorted times lie from their middle on average; half a day is as good as none. */
function breadthOf(sorted: Float64Array): number {
  const middle = valueAt(sorted, sorted.length >> 1)
  let sum = 0
  for (const time of sorted) sum += Math.abs(time - middle)
  return 0.5 + sum / DAY / Math.max(1, sorted.length)
}

function timesIn({ at, created }: Scene, group: readonly number[]): Times {
  return {
    at: told(Float64Array.from(group, (one) => valueAt(at, one))),
    created: told(Float64Array.from(group, (one) => valueAt(created, one))),
  }
}

/**
 * The largest part of a group, where it falls into parts that share nothing and came, or joined, at other times: two
 * hands may attack one seller, and by chance have a rival in common. Who shares nothing with anybody stays where their
 * time is.
 */
export function largestPart(scene: Scene, group: readonly number[]): number[] {
  const forest = openForest(scene.voices.length)
  const isIn = new Uint8Array(scene.voices.length)
  for (const one of group) isIn[one] = 1
  const tie = (holders: readonly number[]) => {
    let first = -1
    for (const one of holders) {
      if (isIn[one] !== 1) continue
      if (first < 0) first = one
      else join(forest, first, one)
    }
  }
  for (const { family, weight, holders } of scene.marks)
    if (family !== 'target' && weight >= STRONG) tie(holders)
  const parts = new Map<number, number[]>()
  for (const one of group) {
    const root = rootOf(forest, one)
    parts.set(root, [...(parts.get(root) ?? []), one])
  }
  const bySize = [...parts.values()].sort((a, b) => b.length - a.length)
  const kept = [...(bySize[0] ?? [])]
  if (kept.length < 3 || (bySize[1]?.length ?? 0) < 3) return [...group]
  const others: number[] = []
  for (const part of bySize.slice(1)) {
    if (part.length < 3) continue
    const isOther = isApart(timesIn(scene, kept), timesIn(scene, part))
    ;(isOther ? others : kept).push(...part)
  }
  if (others.length === 0) return [...group]
  for (const one of group)
    if (sizeOf(forest, one) < 3 && isNearer(scene, one, kept, others)) kept.push(one)
  return kept.sort((a, b) => a - b)
}

/** Whether one came, or else joined, nearer to one group than to another. */
function isNearer(scene: Scene, one: number, kept: readonly number[], others: readonly number[]) {
  const far = (times: Float64Array, group: readonly number[]) => {
    const sorted = told(Float64Array.from(group, (member) => valueAt(times, member)))
    return Math.abs(valueAt(times, one) - valueAt(sorted, sorted.length >> 1))
  }
  return far(scene.at, kept) <= far(scene.at, others)
}

/** What was found in one scene, as it is compared with others. */
export interface Part extends Times {
  find: Find
  reporters: ReadonlySet<number>
  /** What the sellers that it complains about sell. */
  categories: ReadonlySet<number>
}

export function partOf({ sellers }: Batch, find: Find): Part {
  const { scene, places } = find
  const reporters = new Set(places.map((place) => valueAt(scene.reporters, place)))
  const targets = new Set(places.map((place) => valueAt(scene.sellers, place)))
  const categories = new Set([...targets].flatMap((seller) => sellers.categoriesOf[seller] ?? []))
  return { find, reporters, categories, ...timesIn(scene, places) }
}

/**
 * Whether what was found in two scenes is of one hand: the log-odds of all that ties the two groups, against two rings by
 * chance.
 */
export function isOneHand(setting: Setting, one: Part, other: Part): boolean {
  let shared = 0
  for (const reporter of one.reporters) if (other.reporters.has(reporter)) shared++
  const fewer = Math.min(one.reporters.size, other.reporters.size)
  // By chance, or by a search that went too far, some may be in both of two groups that lie apart.
  if (shared >= 2 || shared * 3 > fewer)
    return !isApart(timesOutside(one, other), timesOutside(other, one))
  const sum =
    MOST_BETWEEN.reporters * shared +
    mixture(one, other) +
    togetherIn(setting, one.created, other.created) +
    togetherIn(setting, one.at, other.at) +
    rivalBetween(one.find, other.find) +
    kinBetween(setting, one, other)
  // What takes longer to find out is left where it could not matter.
  const { things, words } = MOST_BETWEEN
  if (sum + things + words <= LEAST_FOR_ONE) return false
  const withThings = sum + thingsBetween(setting, one.reporters, other.reporters)
  if (withThings + words <= LEAST_FOR_ONE) return false
  return withThings + wordsBetween(setting, one, other) > LEAST_FOR_ONE
}

/** The times of those who are in one group only. */
function timesOutside({ find: { scene, places } }: Part, other: Part): Times {
  return timesIn(
    scene,
    places.filter((place) => !other.reporters.has(valueAt(scene.reporters, place))),
  )
}

/** Times of one hand are mixed as chance has it; those of two may lie anyhow. */
function mixture(one: Times, other: Times): number {
  const [heard, joined] = [apartness(one.at, other.at), apartness(one.created, other.created)]
  return Math.max(-6, MOST_BETWEEN.mixture - (heard * heard + joined * joined) / 2)
}

/** Two groups in one stretch of time, by how short it is: a ring may come, and join for it, at any time. */
function togetherIn({ span }: Setting, one: Float64Array, other: Float64Array): number {
  const [first, second] = [middleOf(one), middleOf(other)]
  if (first === null || second === null) return 0
  const length = Math.max(first[1], second[1]) - Math.min(first[0], second[0])
  const usual = (length + DAY) / Math.max(DAY, span.at)
  return Math.max(0, Math.min(MOST_BETWEEN.time, Math.log(KEEPING / usual)))
}

/** Where all but the outermost are. */
function middleOf(sorted: Float64Array): [number, number] | null {
  if (sorted.length < 3) return null
  const cut = Math.floor(0.15 * sorted.length)
  return [valueAt(sorted, cut), valueAt(sorted, sorted.length - 1 - cut)]
}

/** The sellers of one hand's rival sell alike, by how many do. */
function kinBetween({ batch }: Setting, one: Part, other: Part): number {
  const [ours, theirs] = [one.categories, other.categories]
  if (ours.size === 0 || theirs.size === 0) return 0
  const common = [...ours].find((category) => theirs.has(category))
  if (common === undefined) return -2
  const alike = valueAt(batch.sellers.inCategory, common)
  return Math.max(
    0,
    Math.min(MOST_BETWEEN.kin, Math.log((ALIKE * (batch.sellers.count + 1)) / (alike + 1))),
  )
}

/** Among so many things some that are as rare are shared by chance. */
const UNREMARKABLE = 1.5

/** The rarest thing that members of both use; who is in both was counted already. */
function thingsBetween(
  { batch }: Setting,
  ours: ReadonlySet<number>,
  theirs: ReadonlySet<number>,
): number {
  const { thingsOf } = batch.reporters
  const { holdersOf } = batch.things
  const held = new Set<number>()
  for (const reporter of ours)
    if (!theirs.has(reporter)) for (const thing of listOf(thingsOf, reporter)) held.add(thing)
  const both = ours.size + theirs.size
  let best = UNREMARKABLE
  for (const reporter of theirs) {
    if (ours.has(reporter)) continue
    for (const thing of listOf(thingsOf, reporter)) {
      if (!held.has(thing)) continue
      const holders = listOf(holdersOf, thing)
      const atMost = Math.log(SHARING / shareOutside(batch, both, holders.length - both, 0.3))
      if (atMost <= best) continue
      let inside = 0
      for (const holder of holders) if (ours.has(holder) || theirs.has(holder)) inside++
      const share = shareOutside(batch, both, holders.length - inside, 0.3)
      best = Math.max(best, Math.log(SHARING / share))
    }
  }
  return Math.min(MOST_BETWEEN.things, best - UNREMARKABLE)
}

/** The rarest saying of both, said by somebody else in each. */
function wordsBetween({ batch, sayings, sayingSizes }: Setting, one: Part, other: Part): number {
  const sayingsOf = ({ find: { scene, places } }: Part, without: Part) => {
    const counts = new Map<number, number>()
    for (const place of places) {
      if (without.reporters.has(valueAt(scene.reporters, place))) continue
      const saying = valueAt(sayings.of, valueAt(scene.voices, place))
      if (saying !== UNTOLD) counts.set(saying, (counts.get(saying) ?? 0) + 1)
    }
    return counts
  }
  const [ours, theirs] = [sayingsOf(one, other), sayingsOf(other, one)]
  const both = one.reporters.size + other.reporters.size
  let best = 0
  for (const [saying, count] of ours) {
    const others = theirs.get(saying)
    if (others === undefined) continue
    const outside = valueAt(sayingSizes, saying) - count - others
    best = Math.max(best, Math.log(SHARING / shareOutside(batch, both, outside, 0.3)))
  }
  return Math.min(MOST_BETWEEN.words, best)
}

/** One seller that both share something with. */
function rivalBetween({ evidence: one }: Find, { evidence: other }: Find): number {
  if (one.rival === null || one.rival.seller !== other.rival?.seller) return 0
  return Math.min(MOST_BETWEEN.rival, one.parts.rival, other.parts.rival)
}
