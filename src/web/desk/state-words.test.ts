/** The state owed in words. */
import { expect, test } from 'vitest'
import type { Statement } from '../../core/statement.ts'
import {
  accountWords,
  isWhollyOpen,
  measureTitle,
  owedWords,
  payoutsWords,
  readBackWords,
  stateWords,
  statusTone,
} from './state-words.ts'

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
    subject: { kind: 'listing', title: 'Kaolin face mask' },
    measure: { name: 'listing.deactivate', tag: 'Off sale' },
    automation: { decision: true },
    ground: { title: 'Protective masks' },
  } as unknown as Statement
  expect(measureTitle(statement, 'in-force')).toMatch(/^“Kaolin face mask” is off sale/)
  expect(measureTitle(statement, 'lifted')).toBe(
    '“Kaolin face mask” was off sale. The measure was taken back.',
  )
})

test('an account says what is shut, and nothing else', () => {
  const open = { signIn: true, sell: true, addListings: true }
  expect(accountWords(open)).toBe('Open')
  expect(accountWords({ ...open, addListings: false })).toBe('Open, but no new listings')
  expect(accountWords({ ...open, sell: false, addListings: false })).toBe(
    'Not selling; sign-in is open',
  )
  expect(accountWords({ ...open, signIn: false })).toBe('Sign-in shut, selling')
  expect(accountWords({ signIn: false, sell: false, addListings: false })).toMatch(/^Shut/)
})

test('payouts say how much is held, until when, and where the rest may go', () => {
  const money = { currency: 'EUR', now: new Date('2026-11-13T10:00:00Z'), zone: 'UTC' }
  expect(payoutsWords({ held: null, onlyTo: null }, money)).toBe('Paid as usual')
  const held = { amount: 120.5, until: '2026-11-17T10:00:00.000Z' }
  expect(payoutsWords({ held, onlyTo: null }, money)).toBe('120.50 EUR held until Tuesday 10:00')
  expect(payoutsWords({ held: null, onlyTo: [] }, money)).toMatch(/^Paid to no destination/)
  expect(owedWords({ held, onlyTo: ['b'] }, money)).toMatch(/held.*paid only to destinations/)
})

test('only what has every lever open is open', () => {
  expect(isWhollyOpen({ offered: true, searchable: true })).toBe(true)
  expect(isWhollyOpen({ signIn: true, sell: true, addListings: false })).toBe(false)
  expect(isWhollyOpen({ held: null, onlyTo: [] })).toBe(false)
})

test('a measure on an account is told of the seller by name, in whichever tense it is', () => {
  const statement = {
    subject: { kind: 'account', title: 'Clay & Clover' },
    measure: { name: 'account.suspend.narrowed', tag: 'No new listings' },
    automation: { decision: false },
    ground: { title: 'Protective masks' },
  } as unknown as Statement
  expect(measureTitle(statement, 'in-force')).toBe(
    'The account of Clay & Clover may not add listings, because a person judged it under “Protective masks”.',
  )
  expect(measureTitle(statement, 'lifted')).toMatch(/was not allowed to add listings\. /)
})

test('a closing that was told and does not count yet is neither in force nor given back', () => {
  expect(statusTone('Told, and not in force yet')).toBe('amber')
})
