/** How a seller stands, in one sentence. */
import { expect, test } from 'vitest'
import type { SellerForDesk } from '../../contract/desk-seller.ts'
import { caseStates } from '../../core/case.ts'
import { caseStateWords, sellerTitle } from './seller-words.ts'

const title = (
  account: SellerForDesk['account']['owed'],
  payouts: SellerForDesk['payouts']['owed'],
) =>
  sellerTitle({
    seller: { name: 'Clay & Clover' } as SellerForDesk['seller'],
    account: { owed: account, readBack: null },
    payouts: { owed: payouts, readBack: null },
  })
const open = { signIn: true, sell: true, addListings: true }

test('the sentence says how the account and how the money stand', () => {
  expect(title(open, { held: null, onlyTo: null })).toBe(
    'Clay & Clover: the account is open, and payouts go out as usual.',
  )
  expect(
    title(
      { ...open, sell: false, addListings: false },
      { held: { amount: 5, until: '2026-11-20T00:00:00Z' }, onlyTo: null },
    ),
  ).toBe('Clay & Clover: the account does not sell, and a part of the money is held.')
  expect(title(open, { held: null, onlyTo: ['bank'] })).toMatch(/old destinations only/)
})

test('every state of a case has words of its own', () => {
  const words = caseStates.map(caseStateWords)
  expect(new Set(words).size).toBe(caseStates.length)
  expect(words).not.toEqual(expect.arrayContaining([...caseStates]))
})
