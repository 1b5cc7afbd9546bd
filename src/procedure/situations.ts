/** A situation is a measure (or matter) with one possible set of means that its seller has left. */
import type { Procedure } from '../core/procedure.ts'

export type Means = Procedure['channels'][string]['needs'][number]

export interface Situation {
  measure: string
  /** What the seller can still use, sorted. */
  means: readonly Means[]
}

/** A way in: a channel that the seller of a situation can use, and the desk that its route leads to. */
export interface Way extends Situation {
  channel: string
  desk: string
}

const allMeans = ['account', 'mailbox'] as const satisfies readonly Means[]

/** Cases without a measure: lateness has nothing to lift there. */
export function isMatter(measure: string): boolean {
  return measure.startsWith('matter.')
}

/** Every measure with every set of means that its own losses and those of any others can leave; fewest means first. */
export function listSituations(procedure: Procedure): Situation[] {
  const outcomes = new Map(
    Object.entries(procedure.measures).map(([name, measure]) => [name, possibleLosses(measure)]),
  )
  // A measure that meets itself again takes no more than it could at first, so "others" may be all.
  const kinds = [...new Map([...outcomes.values()].map((sets) => [sets.join(), sets])).values()]
  return [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([measure, own]) => {
      let losses = own
      for (const others of kinds)
        losses = unique(losses.flatMap((loss) => [loss, ...others.map((other) => loss | other)]))
      return losses
        .map((loss) => ({ measure, means: allMeans.filter((_, bit) => (loss & (1 << bit)) === 0) }))
        .sort(
          (a, b) => a.means.length - b.means.length || (a.means.join() < b.means.join() ? -1 : 1),
        )
    })
}

/** Every way in that the sellers of these situations can use. */
export function listWays(procedure: Procedure, situations: readonly Situation[]): Way[] {
  const routed = routeAll(procedure)
  return situations.flatMap(({ measure, means }) =>
    Object.entries(procedure.channels).flatMap(([channel, { needs }]) => {
      const desk = routed.get(channel)?.get(measure)
      if (desk === undefined || !needs.every((need) => means.includes(need))) return []
      return [{ measure, means, channel, desk }]
    }),
  )
}

/** The measures that a pattern of a route names. */
export function namedBy(pattern: string, measures: readonly string[]): string[] {
  if (pattern === '*') return [...measures]
  if (pattern.endsWith('.*')) {
    const beginning = pattern.slice(0, -1)
    return measures.filter((measure) => measure.startsWith(beginning))
  }
  return measures.filter((measure) => measure === pattern)
}

/** For each channel the desk of each measure: the first route that names both counts. */
function routeAll(procedure: Procedure): Map<string, Map<string, string>> {
  const measures = Object.keys(procedure.measures)
  const routed = new Map(
    Object.keys(procedure.channels).map((channel) => [channel, new Map<string, string>()]),
  )
  for (const route of procedure.routes) {
    const open = route.by.flatMap((channel) => {
      const desks = routed.get(channel)
      return desks === undefined || desks.size === measures.length ? [] : [desks]
    })
    if (open.length === 0) continue
    const named = new Set(route.for.flatMap((pattern) => namedBy(pattern, measures)))
    for (const desks of open) {
      for (const measure of named) if (!desks.has(measure)) desks.set(measure, route.to)
    }
  }
  return routed
}

/** Each set of means as bits: what is taken for sure, with every part of what may be taken. */
function possibleLosses(measure: Procedure['measures'][string]): number[] {
  let losses = [bitsOf(measure.takes)]
  for (const loss of measure['may-take'])
    losses = unique([...losses, ...losses.map((taken) => taken | bitsOf([loss]))])
  return losses.sort()
}

function bitsOf(means: readonly Means[]): number {
  return means.reduce((bits, one) => bits | (1 << allMeans.indexOf(one)), 0)
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)]
}
