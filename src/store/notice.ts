/** A notice in the database: what it says, whom it reached, and the delivery that carries it. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { isFilled, type NoticeBody, type NoticeKind } from '../core/notice.ts'
import { json, type Tx } from './db.ts'
import { queueDelivery, type Turn } from './delivery.ts'

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
  /** Where it stands among all notices, in the order in which they were written. */
  place: number
  attemptedAt: Date | null
  sentAt: Date | null
  lastError: string | null
}

/**
 * Writes a notice down and makes its delivery due when it is released. Every notice comes through here, so this is the
 * gate: one whose words lack a value is a bug, and is never sent.
 */
export async function insertNotice(tx: Tx, notice: NewNotice): Promise<void> {
  if (!isFilled(notice))
    throw new Error(`store notice ${notice.id} (${notice.kind}): its words lack a value`)
  const releaseAt = await releaseOf(tx, notice)
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
      state: releaseAt > notice.createdAt ? 'held' : 'queued',
      created_at: notice.createdAt,
      in_reply_to: notice.inReplyTo ?? null,
    })
    .execute()
  // Said by the sequence: not everybody who may write a notice may read it.
  await queueNotice(tx, { ...notice, place: sql<number>`currval('notices_place')` }, releaseAt)
}

/** What a seller is told of a measure comes after its statement: while that is held back, so is this. */
async function releaseOf(
  tx: Tx,
  { kind, sellerId, decisionId, releaseAt }: NewNotice,
): Promise<Date> {
  if (sellerId === null || decisionId === null || kind === 'statement') return releaseAt
  const held = await tx
    .selectFrom('notices')
    .innerJoin('deliveries', (due) =>
      due.onRef('deliveries.ref', '=', 'notices.id').on('deliveries.kind', '=', 'notice'),
    )
    .select('deliveries.due_at')
    .where('notices.decision_id', '=', decisionId)
    .where('notices.kind', '=', 'statement')
    .where('notices.state', '=', 'held')
    .executeTakeFirst()
  return held && held.due_at > releaseAt ? held.due_at : releaseAt
}

/** Makes a notice due at the addresses that there will be, in its turn among its seller's. */
export async function queueNotice(
  tx: Tx,
  notice: Pick<Notice, 'id' | 'sellerId' | 'address'> & Pick<Turn, 'place'>,
  dueAt: Date,
): Promise<void> {
  const { id, sellerId, address, place } = notice
  const line = address === null ? lineOf('seller', sellerId ?? '') : lineOfAddress(address)
  await queueDelivery(tx, { kind: 'notice', ref: id, dueAt, turn: { line, place } })
}

/** In one line stand the mails to one address, whoever has it; in another what must find its seller's addresses first. */
const lineOfAddress = (address: string): string => lineOf('address', address.toLowerCase())

