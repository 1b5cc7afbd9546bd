import { describe, expect, test } from 'vitest'
import { destinationsOlderThan, isToTheCent, type Balance } from './balance.ts'

const now = new Date('2026-11-25T12:00:00Z')
const balanceTo = (...added: string[]): Balance => ({
  sellerId: 's1',
  currency: 'EUR',
  available: 120.5,
  disputed: 0,
  destinations: added.map((at, i) => ({ id: `d${i + 1}`, label: null, addedAt: new Date(at) })),
  updatedAt: now,
})

describe('destinations older than 30 days', () => {
  test('are those that were there before, in the order in which they were told', () => {
    const balance = balanceTo(
      '2026-01-01T00:00:00Z',
      '2026-11-24T00:00:00Z',
      '2026-10-01T00:00:00Z',
    )
    expect(destinationsOlderThan(balance, 30, now)).toEqual(['d1', 'd3'])
  })

  test('do not include one of exactly 30 days, nor one dated ahead', () => {
    const balance = balanceTo(
      '2026-10-26T11:59:59.999Z',
      '2026-10-26T12:00:00Z',
      '2027-01-01T00:00:00Z',
    )
    expect(destinationsOlderThan(balance, 30, now)).toEqual(['d1'])
  })

  test('are none where there is none', () => {
    expect(destinationsOlderThan(balanceTo(), 30, now)).toEqual([])
  })
})

test('an amount is written to the cent, however large', () => {
  for (const amount of [0, 0.01, 0.1, 0.29, 1.1, 19.99, 120.5, -3.07, 999_999_999_999.99])
    expect([amount, isToTheCent(amount)]).toEqual([amount, true])
  for (const amount of [0.001, 0.125, 1.005, 19.999, -0.004, 999_999.999, NaN])
    expect([amount, isToTheCent(amount)]).toEqual([amount, false])
})
