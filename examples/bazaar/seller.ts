/** A seller is a business with a shop in the bazaar, an address for its mail and a way to sign in. */
import { enterContact } from './contact.ts'
import type { Asker, Database } from './database.ts'
import { recordFact } from './fact.ts'
import type { Hold } from './state.ts'
import { applyKept } from './subject.ts'

export interface Seller {
  id: string
  name: string
  place: string
  locale: string
  timeZone: string
  maySignIn: boolean
  maySell: boolean
  mayAddListings: boolean
  payoutsHeld: Hold | null
  payoutsOnlyTo: string[] | null
  offAt: Date | null
  backAt: Date | null
}

export interface NewSeller {
  id: string
  name: string
  place: string
  locale: string
  timeZone: string
  address: string
  passwordHash: string
  /** Since when it has its shop; from now on where absent. */
  since?: Date
  /** Whether it is the bazaar itself that sells there. */
  isOwn?: boolean
}

/** A row of sellers, called s, as a seller. */
export const sellerColumns = `s.id, s.name, s.place, s.locale, s.time_zone as "timeZone", s.may_sign_in as "maySignIn",
  s.may_sell as "maySell", s.may_add_listings as "mayAddListings", s.payouts_held as "payoutsHeld",
  s.payouts_only_to as "payoutsOnlyTo", s.off_at as "offAt", s.back_at as "backAt"`

/** Opens a shop for a seller, and tells Recourse of the seller and its address. */
export async function addSeller(tx: Asker, seller: NewSeller, now: Date): Promise<void> {
  const { id, name, place, locale, timeZone, address, since = now, isOwn = false } = seller
  await tx.query(
    `insert into sellers (id, name, place, locale, time_zone, created_at, updated_at, is_own)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, name, place, locale, timeZone, since, now, isOwn],
  )
  await tx.query('insert into sign_ins (address, seller_id, password_hash) values ($1, $2, $3)', [
    address.toLowerCase(),
    id,
    seller.passwordHash,
  ])
  await applyKept(tx, { kind: 'account', id }, now)
  await applyKept(tx, { kind: 'payouts', id }, now)
  const at = now.toISOString()
  await recordFact(
    tx,
    {
      path: '/v1/sellers',
      about: id,
      sellerId: id,
      body: { id, name, locale, timeZone, createdAt: since.toISOString(), updatedAt: at },
    },
    now,
  )
  await enterContact(tx, { id: `contact-${id}`, sellerId: id, address, verifiedAt: since }, now)
}

/** A seller by id, for the page of its shop. */
export async function findSeller(db: Database, id: string): Promise<Seller | null> {
  const { rows } = await db.query<Seller>(
    `select ${sellerColumns} from sellers s where s.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** The sellers whose address may be shown on the demo's sign-in page. */
export async function listSignIns(db: Database): Promise<{ name: string; address: string }[]> {
  const { rows } = await db.query<{ name: string; address: string }>(
    `select s.name, i.address from sign_ins i join sellers s on s.id = i.seller_id order by s.name`,
  )
  return rows
}
