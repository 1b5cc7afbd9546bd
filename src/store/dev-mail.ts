/** The built-in mailbox: mail of the demo, kept instead of sent. Development only. */
import type { Tx } from './db.ts'

export interface DevMail {
  at: Date
  address: string
  subject: string
  text: string
  html: string
  /** Where an answer goes; absent where none is taken. */
  replyTo?: string | null
  /** What it brought; null for nothing. */
  attached?: { name: string; bytes: Buffer } | null
}

/** A mail in the built-in mailbox; what it brought is read by itself. */
export type KeptMail = Omit<DevMail, 'attached' | 'replyTo'> & {
  id: string
  replyTo: string | null
  attachedName: string | null
}

/** Puts a mail into the built-in mailbox. */
export async function keepDevMail(
  tx: Tx,
  { at, address, subject, text, html, replyTo, attached }: DevMail,
): Promise<void> {
  await tx
    .insertInto('dev_mails')
    .values({
      at,
      address,
      subject,
      text,
      html,
      reply_to: replyTo ?? null,
      attached_name: attached?.name ?? null,
      attached: attached?.bytes ?? null,
    })
    .execute()
}

/** Reads the built-in mailbox, newest first; all of it or what went to one address. */
export async function readDevMails(
  tx: Tx,
  { address, limit = 200 }: { address?: string; limit?: number } = {},
): Promise<KeptMail[]> {
  let query = tx
    .selectFrom('dev_mails')
    .select(['id', 'at', 'address', 'subject', 'text', 'html'])
    .select(['reply_to as replyTo', 'attached_name as attachedName'])
    .orderBy('id', 'desc')
    .limit(limit)
  if (address !== undefined)
    query = query.where((where) =>
      where(where.fn('lower', ['address']), '=', address.toLowerCase()),
    )
  return query.execute()
}

/** What a mail of the built-in mailbox brought, or null. */
export async function readDevAttachment(tx: Tx, id: string): Promise<DevMail['attached']> {
  const row = await tx
    .selectFrom('dev_mails')
    .select(['attached_name', 'attached'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.attached_name === null || row.attached === null) return null
  return { name: row.attached_name, bytes: row.attached }
}
