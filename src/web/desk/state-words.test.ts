/** The state owed in words. */
import { expect, test } from 'vitest'
import { readBackWords, stateWords } from './state-words.ts'

test('an offered listing says whether search shows it, a closed one only that it is off sale', () => {
  expect(stateWords({ offered: true, searchable: true })).toBe('For sale and in search')
  expect(stateWords({ offered: true, searchable: false })).toBe('For sale, not in search')
  expect(stateWords({ offered: false, searchable: false })).toBe('Off sale')
  expect(stateWords({ offered: false, searchable: true })).toBe('Off sale')
})

test('a listing that the shop does not have is never called back', () => {
  expect(readBackWords('not-in-shop')).not.toMatch(/back on sale|shows exactly/)
  expect(readBackWords(null)).toMatch(/not been read back/)
})
