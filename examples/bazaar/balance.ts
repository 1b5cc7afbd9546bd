/** A balance is what the bazaar keeps for a seller: the sum of its ledger, what is disputed of it, and where it may go. */
import type { Asker } from './database.ts'
import { labelOf } from './destination-form.ts'
import { recordFact } from './fact.ts'

export interface Destination {
  id: string
  bank: string
  iban: string
  addedAt: Date
}

export interface Balance {
  cents: number
  /** What customers say did not arrive; also of orders whose money was paid out before. */
  disputedCents: number
  destinations: Destination[]
}

/** One line of the ledger: an order that brought money, or a payout that took it along. */
export interface Entry {
  place: string
  at: Date
  cents: number
  orderId: string | null
  title: string | null
  many: number | null
  sentAt: Date | null
  disputedAt: Date | null
  bank: string | null
  iban: string | null
}

/** How a seller's balance stands. */
export async function readBalance(db: Asker, sellerId: string): Promise<Balance> {
  // Sums of bigint come as text; no shop here will ever hold more cents than a number can.
  const { rows } = await db.query<{ cents: string; disputed: string }>(
    `select (select coalesce(sum(cents), 0) from ledger where seller_id = $1) as cents,
       (select coalesce(sum(cents), 0) from orders
        where seller_id = $1 and disputed_at is not null) as disputed`,
    [sellerId],
  )
  const { rows: destinations } = await db.query<Destination>(
    `select id, bank, iban, added_at as "addedAt" from destinations
     where seller_id = $1 and removed_at is null
     order by added_at, id`,
    [sellerId],
  )
  const [sums] = rows
  return { cents: Number(sums?.cents), disputedCents: Number(sums?.disputed), destinations }
}

/** The newest lines of a seller's ledger, newest first. */
export async function listEntries(db: Asker, sellerId: string): Promise<Entry[]> {
  const { rows } = await db.query<Omit<Entry, 'cents'> & { cents: string }>(
    `select l.place, l.at, l.cents, l.order_id as "orderId", o.title, o.many,
       o.sent_at as "sentAt", o.disputed_at as "disputedAt", d.bank, d.iban
     from ledger l
     left join orders o on o.id = l.order_id
     left join destinations d on d.id = l.destination_id
     where l.seller_id = $1
     order by l.at desc, l.place desc
     limit 200`,
    [sellerId],
  )
  return rows.map((row) => ({ ...row, cents: Number(row.cents) }))
}

/** Tells Recourse how the balance stands after the change of this transaction. */
export async function tellBalance(tx: Asker, sellerId: string, now: Date): Promise<void> {
  // The row's lock makes changes follow each other: what is told later is later, and has the earlier ones in it.
  const { rows } = await tx.query<{ at: Date }>(
    `update sellers set balance_at = greatest($2, balance_at + interval '1 millisecond')
     where id = $1
     returning balance_at as at`,
    [sellerId, now],
  )
  const [row] = rows
  if (!row) throw new Error(`tell the balance of ${sellerId}: there is no such seller`)
  const { cents, disputedCents, destinations } = await readBalance(tx, sellerId)
  const body = {
    sellerId,
    currency: 'EUR',
    available: cents / 100,
    disputed: disputedCents / 100,
    destinations: destinations.map((one) => ({
      id: one.id,
      label: labelOf(one),
      addedAt: one.addedAt.toISOString(),
    })),
    updatedAt: row.at.toISOString(),
  }
  await recordFact(tx, { path: '/v1/balances', about: sellerId, sellerId, body }, now)
}
