import { expect, test } from 'vitest'
import type { ClaimMoment } from '../../contract/desk-claim.ts'
import { lanesOf, signOfOwners, ticksFrom } from './claim-timeline-words.ts'

const moment = (
  what: ClaimMoment['what'],
  words: string,
  isOwners: boolean | null = null,
): ClaimMoment => ({ at: '2026-11-20T10:00:00.000Z', what, words, isOwners })

const moments = [
  moment('contact-verified', 'thief@new.example', false),
  moment('contact-verified', 'owner@old.example', true),
  moment('contact-removed', 'owner@old.example', true),
  moment('payout-target-named', 'IBAN ending 4410', true),
  moment('first-sign', 'The first sign of a takeover'),
  moment('objection', 'Not us.', false),
]

test('an address has one lane from its confirmation to its removal, and the owner’s come first', () => {
  expect(lanesOf(moments).map(({ title, moments: { length } }) => [title, length])).toEqual([
    ['owner@old.example', 2],
    ['IBAN ending 4410', 1],
    ['thief@new.example', 1],
    ['Objections', 1],
  ])
})

test('the title counts what speaks for the owner, and what came later', () => {
  expect(signOfOwners(moments)).toBe(
    '2 things were there long before the first sign and speak for the owner; 1 came later.',
  )
})

test('ticks go no further back than anything is known', () => {
  const day = 24 * 60 * 60_000
  expect(ticksFrom(8 * day, 60_000).map(({ words }) => words)).toEqual(['7 d', '1 d', '1 h', 'now'])
  expect(ticksFrom(8 * day, day / 2).map(({ words }) => words)).toEqual(['7 d', 'now'])
})
