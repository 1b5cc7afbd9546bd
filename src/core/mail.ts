/** A mail is a message that came to an address of ours: whose it is, and what becomes of it. It is never an identity. */

/** What a mail is, by what it says of itself. */
export type MailNature =
  | 'person'
  /** A mail server says that a message of ours was not delivered. */
  | 'bounce'
  /** A machine answers, reports, or says that something takes longer. */
  | 'auto-reply'
  /** It went to a list of people; it may be a person's, and a list is never answered. */
  | 'list'

/** How far the domain in From stands behind a mail. `unchecked`: it could not be found out. */
export const authenticities = ['pass', 'none', 'fail', 'unchecked'] as const
export type Authenticity = (typeof authenticities)[number]

/** What was found out about who sent it, as people of the desk read it. */
export interface Authentication {
  result: Authenticity
  spf: string
  dkim: string
  dmarc: string
}

/** A mail as it was read; every text in it is somebody's and may be hostile. */
export interface ReadMail {
  /** Every address in From, in small letters: more than one, or none, is nobody in particular. */
  from: string[]
  /** In small letters; empty where the envelope names nobody, as of bounces. */
  envelopeFrom: string
  subject: string
  text: string
  messageId: string | null
  /** What it answers: the ids of In-Reply-To and References. */
  references: string[]
  /** Header lines by name in small letters, the first of each name. */
  headers: Record<string, string>
  contentType: string
  report: Report | null
}

/** What a machine reports about a message, part by part (RFC 3464, 8098, 5965). */
export interface Report {
  type: string
  recipients: { address: string; action: string; status: string }[]
}

/** Why a mail waits for a person. */
export const heldReasons = {
  sender_unknown: 'Its sender is no contact of any seller.',
  sender_of_several: 'Its sender is a contact of more than one seller.',
  sender_unclear: 'It does not say clearly who sent it.',
  not_authenticated: 'Nothing shows that its sender sent it, though the address is one we know.',
  sender_forged: 'The domain it claims to come from says that it did not send it.',
  not_checked: 'Who sent it could not be checked.',
  from_list: 'It came through a mailing list.',
  about_unknown: 'It complains, and names nothing in the shop that we know.',
  matter_over: 'The matter that it belongs to is over.',
  no_route: 'The procedure leads from this address to no desk.',
  unreadable: 'It could not be read as a message.',
} as const
export type HeldReason = keyof typeof heldReasons

/** What a mail belongs to: shown by a token of ours in the address, or by what it answers. */
export interface MailThread {
  shownBy: 'token' | 'reference'
  sellerId: string | null
  caseId: string | null
  decisionId: string | null
}

export type Fate =
  | { does: 'join'; thread: MailThread }
  | { does: 'open'; sellerId: string }
  | { does: 'hold'; because: HeldReason }
  | { does: 'mark-undelivered' }
  /** Kept and answered by nobody. */
  | { does: 'keep' }

/** What becomes of a mail, given what it belongs to and for which sellers its sender is a contact. */
export function fateOf({
  mail,
  nature,
  authenticity,
  thread,
  sellers,
}: {
  mail: Pick<ReadMail, 'from'>
  nature: MailNature
  authenticity: Authenticity
  thread: MailThread | null
  sellers: readonly string[]
}): Fate {
  if (nature === 'bounce') return { does: 'mark-undelivered' }
  if (nature === 'auto-reply') return { does: 'keep' }
  // Whoever has the token was given it by our mail, or by whoever was.
  if (thread?.shownBy === 'token') return { does: 'join', thread }
  if (nature === 'list') return { does: 'hold', because: 'from_list' }
  if (mail.from.length !== 1) return { does: 'hold', because: 'sender_unclear' }
  if (authenticity === 'fail') return { does: 'hold', because: 'sender_forged' }
  const [seller] = sellers
  if (seller === undefined) return { does: 'hold', because: 'sender_unknown' }
  if (authenticity === 'unchecked') return { does: 'hold', because: 'not_checked' }
  if (authenticity !== 'pass') return { does: 'hold', because: 'not_authenticated' }
  // An id of ours says to which of several sellers it belongs; from a stranger to that seller it says nothing.
  if (thread?.sellerId != null && sellers.includes(thread.sellerId)) return { does: 'join', thread }
  if (sellers.length > 1) return { does: 'hold', because: 'sender_of_several' }
  return { does: 'open', sellerId: seller }
}

