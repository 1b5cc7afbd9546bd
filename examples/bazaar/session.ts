/** A session is a browser in which a seller is signed in: which one, from where, and until when. */
import { createHash, randomBytes } from 'node:crypto'
import { transact, type Asker, type Database } from './database.ts'
import { isPassword } from './password.ts'
import { recordSecurityEvent, type By } from './security-event.ts'
import { sellerColumns, type Seller } from './seller.ts'

/** A seller who is signed in. */
export interface SignedIn extends Seller {
  sessionId: string
  by: By
}

/** A session as its seller sees it. */
export interface SessionLine {
  id: string
  agent: string
  country: string | null
  startedAt: Date
}

/** From where somebody signs in. */
export interface From extends By {
  /** What the browser calls itself, in a few words. */
  agent: string
}

const sessionDays = 14

export type SignIn = { ok: true; token: string } | { ok: false; refusal: 'unknown' | 'shut' }

/** Signs a seller in with address and password, unless signing in is shut for the account. */
export async function signIn(
  db: Database,
  given: { address: string; password: string },
  { agent, ...by }: From,
  now: Date,
): Promise<SignIn> {
  const found = await findWayIn(db, given.address)
  const isRight = await isPassword(given.password, found?.hash ?? null)
  if (!found || !isRight) return { ok: false, refusal: 'unknown' }
  const { sellerId } = found
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  return transact(db, async (tx): Promise<SignIn> => {
    // The lock waits for a lever that is moving: no session slips in behind the ones that it ends.
    const { rowCount } = await tx.query(
      `insert into sessions (token_hash, seller_id, expires_at, device, country, agent, started_at)
       select $1, id, $3::timestamptz, $4, $5, $6, $7::timestamptz
       from sellers where id = $2 and may_sign_in for share`,
      [hashOf(token), sellerId, expiresAt, by.device, by.country, agent, now],
    )
    if (rowCount === 0) return { ok: false, refusal: 'shut' }
    // The password was right a moment ago; what was reset meanwhile lets nobody in.
    const { rows } = await tx.query(
      'select from sign_ins where seller_id = $1 and password_hash = $2',
      [sellerId, found.hash],
    )
    if (rows.length === 0) {
      await tx.query('delete from sessions where token_hash = $1', [hashOf(token)])
      return { ok: false, refusal: 'unknown' }
    }
    await recordSecurityEvent(tx, { sellerId, kind: 'sign-in', by }, now)
    await tx.query('delete from sessions where expires_at < $1', [now])
    return { ok: true, token }
  })
}

async function findWayIn(
  db: Database,
  address: string,
): Promise<{ sellerId: string; hash: string } | null> {
  const { rows } = await db.query<{ sellerId: string; hash: string }>(
    'select seller_id as "sellerId", password_hash as hash from sign_ins where address = $1',
    [address.trim().toLowerCase().replaceAll('\0', '')],
  )
  return rows[0] ?? null
}

/** Whose session it is, or why it is nobody's: there is none, or the marketplace ended it and sign-in is still shut. */
export async function findSession(
  db: Database,
  token: string,
  now: Date,
): Promise<SignedIn | 'none' | 'shut'> {
  const { rows } = await db.query<
    Seller & { isEnded: boolean; sessionId: string; device: string; country: string | null }
  >(
    `select ${sellerColumns}, x.ended_at is not null as "isEnded", left(x.token_hash, 16) as "sessionId",
       x.device, x.country
     from sessions x join sellers s on s.id = x.seller_id
     where x.token_hash = $1 and x.expires_at > $2`,
    [hashOf(token), now],
  )
  const [row] = rows
  if (!row) return 'none'
  const { isEnded, device, country, ...seller } = row
  if (!seller.maySignIn) return 'shut'
  return isEnded ? 'none' : { ...seller, by: { device, country } }
}

/** The sessions of a seller that are good now, the newest first. */
export async function listSessions(
  db: Database,
  sellerId: string,
  now: Date,
): Promise<SessionLine[]> {
  const { rows } = await db.query<SessionLine>(
    `select left(token_hash, 16) as id, agent, country, started_at as "startedAt"
     from sessions
     where seller_id = $1 and ended_at is null and expires_at > $2
     order by started_at desc
     limit 50`,
    [sellerId, now],
  )
  return rows
}

/** Ends every session of a seller, but for one where it is named; answers how many were good until now. */
export async function endSessions(
  tx: Asker,
  { sellerId, except = '' }: { sellerId: string; except?: string },
  now: Date,
): Promise<number> {
  const { rows } = await tx.query<{ isGood: boolean }>(
    `update sessions set ended_at = $2
     where seller_id = $1 and ended_at is null and left(token_hash, 16) <> $3
     returning expires_at > $2 as "isGood"`,
    [sellerId, now, except],
  )
  return rows.filter(({ isGood }) => isGood).length
}

/** Ends a session. */
export async function signOut(db: Database, token: string): Promise<void> {
  await db.query('delete from sessions where token_hash = $1', [hashOf(token)])
}

// The token is 256 random bits: there is nothing to guess, so a plain hash keeps it.
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
