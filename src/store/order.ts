/** Orders in PostgreSQL; an older fact never replaces a newer one, and an order keeps its seller. */
import { sql } from 'kysely'
import type { Order, OrderTold } from '../core/order.ts'
import { json, type Tx } from './db.ts'
import { ensureSeller, factTime, type FactResult } from './seller.ts'
import { callForWeighing } from './weighing.ts'

/** Stores an order as it was told, whole. */
export async function saveOrder(
  tx: Tx,
  order: OrderTold,
  now: Date,
): Promise<FactResult | 'seller_mismatch'> {
  const { id, sellerId, listingId, reporterId, at, state, amount, currency, shipBy, soldBy } = order
  await ensureSeller(tx, sellerId, new Date(0), now)
  const row = {
    listing_id: listingId,
    reporter_id: reporterId,
    at,
    state,
    amount,
    currency,
    ship_by: shipBy,
    sold_by: soldBy,
    fact_at: order.factAt ?? now,
    received_at: now,
  }
  const first = await tx
    .insertInto('orders')
    .values({ id, seller_id: sellerId, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (first) {
    await callForWeighing(tx, { orderId: id, reporterId })
    return 'stored'
  }
  const held = await tx
    .selectFrom('orders')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (held.seller_id !== sellerId) return 'seller_mismatch'
  const factAt = factTime(order.factAt, now, held.fact_at)
  if (factAt < held.fact_at) return 'older'
  await tx
    .updateTable('orders')
    .set({ ...row, fact_at: factAt })
    .where('id', '=', id)
    .execute()
  if (spelled(orderOf(held)) === spelled(order)) return 'unchanged'
  await callForWeighing(tx, { orderId: id, reporterId })
  return 'stored'
}

/** An order with the title of its listing as it is now; null where no such listing was told. */
export type TitledOrder = Order & { title: string | null }

/** A seller's orders that are still to be sent, the most urgent first, and how many there are in all. */
export async function ordersToShip(
  tx: Tx,
  sellerId: string,
  { most }: { most: number },
): Promise<{ orders: TitledOrder[]; total: number }> {
  const open = titled(tx).where('o.seller_id', '=', sellerId).where('o.state', '=', 'open')
  const rows = await open
    .orderBy(sql`coalesce(o.ship_by, o.at)`)
    .orderBy('o.id')
    .limit(most)
    .execute()
  const { count } = await tx
    .selectFrom('orders')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seller_id', '=', sellerId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return { orders: rows.map((row) => ({ ...orderOf(row), title: row.title })), total: count }
}

/** A seller's orders after one of them, by id. */
export async function ordersAfter(
  tx: Tx,
  sellerId: string,
  { after, most }: { after: string; most: number },
): Promise<Order[]> {
  const rows = await tx
    .selectFrom('orders')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(orderOf)
}

/** An order as it was told last, or null behind this wall. */
export async function readOrder(tx: Tx, id: string): Promise<Order | null> {
  const row = await tx.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? orderOf(row) : null
}

const titled = (tx: Tx) =>
  tx
    .selectFrom('orders as o')
    .leftJoin('listings as l', (join) =>
      join.onRef('l.id', '=', 'o.listing_id').onRef('l.seller_id', '=', 'o.seller_id'),
    )
    .leftJoin('listing_versions as v', (join) =>
      join.onRef('v.listing_id', '=', 'l.id').onRef('v.version', '=', 'l.version'),
    )
    .selectAll('o')
    .select('v.title')

type OrderRow = Omit<
  Awaited<ReturnType<ReturnType<typeof titled>['executeTakeFirstOrThrow']>>,
  'title'
>

function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    sellerId: row.seller_id,
    listingId: row.listing_id,
    reporterId: row.reporter_id,
    at: row.at,
    state: row.state,
    amount: row.amount === null ? null : Number(row.amount),
    currency: row.currency,
    shipBy: row.ship_by,
    soldBy: row.sold_by,
    updatedAt: row.fact_at,
  }
}

const spelled = (order: Omit<Order, 'updatedAt'>) => {
  const { listingId, reporterId, at, state, amount, currency, shipBy, soldBy } = order
  return json([listingId, reporterId, at, state, amount, currency, shipBy, soldBy])
}
