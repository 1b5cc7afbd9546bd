import { describe, expect, test } from 'vitest'
import {
  plainTitle,
  sayCount,
  sayLength,
  sayList,
  sayMoney,
  saySubject,
  saySubjectAtDesk,
  sayTime,
  sayZone,
  shortTitle,
} from './saying.ts'

describe('a time', () => {
  test('is told in the seller’s zone, across its change of clocks', () => {
    const told = (at: string, zone: string) => sayTime(new Date(at), zone)
    expect(told('2026-11-24T14:00:00Z', 'Europe/Lisbon')).toBe('Tuesday 24 November 14:00')
    expect(told('2026-11-24T14:00:00Z', 'Asia/Kolkata')).toBe('Tuesday 24 November 19:30')
    expect(told('2026-11-24T23:30:00Z', 'Asia/Tokyo')).toBe('Wednesday 25 November 08:30')
    expect(told('2027-03-28T00:30:00Z', 'Europe/Berlin')).toBe('Sunday 28 March 01:30')
    expect(told('2027-03-28T01:30:00Z', 'Europe/Berlin')).toBe('Sunday 28 March 03:30')
  })

  test('at midnight begins the day instead of ending it', () => {
    expect(sayTime(new Date('2026-11-24T00:00:00Z'), 'UTC')).toBe('Tuesday 24 November 00:00')
  })

  test('far off has its year', () => {
    expect(sayTime(new Date('2027-05-23T10:00:00Z'), 'UTC', { withYear: true })).toBe(
      'Sunday 23 May 2027 10:00',
    )
  })

  test('in a zone that nobody knows is told in UTC, and says so', () => {
    expect(sayTime(new Date('2026-11-24T14:00:00Z'), 'Middle/Earth')).toBe(
      'Tuesday 24 November 14:00',
    )
    expect(sayZone('Middle/Earth')).toBe('Times are those of UTC.')
    expect(sayZone('America/New_York')).toBe('Times are those of America/New York.')
  })
})

test('a length is said in the largest unit of which there are two', () => {
  expect([0, 1, 59, 119, 120, 7_199, 7_200, 172_800].map((seconds) => sayLength(seconds))).toEqual([
    '1 second',
    '1 second',
    '59 seconds',
    '119 seconds',
    '2 minutes',
    '120 minutes',
    '2 hours',
    '2 days',
  ])
})

test('money has its cents, and a currency where one is known', () => {
  expect(sayMoney(1240.5, 'EUR')).toBe('1,240.50 EUR')
  expect(sayMoney(0, null)).toBe('0.00')
})

test('a list and a count read as people write them', () => {
  expect(sayList(['one'])).toBe('one')
  expect(sayList(['one', 'two', 'three'])).toBe('one, two and three')
  expect([0, 1, 10, 11].map((count) => sayCount(count))).toEqual(['no', 'one', 'ten', '11'])
})

describe('a title', () => {
  test('turns no words around it, and is never empty', () => {
    expect(plainTitle('\u202eksam\u202c')).toBe('ksam')
    expect(plainTitle('\u200f ')).toBe('a listing without a readable title')
  })

  test('is short enough for a subject line, and cuts no character in two', () => {
    const short = shortTitle('🧴'.repeat(100))
    expect([...short]).toHaveLength(80)
    expect(short.endsWith('🧴…')).toBe(true)
  })

  test('names a subject to its seller, and to the desk', () => {
    const titled = (kind: 'listing' | 'account' | 'payouts') => ({ kind, title: 'Clay & Co' })
    const kinds = ['listing', 'account', 'payouts'] as const
    expect(kinds.map((kind) => saySubject(titled(kind)))).toEqual([
      '“Clay & Co”',
      'your account',
      'your payouts',
    ])
    expect(kinds.map((kind) => saySubjectAtDesk(titled(kind)))).toEqual([
      '“Clay & Co”',
      'the account of Clay & Co',
      'the payouts of Clay & Co',
    ])
  })
})
