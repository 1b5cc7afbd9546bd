/** Orders of a hand-over on their way to the marketplace: each at least once, under an id of its own, for as long as it takes. */
import type { AccountChange, Reverted } from '../core/ability.ts'
import { later } from '../core/calendar.ts'
import {
  keepChanges,
  markChanges,
  markOrder,
  readOrder,
  type ClaimOrder,
} from '../store/claim-order.ts'
import { transact } from '../store/db.ts'
import {
  claimDelivery,
  finishDelivery,
  retryDelivery,
  type DeliveryClaim,
} from '../store/delivery.ts'
import { recordEvents } from '../store/event.ts'
import type { App } from './app.ts'

export type ClaimedOrder =
  | { found: 'order'; claim: DeliveryClaim; order: ClaimOrder }
  | { found: 'settled' }
  | { found: 'nothing' }

/** Claims an order that is due. */
export function claimOrder(app: App): Promise<ClaimedOrder> {
  return transact(app.db, { inside: true }, async (tx) => {
    const claim = await claimDelivery(tx, 'order', app.now())
    if (claim === null) return { found: 'nothing' }
    const order = await readOrder(tx, claim.ref)
    if (order !== null && order.doneAt === null) return { found: 'order', claim, order }
    await finishDelivery(tx, claim)
    return { found: 'settled' }
  })
}

/** What the marketplace answered to an order; nothing where it does not offer it. */
export type OrderAnswer =
  | { is: 'done' }
  | { is: 'changes'; changes: AccountChange[] }
  | { is: 'reverted'; reverted: Reverted }
  | { is: 'unable' }

/** Writes down that an order was done, with what it brought. */
export function recordOrder(
  app: App,
  { claim, order }: { claim: DeliveryClaim; order: ClaimOrder },
  answer: OrderAnswer,
): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    await finishDelivery(tx, claim)
    const { claimId, sellerId, ability, id, detail } = order
    if (answer.is === 'changes') await keepChanges(tx, { claimId, sellerId }, answer.changes)
    if (answer.is === 'reverted') {
      await markChanges(tx, claimId, answer.reverted.reverted, { state: 'returned' })
      for (const { id: changeId, detail: why } of answer.reverted.refused)
        await markChanges(tx, claimId, [changeId], { state: 'refused', detail: why })
    }
    if (answer.is === 'unable' && ability === 'revert')
      await markChanges(tx, claimId, detail.changes ?? [], {
        state: 'refused',
        detail: 'This shop cannot return changes by itself.',
      })
    await markOrder(tx, id, { at: now, isUnable: answer.is === 'unable' })
    await recordEvents(tx, [
      {
        at: now,
        kind: 'claim.order_done',
        sellerId,
        caseId: null,
        decisionId: null,
        by: null,
        detail: { claim: claimId, ability, isUnable: answer.is === 'unable' },
      },
    ])
  })
}

/** It could not be done now: it is tried again, for longer each time, and at most every ten minutes. */
export function recordOrderFailure(app: App, claim: DeliveryClaim, error: string): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const wait = Math.min(1_000 * 2 ** (claim.attempt - 1), 10 * 60_000)
    await retryDelivery(tx, claim, { dueAt: later(app.now(), wait), error })
  })
}
