/** A contact is an address at which a seller is written to; one that was taken away is kept, with when. */
import { randomBytes } from 'node:crypto'
import { recordChange } from './change.ts'
import { transact, type Asker, type Database } from './database.ts'
import { recordFact } from './fact.ts'
import type { By } from './security-event.ts'

export interface Contact {
  id: string
  address: string
  verifiedAt: Date | null
}

export const mostContacts = 10

/** The contacts of a seller that were not taken away, the oldest first. */
export async function listContacts(db: Asker, sellerId: string): Promise<Contact[]> {
  const { rows } = await db.query<Contact>(
    `select id, address, verified_at as "verifiedAt" from contacts
     where seller_id = $1 and removed_at is null
     order by updated_at, id`,
    [sellerId],
  )
  return rows
}

/** Writes a contact down and tells Recourse of it. */
export async function enterContact(
  tx: Asker,
  contact: { id: string; sellerId: string; address: string; verifiedAt: Date | null },
  now: Date,
): Promise<void> {
  const { id, sellerId, address, verifiedAt } = contact
  await tx.query(
    `insert into contacts (id, seller_id, kind, address, verified_at, updated_at)
     values ($1, $2, 'email', $3, $4, $5)`,
    [id, sellerId, address, verifiedAt, now],
  )
  await tellContact(tx, id)
}

/** Adds an address; false when there are as many as the shop takes, or it is there. */
export function addContact(
  db: Database,
  { sellerId, address, by }: { sellerId: string; address: string; by: By },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    await lockSeller(tx, sellerId)
    const contacts = await listContacts(tx, sellerId)
    const isThere = contacts.some((one) => one.address.toLowerCase() === address.toLowerCase())
    if (isThere || contacts.length >= mostContacts) return false
    const id = `contact-${randomBytes(6).toString('hex')}`
    await enterContact(tx, { id, sellerId, address, verifiedAt: null }, now)
    const change = { kind: 'contact', subjectId: id, before: null, after: { address } } as const
    await recordChange(tx, change, { sellerId, by }, now)
    return true
  })
}

/** Takes an address away; false where it is none of the seller's, or the last one. */
export function removeContact(
  db: Database,
  { sellerId, id, by }: { sellerId: string; id: string; by: By },
  now: Date,
): Promise<boolean> {
  return transact(db, async (tx) => {
    await lockSeller(tx, sellerId)
    const contacts = await listContacts(tx, sellerId)
    const contact = contacts.find((one) => one.id === id)
    if (!contact || contacts.length === 1) return false
    await setRemoved(tx, id, now, { isRemoved: true })
    const { address } = contact
    const change = { kind: 'contact', subjectId: id, before: { address }, after: null } as const
    await recordChange(tx, change, { sellerId, by }, now)
    return true
  })
}

/** Takes a contact away or puts it back, and tells Recourse; one that is so already stays as it is. */
export async function setRemoved(
  tx: Asker,
  id: string,
  now: Date,
  { isRemoved }: { isRemoved: boolean },
): Promise<void> {
  const { rowCount } = await tx.query(
    `update contacts
     set removed_at = case when $3 then $2::timestamptz end,
         updated_at = greatest($2, updated_at + interval '1 millisecond')
     where id = $1 and (removed_at is not null) <> $3`,
    [id, now, isRemoved],
  )
  if (rowCount !== 0) await tellContact(tx, id)
}

const lockSeller = (tx: Asker, sellerId: string) =>
  tx.query('select from sellers where id = $1 for no key update', [sellerId])

async function tellContact(tx: Asker, id: string): Promise<void> {
  const { rows } = await tx.query<{
    sellerId: string
    address: string
    verifiedAt: Date | null
    removedAt: Date | null
    updatedAt: Date
  }>(
    `select seller_id as "sellerId", address, verified_at as "verifiedAt", removed_at as "removedAt",
       updated_at as "updatedAt"
     from contacts where id = $1`,
    [id],
  )
  const [row] = rows
  if (!row) throw new Error(`tell contact ${id}: there is no such contact`)
  const { sellerId, address, updatedAt } = row
  const body = {
    id,
    sellerId,
    kind: 'email',
    address,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
  }
  await recordFact(tx, { path: '/v1/contacts', about: id, sellerId, body }, updatedAt)
}
