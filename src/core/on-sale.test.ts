import { expect, test } from 'vitest'
import { onSaleOver, type Hold } from './on-sale.ts'
import type { Measure, SubjectKind } from './measure.ts'

const day = (of: number) => new Date(Date.UTC(2026, 10, of))
const hold = (
  kind: SubjectKind,
  id: string,
  measure: Measure,
  from: number,
  until: number | null,
): Hold => ({
  subject: { kind, id },
  grip: { measure, terms: null, endsAt: null },
  from: day(from),
  until: until === null ? null : day(until),
})
const over = (holds: Hold[]) =>
  onSaleOver({
    told: [
      { at: day(1), count: 3 },
      { at: day(12), count: 1 },
    ],
    holds,
    from: day(10),
    until: day(20),
  }).map(({ at, count }) => [at.getUTCDate(), count])

test('each listing that comes is a step up, and what was told before counts from the first day', () => {
  expect(over([])).toEqual([
    [10, 3],
    [12, 4],
    [20, 4],
  ])
})

test('a listing is off sale once, however many measures hold it, and what touches no sale is no step', () => {
  expect(
    over([
      hold('listing', 'a', 'listing.deactivate', 11, 15),
      hold('listing', 'a', 'listing.deactivate.safety', 13, 16),
      hold('listing', 'b', 'listing.demote', 14, null),
      hold('payouts', 's', 'payout.hold', 14, null),
      hold('account', 's', 'account.warn', 14, null),
    ]),
  ).toEqual([
    [10, 3],
    [11, 2],
    [12, 3],
    [16, 4],
    [20, 4],
  ])
})

test('while the account is suspended nothing is on sale, and afterwards all but what is held by itself', () => {
  expect(
    over([
      hold('listing', 'a', 'listing.deactivate', 5, null),
      hold('account', 's', 'account.suspend', 14, 17),
    ]),
  ).toEqual([
    [10, 2],
    [12, 3],
    [14, 0],
    [17, 3],
    [20, 3],
  ])
})

test('what is told or imposed only later is no step yet, and a shop without listings has none', () => {
  const none = { told: [{ at: day(25), count: 9 }], holds: [], from: day(10), until: day(20) }
  expect(onSaleOver(none).map(({ count }) => count)).toEqual([0, 0])
})
