/** A mail is what the bazaar itself writes to a seller. The demo has no mail server: it shows them on a page of its own. */
import type { Asker, Database } from './database.ts'

export interface Mail {
  to: string
  subject: string
  words: string
}

/** Writes a mail down in the transaction of what it is about. */
export async function enterMail(tx: Asker, { to, subject, words }: Mail, now: Date): Promise<void> {
  await tx.query('insert into mails (address, subject, words, at) values ($1, $2, $3, $4)', [
    to,
    subject,
    words,
    now,
  ])
}

/** The last mails, the newest first. */
export async function listMails(db: Database): Promise<(Mail & { at: Date })[]> {
  const { rows } = await db.query<Mail & { at: Date }>(
    'select address as "to", subject, words, at from mails order by place desc limit 50',
  )
  return rows
}
