/** What a hand-over of an account ends, in PostgreSQL: contacts, members, factors, sessions and links that were there before. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

/** Every address that opens a seller's account now: its contacts' and its members', in small letters. */
export async function addressesOpening(tx: Tx, sellerId: string): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`
    select lower(address) as address from contacts where seller_id = ${sellerId} and removed_at is null
    union
    select lower(email) from members where seller_id = ${sellerId} and removed_at is null
    order by address`.execute(tx)
  return rows.map(({ address }) => address)
}

/** Takes every contact but one address out: they open nothing any more, and are still told and heard. */
export async function removeContacts(
  tx: Tx,
  sellerId: string,
  { except, at }: { except: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('contacts')
    .set({ removed_at: at })
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .where(sql`lower(address)`, '<>', except.toLowerCase())
    .execute()
}

/** Makes an address a contact that was verified just now. */
export async function addContact(
  tx: Tx,
  contact: { id: string; sellerId: string; address: string; at: Date },
): Promise<void> {
  const { id, sellerId, address, at } = contact
  await tx
    .insertInto('contacts')
    .values({
      id,
      seller_id: sellerId,
      kind: 'email',
      address,
      verified_at: at,
      removed_at: null,
      fact_at: at,
      received_at: at,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ address, verified_at: at, removed_at: null }),
    )
    .execute()
}

/** Ends the part of everybody who was let in since then; answers who. */
export async function removeMembersSince(
  tx: Tx,
  sellerId: string,
  { since, at }: { since: Date; at: Date },
): Promise<{ id: string; email: string }[]> {
  return tx
    .updateTable('members')
    .set({ removed_at: at })
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .where('added_at', '>=', since)
    .returning(['id', 'email'])
    .execute()
}

/** Takes out what was set up for these addresses since then; answers how many of it there were. */
export async function removeFactorsSince(
  tx: Tx,
  addresses: string[],
  since: Date,
): Promise<number> {
  if (addresses.length === 0) return 0
  const { rows } = await sql<{ removed: number }>`
    with keys as (
      delete from passkeys where lower(address) = any(${addresses}::text[]) and added_at >= ${since} returning 1
    ), apps as (
      delete from authenticators where lower(address) = any(${addresses}::text[]) and added_at >= ${since} returning 1
    ), codes as (
      delete from saved_codes where lower(address) = any(${addresses}::text[]) and made_at >= ${since} returning 1
    )
    select (select count(*) from keys) + (select count(*) from apps) + (select count(*) from codes) as removed`.execute(
    tx,
  )
  return rows[0]?.removed ?? 0
}

/** Sessions of these addresses that were opened before then open nothing any more; by the real time, as sessions are. */
export async function endSessionsOf(tx: Tx, addresses: string[], before: Date): Promise<void> {
  for (const address of addresses)
    await tx
      .insertInto('sign_in_floors')
      .values({ address, since: before })
      .onConflict((conflict) => conflict.column('address').doUpdateSet({ since: before }))
      .execute()
}

/** Since when a session of this address has to have been opened; null where any is good. */
export async function signInFloor(tx: Tx, address: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('sign_in_floors')
    .select('since')
    .where('address', '=', address.toLowerCase())
    .executeTakeFirst()
  return row?.since ?? null
}

/** Links into a seller's matters that were made before then open nothing any more. */
export async function endLinksOf(tx: Tx, sellerId: string, before: Date): Promise<void> {
  await tx
    .insertInto('link_floors')
    .values({ seller_id: sellerId, since: before })
    .onConflict((conflict) => conflict.column('seller_id').doUpdateSet({ since: before }))
    .execute()
}

/** Since when a link of this seller has to have been made; null where any is good. */
export async function linkFloor(tx: Tx, sellerId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom('link_floors')
    .select('since')
    .where('seller_id', '=', sellerId)
    .executeTakeFirst()
  return row?.since ?? null
}

/** Factors of an account's addresses on one line of time, for who tells owners apart. */
export async function factorMoments(
  tx: Tx,
  addresses: string[],
): Promise<{ at: Date; what: 'passkey-added' | 'app-added' | 'codes-made'; words: string }[]> {
  if (addresses.length === 0) return []
  const { rows } = await sql<{
    at: Date
    what: 'passkey-added' | 'app-added' | 'codes-made'
    words: string
  }>`
    select at, what, words from factor_moments(${addresses}::text[])`.execute(tx)
  return rows
}
