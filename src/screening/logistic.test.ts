/** Fitted weights are where the sample and the priors balance, and within their bounds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLogistic } from './logistic.ts'
import type { Prior, Sample } from './logistic.ts'

const open: Prior = { mean: 0, spread: 1000, pull: 0, low: -100, high: 100 }

const someSample = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      happened: fc.array(fc.constantFrom(0, 0.3, 1), { minLength: rows, maxLength: rows }),
      counts: fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), {
        minLength: rows,
        maxLength: rows,
      }),
      columns: fc.array(
        fc
          .array(fc.constantFrom(-1, 0, 1, 2), { minLength: rows, maxLength: rows })
          .map((values) => ({ rows: values.map((_, row) => row), values })),
        { minLength: columns, maxLength: columns },
      ),
    }),
  )
const somePriors = fc.array(
  fc.record({
    mean: fc.double({ min: -5, max: 5, noNaN: true }),
    spread: fc.double({ min: 0.3, max: 3, noNaN: true }),
    pull: fc.constantFrom(0, 0, 0.5, 2),
    low: fc.constantFrom(-10, -1, 0),
    high: fc.constantFrom(0, 1, 10),
  }),
  { minLength: 4, maxLength: 4 },
)

/** How steeply what is minimised rises in the direction of one weight, without the pull to 0. */
function slopeAt(sample: Sample, prior: Prior, weights: number[], at: number): number {
  const sums = sample.happened.map((_, row) =>
    sample.columns.reduce((sum, { values }, column) => sum + values[row]! * weights[column]!, 0),
  )
  const ofSample = sums.reduce((slope, sum, row) => {
    const off = 1 / (1 + Math.exp(-sum)) - sample.happened[row]!
    return slope + sample.counts[row]! * sample.columns[at]!.values[row]! * off
  }, 0)
  return ofSample + (weights[at]! - prior.mean) / prior.spread ** 2
}

describe('logistic regression', () => {
  it('finds the log-odds of what happened', () => {
    const sample = {
      happened: [1, 1, 1, 0],
      counts: [1, 1, 1, 1],
      columns: [{ rows: [0, 1, 2, 3], values: [1, 1, 1, 1] }],
    }
    expect(fitLogistic(sample, [open])[0]).toBeCloseTo(Math.log(3), 4)
    expect(fitLogistic({ ...sample, happened: [0.75], counts: [4] }, [open])[0]).toBeCloseTo(
      Math.log(3),
      4,
    )
  })

  it('stays at the prior where there is nothing to learn from', () => {
    const priors = [{ ...open, mean: -3.2 }, open, { ...open, mean: 4 }]
    const columns = priors.map(() => ({ rows: [], values: [] }))
    expect(fitLogistic({ happened: [], counts: [], columns }, priors)).toEqual([-3.2, 0, 4])
  })

  it('ends where nothing pulls any further, for any sample and any priors', () => {
    fc.assert(
      fc.property(someSample, somePriors, (sample, all) => {
        const priors = all.slice(0, sample.columns.length)
        const weights = fitLogistic(sample, priors)
        expect(fitLogistic(sample, priors)).toEqual(weights)
        for (const [at, prior] of priors.entries()) {
          const weight = weights[at]!
          expect(weight).toBeGreaterThanOrEqual(prior.low)
          expect(weight).toBeLessThanOrEqual(prior.high)
          const slope = slopeAt(sample, prior, weights, at)
          // At rest: the slope is balanced by the pull to 0, or presses against a bound.
          const [fromLeft, fromRight] = [
            slope + (weight > 0 ? prior.pull : -prior.pull),
            slope + (weight < 0 ? -prior.pull : prior.pull),
          ]
          if (weight > prior.low) expect(fromLeft).toBeLessThan(1e-3)
          if (weight < prior.high) expect(fromRight).toBeGreaterThan(-1e-3)
        }
      }),
    )
  })
})
