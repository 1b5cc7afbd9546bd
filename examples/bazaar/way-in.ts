/** A way in is how a seller signs in: an address and a password. A new one is chosen by a link that is good once. */
import { createHash, randomBytes } from 'node:crypto'
import { recordChange } from './change.ts'
import { transact, type Asker, type Database } from './database.ts'
import { enterMail } from './mail.ts'
import { hashPassword, isPassword } from './password.ts'
import type { By } from './security-event.ts'
import { endSessions } from './session.ts'

export const shortestPassword = 8
const linkDays = 3

/** With which address a seller signs in; null where it was never given one. */
export async function readWayIn(db: Asker, sellerId: string): Promise<string | null> {
  const { rows } = await db.query<{ address: string }>(
    'select address from sign_ins where seller_id = $1',
    [sellerId],
  )
  return rows[0]?.address ?? null
}

export type WayInChanged = 'changed' | 'wrong-password' | 'taken'

/** Changes address or password for who knows the password; every other session ends. */
export async function changeWayIn(
  db: Database,
  wanted: {
    sellerId: string
    sessionId: string
    by: By
    password: string
    address: string
    newPassword: string | null
  },
  now: Date,
): Promise<WayInChanged> {
  const { sellerId, sessionId, by, newPassword } = wanted
  const address = wanted.address.toLowerCase()
  const newHash = newPassword === null ? null : await hashPassword(newPassword)
  return transact(db, async (tx) => {
    const { rows } = await tx.query<{ address: string; hash: string }>(
      'select address, password_hash as hash from sign_ins where seller_id = $1 for update',
      [sellerId],
    )
    const [held] = rows
    if (!held || !(await isPassword(wanted.password, held.hash))) return 'wrong-password'
    if (address !== held.address && (await isTaken(tx, address, sellerId))) return 'taken'
    await tx.query('update sign_ins set address = $2, password_hash = $3 where seller_id = $1', [
      sellerId,
      address,
      newHash ?? held.hash,
    ])
    const who = { sellerId, by }
    if (address !== held.address)
      await recordChange(
        tx,
        {
          kind: 'sign-in',
          subjectId: 'address',
          before: { address: held.address },
          after: { address },
        },
        who,
        now,
      )
    if (newHash !== null)
      await recordChange(
        tx,
        { kind: 'sign-in', subjectId: 'password', before: null, after: null },
        who,
        now,
      )
    await endSessions(tx, { sellerId, except: sessionId }, now)
    return 'changed'
  })
}

/**
 * Shuts every old way in and sends a link for a new one to an address; false where that address is another seller's.
 * There is no password until somebody chooses one by that link.
 */
export async function resetWayIn(
  tx: Asker,
  { sellerId, shopUrl, ...to }: { sellerId: string; address: string; shopUrl: string },
  now: Date,
): Promise<boolean> {
  const address = to.address.toLowerCase()
  await tx.query('select from sellers where id = $1 for no key update', [sellerId])
  if (await isTaken(tx, address, sellerId)) return false
  await tx.query('delete from sign_ins where seller_id = $1', [sellerId])
  // No password has an empty hash, so nobody comes in by it.
  await tx.query(`insert into sign_ins (address, seller_id, password_hash) values ($1, $2, '')`, [
    address,
    sellerId,
  ])
  await endSessions(tx, { sellerId }, now)
  await tx.query('delete from way_in_links where seller_id = $1', [sellerId])
  const token = randomBytes(32).toString('base64url')
  await tx.query(
    'insert into way_in_links (token_hash, seller_id, expires_at) values ($1, $2, $3)',
    [hashOf(token), sellerId, new Date(now.getTime() + linkDays * 86_400_000)],
  )
  await enterMail(
    tx,
    {
      to: to.address,
      subject: 'Choose a new password for your shop',
      words: `Your shop in the bazaar was given back to you. Every old password and every session has ended.\n\nChoose a new password here. The link is good once, for three days:\n${shopUrl}/seller/way-in/${token}`,
    },
    now,
  )
  return true
}

/** The address for which a link is good now; null where it is not, or not any more. */
export async function findWayInLink(
  db: Database,
  token: string,
  now: Date,
): Promise<string | null> {
  const { rows } = await db.query<{ address: string }>(
    `select i.address from way_in_links l join sign_ins i on i.seller_id = l.seller_id
     where l.token_hash = $1 and l.expires_at > $2`,
    [hashOf(token), now],
  )
  return rows[0]?.address ?? null
}

/** Takes the new password, and the link with it; false where the link is not good, or not any more. */
export async function useWayInLink(
  db: Database,
  { token, password }: { token: string; password: string },
  now: Date,
): Promise<boolean> {
  const hash = await hashPassword(password)
  return transact(db, async (tx) => {
    const { rows } = await tx.query<{ sellerId: string }>(
      `delete from way_in_links where token_hash = $1 and expires_at > $2
       returning seller_id as "sellerId"`,
      [hashOf(token), now],
    )
    const [link] = rows
    if (!link) return false
    await tx.query('update sign_ins set password_hash = $2 where seller_id = $1', [
      link.sellerId,
      hash,
    ])
    await endSessions(tx, { sellerId: link.sellerId }, now)
    return true
  })
}

async function isTaken(tx: Asker, address: string, sellerId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from sign_ins where address = $1 and seller_id <> $2',
    [address, sellerId],
  )
  return rowCount !== 0
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
