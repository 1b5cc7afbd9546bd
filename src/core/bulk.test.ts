import { expect, test } from 'vitest'
import { appealAgainst, newCases, opened } from '../../test/cases.ts'
import { BulkAction, whyNotAlike, withWords, wordsOfBulk } from './bulk.ts'

const lift: BulkAction = { do: 'lift', reasons: 'A cosmetic.' }
const answer: BulkAction = { do: 'answer', text: 'By Thursday.' }
const refusalOf = (held: Parameters<typeof whyNotAlike>[0], action: BulkAction) =>
  whyNotAlike(held, action)?.refusal ?? null

test('nothing in bulk says no', () => {
  const kinds = BulkAction.options.map(({ shape }) => shape.do.value)
  expect(kinds).toEqual(['release', 'forward', 'answer', 'lift'])
  expect(BulkAction.safeParse({ do: 'deny', reasons: 'No.' }).success).toBe(false)
})

test('what contests a measure, and what a rule asks about, is lifted alike', () => {
  expect(refusalOf(opened(newCases.appeal), lift)).toBeNull()
  expect(refusalOf(opened(newCases.check), lift)).toBeNull()
  expect(refusalOf(opened(newCases.question), lift)).toBe('nothing_to_lift')
})

test('a yes that gives an account away, or takes from a seller, is said to one case alone', () => {
  for (const measure of ['account.lock', 'account.secure'] as const)
    expect(refusalOf(opened(appealAgainst(measure)), lift)).toBe('not_in_bulk')
  expect(refusalOf(opened(newCases.recovery), lift)).toBe('not_in_bulk')
  expect(refusalOf(opened(newCases['reporter’s appeal']), lift)).toBe('not_in_bulk')
})

test('what nobody sent is answered to nobody', () => {
  expect(refusalOf(opened(newCases.check), answer)).toBe('no_sender')
  expect(refusalOf(opened(newCases.letter), answer)).toBeNull()
})

test('other words leave the rest of an action as it is', () => {
  const forward: BulkAction = { do: 'forward', to: 'legal', reason: 'A contract.' }
  expect(withWords(forward, 'Two contracts.')).toEqual({ ...forward, reason: 'Two contracts.' })
  for (const action of [forward, lift, answer])
    expect(wordsOfBulk(withWords(action, 'x'))).toBe('x')
  expect(wordsOfBulk({ do: 'release' })).toBeNull()
})
