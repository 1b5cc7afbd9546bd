/** A listing is what a seller offers on the shelves of the bazaar. */
import { randomBytes } from 'node:crypto'
import { recordChange } from './change.ts'
import type { Asker, Database } from './database.ts'
import { recordFact } from './fact.ts'
import type { By } from './security-event.ts'
import { applyKept } from './subject.ts'

export const categories = ['Kitchen', 'Bath & skin', 'Tools', 'Toys', 'Garden', 'Costumes'] as const
export type Category = (typeof categories)[number]

/** What a seller writes. */
export interface ListingText {
  title: string
  description: string
  bullets: string[]
  brand: string
  category: string
  attributes: Record<string, string>
  priceCents: number
}

export interface Listing extends ListingText {
  id: string
  sellerId: string
  sellerName: string
  sellerPlace: string
  isOffered: boolean
  isSearchable: boolean
  /** Whether the seller's account may sell at all. */
  maySell: boolean
  offAt: Date | null
  backAt: Date | null
  /** The same of its seller's whole shop. */
  shopOffAt: Date | null
  shopBackAt: Date | null
  updatedAt: Date
}

/** A listing with the text that it is to have. */
interface NewText {
  id: string
  sellerId: string
  text: ListingText
}

const select = `
  select l.id, l.seller_id as "sellerId", s.name as "sellerName", s.place as "sellerPlace",
    l.title, l.description, l.bullets, l.brand, l.category, l.attributes, l.price_cents as "priceCents",
    l.is_offered as "isOffered", l.is_searchable as "isSearchable", s.may_sell as "maySell",
    l.off_at as "offAt", l.back_at as "backAt", s.off_at as "shopOffAt", s.back_at as "shopBackAt", l.updated_at as "updatedAt"
  from listings l join sellers s on s.id = l.seller_id`

/** Whether it can be put in a basket now: its own lever and its seller's are both open. */
export const isForSale = (listing: Listing) => listing.isOffered && listing.maySell

/** Whether shelves and search may show it: its own lever and its seller's are both open. */
const isFound = 'l.is_searchable and s.may_sell and l.removed_at is null'

/** The category's name in an address. */
export const slugOf = (category: string) =>
  category
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** A new id that can be read: the title's first words and six random characters. */
export function newListingId(title: string): string {
  const words = slugOf(title.normalize('NFKD').replace(/\p{M}/gu, ''))
    .slice(0, 48)
    .replace(/-$/, '')
  return `${words || 'listing'}-${randomBytes(4).toString('hex').slice(0, 6)}`
}

