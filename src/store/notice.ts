/** A notice in the database: what it says, whom it reached, and the delivery that carries it. */
import { sql } from 'kysely'
import type { NoticeBody, NoticeKind } from '../core/notice.ts'
import { json, type Tx } from './db.ts'
import { queueDelivery } from './delivery.ts'

export interface NewNotice {
  id: string
  /** Null for a notice to the marketplace's own officer, who has an `address` instead. */
  sellerId: string | null
  kind: NoticeKind
  decisionId: string | null
  caseId: string | null
  address: string | null
  subject: string
  body: NoticeBody
  /** Until then it is held back and can still be cancelled. */
  releaseAt: Date
  createdAt: Date
  /** The id of the message that it answers; absent where it answers none. */
  inReplyTo?: string | null
}

export type NoticeState = 'held' | 'queued' | 'waiting' | 'sent' | 'cancelled'

export interface Notice extends Omit<NewNotice, 'releaseAt'> {
  inReplyTo: string | null
  state: NoticeState
  attemptedAt: Date | null
  sentAt: Date | null
  lastError: string | null
}

/** Writes a notice down and makes its delivery due when it is released. */
export async function insertNotice(tx: Tx, notice: NewNotice): Promise<void> {
  await tx
    .insertInto('notices')
    .values({
      id: notice.id,
      seller_id: notice.sellerId,
      kind: notice.kind,
      decision_id: notice.decisionId,
      case_id: notice.caseId,
      address: notice.address,
      subject: notice.subject,
      body: json(notice.body),
      state: notice.releaseAt > notice.createdAt ? 'held' : 'queued',
      created_at: notice.createdAt,
      in_reply_to: notice.inReplyTo ?? null,
    })
    .execute()
  await queueDelivery(tx, { kind: 'notice', ref: notice.id, dueAt: notice.releaseAt })
}

/** Cancels what is still held back about a decision: undoing it, the seller never hears of it. */
export async function cancelNotices(tx: Tx, decisionId: string): Promise<void> {
  const held = await tx
    .selectFrom('notices')
    .select('id')
    .where('decision_id', '=', decisionId)
    .where('state', '=', 'held')
    .execute()
  const ids = held.map((notice) => notice.id)
  if (ids.length === 0) return
  // Deliveries first, as a carrier locks them: of the two, one finds the other's work done.
  await tx.deleteFrom('deliveries').where('kind', '=', 'notice').where('ref', 'in', ids).execute()
  await tx
    .updateTable('notices')
    .set({ state: 'cancelled' })
    .where('id', 'in', ids)
    .where('state', '=', 'held')
    .execute()
}

/** Queues again what waits for this seller to have a contact. */
export async function wakeWaitingNotices(tx: Tx, sellerId: string, now: Date): Promise<void> {
  await lockContacts(tx, sellerId)
  const woken = await tx
    .updateTable('notices')
    .set({ state: 'queued' })
    .where('seller_id', '=', sellerId)
    .where('state', '=', 'waiting')
    .returning('id')
    .execute()
  for (const notice of woken)
    await queueDelivery(tx, { kind: 'notice', ref: notice.id, dueAt: now })
}

/** The addresses at which a seller can be reached now, and those that were removed since then. */
export async function knownContacts(
  tx: Tx,
  sellerId: string,
  { removedSince }: { removedSince?: Date } = {},
): Promise<{ id: string; address: string }[]> {
  return tx
    .selectFrom('contacts')
    .select(['id', 'address'])
    .where('seller_id', '=', sellerId)
    .where((contact) =>
      contact.or([
        contact('removed_at', 'is', null),
        ...(removedSince ? [contact('removed_at', '>=', removedSince)] : []),
      ]),
    )
    .orderBy('id')
    .execute()
}

/** Keeps carriers off a notice's deliveries until the transaction ends: taken before the notice, as a carrier does. */
export async function holdDeliveries(tx: Tx, noticeId: string): Promise<void> {
  await sql`
    select from deliveries
    where kind = 'notice'
      and (ref = ${noticeId} or starts_with(ref, ${noticeId + ' '}))
    order by ref
    for update`.execute(tx)
}

