import { expect, test } from 'vitest'
import { precisionCurve } from './precision.ts'

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
