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
}

/** Puts a mail into the built-in mailbox. */
export async function keepDevMail(
  tx: Tx,
  { at, address, subject, text, html, replyTo }: DevMail,
): Promise<void> {
  await tx
    .insertInto('dev_mails')
    .values({ at, address, subject, text, html, reply_to: replyTo ?? null })
    .execute()
}

/** Reads the built-in mailbox, newest first; all of it or what went to one address. */
export async function readDevMails(
  tx: Tx,
  { address, limit = 200 }: { address?: string; limit?: number } = {},
): Promise<(DevMail & { id: string })[]> {
  let query = tx.selectFrom('dev_mails').selectAll().orderBy('id', 'desc').limit(limit)
  if (address !== undefined)
    query = query.where((where) =>
      where(where.fn('lower', ['address']), '=', address.toLowerCase()),
    )
  const rows = await query.execute()
  return rows.map(({ reply_to: replyTo, ...mail }) => ({ ...mail, replyTo }))
}
