/** Deliveries of whatever kind: when the next is due, and one that stumbled in a way that nobody foresaw. */
import { later } from '../core/calendar.ts'
import { transact } from '../store/db.ts'
import {
  nextDelivery,
  retryDelivery,
  type DeliveryClaim,
  type DeliveryKind,
} from '../store/delivery.ts'
import type { App } from './app.ts'

/**
 * Puts it off, for longer each time: half a minute, a minute … and at most an hour.
 * It may have been carried and only not recorded, and a mail must not go out twice a minute for ever.
 */
export function putOff(app: App, claim: DeliveryClaim, error: string): Promise<boolean> {
  const wait = Math.min(30_000 * 2 ** (claim.attempt - 1), 60 * 60_000)
  return transact(app.db, { inside: true }, (tx) =>
    retryDelivery(tx, claim, { dueAt: later(app.now(), wait), error }),
  )
}

/** In how many milliseconds the next delivery of a kind is due, below zero where it was; null where none waits. */
export async function nextDeliveryIn(app: App, kind: DeliveryKind): Promise<number | null> {
  const next = await transact(app.db, { inside: true }, (tx) => nextDelivery(tx, kind))
  return next && next.getTime() - app.now().getTime()
}
