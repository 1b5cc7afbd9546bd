import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareOf } from './likely-range.ts'
import { precisionCurve } from './precision.ts'

test('a share has the range of Wilson', () => {
  // Worked out by hand: 91 of 100.
  expect(shareOf(91, 100)).toMatchObject({
    share: 0.91,
    low: expect.closeTo(0.8377, 4),
    high: expect.closeTo(0.9519, 4),
  })
  expect(shareOf(0, 0)).toEqual({ right: 0, of: 0, share: null, low: 0, high: 1 })
  expect(shareOf(10, 10)).toMatchObject({ low: expect.closeTo(0.7225, 4), high: 1 })
  expect(shareOf(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775, 4) })
})

test('a range holds its share, lies within 0 and 1, and narrows with more cases', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (right, wrong) => {
      fc.pre(right + wrong > 0)
      const { share, low, high } = shareOf(right, right + wrong)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      expect(low).toBeLessThanOrEqual(share!)
      expect(high).toBeGreaterThanOrEqual(share!)
      const more = shareOf(right * 4, (right + wrong) * 4)
      expect(more.high - more.low).toBeLessThan(high - low)
    }),
  )
})

test('the curve has one point for each volume, from the lowest score to the highest', () => {
  const scored = [
    { score: 0.95, people: 'violation' },
    { score: 0.95, people: null },
    { score: 0.8, people: 'violation' },
    { score: 0.62, people: 'innocent' },
  ] as const
  const curve = precisionCurve(scored, 2)
  expect(curve.map(({ threshold, touched, perWeek }) => [threshold, touched, perWeek])).toEqual([
    [0.62, 4, 2],
    [0.8, 3, 1.5],
    [0.95, 2, 1],
  ])
  expect(curve.map(({ precision }) => [precision.count, precision.of])).toEqual([
    [2, 3],
    [2, 2],
    [1, 1],
  ])
  expect(precisionCurve([], 12)).toEqual([])
})
