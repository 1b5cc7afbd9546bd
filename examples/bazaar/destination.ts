/** A destination is a bank account of a seller's that money may be paid out to. */
import { randomBytes } from 'node:crypto'
import { readBalance, tellBalance } from './balance.ts'
import { recordChange } from './change.ts'
import { transact, type Asker, type Database } from './database.ts'
import type { TypedDestination } from './destination-form.ts'
import type { By } from './security-event.ts'

export const mostDestinations = 10

/** Adds a bank account; false when there are as many as the shop takes. The same account again is a new destination. */
export function addDestination(
  db: Database,
  { sellerId, by, ...typed }: TypedDestination & { sellerId: string; by: By },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    await tx.query('select from sellers where id = $1 for no key update', [sellerId])
    const { destinations } = await readBalance(tx, sellerId)
    if (destinations.length >= mostDestinations) return false
    const id = newDestinationId()
    await enterDestination(tx, { id, sellerId, ...typed }, now)
    const change = { kind: 'payout-target', subjectId: id, before: null, after: typed } as const
    await recordChange(tx, change, { sellerId, by }, now)
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
  { sellerId, id, by }: { sellerId: string; id: string; by: By },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    const { rows } = await tx.query<TypedDestination>(
      `update destinations set removed_at = $3
       where id = $2 and seller_id = $1 and removed_at is null
       returning bank, iban`,
      [sellerId, id, now],
    )
    const [before] = rows
    if (!before) return false
    const change = { kind: 'payout-target', subjectId: id, before, after: null } as const
    await recordChange(tx, change, { sellerId, by }, now)
    await tellBalance(tx, sellerId, now)
    return true
  })
}

/** Takes a bank account away or puts it back as it was, with the day on which it was added first. */
export async function setDestinationRemoved(
  tx: Asker,
  { sellerId, id }: { sellerId: string; id: string },
  now: Date,
  { isRemoved }: { isRemoved: boolean },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update destinations set removed_at = case when $4 then $3::timestamptz end
     where id = $2 and seller_id = $1 and (removed_at is not null) <> $4`,
    [sellerId, id, now, isRemoved],
  )
  if (rowCount !== 0) await tellBalance(tx, sellerId, now)
}

// Never made from the account's number: one that is taken away and added again is to be seen as added late.
const newDestinationId = () => `bank-${randomBytes(5).toString('hex')}`