/** What a mail is: a machine's word first, so that a bounce that quotes a person is none. */
export function natureOf(mail: ReadMail): MailNature {
  if (isBounce(mail)) return 'bounce'
  if (isByMachine(mail)) return 'auto-reply'
  return isFromList(mail) ? 'list' : 'person'
}

function isBounce(mail: ReadMail): boolean {
  const { report, headers } = mail
  if (report?.type === 'delivery-status')
    return report.recipients.length === 0
      ? !/delay/i.test(mail.subject)
      : report.recipients.some(({ action, status }) => action === 'failed' || status[0] === '5')
  if (report !== null) return false
  if (headers['x-failed-recipients'] !== undefined) return true
  return isFromMailServer(mail) && undelivered.test(mail.subject)
}

const undelivered =
  /undeliver|returned mail|delivery (?:status|fail|has failed|problem|unsuccess|error)|deliver(?:y|ing) .*fail|fail(?:ed|ure) (?:to deliver|notice|delivery)|mail (?:delivery|system) (?:fail|error|subsystem)|non.?delivery|not (?:be )?deliver|nondeliverable|unzustellbar|rejected|non remis|no se pudo entregar/i

function isFromMailServer({ envelopeFrom, from, headers }: ReadMail): boolean {
  // Some write their name there and no address.
  if (from.length === 0 && /mailer-daemon|postmaster|mail delivery/i.test(headers['from'] ?? ''))
    return true
  return envelopeFrom === '' || from.some((address) => /^(mailer-daemon|postmaster)@/.test(address))
}

/** RFC 3834 and what was there before it. */
function isByMachine(mail: ReadMail): boolean {
  const { headers, envelopeFrom, report, subject, from } = mail
  if (report !== null || envelopeFrom === '') return true
  const submitted = headers['auto-submitted']
  if (submitted !== undefined && !/^no\b/i.test(submitted.trim())) return true
  if (/auto[_-]?reply/i.test(headers['precedence'] ?? '')) return true
  if (machineHeaders.some((name) => headers[name] !== undefined)) return true
  if (from.some((address) => machines.test(address))) return true
  return awaySubject.test(subject)
}

const machineHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-vacation',
  'x-mail-autoreply',
  'feedback-id-report',
]
const machines =
  /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|donotreply|bounces?|autoreply)([+.=_-][^@]*)?@/
const awaySubject =
  /^(?:re: *|aw: *)?(?:auto(?:matic|matische|mated)?[ -]?(?:reply|response|antwort)\b|auto: |out of (?:the )?office|abwesenheit|vacation\b|away from my mail|réponse automatique|respuesta automática|automatische antwort)/i

function isFromList({ headers }: ReadMail): boolean {
  return (
    headers['list-id'] !== undefined ||
    headers['list-unsubscribe'] !== undefined ||
    headers['list-post'] !== undefined ||
    /^(bulk|list|junk)\b/i.test((headers['precedence'] ?? '').trim())
  )
}

/** Where a receipt may go, or null: never to a machine, a list, ourselves, or whoever an unproved envelope names. */
export function receiptAddress({
  mail,
  nature,
  authentication,
  domain,
}: {
  mail: Pick<ReadMail, 'from' | 'envelopeFrom'>
  nature: MailNature
  authentication: Authentication
  domain: string
}): string | null {
  const { envelopeFrom } = mail
  if (nature !== 'person' || !isAddress(envelopeFrom)) return null
  if (machines.test(envelopeFrom) || envelopeFrom.endsWith(`@${domain}`)) return null
  // Whoever forges a sender shall not make us write to whom they name.
  if (authentication.result === 'fail') return null
  if (['fail', 'softfail'].includes(authentication.spf)) return null
  return envelopeFrom
}

/** An address that can be written to as it stands; nothing that could be read as more than one. */
export function isAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[^\s<>()[\]\\,;:"@\p{C}]{1,64}@[a-z0-9.-]+\.[a-z0-9-]+$/iu.test(address)
  )
}

/** Which of the decisions that can be contested a mail is about: one that it names by number, or the only one. */
export function contestedBy<D extends { number: number }>(
  { subject, text }: Pick<ReadMail, 'subject' | 'text'>,
  contestable: readonly D[],
): D | null {
  const named = contestable.filter(({ number }) =>
    new RegExp(`(?<![\\d-])${number}(?!\\d)`).test(`${subject}\n${text}`),
  )
  const meant = named.length > 0 ? named : contestable
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** The number that people quote of a mail that is held: M-1001. */
export function mailNumber({ number }: { number: number }): string {
  return `M-${number}`
}
