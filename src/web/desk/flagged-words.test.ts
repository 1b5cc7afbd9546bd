/** The words of the page of flagged listings. */
import { expect, test } from 'vitest'
import { flaggedTitle, plotTitle, shareWords } from './flagged-words.ts'

test('the share is said in the smallest round number that shows it', () => {
  expect(shareWords(412, 6967)).toBe('6 in 100')
  expect(shareWords(20, 6967)).toBe('3 in 1,000')
  expect(shareWords(1, 60_000)).toBe('0 in 10,000')
})

test('the title counts what was screened, and says so when nothing was', () => {
  expect(flaggedTitle({ screened: 0, flagged: 0 })).toBe('No listing has been screened yet.')
  expect(flaggedTitle({ screened: 1, flagged: 1 })).toBe(
    'Rules spoke up at 1 of one listing, 100 in 100.',
  )
  expect(flaggedTitle({ screened: 6967, flagged: 412 })).toBe(
    'Rules spoke up at 412 of 6,967 listings, 6 in 100.',
  )
  expect(flaggedTitle({ screened: 9, flagged: 0 })).toBe(
    'No rule spoke up. Screened so far: 9 listings.',
  )
})

test('the plot states its point whatever order the policies come in', () => {
  const ppe = { policy: 'ppe', title: 'Masks', review: 61, deactivate: 240 }
  const pest = { policy: 'pesticide', title: 'Pesticides', review: 88, deactivate: 23 }
  expect(plotTitle([pest, ppe])).toBe('“Masks” flags most: 301 of 412')
  expect(plotTitle([pest, { ...ppe, review: 0, deactivate: 0 }])).toBe(
    'Only “Pesticides” flags anything',
  )
  expect(plotTitle([])).toBe('No rule has flagged anything')
})
