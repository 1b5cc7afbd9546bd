/** Figures are what rounds come to: medians, and ratios of turns that stood beside each other. */
import type { Row } from './contest.ts'
import type { Work } from './runner.ts'

export interface Rate {
  /** Listings answered in a second of CPU time of all threads, and of the clock. */
  perCpuSecond: number
  perSecond: number
  /** The fastest round ÷ the slowest, per CPU-second. */
  spread: number
}

/** The rate of a row; null where it has no round. */
export function rateOf({ rounds }: Pick<Row, 'rounds'>): Rate | null {
  if (rounds.length === 0) return null
  const byCpu = rounds.map(perCpuSecond)
  return {
    perCpuSecond: median(byCpu),
    perSecond: median(rounds.map(perSecond)),
    spread: Math.max(...byCpu) / Math.min(...byCpu),
  }
}

export interface Ratio {
  cpu: number
  wall: number
}

/** The median, over all rounds, of what one row did ÷ what the other did in the same round. */
export function ratioOf(over: Pick<Row, 'rounds'>, under: Pick<Row, 'rounds'>): Ratio | null {
  const pairs = over.rounds.flatMap((work, at) => {
    const other = under.rounds[at]
    return other ? [[work, other] as const] : []
  })
  if (pairs.length === 0) return null
  return {
    cpu: median(pairs.map(([work, other]) => perCpuSecond(work) / perCpuSecond(other))),
    wall: median(pairs.map(([work, other]) => perSecond(work) / perSecond(other))),
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = NaN, high = NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

function perCpuSecond({ lines, cpuSeconds }: Work): number {
  return lines / cpuSeconds
}

function perSecond({ lines, wallSeconds }: Work): number {
  return lines / wallSeconds
}

/** A count or a figure in as many digits as mean something: 92,593 · 98.4 · 6 · 0.52. */
export function readable(figure: number): string {
  if (figure >= 100 || Number.isInteger(figure)) return Math.round(figure).toLocaleString('en-US')
  return figure >= 10 ? figure.toFixed(1) : figure >= 1 ? figure.toFixed(2) : figure.toPrecision(2)
}
