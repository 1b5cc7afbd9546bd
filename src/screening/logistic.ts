/** Logistic regression with a prior on every weight, fitted one weight at a time until none moves: no chance, no pace to choose. */

/** What is believed of a weight before any case is seen, and the bounds that no case may push it past. */
export interface Prior {
  /** The middle and spread of a bell curve. */
  mean: number
  spread: number
  /** Draws it to 0, so that a weight which few cases ask for stays there; 0 for none. */
  pull: number
  low: number
  high: number
}

/** Where one term has a value: its rows, and its value in each. */
export interface Column {
  rows: readonly number[]
  values: readonly number[]
}

export interface Sample {
  /** What happened in each row, from 0 to 1. */
  happened: readonly number[]
  /** How much each row counts. */
  counts: readonly number[]
  columns: readonly Column[]
}

const MOST_ROUNDS = 200
const SETTLING = 20
const STILL = 1e-6

/**
 * The weights that make what happened, and the priors, most probable together. What is minimised is convex and each
 * step takes it down (A. Genkin, D. Lewis, D. Madigan: Large-scale Bayesian logistic regression for text
 * categorization, 2007), so there is one answer, and the same sample in the same order gives it to the last digit.
 */
export function fitLogistic(sample: Sample, priors: readonly Prior[]): number[] {
  const fit = openFit(sample, priors)
  const all = [...priors.keys()]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (fit.pass(all) < STILL) break
    // Most weights stay at 0: those that do not are settled among themselves before all are looked at again.
    const alive = all.filter((at) => fit.weights[at] !== 0)
    for (let inner = 0; inner < SETTLING; inner++) if (fit.pass(alive) < STILL) break
  }
  return [...fit.weights]
}

function openFit({ columns, happened, counts }: Sample, priors: readonly Prior[]) {
  const weights = Float64Array.from(priors, ({ mean, low, high }) => clamp(mean, low, high))
  /** How far each weight may go in its next step: within it the curvature is bounded. */
  const reaches = new Float64Array(priors.length).fill(1)
  const sums = new Float64Array(happened.length)
  const said = new Float64Array(happened.length).fill(0.5)

  const add = ({ rows, values }: Column, weight: number) => {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? 0
      const sum = (sums[row] ?? 0) + weight * (values[at] ?? 0)
      sums[row] = sum
      said[row] = 1 / (1 + Math.exp(-sum))
    }
  }
  columns.forEach((column, at) => add(column, weights[at] ?? 0))

  const slopeOf = ({ rows, values }: Column): number => {
    let slope = 0
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] ?? 0
      slope += (counts[row] ?? 0) * (values[at] ?? 0) * ((said[row] ?? 0) - (happened[row] ?? 0))
    }
    return slope
  }
  const curvatureOf = ({ rows, values }: Column, reach: number): number => {
    let curvature = 0
    for (let at = 0; at < rows.length; at++) {
      const [row, value] = [rows[at] ?? 0, values[at] ?? 0]
      curvature +=
        (counts[row] ?? 0) * value * value * bendWithin(sums[row] ?? 0, Math.abs(value) * reach)
    }
    return curvature
  }

  const step = (at: number): number => {
    const [column, prior, old, reach] = [columns[at], priors[at], weights[at], reaches[at]]
    if (!column || !prior || old === undefined || reach === undefined) return 0
    const precision = 1 / (prior.spread * prior.spread)
    const slope = slopeOf(column)
    if (old === 0 && Math.abs(precision * prior.mean - slope) <= prior.pull) return 0
    const curvature = curvatureOf(column, reach)
    const wanted = curvature * old - slope + precision * prior.mean
    const pulled = Math.sign(wanted) * Math.max(0, Math.abs(wanted) - prior.pull)
    const best = clamp(pulled / (curvature + precision), old - reach, old + reach)
    const next = clamp(best, prior.low, prior.high)
    reaches[at] = Math.max(2 * Math.abs(next - old), reach / 2)
    if (next === old) return 0
    weights[at] = next
    add(column, next - old)
    return Math.abs(next - old)
  }

  return {
    weights,
    /** One step of each of these weights; answers how far the one that went farthest went. */
    pass: (which: readonly number[]): number =>
      which.reduce((farthest, at) => Math.max(farthest, step(at)), 0),
  }
}

/** The most that the logistic curve bends within so much of a sum. */
function bendWithin(sum: number, reach: number): number {
  const distance = Math.abs(sum) - reach
  return distance <= 0 ? 0.25 : 1 / (2 + Math.exp(distance) + Math.exp(-distance))
}

function clamp(value: number, low: number, high: number): number {
  // Adding 0 turns −0 into 0, which is written the same everywhere.
  return Math.min(high, Math.max(low, value)) + 0
}
