import { expect, test } from 'vitest'
import { reasonOf, storyOf, wordsOf } from './thrown.ts'

const refused = Object.assign(new Error('connect to ::1'), { code: 'ECONNREFUSED' })
const failed = new TypeError('fetch failed', { cause: refused })

test('anything that was thrown is told in words', () => {
  expect([failed, 'no', 7, null].map(wordsOf)).toEqual(['fetch failed', 'no', '7', 'null'])
})

test('the reason is what the other end said', () => {
  expect(
    [failed, new Error('late', { cause: new Error('gone') }), new Error('late'), 'no'].map(
      reasonOf,
    ),
  ).toEqual(['ECONNREFUSED', 'gone', 'late', 'no'])
})

test('the story names every cause, and ends where causes go round', () => {
  const story = storyOf(new Error('carry a notice', { cause: failed }))
  expect(story.split('\n').filter((line) => !line.startsWith('    at '))).toEqual([
    'Error: carry a notice',
    'caused by TypeError: fetch failed',
    'caused by Error: connect to ::1',
  ])
  const round = new Error('round')
  round.cause = round
  expect(storyOf(round)).toContain('round')
  expect(storyOf('no')).toBe('no')
})
