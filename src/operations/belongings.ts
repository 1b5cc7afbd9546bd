/** What stays a seller's whatever a measure takes: read when signed in, and by the link of what keeps sign-in shut. */
import { isInForce } from '../core/action.ts'
import { moneyOf, opensBelongings, type Money } from '../core/belongings.ts'
import { whatShuts } from '../core/recovery.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { stateOwed, type AccountState } from '../core/state-owed.ts'
import { readBalance } from '../store/balance.ts'
import { transact, type Wall } from '../store/db.ts'
import { measuresOn, type MeasureRecord } from '../store/decision.ts'
import { ordersToShip, type TitledOrder } from '../store/order.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import type { App } from './app.ts'
import { gripOf } from './enforcement.ts'
import { decisionsNamed } from './matter.ts'
import { permit, type Permitted } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

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
  const opened = await openBelongings(app, may)
  if (!opened.ok) return opened
  return transact(app.db, opened.wall, async (tx): Promise<Result<Belongings>> => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
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

/**
 * The wall behind which this reader has them: one's own when signed in; by link only by that of what keeps sign-in shut,
 * behind a wall that the database opens for itself.
 */
export async function openBelongings(
  app: App,
  { reader, wall }: Pick<Permitted<'seller.getBelongings'>, 'reader' | 'wall'>,
): Promise<{ ok: true; wall: Wall } | Refused> {
  const { sellerId, matter } = reader
  const named = await transact(app.db, wall, (tx) =>
    decisionsNamed(app, tx, { reader, command: 'seller.getBelongings' }),
  )
  if (named === null || matter === null) return { ok: true, wall }
  // A link does not see what else is on the account, and the answer hangs on it.
  const onAccount = await transact(app.db, { inside: true }, (tx) =>
    measuresOn(tx, { kind: 'account', id: sellerId }),
  )
  const now = app.now()
  const opens = opensBelongings(onAccount, named, now)
  return opens.ok ? { ok: true, wall: { belongings: { sellerId, ...matter }, at: now } } : opens
}
