/** A lesson is what investigations teach: written weights move as far as confirmed and refuted complaints carry them, and never turn round. */
import { rounded, writtenWeights } from './sum.ts'
import type { Reason, Weights, WrittenSignal } from './sum.ts'

/** A complaint that people have looked into, with the reasons it was weighed by. */
export interface Investigated {
  reasons: readonly Reason[]
  isGenuine: boolean
}

/** A logistic fit with priors, handed in because engines do not import each other: `fitLogistic` of screening is one. */
export type Fit = (
  sample: {
    happened: readonly number[]
    counts: readonly number[]
    columns: readonly { rows: readonly number[]; values: readonly number[] }[]
  },
  priors: readonly { mean: number; spread: number; pull: number; low: number; high: number }[],
) => number[]

/** How far a few cases may take a weight from what was written. */
const SPREAD = 0.6
const MOST = 4

/** Weights to open a weighing with; where nothing was investigated, the written ones. */
export function learnWeights(
  investigated: readonly Investigated[],
  fit: Fit,
  written: Weights = writtenWeights,
): Weights {
  // Object.keys forgets which keys an object has.
  const signals = Object.keys(written) as WrittenSignal[]
  const columns = signals.map((signal) =>
    columnOf(
      investigated,
      (reason) => reason.signal === signal,
      () => 1,
    ),
  )
  // Ties and records weigh what their evidence weighs: they are counted as they stand.
  const given = columnOf(
    investigated,
    ({ signal }) => !(signal in written),
    ({ weight }) => weight,
  )
  const learned = fit(
    {
      happened: investigated.map(({ isGenuine }) => (isGenuine ? 1 : 0)),
      counts: investigated.map(() => 1),
      columns: [...columns, given],
    },
    [
      ...signals.map((signal) => ({
        ...{ mean: written[signal], spread: SPREAD, pull: 0 },
        low: written[signal] < 0 ? -MOST : 0,
        high: written[signal] > 0 ? MOST : 0,
      })),
      { mean: 1, spread: SPREAD, pull: 0, low: 1, high: 1 },
    ],
  )
  const weights: Record<WrittenSignal, number> = { ...written }
  signals.forEach((signal, at) => (weights[signal] = rounded(learned[at] ?? written[signal])))
  return weights
}

function columnOf(
  investigated: readonly Investigated[],
  isMeant: (reason: Reason) => boolean,
  valueOf: (reason: Reason) => number,
): { rows: number[]; values: number[] } {
  const column: { rows: number[]; values: number[] } = { rows: [], values: [] }
  investigated.forEach(({ reasons }, row) => {
    const meant = reasons.filter(isMeant)
    if (meant.length === 0) return
    column.rows.push(row)
    column.values.push(meant.reduce((sum, reason) => sum + valueOf(reason), 0))
  })
  return column
}
