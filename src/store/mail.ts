/** Mails in the database: each message once, the addresses it came to, and what became of it. */
import { sql, type Selectable } from 'kysely'
import type { Authentication, HeldReason } from '../core/mail.ts'
import { json, type Tx } from './db.ts'
import { insertFile } from './file.ts'
import type { Tables } from './tables.ts'

export interface MailRecipient {
  address: string
  channel: string | null
  tag: string
}

export interface NewMail {
  id: string
  key: string
  rawFileId: string
  raw: Buffer
  sha256: string
  door: 'smtp' | 'hook'
  envelopeFrom: string
  clientIp: string | null
  helo: string | null
  arrivedAt: Date
  recipients: MailRecipient[]
}

/**
 * Keeps a message as it came; one that is here already is not kept twice, and each address it came to is.
 * Answers whether anything of it was new.
 */
export async function insertMail(tx: Tx, mail: NewMail): Promise<boolean> {
  // The same message may come by two ways in the same moment.
  await sql`select pg_advisory_xact_lock(hashtextextended(${mail.key}, 0))`.execute(tx)
  const held = await tx
    .selectFrom('mails')
    .select('id')
    .where('key', '=', mail.key)
    .executeTakeFirst()
  if (!held) {
    await insertFile(tx, {
      id: mail.rawFileId,
      sellerId: null,
      caseId: null,
      name: 'message.eml',
      mediaType: 'message/rfc822',
      size: mail.raw.length,
      receivedAt: mail.arrivedAt,
      bytes: mail.raw,
      sha256: mail.sha256,
    })
    await tx
      .insertInto('mails')
      .values({
        id: mail.id,
        key: mail.key,
        raw_file_id: mail.rawFileId,
        door: mail.door,
        envelope_from: mail.envelopeFrom,
        client_ip: mail.clientIp,
        helo: mail.helo,
        arrived_at: mail.arrivedAt,
        state: 'arrived',
      })
      .execute()
  }
  let isNew = !held
  for (const { address, channel, tag } of mail.recipients) {
    const done = await tx
      .insertInto('mail_entries')
      .values({
        mail_id: held?.id ?? mail.id,
        recipient: address,
        channel,
        tag,
        at: mail.arrivedAt,
      })
      .onConflict((conflict) => conflict.columns(['mail_id', 'recipient']).doNothing())
      .executeTakeFirst()
    isNew ||= Number(done.numInsertedOrUpdatedRows ?? 0) > 0
  }
  return isNew
}

export interface MailEntry {
  recipient: string
  channel: string | null
  tag: string
  at: Date
  joinedAt: Date | null
}

export interface Mail {
  id: string
  number: number
  rawFileId: string
  envelopeFrom: string
  clientIp: string | null
  helo: string | null
  arrivedAt: Date
  state: Tables['mails']['state']
  attempts: number
  fromAddress: string | null
  subject: string | null
  messageId: string | null
  words: string | null
  authentication: Authentication | null
  fileIds: string[]
  /** What it brought that was not taken apart, in words. */
  leftIn: string[]
  sellerId: string | null
  caseId: string | null
  heldBecause: HeldReason | null
  dueAt: Date | null
  overdueSince: Date | null
  settledBy: string | null
  settledAt: Date | null
  settlement: string | null
  /** The first first. */
  entries: MailEntry[]
}

/** The mail that has waited longest to be looked at, or for another address of its to be joined to it; null for none. */
export async function nextMail(tx: Tx): Promise<Pick<Mail, 'id' | 'attempts'> | null> {
  const { rows } = await sql<{ id: string; attempts: number }>`
    select m.id, m.attempts
    from mail_entries e
    join mails m on m.id = e.mail_id
    where e.joined_at is null
    order by m.attempts, e.at
    limit 1`.execute(tx)
  return rows[0] ?? null
}

/** One mail, locked until the transaction ends; null where another has it, or behind this wall there is none. */
export async function lockMail(tx: Tx, id: string): Promise<Mail | null> {
  const row = await tx
    .selectFrom('mails')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  const [mail] = await withEntries(tx, [row])
  return mail ?? null
}

/** One mail as it is. */
export async function readMail(tx: Tx, id: string): Promise<Mail | null> {
  const row = await tx.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const [mail] = await withEntries(tx, [row])
  return mail ?? null
}

