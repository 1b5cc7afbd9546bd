/** The state owed in words. */
import { expect, test } from 'vitest'
import type { Statement } from '../../core/statement.ts'
import { measureTitle, readBackWords, stateWords, statusTone } from './state-words.ts'

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

test('only what is in force is red, and only what was given back is green', () => {
  expect(['In force', 'In force in a moment'].map(statusTone)).toEqual(['red', 'red'])
  expect(statusTone('Taken back')).toBe('green')
  expect(['Narrowed', 'Ended by itself', 'Undone'].map(statusTone)).toEqual([
    'plain',
    'plain',
    'plain',
  ])
})

test('the title of a measure that was taken back does not say that it holds', () => {
  const statement = {
    subject: { title: 'Kaolin face mask' },
    measure: { name: 'listing.deactivate', tag: 'Off sale' },
    automation: { decision: true },
    ground: { title: 'Protective masks' },
  } as unknown as Statement
  expect(measureTitle(statement, 'in-force')).toMatch(/^“Kaolin face mask” is off sale/)
  expect(measureTitle(statement, 'lifted')).toBe(
    '“Kaolin face mask” was off sale. The measure was taken back.',
  )
})
