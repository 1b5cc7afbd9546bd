/** Orders are told more than once: the newest says what became of one, of equally new ones the one that favours the reporter. */
import { openIntegers, openNumbers } from './column.ts'
import type { OrderContext } from './complaint.ts'
import type { Names } from './names.ts'
import { UNTOLD } from './column.ts'

/** Whether an order was delivered. */
const NOT_TOLD = 0
const NO = 1
export const DELIVERED = 2

export type Orders = ReturnType<typeof openOrders>

export function openOrders(names: { orders: Names; sellers: Names; reporters: Names }) {
  /** By number of the order; an order that nothing was told of has a rank of UNTOLD. */
  const delivered = openIntegers(UNTOLD)
  const seller = openIntegers(UNTOLD)
  const reporter = openIntegers(UNTOLD)
  const at = openNumbers(NaN)

  /** Whether what is told now is believed; the last comparisons only keep the order of lines out of it. */
  function isBelieved(number: number, told: OrderContext, rank: number): boolean {
    const before = at.at(number)
    const [newAt, oldAt] = [told.at ?? -Infinity, Number.isNaN(before) ? -Infinity : before]
    if (newAt !== oldAt) return newAt > oldAt
    if (rank !== delivered.at(number)) return rank > delivered.at(number)
    const [theirs, ours] = [told.reporterId ?? '', nameOr(names.reporters, reporter.at(number))]
    if (theirs !== ours) return theirs > ours
    return (told.sellerId ?? '') > nameOr(names.sellers, seller.at(number))
  }

  return {
    delivered,
    seller,
    reporter,
    at,
    isKnown: (number: number): boolean =>
      number < delivered.size() && delivered.at(number) !== UNTOLD,
    add: (told: OrderContext): void => {
      const number = names.orders.numberOf(told.id)
      const rank = told.isDelivered === true ? DELIVERED : told.isDelivered === null ? NOT_TOLD : NO
      const isKnown = number < delivered.size() && delivered.at(number) !== UNTOLD
      const by = numberOr(names.reporters, told.reporterId)
      const from = numberOr(names.sellers, told.sellerId)
      if (isKnown && !isBelieved(number, told, rank)) return
      delivered.set(number, rank)
      reporter.set(number, by)
      seller.set(number, from)
      at.set(number, told.at ?? NaN)
    },
    bytes: () => delivered.bytes() + seller.bytes() + reporter.bytes() + at.bytes(),
  }
}

function nameOr(names: Names, number: number): string {
  return number === UNTOLD ? '' : names.nameOf(number)
}

/** The number of a name; UNTOLD where there is none. */
export function numberOr(names: Names, name: string | null): number {
  return name === null ? UNTOLD : names.numberOf(name)
}
