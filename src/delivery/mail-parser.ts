/** Takes a message apart: who, what and which files, within limits that no message can stretch. Archives are never opened. */
import { createHash } from 'node:crypto'
import PostalMime, { addressParser, type Address, type Attachment, type Email } from 'postal-mime'
import type { ReadMail, Report } from '../core/mail.ts'
import { lineOf, wordsOf } from '../core/mail-words.ts'
import { cleanName, shownTypeOf } from '../operations/file-type.ts'
import type { MailReading } from '../operations/mail-filing.ts'

/** A message taken apart; who sent it is found out elsewhere. */
export type ParsedMail = Omit<MailReading, 'authentication'>

const limits = {
  maxNestingDepth: 30,
  maxHeadersSize: 1024 * 1024,
  maxRfc822NestingDepth: 3,
}
/** How many files of one message are kept apart; all stay in the message. */
const mostFiles = 20
const largestFile = 10 * 1024 * 1024
const mostAddresses = 20

/** Takes it apart, or throws where it is no message or goes beyond a limit. */
export async function parseMail(
  raw: Uint8Array,
  { envelopeFrom, host }: { envelopeFrom: string; host: string },
): Promise<ParsedMail> {
  const email = await PostalMime.parse(raw, limits)
  const headers = headersOf(email)
  const reports = email.attachments.filter(({ mimeType }) => isReport(mimeType))
  const contentType = headers['content-type'] ?? ''
  const { files, leftIn } = await filesOf(email.attachments.filter((one) => !reports.includes(one)))
  const mail: ReadMail = {
    from: fromOf(email),
    envelopeFrom,
    subject: lineOf(email.subject ?? ''),
    text: wordsOf({ text: email.text ?? null, html: email.html ?? null }),
    messageId: idsIn(email.messageId ?? '')[0] ?? null,
    references: idsIn(`${email.inReplyTo ?? ''} ${email.references ?? ''}`),
    headers,
    contentType: lineOf(contentType, 500),
    report: reportOf(contentType, reports),
  }
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')
  return {
    mail,
    files,
    leftIn,
    answered: noticesIn(mail.references.join(' '), host),
    named: noticesIn(text, host),
  }
}

/** The ids of notices of ours among message ids; `host` is the one that ours are made under. */
function noticesIn(text: string, host: string): string[] {
  const found = new Set<string>()
  for (const [, id = '', at = ''] of text.matchAll(/(ntc_[0-9a-f]{32})@([a-z0-9.-]{1,253})/gi)) {
    if (at.toLowerCase() === host.toLowerCase()) found.add(id.toLowerCase())
    if (found.size >= 10) break
  }
  return [...found]
}

/** Message ids as they stand in a header; anything else in it is passed over. */
function idsIn(header: string): string[] {
  return [...header.slice(0, 20_000).matchAll(/<[^\s<>\p{C}]{1,500}>/gu)]
    .map(([id]) => id)
    .slice(0, 50)
}

function headersOf({ headers }: Email): Record<string, string> {
  const first: Record<string, string> = Object.create(null) as Record<string, string> // a header may be named like something that every object has
  for (const { key, value } of headers.slice(0, 500)) first[key] ??= lineOf(value, 1_000)
  return first
}

/** Every address of every From line, so that a second one hides behind none. */
function fromOf({ headers }: Email): string[] {
  const addresses = headers
    .filter(({ key }) => key === 'from')
    .flatMap(({ value }) => addressParser(value.slice(0, 5_000), { flatten: true }))
    .slice(0, mostAddresses)
    .flatMap((one: Address) => one.group ?? [one])
    .map(({ address }) => address.trim().toLowerCase())
    .filter((address) => address !== '')
  return [...new Set(addresses)]
}

function isReport(mimeType: string): boolean {
  return /^message\/(?:(?:global-)?delivery-status|(?:global-)?disposition-notification|feedback-report)$/.test(
    mimeType,
  )
}

