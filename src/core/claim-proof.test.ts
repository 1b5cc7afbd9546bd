import { expect, test } from 'vitest'
import { later } from './calendar.ts'
import { freezes, isKnownContact, isOldDestination, isOwnersFactor } from './claim-proof.ts'

const day = 86_400_000
const firstSign = new Date('2026-11-20T10:00:00Z')
const now = later(firstSign, 5 * day)

test.each([
  ['verified long before', -30 * day, null, true],
  ['verified a moment too late', -30 * day + 1, null, false],
  ['verified after the first sign', day, null, false],
  ['removed by the thief', -400 * day, 2 * day, true],
  ['removed 90 days ago', -400 * day, 5 * day - 90 * day, true],
  ['removed longer ago', -400 * day, 5 * day - 90 * day - 1, false],
])('a contact %s', (_what, verified, removed, isKnown) => {
  const verifiedAt = later(firstSign, verified)
  const removedAt = removed === null ? null : later(firstSign, removed)
  expect(isKnownContact({ verifiedAt, removedAt }, firstSign, now)).toBe(isKnown)
})

test('a contact that nobody ever verified speaks for nobody', () => {
  expect(isKnownContact({ verifiedAt: null, removedAt: null }, firstSign, now)).toBe(false)
})

test('a factor made at the first sign or later may be the thief’s', () => {
  expect(isOwnersFactor({ madeAt: later(firstSign, -1) }, firstSign)).toBe(true)
  expect(isOwnersFactor({ madeAt: firstSign }, firstSign)).toBe(false)
})

test('a bank account counts that was named 90 days before', () => {
  expect(isOldDestination({ addedAt: later(firstSign, -90 * day) }, firstSign)).toBe(true)
  expect(isOldDestination({ addedAt: later(firstSign, -90 * day + 1) }, firstSign)).toBe(false)
})

test('a picture of papers freezes nothing', () => {
  expect(freezes('document')).toBe(false)
  expect(freezes('contact')).toBe(true)
})
