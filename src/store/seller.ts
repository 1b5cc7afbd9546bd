/** Sellers and their contacts in PostgreSQL; an older fact never replaces a newer one. */
import { sql, type Selectable } from 'kysely'
import { languageOf, type Language } from '../core/language.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

export interface Seller {
  id: string
  /** The name told, or the id while the marketplace has told none. */
  name: string
  locale: string
  /** In which it is written to: as it chose, else as the marketplace told, else English. */
  language: Language
  timeZone: string
  since: Date
}

export interface SellerFacts {
  id: string
  name?: string | undefined
  locale?: string | undefined
  language?: string | undefined
  timeZone?: string | undefined
  /** Null for "as of now". */
  factAt: Date | null
}

export interface ContactFacts {
  id: string
  sellerId: string
  address: string
  verifiedAt: Date | null
  removedAt: Date | null
  /** Null for "as of now". */
  factAt: Date | null
}

export type FactResult = 'stored' | 'unchanged' | 'older'

/**
 * As of when a fact holds. One told as of now comes after all that is held: of two told at once, the one that waited for
 * the other would otherwise be the older, and be lost.
 *
 * @param told null for "as of now"
 */
export function factTime(told: Date | null, now: Date, held: Date): Date {
  return told ?? (now < held ? held : now)
}

/** Stores what the marketplace says of a seller. What it leaves out stays as it was. */
export async function saveSeller(tx: Tx, facts: SellerFacts, now: Date): Promise<FactResult> {
  await ensureSeller(tx, facts.id, new Date(0), now)
  const held = await tx
    .selectFrom('sellers')
    .selectAll()
    .where('id', '=', facts.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const factAt = factTime(facts.factAt, now, held.fact_at)
  if (factAt < held.fact_at) return 'older'
  const next = {
    name: facts.name ?? held.name,
    locale: facts.locale ?? held.locale,
    language: facts.language ?? held.language,
    time_zone: facts.timeZone ?? held.time_zone,
  }
  const unchanged =
    held.fact_at.getTime() > 0 &&
    next.name === held.name &&
    next.locale === held.locale &&
    next.language === held.language &&
    next.time_zone === held.time_zone
  await tx
    .updateTable('sellers')
    .set({ ...next, fact_at: factAt })
    .where('id', '=', facts.id)
    .execute()
  return unchanged ? 'unchanged' : 'stored'
}

/** Makes a seller known by its id alone, for facts that arrive before the seller's own. */
export async function ensureSeller(tx: Tx, id: string, factAt: Date, now: Date): Promise<void> {
  await ensureSellers(tx, [id], factAt, now)
}

/** The same for several; always in the order of their ids, so that two who do it never wait for each other in a ring. */
export async function ensureSellers(
  tx: Tx,
  ids: readonly string[],
  factAt: Date,
  now: Date,
): Promise<void> {
  await sql`
    insert into sellers (id, fact_at, received_at)
    select distinct id, ${factAt}::timestamptz, ${now}::timestamptz
    from unnest(${ids}::text[]) as told (id)
    order by id
    on conflict do nothing`.execute(tx)
}

/** Sellers by a part of their name, id or a known address; at most 50. */
export async function findSellers(tx: Tx, search: string): Promise<{ id: string; name: string }[]> {
  const pattern = `%${search.trim().replaceAll(/[\\%_]/g, (special) => `\\${special}`)}%`
  const { rows } = await sql<{ id: string; name: string }>`
    select s.id, coalesce(s.name, s.id) as name
    from sellers s
    where s.id ilike ${pattern} or s.name ilike ${pattern}
      or exists (select from contacts c where c.seller_id = s.id and c.address ilike ${pattern})
    order by name, s.id
    limit 50`.execute(tx)
  return rows
}

/** One seller, or null when it does not exist behind this wall. */
export async function readSeller(tx: Tx, id: string): Promise<Seller | null> {
  const row = await tx.selectFrom('sellers').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? sellerOf(row) : null
}

/** The seller chooses its language; false where it is not there. */
export async function chooseLanguage(tx: Tx, id: string, language: Language): Promise<boolean> {
  const done = await tx
    .updateTable('sellers')
    .set({ chosen_language: language })
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** A row of sellers as a seller. */
export function sellerOf(row: Selectable<Tables['sellers']>): Seller {
  return {
    id: row.id,
    name: row.name ?? row.id,
    locale: row.locale,
    language: languageOf(row.chosen_language, row.language),
    timeZone: row.time_zone,
    since: row.received_at,
  }
}

/** Stores a contact. A contact keeps its seller: the same id told for another seller is the newer fact's. */
export async function saveContact(tx: Tx, facts: ContactFacts, now: Date): Promise<FactResult> {
  await ensureSeller(tx, facts.sellerId, new Date(0), now)
  const held = await tx
    .selectFrom('contacts')
    .selectAll()
    .where('id', '=', facts.id)
    .forUpdate()
    .executeTakeFirst()
  const row = {
    seller_id: facts.sellerId,
    kind: 'email' as const,
    address: facts.address,
    verified_at: facts.verifiedAt,
    removed_at: facts.removedAt,
    fact_at: factTime(facts.factAt, now, held?.fact_at ?? new Date(0)),
  }
  if (!held) {
    await tx
      .insertInto('contacts')
      .values({ id: facts.id, ...row, received_at: now })
      .execute()
    return 'stored'
  }
  if (row.fact_at < held.fact_at) return 'older'
  const same =
    held.seller_id === row.seller_id &&
    held.address === row.address &&
    held.verified_at?.getTime() === row.verified_at?.getTime() &&
    held.removed_at?.getTime() === row.removed_at?.getTime()
  await tx.updateTable('contacts').set(row).where('id', '=', facts.id).execute()
  return same ? 'unchanged' : 'stored'
}

/** The sellers for whom this address is a contact now; what an e-mail sign-in opens. */
export async function sellersOfAddress(tx: Tx, address: string): Promise<Seller[]> {
  const rows = await tx
    .selectFrom('sellers')
    .selectAll('sellers')
    .where('id', 'in', (query) =>
      query
        .selectFrom('contacts')
        .select('seller_id')
        .where(sql`lower(address)`, '=', address.toLowerCase())
        .where('removed_at', 'is', null),
    )
    .orderBy('id')
    .execute()
  return rows.map(sellerOf)
}

/** Every address that a seller has or had, in small letters. */
export async function contactsOf(
  tx: Tx,
  sellerId: string,
): Promise<{ address: string; verifiedAt: Date | null; removedAt: Date | null }[]> {
  const rows = await tx
    .selectFrom('contacts')
    .select(['address', 'verified_at as verifiedAt', 'removed_at as removedAt'])
    .where('seller_id', '=', sellerId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, address: row.address.toLowerCase() }))
}

