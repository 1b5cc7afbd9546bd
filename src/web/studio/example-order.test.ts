/** Which examples stand first, and which F8 leads to. */
import { expect, test } from 'vitest'
import type { ExampleResult } from '../../contract/policy.ts'
import { examplesWords, filterExamples, nextFailing, orderExamples } from './example-order.ts'

const result = (title: string, passes: boolean, more: Partial<ExampleResult['example']> = {}) =>
  ({
    example: { title, outcome: 'allow', ...more },
    jurisdiction: 'us',
    outcome: passes ? 'allow' : 'review',
    score: null,
    evidence: [],
    passes,
  }) satisfies ExampleResult

const results = [
  result('Oak board', true),
  result('Clay mask', false),
  result('Costume', true, { shouldBe: 'review' }),
  result('Ski mask', false, { description: 'Warm and soft' }),
]

test('what fails stands first, then what is known to be wrong, then the document’s order', () => {
  expect(orderExamples(results).map(({ number }) => number)).toEqual([2, 4, 3, 1])
})

test('F8 goes from one that fails to the next, and round again', () => {
  const ordered = orderExamples(results)
  expect(nextFailing(ordered, null)?.number).toBe(2)
  expect(nextFailing(ordered, 2)?.number).toBe(4)
  expect(nextFailing(ordered, 4)?.number).toBe(2)
  expect(nextFailing(orderExamples([result('Oak', true)]), null)).toBeNull()
})

test('they are found by what they must be and by any of their words', () => {
  const ordered = orderExamples(results)
  expect(filterExamples(ordered, 'failing', '').map(({ number }) => number)).toEqual([2, 4])
  expect(filterExamples(ordered, 'all', ' WARM').map(({ number }) => number)).toEqual([4])
  expect(filterExamples(ordered, 'deactivate', '')).toEqual([])
})

test('how many pass is said without hiding one', () => {
  expect(examplesWords(results)).toBe('2 of 4 pass.')
  expect(examplesWords(results.filter(({ passes }) => passes))).toBe('All 2 pass.')
  expect(examplesWords([])).toBe('It has no examples.')
})
