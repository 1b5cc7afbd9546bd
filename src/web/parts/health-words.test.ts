/** Tests of the words of account health: each thing that counts or does not says why, and what helps says what it comes to. */
import { expect, test } from 'vitest'
import type { HealthForReader } from '../../contract/health.ts'
import {
  complaintsSentence,
  decisionWords,
  healthSentence,
  raiseWords,
  shareSentence,
  thresholdWords,
} from './health-words.ts'

const good = { standing: 'good', title: 'Good', from: 0 }
const complaints: HealthForReader['complaints'] = {
  ...{ counting: 0, orders: 812, days: 90, lower: 0.004, usual: 0.01, points: 0 },
  each: [],
}
const empty: HealthForReader = {
  ...{ points: 0, standing: good, standings: [good], decisions: [], complaints },
  ...{ raises: [], thresholds: [] },
}
const at = '2026-11-20T09:00:00.000Z'
const decision: HealthForReader['decisions'][number] = {
  ...{ decisionId: 'dec_1', number: 'D-1', title: 'A vase', subject: 'listing' },
  ...{ policyTitle: 'Vases', takenAt: at, state: 'counts', points: 4, overAt: at },
  ...{ isSeen: true, remediedAt: null, countsWith: null },
}

test('an account without a mark says so first', () => {
  expect(healthSentence(empty)).toBe('Nothing counts against the account.')
  expect(complaintsSentence(complaints)).toBe('No complaint in 90 days, against 812 orders.')
  expect(shareSentence(complaints)).toBe('')
  expect(healthSentence({ ...empty, points: 12.5 })).toBe(
    '12.5 points count against the account. None is best.',
  )
})

test.each([
  [{}, ''],
  [{ isSeen: false }, 'A rule decided alone and no person has looked, so it counts less.'],
  [{ remediedAt: at }, 'It is put right, so it counts less.'],
  [
    { state: 'same-mistake', countsWith: 'D-7' },
    'The same mistake on the same day as D-7: it counts once.',
  ],
  [{ state: 'contested' }, 'Counts nothing while your appeal waits for its answer.'],
  [{ state: 'takeover' }, 'Counts nothing: a stranger had the account.'],
] as const)('a decision that is %o says why it makes its points', (over, words) => {
  expect(decisionWords({ ...decision, ...over }, 'seller')).toBe(words)
})

test('complaints are told against orders, with how many do not count and what is usual', () => {
  const some = {
    ...complaints,
    counting: 1,
    each: ['counts', 'refuted', 'unweighed'].map((state, place) => ({
      ...{ caseId: `cas_${place}`, number: `K-${place}`, at, state: state as 'counts' },
    })),
  }
  expect(complaintsSentence(some)).toBe(
    '1 of 812 orders in 90 days. 2 more were filed and don’t count.',
  )
  expect(shareSentence(some)).toBe(
    'We are sure of 0.4 % of orders at least; 1 % is usual. So they make no points.',
  )
})

test('what would raise it says what to do', () => {
  const reading = { now: new Date(at), zone: 'UTC', reader: 'seller' } as const
  const base = { decisions: [], orders: null, at: null, points: 0, standing: good, way: null }
  const about = [{ decisionId: 'dec_1', number: 'D-1', title: 'A vase' }]
  expect(raiseWords({ ...base, kind: 'orders', orders: 142 }, reading)).toBe(
    '142 more orders without a complaint: then complaints make no points.',
  )
  expect(raiseWords({ ...base, kind: 'correct', way: 'edit', decisions: about }, reading)).toMatch(
    /^Correct “A vase”\. The rule looks again by itself/,
  )
  expect(
    raiseWords({ ...base, kind: 'correct', way: 'appeal', decisions: about }, reading),
  ).toMatch(/^Show in an appeal what you put right about “A vase”/)
})

test('what follows says that a person decides', () => {
  const threshold = {
    ...{ threshold: 'warning', title: 'A warning', tag: 'Warned', days: 90 },
    does: 'propose',
    ...{ needs: ['40 points', '3 sources'], isMet: false },
  } as const
  expect(thresholdWords({ ...threshold, needs: [...threshold.needs] }, 'seller')).toBe(
    'From 40 points and 3 sources on, a person looks, and may decide: warned for 90 days.',
  )
})
