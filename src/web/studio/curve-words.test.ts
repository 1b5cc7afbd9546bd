/** The points that the plots of a policy make. */
import { expect, test } from 'vitest'
import { precisionCurve } from '../../core/precision.ts'
import {
  curveTitle,
  perWeekWords,
  pointFor,
  reliabilityTitle,
  thresholdWords,
  weeksTitle,
} from './curve-words.ts'

const curve = precisionCurve(
  [
    { score: 0.95, people: 'violation' },
    { score: 0.93, people: 'violation' },
    { score: 0.7, people: 'innocent' },
    { score: 0.55, people: null },
  ],
  2,
)

test('a threshold stands at the point that touches the same, and nowhere where nothing reaches it', () => {
  expect(pointFor(curve, 0.8)).toMatchObject({ touched: 2 })
  expect(pointFor(curve, 0.6)).toMatchObject({ touched: 3 })
  expect(pointFor(curve, 0.99)).toBeNull()
  expect(thresholdWords(null)).toBe('touches nothing')
})

test('the title says how sure it is where it acts, or where it asks if it never acts', () => {
  expect(curveTitle(curve, { review: 0.5, deactivate: 0.8 })).toBe(
    'From 80 on it acts, and is right in 100 of 100',
  )
  expect(curveTitle(curve, { review: 0.5, deactivate: 1 })).toMatch(
    /^From 50 on it asks, and is right in 67 of 100/,
  )
  expect(curveTitle(curve, { review: 0.5, deactivate: 0.99 })).toBe(
    'Nothing reaches 99, from where it acts',
  )
  const unknown = precisionCurve([{ score: 0.9, people: null }], 1)
  expect(curveTitle(unknown, { review: 0.5, deactivate: 0.8 })).toBe(
    'From 80 on it acts: one listing a week',
  )
})

test('volume is said in the words of its size', () => {
  expect(perWeekWords(1_234.4)).toBe('1,234 listings a week')
  expect(perWeekWords(2.25)).toBe('2.3 listings a week')
  expect(perWeekWords(0.25)).toBe('3 in 12 weeks')
})

test('the weeks never hide what was taken back', () => {
  const week = { start: '', found: 5, acted: 4, looked: 2, overturned: 1, overturnedSince: 0 }
  expect(weeksTitle([week, week])).toBe('It acted 8 times; people took back 2')
  expect(weeksTitle([{ ...week, acted: 0, overturned: 0 }])).toBe(
    'It found 5 and acted on none by itself',
  )
  expect(weeksTitle([])).toBe('It has found nothing in these weeks')
})

test('reliability is how far apart what was said and what happened lie, by how many cases', () => {
  expect(reliabilityTitle([{ said: 0.9, happened: 0.8, cases: 30 }])).toMatch(/give or take 10 in/)
  expect(
    reliabilityTitle([
      { said: 0.9, happened: 0.8, cases: 0 },
      { said: 0.5, happened: 0.5, cases: 9 },
    ]),
  ).toBe('What it says comes true')
  expect(reliabilityTitle([])).toBe('Whether its scores come true was not measured')
})