function reportOf(contentType: string, parts: readonly Attachment[]): Report | null {
  const [first] = parts
  const isMultipart = /^multipart\/report\b/i.test(contentType.trim())
  const named = /report-type\s*=\s*"?([a-z-]+)/i.exec(contentType)?.[1]?.toLowerCase()
  if (first === undefined && !(isMultipart && named !== undefined)) return null
  const type = first?.mimeType.replace(/^message\/(?:global-)?/, '') ?? named ?? ''
  return { type, recipients: first === undefined ? [] : recipientsIn(textOf(first)) }
}

/** The fields of each recipient in a delivery status (RFC 3464 §2.3). */
function recipientsIn(text: string): Report['recipients'] {
  const recipients: Report['recipients'] = []
  for (const block of text.slice(0, 200_000).split(/\r?\n\s*\r?\n/)) {
    const field = (name: string) =>
      lineOf(
        new RegExp(`^${name}:[ \t]*(?:[a-z0-9]+;)?[ \t]*([^\r\n]{1,320})`, 'im').exec(block)?.[1] ??
          '',
      )
    const address = field('Final-Recipient') || field('Original-Recipient')
    const action = field('Action').toLowerCase()
    if (address === '' && action === '') continue
    recipients.push({
      address: address.replaceAll(/[<>\s]/g, '').toLowerCase(),
      action,
      status: /^\d\.\d{1,3}\.\d{1,3}/.exec(field('Status'))?.[0] ?? '',
    })
    if (recipients.length >= mostAddresses) break
  }
  return recipients
}

async function filesOf(
  attachments: readonly Attachment[],
): Promise<Pick<ParsedMail, 'files' | 'leftIn'>> {
  const files: ParsedMail['files'] = []
  const leftIn: string[] = []
  for (const [at, attachment] of attachments.entries()) {
    const bytes = bytesOf(attachment)
    const given = cleanName(attachment.filename ?? defaultName(attachment.mimeType, at))
    if (bytes.length === 0) continue
    if (files.length >= mostFiles || bytes.length > largestFile) {
      if (leftIn.length < mostFiles)
        leftIn.push(
          `“${given}” stays in the message: ${bytes.length > largestFile ? 'it is larger than 10 MB' : 'it brought more than 20 files'}.`,
        )
      continue
    }
    const mediaType = await mediaTypeOf(bytes, attachment.mimeType)
    files.push({
      name: nameFor(given, mediaType),
      mediaType,
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
  }
  return { files, leftIn }
}

/** The kinds that are shown are believed by their bytes, plain text by being text; all else is bytes to be saved. */
async function mediaTypeOf(bytes: Buffer, said: string): Promise<string> {
  // Not even the names in an archive are read.
  if (isArchive(bytes)) return 'application/octet-stream'
  const shown = await shownTypeOf(bytes)
  if (shown !== undefined) return shown
  return said === 'text/plain' && isText(bytes) ? 'text/plain' : 'application/octet-stream'
}

function isArchive(bytes: Buffer): boolean {
  const magics = ['504b', '1f8b', '526172', '377abc', '425a68', 'fd377a', '28b52ffd']
  return magics.some((magic) => bytes.subarray(0, magic.length / 2).toString('hex') === magic)
}

function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !/(?![\s])\p{Cc}/u.test(text)
  } catch {
    // Not UTF-8, so it is shown by nobody.
    return false
  }
}

const endings: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/heic': ['heic', 'heif'],
  'image/heif': ['heic', 'heif'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'csv', 'log', 'md'],
}
/** What people send each other and a browser does not open. */
const saved = [
  'docx',
  'xlsx',
  'pptx',
  'doc',
  'xls',
  'odt',
  'ods',
  'rtf',
  'zip',
  'csv',
  'txt',
  'eml',
  'msg',
  'p7s',
  'asc',
  'ics',
  'tif',
  'tiff',
]

/** The name that it came with, made to end as what it is: a name that lies ends in `.bin`. */
function nameFor(name: string, mediaType: string): string {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const right = endings[mediaType] ?? saved
  return right.includes(ending) ? name : `${name}.${endings[mediaType]?.[0] ?? 'bin'}`
}

function defaultName(mimeType: string, at: number): string {
  return mimeType === 'message/rfc822' ? `message-${at + 1}.eml` : `file-${at + 1}`
}

function bytesOf({ content }: Attachment): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

function textOf(attachment: Attachment): string {
  return bytesOf(attachment).toString('utf8')
}
