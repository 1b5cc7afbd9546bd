/** Belongings as they cross the wire. */
import type { Belongings as OnTheWire, OrderForSeller } from '../contract/belongings.ts'
import { measures } from '../core/measure.ts'
import type { Order } from '../core/order.ts'
import type { Belongings } from '../operations/belongings.ts'
import { at, atOrNull } from './measure-view.ts'

/** What stays a seller's, for that seller. */
export function belongingsView(
  { seller, account, shutBy, orders, money }: Belongings,
  now: Date,
): OnTheWire {
  return {
    sellerName: seller.name,
    timeZone: seller.timeZone,
    account,
    shutBy: shutBy && {
      decisionId: shutBy.decision.id,
      number: shutBy.statement.number,
      measure: shutBy.decision.measure,
      is: measures[shutBy.decision.measure].is,
    },
    orders: {
      toShip: orders.toShip.map((order) => ({ ...orderView(order), title: order.title })),
      total: orders.total,
    },
    money: money && {
      currency: money.currency,
      available: money.available,
      disputed: money.disputed,
      undisputed: money.undisputed,
      held: money.held && { amount: money.held.amount, until: at(money.held.until) },
      payable: money.payable,
      destinations: money.destinations.map(({ id, label, addedAt, mayReceive }) => ({
        id,
        label,
        addedAt: at(addedAt),
        mayReceive,
      })),
      toldAt: at(money.updatedAt),
    },
    now: at(now),
  }
}

/** An order for its seller: without its buyer, who may have complained. */
export function orderView(order: Order): Omit<OrderForSeller, 'title'> {
  const { id, listingId, state, amount, currency } = order
  return {
    id,
    listingId,
    at: at(order.at),
    state,
    amount,
    currency,
    shipBy: atOrNull(order.shipBy),
  }
}
