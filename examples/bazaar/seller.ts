/** A seller is a business with a shop in the bazaar, an address for its mail and a way to sign in. */
import { createHash, randomBytes } from 'node:crypto'
import type { Asker, Database } from './database.ts'
import { recordFact } from './fact.ts'
import { isPassword } from './password.ts'
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

const columns = `s.id, s.name, s.place, s.locale, s.time_zone as "timeZone", s.may_sign_in as "maySignIn",
  s.may_sell as "maySell", s.may_add_listings as "mayAddListings", s.payouts_held as "payoutsHeld",
  s.payouts_only_to as "payoutsOnlyTo", s.off_at as "offAt", s.back_at as "backAt"`

const sessionDays = 14

/** Opens a shop for a seller, and tells Recourse of the seller and its address. */
export async function addSeller(tx: Asker, seller: NewSeller, now: Date): Promise<void> {
  const { id, name, place, locale, timeZone, address, since = now, isOwn = false } = seller
  await tx.query(
    `insert into sellers (id, name, place, locale, time_zone, created_at, updated_at, is_own)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, name, place, locale, timeZone, since, now, isOwn],
  )
  const contactId = `contact-${id}`
  await tx.query(
    `insert into contacts (id, seller_id, kind, address, verified_at, updated_at)
     values ($1, $2, 'email', $3, $4, $4)`,
    [contactId, id, address, now],
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
  await recordFact(
    tx,
    {
      path: '/v1/contacts',
      about: contactId,
      sellerId: id,
      body: { id: contactId, sellerId: id, kind: 'email', address, verifiedAt: at, updatedAt: at },
    },
    now,
  )
}

/** A seller by id, for the page of its shop. */
export async function findSeller(db: Database, id: string): Promise<Seller | null> {
  const { rows } = await db.query<Seller>(`select ${columns} from sellers s where s.id = $1`, [id])
  return rows[0] ?? null
}

/** The sellers whose address may be shown on the demo's sign-in page. */
export async function listSignIns(db: Database): Promise<{ name: string; address: string }[]> {
  const { rows } = await db.query<{ name: string; address: string }>(
    `select s.name, i.address from sign_ins i join sellers s on s.id = i.seller_id order by s.name`,
  )
  return rows
}

export type SignIn = { ok: true; token: string } | { ok: false; refusal: 'unknown' | 'shut' }

/** Signs a seller in with address and password, unless signing in is shut for the account. */
export async function signIn(
  db: Database,
  given: { address: string; password: string },
  now: Date,
): Promise<SignIn> {
  const address = given.address.trim().toLowerCase()
  const { rows } = await db.query<{ sellerId: string; hash: string }>(
    'select seller_id as "sellerId", password_hash as hash from sign_ins where address = $1',
    [address.replaceAll('\0', '')],
  )
  const [found] = rows
  const isRight = await isPassword(given.password, found?.hash ?? null)
  if (!found || !isRight) return { ok: false, refusal: 'unknown' }
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  // The lock waits for a lever that is moving: no session slips in behind the ones that it ends.
  const { rowCount } = await db.query(
    `insert into sessions (token_hash, seller_id, expires_at)
     select $1, id, $3::timestamptz from sellers where id = $2 and may_sign_in for share`,
    [hashOf(token), found.sellerId, expiresAt],
  )
  if (rowCount === 0) return { ok: false, refusal: 'shut' }
  await db.query('delete from sessions where expires_at < $1', [now])
  return { ok: true, token }
}

/** Whose session it is, or why it is nobody's: there is none, or the marketplace ended it and sign-in is still shut. */
export async function findSession(
  db: Database,
  token: string,
  now: Date,
): Promise<Seller | 'none' | 'shut'> {
  const { rows } = await db.query<Seller & { isEnded: boolean }>(
    `select ${columns}, x.ended_at is not null as "isEnded"
     from sessions x join sellers s on s.id = x.seller_id
     where x.token_hash = $1 and x.expires_at > $2`,
    [hashOf(token), now],
  )
  const [row] = rows
  if (!row) return 'none'
  const { isEnded, ...seller } = row
  if (!seller.maySignIn) return 'shut'
  return isEnded ? 'none' : seller
}

/** Ends a session. */
export async function signOut(db: Database, token: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [hashOf(token)])
}

// The token is 256 random bits: there is nothing to guess, so a plain hash keeps it.
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
