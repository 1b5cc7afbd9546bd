/** An order is what a customer bought of one listing; its money goes into its seller's ledger. */
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { tellBalance } from './balance.ts'
import { transact, type Asker, type Database } from './database.ts'
import { recordFact } from './fact.ts'
import { findListings, isForSale } from './listing.ts'
import type { Basket } from './visit.ts'

export interface Order {
  id: string
  listingId: string
  sellerName: string
  title: string
  many: number
  cents: number
  placedAt: Date
  sentAt: Date | null
  disputedAt: Date | null
}

export interface NewOrder {
  press: string
  listingId: string
  sellerId: string
  title: string
  many: number
  cents: number
  buyer: string
}

/**
 * A new customer's secret, by which this browser finds its orders again.
 * One press makes one, so that a second sending of it does not leave the browser with a stranger's.
 */
export const buyerOf = (press: string, secret: string) =>
  createHmac('sha256', secret).update(`buyer ${press}`).digest('base64url')

/** Names one press of the order button, so that a second sending of it orders nothing twice. */
export const newPress = () => randomUUID()

/**
 * Orders what is for sale in the basket; the rest stays in it.
 * Refused when that is no longer what the customer saw: a price changed, or something went off the shelf.
 */
export function placeOrders(
  db: Database,
  given: { basket: Basket; seenCents: number; press: string; buyer: string },
  now: Date,
): Promise<{ ok: true; listingIds: string[] } | { ok: false }> {
  const { basket, seenCents, press, buyer } = given
  return transact(db, async (tx) => {
    const lines = (await findListings(tx, [...basket.keys()])).filter(isForSale).map((listing) => {
      const many = basket.get(listing.id) ?? 0
      return { ...listing, listingId: listing.id, many, cents: listing.priceCents * many }
    })
    const together = lines.reduce((sum, { cents }) => sum + cents, 0)
    if (lines.length === 0 || together !== seenCents) return { ok: false }
    const sellerIds = new Set<string>()
    for (const line of lines)
      if (await enterOrder(tx, { ...line, press, buyer }, now)) sellerIds.add(line.sellerId)
    // In one order for everybody: two customers of the same two sellers never wait for each other in a circle.
    for (const sellerId of [...sellerIds].sort()) await tellBalance(tx, sellerId, now)
    return { ok: true, listingIds: lines.map(({ listingId }) => listingId) }
  })
}

/** Writes an order down, with its money; null when this press of the button was taken before. */
export async function enterOrder(tx: Asker, order: NewOrder, at: Date): Promise<string | null> {
  const { press, listingId, sellerId, title, many, cents, buyer } = order
  const id = `order-${randomBytes(6).toString('hex')}`
  const { rowCount } = await tx.query(
    `insert into orders (id, press, listing_id, seller_id, title, many, cents, buyer_hash, placed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (press, listing_id) do nothing`,
    [id, press, listingId, sellerId, title, many, cents, hashOf(buyer), at],
  )
  if (rowCount === 0) return null
  await tx.query('insert into ledger (seller_id, cents, order_id, at) values ($1, $2, $3, $4)', [
    sellerId,
    cents,
    id,
    at,
  ])
  await tellOrder(tx, id, at)
  return id
}

/** How many days a seller here has to send what was ordered. */
const daysToSend = 3

/** Tells Recourse how an order stands after the change of this transaction; the customer is a hash to it as well. */
export async function tellOrder(tx: Asker, id: string, now: Date): Promise<void> {
  const { rows } = await tx.query<{
    sellerId: string
    listingId: string
    cents: number
    buyer: string
    placedAt: Date
    sentAt: Date | null
    isOwn: boolean
  }>(
    `select o.seller_id as "sellerId", o.listing_id as "listingId", o.cents, o.buyer_hash as buyer,
       o.placed_at as "placedAt", o.sent_at as "sentAt", s.is_own as "isOwn"
     from orders o join sellers s on s.id = o.seller_id
     where o.id = $1`,
    [id],
  )
  const [row] = rows
  if (!row) throw new Error(`tell order ${id}: there is no such order`)
  const { sellerId, listingId, cents, buyer, placedAt, sentAt, isOwn } = row
  const body = {
    id,
    sellerId,
    listingId,
    reporterId: buyer,
    at: placedAt.toISOString(),
    state: sentAt === null ? 'open' : 'shipped',
    amount: cents / 100,
    currency: 'EUR',
    soldBy: isOwn ? 'marketplace' : 'seller',
    shipBy: new Date(placedAt.getTime() + daysToSend * 86_400_000).toISOString(),
    updatedAt: (sentAt ?? placedAt).toISOString(),
  }
  await recordFact(tx, { path: '/v1/orders', about: id, sellerId, body }, now)
}

/** What one customer has ordered, newest first. */
export async function listOrders(db: Database, buyer: string): Promise<Order[]> {
  const { rows } = await db.query<Order>(
    `select o.id, o.listing_id as "listingId", s.name as "sellerName", o.title, o.many, o.cents,
       o.placed_at as "placedAt", o.sent_at as "sentAt", o.disputed_at as "disputedAt"
     from orders o join sellers s on s.id = o.seller_id
     where o.buyer_hash = $1
     order by o.placed_at desc, o.id
     limit 200`,
    [hashOf(buyer)],
  )
  return rows
}

/** Notes that the customer did not get it, or got it after all; false where it is not this customer's order. */
export function noteArrival(
  db: Database,
  { id, buyer, arrived }: { id: string; buyer: string; arrived: boolean },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const { rows } = await tx.query<{ sellerId: string }>(
      `update orders set disputed_at = case when not $3 then coalesce(disputed_at, $4) end
       where id = $1 and buyer_hash = $2
       returning seller_id as "sellerId"`,
      [id, hashOf(buyer), arrived, now],
    )
    const [row] = rows
    if (!row) return false
    await tellBalance(tx, row.sellerId, now)
    return true
  })
}

/** Notes that the seller has sent it; false where it is not this seller's. */
export function noteSent(
  db: Database,
  { id, sellerId }: { id: string; sellerId: string },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const { rowCount } = await tx.query(
      `update orders set sent_at = coalesce(sent_at, $3) where id = $1 and seller_id = $2`,
      [id, sellerId, now],
    )
    if (rowCount !== 1) return false
    await tellOrder(tx, id, now)
    return true
  })
}

// The secret is random, so a plain hash keeps it.
const hashOf = (buyer: string) => createHash('sha256').update(buyer).digest('hex')
