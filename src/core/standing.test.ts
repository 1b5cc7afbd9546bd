import { expect, test } from 'vitest'
import { measureNames, measures } from './measure.ts'
import { midSentence } from './saying.ts'
import { sayStanding } from './standing.ts'

const terms = { amount: 300, currency: 'EUR', onlyTo: null }

test('a standing names the listing by its title, and what is the seller’s own as theirs', () => {
  const listing = { kind: 'listing', title: 'Kaolin mask' } as const
  expect(sayStanding({ measure: 'listing.deactivate', subject: listing, terms: null })).toBe(
    '“Kaolin mask” is off sale',
  )
  const account = { kind: 'account', title: 'Clay & Clover' } as const
  expect(sayStanding({ measure: 'account.suspend', subject: account, terms: null })).toBe(
    'your account is suspended',
  )
})

test('held money is said with its amount, and plainly where no amount is named', () => {
  const subject = { kind: 'payouts', title: 'Clay & Clover' } as const
  expect(sayStanding({ measure: 'payout.hold', subject, terms })).toBe(
    '300.00 EUR of your payouts are held',
  )
  expect(
    sayStanding({ measure: 'payout.hold.narrowed', subject, terms: { ...terms, amount: 0 } }),
  ).toBe('your payouts are held in part')
})

test('a closing that waits is not said to be so already', () => {
  const subject = { kind: 'account', title: 'Clay & Clover' } as const
  const closing = { measure: 'account.close', subject, terms: null } as const
  expect(sayStanding(closing, { isAhead: true })).toBe('your account will be closed')
  expect(sayStanding(closing)).toBe('your account is closed')
})

test('every measure reads as a sentence', () => {
  for (const measure of measureNames) {
    const { subject } = measures[measure]
    expect(sayStanding({ measure, subject: { kind: subject, title: 'x' }, terms: null })).toMatch(
      /^(“x”|your account|your payouts) [a-z ]+$/,
    )
  }
})

test('a desk keeps its name in the middle of a sentence, and an article does not stay large', () => {
  expect(midSentence('Seller Performance gets it by itself')).toBe(
    'Seller Performance gets it by itself',
  )
  expect(midSentence('The executive office gets it by itself.')).toBe(
    'the executive office gets it by itself',
  )
})