/** What waits for a person, the first due first; at most 200. */
export async function heldMails(tx: Tx): Promise<Mail[]> {
  const rows = await tx
    .selectFrom('mails')
    .selectAll()
    .where('state', '=', 'held')
    .orderBy('due_at')
    .orderBy('number')
    .limit(200)
    .execute()
  return withEntries(tx, rows)
}

/** What a person settled last, the latest first. */
export async function settledMails(tx: Tx, most: number): Promise<Mail[]> {
  const rows = await tx
    .selectFrom('mails')
    .selectAll()
    .where('state', '=', 'settled')
    .orderBy('settled_at', 'desc')
    .limit(most)
    .execute()
  return withEntries(tx, rows)
}

/** How many of each kind were kept of what nobody has to answer. */
export async function countMails(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx
    .selectFrom('mails')
    .select((select) => ['state' as const, select.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** What was read of a mail, and what became of it. */
export interface MailChange {
  state?: Mail['state']
  attempts?: number
  fromAddress?: string | null
  subject?: string
  messageId?: string | null
  words?: string
  authentication?: Authentication
  fileIds?: string[]
  leftIn?: string[]
  sellerId?: string | null
  caseId?: string | null
  noticeId?: string | null
  heldBecause?: HeldReason
  dueAt?: Date | null
  overdueSince?: Date
  settledBy?: string
  settledAt?: Date
  settlement?: string
}

/** Writes down what changed of a mail that this transaction locked. */
export async function saveMail(tx: Tx, id: string, change: MailChange): Promise<void> {
  const columns = {
    state: change.state,
    attempts: change.attempts,
    from_address: change.fromAddress,
    subject: change.subject,
    message_id: change.messageId,
    words: change.words,
    authentication: change.authentication && json(change.authentication),
    file_ids: change.fileIds && json(change.fileIds),
    left_in: change.leftIn && json(change.leftIn),
    seller_id: change.sellerId,
    case_id: change.caseId,
    notice_id: change.noticeId,
    held_because: change.heldBecause,
    due_at: change.dueAt,
    overdue_since: change.overdueSince,
    settled_by: change.settledBy,
    settled_at: change.settledAt,
    settlement: change.settlement,
  }
  const told = Object.entries(columns).filter(([, value]) => value !== undefined)
  await tx.updateTable('mails').set(Object.fromEntries(told)).where('id', '=', id).execute()
}

/** From now on every address that it came to has what became of it. */
export async function joinEntries(tx: Tx, mailId: string, at: Date): Promise<void> {
  await tx
    .updateTable('mail_entries')
    .set({ joined_at: at })
    .where('mail_id', '=', mailId)
    .where('joined_at', 'is', null)
    .execute()
}

/** How many receipts went to an address since then: two machines must not answer one another for ever. */
export async function receiptsSince(tx: Tx, address: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('notices')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('address', '=', address)
    .where('kind', 'in', ['mail-held', 'mail-settled'])
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  return row.count
}

async function withEntries(tx: Tx, rows: Selectable<Tables['mails']>[]): Promise<Mail[]> {
  if (rows.length === 0) return []
  const entries = await tx
    .selectFrom('mail_entries')
    .selectAll()
    .where(
      'mail_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('recipient')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    rawFileId: row.raw_file_id,
    envelopeFrom: row.envelope_from,
    clientIp: row.client_ip,
    helo: row.helo,
    arrivedAt: row.arrived_at,
    state: row.state,
    attempts: row.attempts,
    fromAddress: row.from_address,
    subject: row.subject,
    messageId: row.message_id,
    words: row.words,
    authentication: row.authentication,
    fileIds: row.file_ids,
    leftIn: row.left_in,
    sellerId: row.seller_id,
    caseId: row.case_id,
    // Only saveMail writes this column.
    heldBecause: row.held_because as HeldReason | null,
    dueAt: row.due_at,
    overdueSince: row.overdue_since,
    settledBy: row.settled_by,
    settledAt: row.settled_at,
    settlement: row.settlement,
    entries: entries
      .filter(({ mail_id }) => mail_id === row.id)
      .map(({ recipient, channel, tag, at, joined_at: joinedAt }) => ({
        recipient,
        channel,
        tag,
        at,
        joinedAt,
      })),
  }))
}
