/** Mail comes in: a message is kept as it came, whole, before anybody is told that it was accepted. */
import { createHash } from 'node:crypto'
import { mailboxAt, type Mailbox } from '../core/mail-address.ts'
import { refuse } from '../core/refusal.ts'
import { transact, type Tx, type Wall } from '../store/db.ts'
import { insertMail, type MailRecipient } from '../store/mail.ts'
import { currentProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** What mail needs to know of this installation. */
export interface MailSetting {
  /** The domain of our addresses. */
  domain: string
  /** Signs the tags of addresses. */
  secret: string
  /** The host that the ids of our own messages are made under. */
  host: string
}

/** A message as it came to a door. */
export interface MailTaken {
  raw: Buffer
  envelopeFrom: string
  /** As the envelope names them. */
  to: readonly string[]
  clientIp: string | null
  helo: string | null
}

/** The largest message taken, in bytes. */
export const largestMail = 20 * 1024 * 1024

/** How many of our addresses one message may be to. */
export const mostRecipients = 20

/** Whether an address is one of ours, as the procedure in force has them. */
export function mailboxOf(
  app: App,
  { domain }: Pick<MailSetting, 'domain'>,
  address: string,
): Promise<Mailbox | null> {
  return transact(app.db, { nobody: true }, async (tx) => {
    const { procedure } = await currentProcedure(tx)
    return mailboxAt(address, { procedure, domain })
  })
}

/** Keeps a message that another mail server gave us. Answers whether it was new. */
export function takeMail(
  app: App,
  setting: MailSetting,
  taken: MailTaken,
): Promise<Result<{ isNew: boolean }>> {
  return keep(app, { inside: true }, setting, { ...taken, door: 'smtp' })
}

/** Keeps a message that the marketplace's own mail server took and hands on. */
export async function takeHandedMail(
  app: App,
  who: Who,
  setting: MailSetting,
  taken: MailTaken,
): Promise<Result<{ isNew: boolean }>> {
  const may = permit(app, who, 'mail.receive')
  if (!may.ok) return may
  return keep(app, may.wall, setting, { ...taken, door: 'hook' })
}

function keep(
  app: App,
  wall: Wall,
  { domain }: MailSetting,
  { raw, to, envelopeFrom, door, ...from }: MailTaken & { door: 'smtp' | 'hook' },
): Promise<Result<{ isNew: boolean }>> {
  return transact(app.db, wall, async (tx) => {
    if (raw.length > largestMail) return refuse('mail_too_large')
    if (raw.length === 0) return refuse('mail_without_address', 'The message is empty.')
    const recipients = await ours(tx, domain, to)
    if (recipients.length === 0) return refuse('mail_without_address')
    const isNew = await insertMail(tx, {
      id: app.newId('mai'),
      key: keyOf(raw),
      rawFileId: app.newId('fil'),
      raw,
      sha256: createHash('sha256').update(raw).digest('hex'),
      door,
      envelopeFrom: envelopeFrom.toLowerCase().slice(0, 320),
      ...from,
      arrivedAt: app.now(),
      recipients,
    })
    return done({ isNew })
  })
}

async function ours(tx: Tx, domain: string, to: readonly string[]): Promise<MailRecipient[]> {
  const { procedure } = await currentProcedure(tx)
  const found = new Map<string, MailRecipient>()
  for (const given of to.slice(0, mostRecipients)) {
    const address = given.toLowerCase()
    const mailbox = mailboxAt(address, { procedure, domain })
    if (mailbox !== null) found.set(address, { address, ...mailbox })
  }
  return [...found.values()]
}

/**
 * What makes two messages the same: what its sender wrote, and not what servers on its way wrote above it. So a
 * message that is sent again after a broken connection, or comes by two ways, is one.
 */
function keyOf(raw: Buffer): string {
  const { head, body } = split(raw)
  const hash = createHash('sha256')
  for (const name of ['message-id', 'from', 'date', 'subject'])
    hash.update(`${name}:${headerIn(head, name)}\n`)
  return hash.update(body).digest('hex')
}

/** How much of a message may be its head. */
const longestHead = 512 * 1024

function split(raw: Buffer): { head: string; body: Buffer } {
  const ends = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')].filter((at) => at >= 0)
  const end = ends.length === 0 ? raw.length : Math.min(...ends)
  return { head: raw.toString('latin1', 0, Math.min(end, longestHead)), body: raw.subarray(end) }
}

function headerIn(head: string, name: string): string {
  const lines = head.split(/\r\n|\n|\r/)
  const at = lines.findIndex((line) => line.slice(0, name.length + 1).toLowerCase() === `${name}:`)
  if (at < 0) return ''
  const rest = lines.slice(at + 1)
  const folded = rest.findIndex((line) => !/^[ \t]/.test(line))
  return [
    lines[at]?.slice(name.length + 1) ?? '',
    ...rest.slice(0, folded < 0 ? undefined : folded),
  ]
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