/** Puts a new listing into the shop and tells Recourse. */
export async function addListing(
  tx: Asker,
  listing: NewText & { by?: By },
  now: Date,
): Promise<void> {
  const { id, sellerId, text, by } = listing
  await tx.query(
    `insert into listings (id, seller_id, title, description, bullets, brand, category, attributes,
       price_cents, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [id, sellerId, ...valuesOf(text), now],
  )
  await applyKept(tx, { kind: 'listing', id }, now)
  await tellListing(tx, listing, now)
  const change = { kind: 'listing-added', subjectId: id, before: null, after: text } as const
  if (by) await recordChange(tx, change, { sellerId, by }, now)
}

/** Changes a listing of the seller's own and tells Recourse; false where the seller has no such listing. */
export async function editListing(
  tx: Asker,
  { by, ...listing }: NewText & { by: By },
  now: Date,
): Promise<boolean> {
  const { id, sellerId, text } = listing
  const before = await lockText(tx, listing)
  if (before === null) return false
  await writeText(tx, listing, now)
  const isSame = JSON.stringify(valuesOf(before)) === JSON.stringify(valuesOf(text))
  const change = { kind: 'listing-changed', subjectId: id, before, after: text } as const
  if (!isSame) await recordChange(tx, change, { sellerId, by }, now)
  return true
}

/** Puts a listing back to an earlier text, as long as it reads as that edit left it; false where it does not. */
export async function returnListing(
  tx: Asker,
  { from, to, ...of }: { id: string; sellerId: string; from: ListingText; to: ListingText },
  now: Date,
): Promise<boolean> {
  const held = await lockText(tx, of)
  if (held === null || JSON.stringify(valuesOf(held)) !== JSON.stringify(valuesOf(from)))
    return false
  await writeText(tx, { ...of, text: to }, now)
  return true
}

/** Takes a listing out of the shop for good; orders of it go on. */
export async function takeListingDown(
  tx: Asker,
  { id, sellerId }: { id: string; sellerId: string },
  now: Date,
): Promise<void> {
  await tx.query(
    'update listings set removed_at = $3 where id = $1 and seller_id = $2 and removed_at is null',
    [id, sellerId, now],
  )
}

async function lockText(
  tx: Asker,
  { id, sellerId }: { id: string; sellerId: string },
): Promise<ListingText | null> {
  const { rows } = await tx.query<ListingText>(
    `select title, description, bullets, brand, category, attributes, price_cents as "priceCents"
     from listings where id = $1 and seller_id = $2 and removed_at is null for update`,
    [id, sellerId],
  )
  return rows[0] ?? null
}

async function writeText(tx: Asker, listing: NewText, now: Date): Promise<void> {
  const { id, sellerId, text } = listing
  // Two edits in one millisecond are still one after the other for whoever hears of them.
  const { rows } = await tx.query<{ updatedAt: Date }>(
    `update listings
     set title = $3, description = $4, bullets = $5, brand = $6, category = $7, attributes = $8,
         price_cents = $9, updated_at = greatest($10, updated_at + interval '1 millisecond')
     where id = $1 and seller_id = $2
     returning updated_at as "updatedAt"`,
    [id, sellerId, ...valuesOf(text), now],
  )
  const [row] = rows
  if (!row) throw new Error(`write the text of listing ${id}: it went away`)
  await tellListing(tx, listing, row.updatedAt)
}

const valuesOf = (text: ListingText) => [
  text.title,
  text.description,
  JSON.stringify(text.bullets),
  text.brand,
  text.category,
  JSON.stringify(text.attributes),
  text.priceCents,
]

function tellListing(
  tx: Asker,
  { id, sellerId, text }: { id: string; sellerId: string; text: ListingText },
  updatedAt: Date,
): Promise<void> {
  const { title, description, bullets, brand, category, attributes } = text
  const body = {
    id,
    sellerId,
    title,
    description,
    bullets,
    brand,
    category,
    attributes,
    updatedAt: updatedAt.toISOString(),
  }
  return recordFact(tx, { path: '/v1/listings', about: id, sellerId, body }, updatedAt)
}

/** One listing, on whatever shelf, also when it is not for sale. */
export async function findListing(db: Database, id: string): Promise<Listing | null> {
  const { rows } = await db.query<Listing>(`${select} where l.id = $1 and l.removed_at is null`, [
    id,
  ])
  return rows[0] ?? null
}

/** The listings of these ids that there are, in no order. */
export async function findListings(db: Asker, ids: string[]): Promise<Listing[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<Listing>(
    `${select} where l.id = any($1) and l.removed_at is null`,
    [ids],
  )
  return rows
}

/** What stands on a shelf, newest first. */
export async function listShelf(
  db: Database,
  category: Category,
  most: number,
): Promise<Listing[]> {
  const { rows } = await db.query<Listing>(
    `${select} where l.category = $1 and ${isFound} order by l.created_at desc, l.id limit $2`,
    [category, most],
  )
  return rows
}

/** What customers find in one seller's shop. */
export async function listShop(db: Database, sellerId: string): Promise<Listing[]> {
  const { rows } = await db.query<Listing>(
    `${select} where l.seller_id = $1 and ${isFound} order by l.created_at desc, l.id limit 200`,
    [sellerId],
  )
  return rows
}

/** Everything of a seller's own, also what customers cannot find. */
export async function listOwn(db: Database, sellerId: string): Promise<Listing[]> {
  const { rows } = await db.query<Listing>(
    `${select} where l.seller_id = $1 and l.removed_at is null order by l.updated_at desc, l.id limit 500`,
    [sellerId],
  )
  return rows
}

/** Listings that speak of the words, the best first; word endings do not matter. */
export async function searchListings(db: Database, words: string): Promise<Listing[]> {
  const { rows } = await db.query<Listing>(
    `${select}
     cross join lateral (
       select setweight(to_tsvector('english', l.title || ' ' || l.brand || ' ' || s.name), 'A')
         || setweight(to_tsvector('english', l.category || ' ' || left(l.description, 20000)), 'C') as text
     ) t
     where ${isFound}
       and (t.text @@ websearch_to_tsquery('english', $1) or strpos(lower(l.title), lower($1)) > 0)
     order by ts_rank(t.text, websearch_to_tsquery('english', $1)) desc, l.created_at desc, l.id
     limit 60`,
    [words],
  )
  return rows
}