/** Makes one delivery per address due, however many contacts share it. */
export async function queueToContacts(
  tx: Tx,
  noticeId: string,
  contacts: { id: string; address: string }[],
  now: Date,
): Promise<void> {
  const addresses = new Set<string>()
  for (const contact of contacts) {
    const address = contact.address.toLowerCase()
    if (addresses.has(address)) continue
    addresses.add(address)
    await queueDelivery(tx, { kind: 'notice', ref: `${noticeId} ${contact.id}`, dueAt: now })
  }
}

/** Holds the seller's row, so that a notice is not put to wait in the moment in which a contact becomes known. */
export async function lockContacts(tx: Tx, sellerId: string): Promise<void> {
  await tx.selectFrom('sellers').select('id').where('id', '=', sellerId).forNoKeyUpdate().execute()
}

/** Reads a notice and keeps others from changing it until the transaction ends. */
export async function lockNotice(tx: Tx, id: string): Promise<Notice | null> {
  const row = await tx
    .selectFrom('notices')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    sellerId: row.seller_id,
    // Only insertNotice writes this column.
    kind: row.kind as NoticeKind,
    decisionId: row.decision_id,
    caseId: row.case_id,
    address: row.address,
    subject: row.subject,
    body: row.body,
    state: row.state,
    createdAt: row.created_at,
    attemptedAt: row.attempted_at,
    sentAt: row.sent_at,
    lastError: row.last_error,
    inReplyTo: row.in_reply_to,
  }
}

/** What came of carrying a notice. */
export async function saveNotice(
  tx: Tx,
  id: string,
  changes: {
    state?: NoticeState
    attemptedAt?: Date
    sentAt?: Date | null
    lastError?: string | null
  },
): Promise<void> {
  const { state, attemptedAt, sentAt, lastError } = changes
  await tx
    .updateTable('notices')
    .set({
      ...(state === undefined ? {} : { state }),
      ...(attemptedAt === undefined ? {} : { attempted_at: attemptedAt }),
      ...(sentAt === undefined ? {} : { sent_at: sentAt }),
      ...(lastError === undefined ? {} : { last_error: lastError }),
    })
    .where('id', '=', id)
    .execute()
}

/** Whether some address of this notice is still to be tried. */
export async function hasDeliveries(tx: Tx, noticeId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('deliveries')
    .select('ref')
    .where('kind', '=', 'notice')
    .where((where) =>
      where.or([
        where('ref', '=', noticeId),
        where(sql<boolean>`starts_with(ref, ${noticeId + ' '})`, '=', true),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Writes down, once, when the seller was told of a decision or saw its statement: the appeal window runs from here. */
export async function informSeller(tx: Tx, decisionId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('statements')
    .set({ informed_at: at })
    .where('decision_id', '=', decisionId)
    .where('informed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Whether the seller has been sent a notice of a kind about a decision since then. */
export async function wasNoticed(
  tx: Tx,
  kind: NoticeKind,
  decisionId: string,
  since: Date,
): Promise<boolean> {
  const row = await tx
    .selectFrom('notices')
    .select('id')
    .where('decision_id', '=', decisionId)
    .where('kind', '=', kind)
    .where('seller_id', 'is not', null)
    .where('created_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What has reached nobody of this seller yet, oldest first; at most ten. */
export async function unsentNotices(
  tx: Tx,
  sellerId: string,
): Promise<{ subject: string; createdAt: Date }[]> {
  return (
    tx
      .selectFrom('notices')
      .select(['subject', 'created_at as createdAt'])
      .where('seller_id', '=', sellerId)
      // Those with an address of their own go to witnesses and not to the seller.
      .where('address', 'is', null)
      .where('state', 'in', ['held', 'queued', 'waiting'])
      .orderBy('created_at')
      .limit(10)
      .execute()
  )
}

/** Whether a removed address was told since then that its seller cannot be reached. */
export async function wasWitnessTold(
  tx: Tx,
  { sellerId, address, since }: { sellerId: string; address: string; since: Date },
): Promise<boolean> {
  const row = await tx
    .selectFrom('notices')
    .select('id')
    .where('seller_id', '=', sellerId)
    .where('kind', '=', 'unreached')
    .where('address', '=', address)
    .where('created_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
