/** An account is shut while a measure keeps sign-in closed: which one, for who proved the mailbox, and for no one else. */
import { opensBelongings } from '../core/belongings.ts'
import { whatShuts } from '../core/recovery.ts'
import { transact } from '../store/db.ts'
import { measuresOn, type MeasureRecord } from '../store/decision.ts'
import type { Seller } from '../store/seller.ts'
import type { App } from './app.ts'
import { readAddress } from './session.ts'

export interface ShutAccount {
  seller: Seller
  measure: MeasureRecord
  /** Whether the link of its notice opens what stays the seller's. */
  opensBelongings: boolean
}

/** The shut accounts of an address, or of the one seller that its session is bound to. */
export async function readShutAccounts(
  app: App,
  { address, sellerId }: { address: string; sellerId: string | null },
): Promise<ShutAccount[]> {
  const { sellers } = await readAddress(app, address)
  // Whom the account is known by is told; a member hears it from them.
  const shut = sellers.filter(
    ({ id, isShut, member }) => isShut && member === null && (sellerId === null || id === sellerId),
  )
  const accounts: ShutAccount[] = []
  for (const seller of shut) {
    const now = app.now()
    const on = await transact(app.db, { sellerId: seller.id }, (tx) =>
      measuresOn(tx, { kind: 'account', id: seller.id }),
    )
    const measure = whatShuts(on, now)
    if (measure === null) continue
    const opens = opensBelongings(on, new Set([measure.decision.id]), now)
    accounts.push({ seller, measure, opensBelongings: opens.ok })
  }
  return accounts
}
