import { expect, test } from 'vitest'
import { orderWords, othersWords } from './complaint-words.ts'

const order = {
  id: 'O-1',
  isKnown: true,
  byReporter: true,
  ofSeller: true,
  ofListing: true,
  state: 'delivered',
  at: null,
}

test('what was bought is said as far as it is known, and no further', () => {
  const words = (changes: Partial<typeof order> | null) =>
    orderWords({ order: changes === null ? null : { ...order, ...changes } })
  expect(words({})).toBe('Bought it: order O-1, delivered.')
  expect(words({ ofListing: false })).toBe(
    'Bought something else of this seller: order O-1, delivered.',
  )
  expect(words({ byReporter: false })).toMatch(/We do not know it to be the reporter’s/)
  expect(words({ ofSeller: false })).toMatch(/of another seller/)
  expect(words({ isKnown: false })).toMatch(/has not told us/)
  expect(words(null)).toMatch(/Names no order/)
})

test('others are counted by what was found', () => {
  const none = { open: 0, confirmed: 0, refuted: 0, undetermined: 0 }
  expect(othersWords(none, 'None.')).toBe('None.')
  expect(othersWords({ ...none, open: 1 }, '')).toBe('1 other: 1 open')
  expect(othersWords({ open: 2, confirmed: 1, refuted: 3, undetermined: 0 }, '')).toBe(
    '6 others: 1 confirmed, 3 refuted, 2 open',
  )
})
