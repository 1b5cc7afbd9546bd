import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrationOf, type Believed } from './calibration.ts'

const some = fc.array(
  fc.record({ said: fc.double({ min: 0, max: 1, noNaN: true }), isSo: fc.boolean() }),
)

test('every complaint stands in one bar, and bars add up to the whole', () => {
  fc.assert(
    fc.property(some, (believed) => {
      const { bars, whole } = calibrationOf(believed)
      const found = bars.map((bar) => bar?.found ?? { count: 0, of: 0 })
      expect(found.reduce((sum, { of }) => sum + of, 0)).toBe(believed.length)
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(whole?.found.count ?? 0)
    }),
  )
})

test('in each bar the mean of what was said lies within its tenth', () => {
  fc.assert(
    fc.property(some, (believed) => {
      calibrationOf(believed).bars.forEach((bar, place) => {
        if (bar === null) return
        expect(bar.said).toBeGreaterThanOrEqual(place / 10 - 1e-9)
        expect(bar.said).toBeLessThanOrEqual((place + 1) / 10 + 1e-9)
      })
    }),
  )
})

test('the error is 0 where all was said with certainty and was so, 1 where nothing was, and has a range from two on', () => {
  const times = (count: number, one: Believed) => Array.from({ length: count }, () => one)
  expect(calibrationOf([])).toMatchObject({ whole: null, error: null })
  expect(calibrationOf(times(1, { said: 1, isSo: true })).error).toBeNull()
  expect(calibrationOf(times(9, { said: 1, isSo: true })).error).toMatchObject({ mean: 0, high: 0 })
  expect(calibrationOf(times(9, { said: 1, isSo: false })).error).toMatchObject({ mean: 1, low: 1 })
  const { error } = calibrationOf([
    ...times(50, { said: 0.5, isSo: true }),
    ...times(50, { said: 0.9, isSo: true }),
  ])
  expect(error?.mean).toBeCloseTo(0.13)
  expect((error?.high ?? 0) - (error?.low ?? 0)).toBeGreaterThan(0)
})
