/** Tests of the share that is surely exceeded. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { casesUntil, lowerShare } from './lower-share.ts'

const prior = { usual: 0.01, worth: 100 }

describe('the share that is surely exceeded', () => {
  // Quantiles of Beta distributions in closed form: Beta(1, n) has 1 − (1 − p)^(1/n), Beta(n, 1) has p^(1/n).
  test.each([
    [{ count: 0, of: 0 }, { usual: 0.01, worth: 100 }, 1 - 0.95 ** (1 / 99)],
    [{ count: 0, of: 101 }, { usual: 0.01, worth: 100 }, 1 - 0.95 ** (1 / 200)],
    [{ count: 9, of: 9 }, { usual: 0.5, worth: 2 }, 0.05 ** (1 / 10)],
    [{ count: 0, of: 0 }, { usual: 0.5, worth: 2 }, 0.05],
  ])('is what the closed form says of %o', (counted, before, expected) => {
    expect(lowerShare(counted, before, 0.95)).toBeCloseTo(expected, 10)
  })

  test('one of one says almost nothing where one in a hundred is usual', () => {
    expect(lowerShare({ count: 1, of: 1 }, prior, 0.95)).toBeLessThan(prior.usual)
    expect(lowerShare({ count: 50, of: 500 }, prior, 0.95)).toBeGreaterThan(0.06)
  })

  const counted = fc.record({ count: fc.integer({ min: 0, max: 60 }), of: fc.nat(5_000) })

  test('more cases without one never raise it, and one more never lowers it', () => {
    fc.assert(
      fc.property(counted, fc.nat(500), ({ count, of }, more) => {
        const now = lowerShare({ count, of }, prior, 0.95)
        expect(lowerShare({ count, of: of + more }, prior, 0.95)).toBeLessThanOrEqual(now + 1e-12)
        expect(lowerShare({ count: count + 1, of: of + 1 }, prior, 0.95)).toBeGreaterThan(now)
      }),
    )
  })

  test('the cases until it is usual again are enough, and one fewer is not', () => {
    fc.assert(
      fc.property(counted, (known) => {
        const more = casesUntil(prior.usual, known, prior, 0.95)
        if (more === null) throw new Error('a million cases would not do')
        const with_ = (extra: number) => lowerShare({ ...known, of: known.of + extra }, prior, 0.95)
        expect(with_(more)).toBeLessThanOrEqual(prior.usual)
        if (more > 0) expect(with_(more - 1)).toBeGreaterThan(prior.usual)
      }),
      { numRuns: 50 },
    )
  })
})