/** Every contact that a seller has or had, as far as it can speak for who owns the account. */
export async function provingContacts(
  tx: Tx,
  sellerId: string,
): Promise<{ id: string; address: string; verifiedAt: Date | null; removedAt: Date | null }[]> {
  const rows = await tx
    .selectFrom('contacts')
    .select(['id', 'address', 'verified_at as verifiedAt', 'removed_at as removedAt'])
    .where('seller_id', '=', sellerId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, address: row.address.toLowerCase() }))
}

/** The sellers that these words name: by id, by name, or by an address that they have or had. */
export async function sellersNamed(
  tx: Tx,
  { names, addresses }: { names: string[]; addresses: string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sellers
    where lower(id) = any(${names}::text[]) or lower(name) = any(${names}::text[])
    union
    select seller_id from contacts where lower(address) = any(${addresses}::text[])
    order by id
    limit 2`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The address of a seller's contact who was not removed, named by id or by address; null where there is none. */
export async function contactNow(
  tx: Tx,
  { sellerId, id, address }: { sellerId: string; id: string | null; address: string | null },
): Promise<string | null> {
  const row = await tx
    .selectFrom('contacts')
    .select('address')
    .where('seller_id', '=', sellerId)
    .where('removed_at', 'is', null)
    .$if(id !== null, (query) => query.where('id', '=', id ?? ''))
    .$if(address !== null, (query) =>
      query.where(sql`lower(address)`, '=', (address ?? '').toLowerCase()),
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.address ?? null
}
