/** Balances in PostgreSQL, one a seller; an older fact never replaces a newer one. */
import type { Balance } from '../core/balance.ts'
import { json, type Tx } from './db.ts'
import { ensureSeller, type FactResult } from './seller.ts'

/** What was last told of a seller's balance, or null when nothing was, or it is behind another wall. */
export async function readBalance(tx: Tx, sellerId: string): Promise<Balance | null> {
  const row = await tx
    .selectFrom('balances')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .executeTakeFirst()
  return row
    ? {
        sellerId: row.seller_id,
        currency: row.currency,
        available: Number(row.available),
        disputed: Number(row.disputed),
        destinations: row.destinations.map(({ addedAt, ...one }) => ({
          ...one,
          addedAt: new Date(addedAt),
        })),
        updatedAt: row.fact_at,
      }
    : null
}

/** Stores a balance as it was told, whole. */
export async function saveBalance(tx: Tx, balance: Balance, now: Date): Promise<FactResult> {
  const { sellerId, currency, available, disputed, destinations, updatedAt } = balance
  await ensureSeller(tx, sellerId, new Date(0), now)
  const row = {
    currency,
    available,
    disputed,
    destinations: json(destinations),
    fact_at: updatedAt,
    received_at: now,
  }
  const first = await tx
    .insertInto('balances')
    .values({ seller_id: sellerId, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .returning('seller_id')
    .executeTakeFirst()
  if (first) return 'stored'
  await tx
    .selectFrom('balances')
    .select('seller_id')
    .where('seller_id', '=', sellerId)
    .forUpdate()
    .execute()
  const held = await readBalance(tx, sellerId)
  if (held === null) throw new Error(`save the balance of ${sellerId}: it went away`)
  if (updatedAt < held.updatedAt) return 'older'
  await tx.updateTable('balances').set(row).where('seller_id', '=', sellerId).execute()
  return saysTheSame(held, balance) ? 'unchanged' : 'stored'
}

const saysTheSame = (one: Balance, other: Balance) => spelled(one) === spelled(other)

const spelled = ({ currency, available, disputed, destinations }: Balance) =>
  json([
    currency,
    available,
    disputed,
    destinations.map(({ id, label, addedAt }) => [id, label, addedAt]),
  ])
