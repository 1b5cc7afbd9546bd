/** The words of a policy's record. */
import { expect, test } from 'vitest'
import { shareOf } from '../../core/likely-range.ts'
import {
  ofHundred,
  precisionTitle,
  precisionWords,
  rescreeningWords,
  screenedWords,
} from './record-words.ts'

const weeks = Array.from({ length: 12 }, () => ({
  start: '2026-11-23T00:00:00.000Z',
  found: 0,
  acted: 0,
  looked: 0,
  overturned: 0,
  overturnedSince: 0,
}))
const record = (right: number, of: number, found = of) => ({
  precision: shareOf(right, of),
  precisionToAct: shareOf(0, 0),
  scores: Array.from({ length: found }, () => ({ score: 0.9, people: null })),
  weeks,
})

test('the title says plainly that nothing was measured', () => {
  expect(precisionTitle(record(0, 0))).toBe(
    'Not measured yet: it has found nothing in the last 12 weeks.',
  )
  expect(precisionTitle(record(0, 0, 1))).toMatch(/nobody has decided about the one listing it/)
  expect(precisionTitle(record(0, 0, 14))).toMatch(
    /nobody has decided about any of the 14 it found/,
  )
})

test('few decisions are never spoken of as a share', () => {
  expect(precisionTitle(record(1, 1))).toBe('Right in the one decision there is: too few to tell.')
  expect(precisionTitle(record(0, 1))).toBe('Wrong in the one decision there is: too few to tell.')
  expect(precisionTitle(record(2, 3))).toBe('Right in 2 of 3 decisions: too few to tell.')
  expect(precisionTitle(record(4, 4))).toBe('Right in all 4 decisions: too few to tell.')
})

test('many are a share of 100 that is never rounded to certainty', () => {
  expect(precisionTitle(record(91, 100))).toBe('Right in 91 of 100 decisions.')
  expect(precisionTitle(record(999, 1_000))).toBe('Right in over 99 of 100 decisions.')
  expect(precisionTitle(record(1_200, 1_200))).toBe('Right in all 1,200 decisions.')
  expect(ofHundred(0.001)).toBe('under 1 of 100')
})

test('what the share rests on is told with its likely range, and with what it is not', () => {
  expect(precisionWords(record(91, 100))).toMatch(
    /decided about 100 of its findings and found 91 right\. In the long run it is right in 83 to 96 of 100.* not a drawn sample\.$/,
  )
  expect(precisionWords(record(0, 0))).toMatch(/nobody knows how often it is right\.$/)
})

test('reading anew is told while it goes on, when it is over and when it was cut short', () => {
  const held = {
    version: 3,
    because: 'version',
    startedAt: '2026-11-23T00:00:00.000Z',
    endedAt: null,
    isCutShort: false,
    listings: 1_240,
    screened: 600,
    found: 12,
    acted: 3,
    asked: 2,
    lifted: 1,
  } as const
  expect(rescreeningWords(held)).toBe(
    'It reads every listing on sale anew, for version 3: 600 of 1,240 so far. It found 12, acted on 3, asked a person about 2 and took back 1 of its measures.',
  )
  const endedAt = held.startedAt
  expect(rescreeningWords({ ...held, endedAt, screened: 1_240 })).toMatch(
    /^It read 1,240 listings anew, for version 3\./,
  )
  expect(rescreeningWords({ ...held, endedAt, isCutShort: true })).toMatch(
    /^It stopped reading anew, for version 3, after 600 of 1,240/,
  )
  expect(
    rescreeningWords({
      ...held,
      endedAt,
      because: 'level',
      found: 0,
      acted: 0,
      asked: 0,
      lifted: 0,
    }),
  ).toMatch(/because its level left Off\. It found nothing\.$/)
})

test('how much a rule has screened is said with how often it spoke up', () => {
  expect(screenedWords({ versions: 0, review: 0, deactivate: 0 })).toBe(
    'It has not screened anything yet.',
  )
  expect(screenedWords({ versions: 48_769, review: 12, deactivate: 3 })).toBe(
    'It has screened 48,769 listing texts so far, first or anew, and spoke up at 15.',
  )
  expect(screenedWords({ versions: 20, review: 0, deactivate: 0 })).toMatch(/let all of them pass/)
  expect(screenedWords({ versions: 1, review: 0, deactivate: 0 })).toMatch(
    /one listing text .* let it pass/,
  )
})
