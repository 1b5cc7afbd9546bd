/** A sending is one notice at one address: taken, refused, given back later, or to be tried again. */
import { sql, type Updateable } from 'kysely'
import type { SendingDates } from '../core/sending.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

export interface At {
  noticeId: string
  address: string
  /** Whether it is a member's address: what it takes tells the seller nothing. */
  isMember: boolean
  at: Date
}

export interface Sending extends SendingDates {
  /** Masked for whoever may not know it. */
  address: string
  isMember: boolean
  triedAt: Date
  /** What the mail server said where it did not take it. */
  diagnosis: string | null
}

/** Writes down that an address took a notice; one that had given it back took it again. */
export function recordSending(tx: Tx, { at, ...sending }: At): Promise<void> {
  const state = { accepted_at: at, bounced_at: null, diagnosis: null, next_at: null }
  return saveTry(tx, sending, { ...state, tried_at: at })
}

/** Writes down that an address did not take a notice: when it is tried again, or null where it refused it for good. */
export function recordRefusal(
  tx: Tx,
  { at, nextAt, diagnosis, ...sending }: At & { nextAt: Date | null; diagnosis: string },
): Promise<void> {
  return saveTry(tx, sending, {
    tried_at: at,
    next_at: nextAt,
    diagnosis: diagnosis.slice(0, 500),
    ...(nextAt === null ? { accepted_at: null, bounced_at: at } : {}),
  })
}

/** One row an address, with what is so after the last try and how many there were. */
async function saveTry(
  tx: Tx,
  { noticeId, address, isMember }: Omit<At, 'at'>,
  state: Updateable<Tables['sendings']> & { tried_at: Date },
): Promise<void> {
  await tx
    .insertInto('sendings')
    .values({
      notice_id: noticeId,
      address: address.toLowerCase(),
      is_member: isMember,
      accepted_at: null,
      bounced_at: null,
      ...state,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['notice_id', 'address'])
        .doUpdateSet({ ...state, tries: sql`sendings.tries + 1` }),
    )
    .execute()
}

/** The addresses that took a notice and have not given it back; a seller's contacts, or also members. */
export async function sendingsThatHold(
  tx: Tx,
  noticeId: string,
): Promise<{ address: string; isMember: boolean }[]> {
  return tx
    .selectFrom('sendings')
    .select(['address', 'is_member as isMember'])
    .where('notice_id', '=', noticeId)
    .where('accepted_at', 'is not', null)
    .where('bounced_at', 'is', null)
    .orderBy('address')
    .execute()
}

/** The addresses at which a notice was tried, whatever came of it. */
export async function addressesTried(tx: Tx, noticeId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('sendings')
    .select('address')
    .where('notice_id', '=', noticeId)
    .execute()
  return new Set(rows.map(({ address }) => address))
}

/** An address gave a notice back. */
export async function recordBounce(
  tx: Tx,
  {
    noticeId,
    address,
    at,
    diagnosis,
  }: { noticeId: string; address: string; at: Date; diagnosis: string },
): Promise<void> {
  await tx
    .updateTable('sendings')
    .set({ bounced_at: at, diagnosis })
    .where('notice_id', '=', noticeId)
    .where('address', '=', address)
    .where('bounced_at', 'is', null)
    .execute()
}

/** A statement that was told by mail alone, and whose mail came back, has told nobody: its window has not begun. */
export async function forgetInformed(tx: Tx, decisionId: string, sentAt: Date): Promise<void> {
  await sql`
    update statements set informed_at = null
    where decision_id = ${decisionId} and informed_at = ${sentAt}`.execute(tx)
}

/** What became of some notices at each address, by notice; whoever reads sees what the database lets them. */
export async function sendingsOf(
  tx: Tx,
  noticeIds: readonly string[],
): Promise<Map<string, Sending[]>> {
  const { rows } = await sql<Sending & { noticeId: string }>`
    select notice_id as "noticeId", address, is_member as "isMember", accepted_at as "acceptedAt",
      bounced_at as "bouncedAt", tried_at as "triedAt", next_at as "nextAt", diagnosis
    from sendings_of(${noticeIds}::text[])`.execute(tx)
  const byNotice = new Map<string, Sending[]>()
  for (const { noticeId, ...sending } of rows)
    byNotice.set(noticeId, [...(byNotice.get(noticeId) ?? []), sending])
  return byNotice
}
