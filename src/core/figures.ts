/** Figures are what anybody may know of how we treat sellers: sums over a period, told apart only where nobody is recognised. */
import type { Share } from './likely-range.ts'

export const periods = ['30d', '90d', 'year', 'all'] as const
export type Period = (typeof periods)[number]

/** How far a period reaches back, in days; null for all time. */
export const periodDays = {
  '30d': 30,
  '90d': 90,
  year: 365,
  all: null,
} as const satisfies Record<Period, number | null>

/** A group of fewer is not told apart, so that nobody is recognised by what came of them. */
export const leastGroup = 10

/** Measures that have something in common, such as their rule. */
export interface MeasureGroup {
  /** The name of what they have in common; null where small groups were put together. */
  group: string | null
  title: string
  taken: number
  contested: number
  overturned: number
}

/**
 * The groups, the largest first, with all that are too small put together as the last. Where these together are still too
 * few, the next smallest joins them: what is left of a sum would tell of it otherwise.
 */
export function mergeSmall(groups: readonly MeasureGroup[], title: string): MeasureGroup[] {
  const sorted = groups.toSorted(
    (one, other) => other.taken - one.taken || one.title.localeCompare(other.title),
  )
  const told = sorted.filter(({ taken }) => taken >= leastGroup)
  const small = sorted.filter(({ taken }) => taken < leastGroup)
  if (small.length === 0) return told
  while (sumOf(small, 'taken') < leastGroup) {
    const next = told.pop()
    if (next === undefined) break
    small.push(next)
  }
  const others: MeasureGroup = {
    group: null,
    title,
    taken: sumOf(small, 'taken'),
    contested: sumOf(small, 'contested'),
    overturned: sumOf(small, 'overturned'),
  }
  return [...told, others]
}

function sumOf(groups: readonly MeasureGroup[], of: 'taken' | 'contested' | 'overturned'): number {
  return groups.reduce((sum, group) => sum + group[of], 0)
}

/** Waits until one event, in steps of equal length. */
export interface Wait {
  /** Null where nothing is promised of it. */
  promiseMs: number | null
  ended: number
  beyond: number
  medianMs: number | null
  p95Ms: number | null
  worstMs: number | null
  stepMs: number
  /** From the first step to the last that anybody waited; the last holds all that is longer where `toMs` is null. */
  bars: { fromMs: number; toMs: number | null; cases: number }[]
}

const hour = 3_600_000
const steps = [1 / 60, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 168].map((hours) => hours * hour)

/** In which steps waits against a promise are counted: at most sixteen of them until it is broken. */
export function stepFor(promiseMs: number): number {
  return steps.find((step) => promiseMs / step <= 16) ?? Math.ceil(promiseMs / 16)
}

/** The places of a histogram, beginning with 0, of which the last holds all that is longer. */
export const mostPlaces = 100

/** How many waits ended in each step, none left out between the first and the last. */
export function barsOf(
  counted: readonly { place: number; ended: number }[],
  stepMs: number,
): Wait['bars'] {
  const last = Math.max(-1, ...counted.map(({ place }) => place))
  const byPlace = new Map(counted.map(({ place, ended }) => [place, ended]))
  return Array.from({ length: last + 1 }, (_, place) => ({
    fromMs: place * stepMs,
    toMs: place === mostPlaces - 1 ? null : (place + 1) * stepMs,
    cases: byPlace.get(place) ?? 0,
  }))
}

/** What anybody may know, over one period; all but `now` is of the period. */
export interface Figures {
  period: Period
  /** Null for all time. */
  from: Date | null
  until: Date
  measures: {
    taken: number
    contested: number
    overturned: Share
    byPolicy: ToldGroup[]
    byDecider: ToldGroup[]
    byFinder: ToldGroup[]
    spans: { start: string; taken: number; overturned: number | null }[]
    spanUnit: 'week' | 'month'
  }
  appeals: {
    filed: number
    lifted: number
    narrowed: number
    stands: number
    withdrawn: number
    open: number
    /** Of those lifted or narrowed: who said so. */
    byMachine: number
    byClock: number
    byPerson: number
    secondLooks: number
    secondLooksChanged: number
    secondLooksOpen: number
    oneLook: number
  }
  waits: { person: Wait; takenUp: Wait; answer: Wait }
  calls: { booked: number; notMade: number }
  sales: {
    orders: number
    bySellers: number
    /** Of the orders; null where nothing was sold. */
    share: number | null
    /** The same share in the time as long before. */
    before: number | null
    /** By value, of each currency with enough orders. */
    byValue: { currency: string; share: number }[]
  }
}

/** A group as it is told: with the share that was overturned, and the range in which it likely lies. */
export interface ToldGroup extends Omit<MeasureGroup, 'overturned'> {
  overturned: Share
}
