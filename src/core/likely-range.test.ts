/** A share of few says little, and its bounds show it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOf } from './likely-range.ts'

describe('a share', () => {
  it.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
    [1, 200, 0.0009, 0.0278],
  ])('%i of %i lies between %f and %f', (count, of, low, high) => {
    const share = shareOf(count, of)
    expect(share.low).toBeCloseTo(low, 4)
    expect(share.high).toBeCloseTo(high, 4)
  })

  it('of none says nothing', () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0, share: null, low: 0, high: 1 })
  })

  it('lies within its bounds, and more of the same draw them closer', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 500 }), (count, more) => {
        const of = count + more
        const { share, low, high } = shareOf(count, of)
        expect(low).toBeLessThanOrEqual(share ?? 0)
        expect(high).toBeGreaterThanOrEqual(share ?? 1)
        const wider = shareOf(count * 2, of * 2)
        expect(wider.high - wider.low).toBeLessThan(high - low)
      }),
    )
  })
})