/** Not in plain words: a row that says what is due names nobody. */
function lineOf(kind: 'seller' | 'address', whose: string): string {
  return createHash('sha256').update(`${kind} ${whose}`).digest('base64url').slice(0, 22)
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

/** Queues again what waits for this seller to have a contact, and at once what is still being tried at the others. */
export async function wakeWaitingNotices(tx: Tx, sellerId: string, now: Date): Promise<void> {
  await lockContacts(tx, sellerId)
  const trying = await tx
    .selectFrom('notices')
    .select(['id', 'place'])
    .where('seller_id', '=', sellerId)
    .where('address', 'is', null)
    .where('state', '=', 'queued')
    .where('attempted_at', 'is not', null)
    .execute()
  const woken = await tx
    .updateTable('notices')
    .set({ state: 'queued' })
    .where('seller_id', '=', sellerId)
    .where('state', '=', 'waiting')
    .returning(['id', 'place'])
    .execute()
  for (const { id, place } of [...trying, ...woken])
    await queueNotice(tx, { id, sellerId, address: null, place: place ?? 0 }, now)
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
  { id, place }: Pick<Notice, 'id' | 'place'>,
  contacts: { id: string; address: string }[],
  now: Date,
): Promise<void> {
  const addresses = new Set<string>()
  for (const contact of contacts) {
    const address = contact.address.toLowerCase()
    if (addresses.has(address)) continue
    addresses.add(address)
    await queueDelivery(tx, {
      kind: 'notice',
      ref: refOfContact(id, contact.id),
      dueAt: now,
      turn: { line: lineOfAddress(address), place },
    })
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
    // What had gone out before there were places stands before all.
    place: row.place ?? 0,
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

/** Whether some address of this notice's seller is still to be tried; members' are none. */
export async function hasDeliveries(tx: Tx, noticeId: string): Promise<boolean> {
  const { rows } = await sql`
    select from deliveries
    where kind = 'notice'
      and (ref = ${noticeId} or starts_with(ref, ${noticeId + ' '}))
      and not starts_with(ref, ${refOfMember(noticeId, '')})
    limit 1`.execute(tx)
  return rows.length > 0
}

/** The delivery of a notice to one contact. */
function refOfContact(noticeId: string, contactId: string): string {
  return `${noticeId} ${contactId}`
}

/** The same to a member. Contact ids are the marketplace's own, and hold no control character. */
function refOfMember(noticeId: string, memberId: string): string {
  return `${noticeId} \t${memberId}`
}

/** For whom a delivery of a notice is: one contact, one member, or nobody yet. */
export function addresseeOf(ref: string): {
  noticeId: string
  contactId: string | null
  memberId: string | null
} {
  const space = ref.indexOf(' ')
  if (space < 0) return { noticeId: ref, contactId: null, memberId: null }
  const [noticeId, to] = [ref.slice(0, space), ref.slice(space + 1)]
  return to.startsWith('\t')
    ? { noticeId, contactId: null, memberId: to.slice(1) }
    : { noticeId, contactId: to, memberId: null }
}

/** Makes a delivery to each member due. */
export async function queueToMembers(
  tx: Tx,
  { id, place }: Pick<Notice, 'id' | 'place'>,
  members: readonly { id: string; email: string }[],
  now: Date,
): Promise<void> {
  for (const member of members)
    await queueDelivery(tx, {
      kind: 'notice',
      ref: refOfMember(id, member.id),
      dueAt: now,
      turn: { line: lineOfAddress(member.email), place },
    })
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

/** A notice that was not held back, as its readers see what became of it. */
export interface SentNotice extends Pick<
  Notice,
  'id' | 'kind' | 'sellerId' | 'address' | 'subject' | 'createdAt' | 'sentAt' | 'lastError'
> {
  state: Exclude<NoticeState, 'held' | 'cancelled'>
  /** When it goes out next; null where nothing is left to try. */
  nextAt: Date | null
}

/** How many notices of one matter are shown, the newest. */
const mostShown = 50

/** The notices about a decision or in a case that went out or are going out, the newest first. */
export async function sentNotices(
  tx: Tx,
  about: { decisionId: string } | { caseId: string },
): Promise<SentNotice[]> {
  const [column, id] =
    'caseId' in about
      ? (['case_id', about.caseId] as const)
      : (['decision_id', about.decisionId] as const)
  const rows = await tx
    .selectFrom('notices')
    .select([
      'id',
      'kind',
      'seller_id as sellerId',
      'address',
      'subject',
      'state',
      'created_at as createdAt',
      'sent_at as sentAt',
      'last_error as lastError',
      sql<Date | null>`(select min(d.due_at) from deliveries d
        where d.kind = 'notice' and (d.ref = notices.id or starts_with(d.ref, notices.id || ' ')))`.as(
        'nextAt',
      ),
    ])
    .where(column, '=', id)
    .where('state', 'not in', ['held', 'cancelled'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(mostShown)
    .execute()
  return rows.map((row) => ({
    ...row,
    kind: row.kind as NoticeKind, // only insertNotice writes this column
    state: row.state as SentNotice['state'], // the query leaves the others out
  }))
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
