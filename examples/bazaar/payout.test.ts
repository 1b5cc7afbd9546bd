import { expect, test } from 'vitest'
import { heldNow, payableNow } from './payout.ts'

const now = new Date('2026-11-25T12:00:00Z')
const held = (amount: number, until = '2026-12-04T10:00:00Z') => ({
  payoutsHeld: { amount, until },
  payoutsOnlyTo: null,
})

test('what is payable is the balance without what is held, to the cent and never below nothing', () => {
  for (const [cents, amount, payable] of [
    [10_000, 0, 10_000],
    [10_000, 0.29, 9_971],
    [10_000, 19.99, 8_001],
    [10_000, 100, 0],
    [10_000, 250, 0],
    [0, 5, 0],
    [-300, 5, 0],
    [10_000, 1e300, 0],
  ] as const)
    expect([cents, amount, payableNow(held(amount), { cents }, now)]).toEqual([
      cents,
      amount,
      payable,
    ])
})

test('a hold is over at its very instant, in whatever zone that is written', () => {
  const at = (until: string) => heldNow(held(5, until), { cents: 10_000 }, now)
  expect(at('2026-11-25T12:00:00Z')).toBeNull()
  expect(at('2026-11-25T13:00:00+01:00')).toBeNull()
  expect(at('2026-11-25T12:00:00.001Z')).toMatchObject({ cents: 500 })
})
