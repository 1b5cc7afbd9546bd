/** Balances in PostgreSQL, one a seller; an older fact never replaces a newer one. */
import type { Balance, BalanceTold } from '../core/balance.ts'
import { json, type Tx } from './db.ts'
import { ensureSeller, factTime, type FactResult } from './seller.ts'

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
export async function saveBalance(tx: Tx, balance: BalanceTold, now: Date): Promise<FactResult> {
  const { sellerId, currency, available, disputed, destinations, factAt } = balance
  await ensureSeller(tx, sellerId, new Date(0), now)
  const row = {
    currency,
    available,
    disputed,
    destinations: json(destinations),
    fact_at: factAt ?? now,
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
  const updatedAt = factTime(factAt, now, held.updatedAt)
  if (updatedAt < held.updatedAt) return 'older'
  await tx
    .updateTable('balances')
    .set({ ...row, fact_at: updatedAt })
    .where('seller_id', '=', sellerId)
    .execute()
  return saysTheSame(held, balance) ? 'unchanged' : 'stored'
}

type Sums = Omit<Balance, 'updatedAt'>

const saysTheSame = (one: Sums, other: Sums) => spelled(one) === spelled(other)

const spelled = ({ currency, available, disputed, destinations }: Sums) =>
  json([
    currency,
    available,
    disputed,
    destinations.map(({ id, label, addedAt }) => [id, label, addedAt]),
  ])
