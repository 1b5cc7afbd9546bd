/** A destination is a bank account of a seller's that money may be paid out to. */
import { randomBytes } from 'node:crypto'
import { readBalance, tellBalance } from './balance.ts'
import { transact, type Asker, type Database } from './database.ts'
import type { TypedDestination } from './destination-form.ts'

export const mostDestinations = 10

/** Adds a bank account; false when there are as many as the shop takes. The same account again is a new destination. */
export function addDestination(
  db: Database,
  { sellerId, ...typed }: TypedDestination & { sellerId: string },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    await tx.query('select from sellers where id = $1 for no key update', [sellerId])
    const { destinations } = await readBalance(tx, sellerId)
    if (destinations.length >= mostDestinations) return false
    await enterDestination(tx, { id: newDestinationId(), sellerId, ...typed }, now)
    await tellBalance(tx, sellerId, now)
    return true
  })
}

/** Writes a bank account down. */
export async function enterDestination(
  tx: Asker,
  { id, sellerId, bank, iban }: TypedDestination & { id: string; sellerId: string },
  at: Date,
): Promise<void> {
  await tx.query(
    'insert into destinations (id, seller_id, bank, iban, added_at) values ($1, $2, $3, $4, $5)',
    [id, sellerId, bank, iban, at],
  )
}

/** Takes a bank account away; false where the seller has no such one. What was paid to it stays in the ledger. */
export function removeDestination(
  db: Database,
  { sellerId, id }: { sellerId: string; id: string },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const { rowCount } = await tx.query(
      `update destinations set removed_at = $3
       where id = $2 and seller_id = $1 and removed_at is null`,
      [sellerId, id, now],
    )
    if (rowCount === 0) return false
    await tellBalance(tx, sellerId, now)
    return true
  })
}

// Never made from the account's number: one that is taken away and added again is to be seen as added late.
const newDestinationId = () => `bank-${randomBytes(5).toString('hex')}`
