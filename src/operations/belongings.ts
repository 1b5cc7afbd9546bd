/** What stays a seller's whatever a measure takes: read when signed in, and by the link of what keeps sign-in shut. */
import { isInForce } from '../core/action.ts'
import { moneyOf, opensBelongings, type Money } from '../core/belongings.ts'
import { whatShuts } from '../core/recovery.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { stateOwed, type AccountState } from '../core/state-owed.ts'
import { readBalance } from '../store/balance.ts'
import { transact, type Tx } from '../store/db.ts'
import { measuresOn, type MeasureRecord } from '../store/decision.ts'
import { ordersToShip, type TitledOrder } from '../store/order.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import type { App } from './app.ts'
import { gripOf } from './enforcement.ts'
import { decisionsOfLink } from './matter.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { SellerReader, Who } from './who.ts'

export interface Belongings {
  seller: Seller
  account: AccountState
  /** What keeps sign-in shut; null while it is open. */
  shutBy: MeasureRecord | null
  /** What is still to be sent, the most urgent first, and how many there are in all. */
  orders: { toShip: TitledOrder[]; total: number }
  /** Null where the marketplace has told no balance. */
  money: Money | null
}

/** As many as a person reads on one page; the whole file has all. */
const mostOrders = 200

/** The open orders and the money of a seller, with what keeps sign-in shut. */
export async function readBelongings(app: App, who: Who): Promise<Result<Belongings>> {
  const may = permit(app, who, 'seller.getBelongings')
  if (!may.ok) return may
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx): Promise<Result<Belongings>> => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
    const mayRead = await mayHaveBelongings(app, tx, may.reader)
    if (!mayRead.ok) return mayRead
    const now = app.now()
    const onAccount = await measuresOn(tx, { kind: 'account', id: sellerId })
    const onPayouts = await measuresOn(tx, { kind: 'payouts', id: sellerId })
    const inForce = (held: MeasureRecord[]) => held.filter(({ action }) => isInForce(action, now))
    const balance = await readBalance(tx, sellerId)
    const payouts = stateOwed('payouts', inForce([...onAccount, ...onPayouts]).map(gripOf))
    const { orders, total } = await ordersToShip(tx, sellerId, { most: mostOrders })
    return done({
      seller,
      account: stateOwed('account', inForce(onAccount).map(gripOf)),
      shutBy: whatShuts(onAccount, now),
      orders: { toShip: orders, total },
      money: balance && moneyOf(balance, payouts, now),
    })
  })
}

/** Whether this reader may have them: signed in always, by link only by that of what keeps sign-in shut. */
export async function mayHaveBelongings(
  app: App,
  tx: Tx,
  who: SellerReader,
): Promise<{ ok: true } | Refused> {
  const named = await decisionsOfLink(app, tx, who)
  if (named === null) return { ok: true }
  const onAccount = await measuresOn(tx, { kind: 'account', id: who.sellerId })
  return opensBelongings(onAccount, named, app.now())
}
