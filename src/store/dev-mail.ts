/** The built-in mailbox: mail of the demo, kept instead of sent. Development only. */
import type { Tx } from './db.ts'

export interface DevMail {
  at: Date
  address: string
  subject: string
  text: string
  html: string
}

/** Puts a mail into the built-in mailbox. */
export async function keepDevMail(tx: Tx, mail: DevMail): Promise<void> {
  await tx.insertInto('dev_mails').values(mail).execute()
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
  return query.execute()
}
