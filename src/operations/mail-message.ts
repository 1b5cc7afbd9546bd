/** Mail is a notice as one message: the same words as text and as HTML, with the signed link. */
import { fieldName, matchedText } from '../core/matched-text.ts'
import type { NoticeBody } from '../core/notice.ts'
import { statementFacts, type Statement } from '../core/statement.ts'
import { wordsIn } from '../core/words.ts'

export interface Message {
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: Record<string, string>
  /** What it brings along. */
  attached?: Attached
  /** Where an answer goes; absent where none is taken. */
  replyTo?: string
  /** Where a server says that it could not deliver: null for nobody, absent for the sender. */
  bounceTo?: string | null
}

/** A file that a mail brings along. */
export interface Attached {
  name: string
  bytes: Buffer
}

export interface Letterhead {
  marketplace: string
  /** The host that message ids are made under. */
  host: string
}

export interface NoticeMail {
  id: string
  to: string
  subject: string
  body: NoticeBody
  /** Where its link leads; null for a notice without one. */
  address: string | null
  /** Where a decision opens that one of its sections is about. */
  addressOf?: (decisionId: string) => string | null
  replyTo?: string | undefined
  bounceTo?: string | null | undefined
  /** The id of the message that it answers. */
  inReplyTo?: string | null
  /** Whether a member of the seller reads it, who signs in to act. */
  isToMember?: boolean
  /** The statement as a PDF; null where it brings none. */
  attached?: Attached | null
}

/** Composes the mail of one notice for one address. A retry composes the same message id. */
export function composeMail(notice: NoticeMail, { marketplace, host }: Letterhead): Message {
  const { id, to, subject, body, address, replyTo, bounceTo, isToMember = false } = notice
  const attached = notice.attached ?? null
  const foot = signature(body, { marketplace, isToMember })
  const brings = attached === null ? null : attachedWords(body)
  const around = { address, foot, brings, addressOf: notice.addressOf ?? (() => null) }
  const answered = isMessageId(notice.inReplyTo) ? notice.inReplyTo : null
  return {
    to,
    subject: oneLine(subject),
    text: asText(body, around),
    html: asHtml(body, { ...around, subject: oneLine(subject) }),
    messageId: `<${id.replaceAll(/[^\w.-]/g, '')}@${host}>`,
    // RFC 3834: a machine sent it, so no machine needs to answer.
    headers: {
      'Auto-Submitted': answered === null ? 'auto-generated' : 'auto-replied',
      ...(answered === null ? {} : { 'In-Reply-To': answered, References: answered }),
    },
    ...(attached === null ? {} : { attached }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(bounceTo === undefined ? {} : { bounceTo }),
  }
}

/** Whoever wrote to us made the id that we answer under: only what is one goes into a header. */
function isMessageId(id: string | null | undefined): id is string {
  return id != null && /^<[\x21-\x3b\x3d\x3f-\x7e]{1,500}>$/.test(id)
}

/** No line breaks, no control characters, nothing that turns the reading direction, and not endless. */
function oneLine(subject: string): string {
  const line = subject
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .trim()
  return [...line].slice(0, 250).join('')
}

/** Whether it judged words of a listing: an account and money are judged without any. */
function hasText(statement: Statement | null): statement is Statement {
  return statement !== null && statement.facts.text !== null
}

/** What stands around the words of a notice. */
interface Around {
  /** Where its link leads. */
  address: string | null
  foot: string
  /** What is said of a file that it brings along. */
  brings: string | null
  /** Where a section's own decision opens. */
  addressOf: (decisionId: string) => string | null
}

function attachedWords({ statement }: NoticeBody): string | null {
  return statement && wordsIn(statement.language).statement.attached(statement.number)
}

function asText(body: NoticeBody, { address, foot, brings, addressOf }: Around): string {
  const parts = [body.opening]
  const link = body.link && address ? `${body.link.label}:\n${address}` : null
  if (link !== null) parts.push(link)
  body.sections.forEach((section, index) => {
    const opens = section.opens && addressOf(section.opens.decisionId)
    const way = section.opens && opens ? [`${section.opens.label}:\n${opens}`] : []
    parts.push([section.heading.toUpperCase(), ...section.paragraphs, ...way].join('\n\n'))
    if (index === 0 && hasText(body.statement)) parts.push(matchedAsText(body.statement))
  })
  if (body.statement) {
    const facts = statementFacts(body.statement).map(({ label, words }) => `${label}: ${words}`)
    const heading = wordsIn(body.statement.language).statement.inShort
    parts.push([heading.toUpperCase(), ...facts].join('\n\n'))
    if (link !== null) parts.push(link)
  }
  if (brings !== null) parts.push(brings)
  parts.push(`-- \n${foot}`)
  return `${parts.join('\n\n')}\n`
}

function matchedAsText(statement: Statement): string {
  const fields = matchedText(statement).map(({ field, pieces }) => {
    const words = pieces.map(({ text, isMatched }) => (isMatched ? `«${text}»` : text)).join('')
    return `${fieldName(field, statement.language)}: ${words}`
  })
  const { judgedText, judgedMarked } = wordsIn(statement.language).statement
  const heading = judgedMarked.replace(judgedText, judgedText.toUpperCase())
  return [heading, ...fields].join('\n\n')
}

/** Said at the foot of every mail. */
function signature(
  body: NoticeBody,
  { marketplace, isToMember }: { marketplace: string; isToMember: boolean },
): string {
  const words = wordsIn(body.language ?? 'en').mail
  if (isToMember) return words.footMember(marketplace)
  if (body.link === null) return `${marketplace}: a notice to the officer named in the procedure.`
  const { decisionId, caseId, claim, complaint, page } = body.link
  if (page !== undefined) return words.footPage(marketplace)
  if (complaint !== undefined)
    return `${marketplace}. You get this because this address was given to us in a complaint. The link opens it, so pass it on to nobody.`
  if (claim?.reader === 'claimant')
    return `${marketplace}. You get this because this address was given to us in a claim. If you did not, forget it: it opens nothing.`
  if (claim) return words.footClaim(marketplace)
  if (decisionId === null && caseId === null)
    return `${marketplace}. The link in this mail signs you in, so pass it on to nobody.`
  return words.footMatter(marketplace)
}

const ink = 'color:#14171F'
const sans = 'font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif'.replaceAll('"', "'")
const serif = 'font-family:Charter,Georgia,serif'

function asHtml(
  body: NoticeBody,
  { address, foot, brings, addressOf, subject }: Around & { subject: string },
): string {
  const button = body.link && address ? linkAsHtml(body.link.label, address) : ''
  const sections = body.sections.map((section, index) => {
    const matched = index === 0 && hasText(body.statement) ? matchedAsHtml(body.statement) : ''
    const paragraphs = section.paragraphs.map((words, place) =>
      paragraph(words, section.written?.includes(place) ?? false),
    )
    const opens = section.opens && addressOf(section.opens.decisionId)
    const way = section.opens && opens ? quietLink(section.opens.label, opens) : ''
    return heading(section.heading) + paragraphs.join('') + way + matched
  })
  const facts = body.statement ? factsAsHtml(body.statement) + button : ''
  const attached = brings === null ? '' : paragraph(brings, false)
  return `<!doctype html>
<html lang="${body.language ?? 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px 16px;background:#F5F5F2;${ink};${sans};font-size:15px;line-height:23px">
<div style="max-width:640px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #DCDCD5;border-radius:8px">
<p dir="auto" style="margin:0 0 16px;font-size:18px;line-height:26px">${breaks(body.opening)}</p>
${button}${sections.join('\n')}${facts}${attached}
<p style="margin:28px 0 0;padding-top:12px;border-top:1px solid #DCDCD5;color:#646873;font-size:12px;line-height:16px">${escape(foot)}</p>
</div></body></html>
`
}

function heading(words: string): string {
  return `<h2 dir="auto" style="margin:24px 0 8px;font-size:15px;line-height:22px;font-weight:600">${escape(words)}</h2>`
}

/** What somebody wrote is in a language that nobody told us, and says so to whoever reads it aloud. */
function paragraph(words: string, isWritten: boolean): string {
  return `<p${isWritten ? ' lang=""' : ''} dir="auto" style="margin:0 0 12px">${breaks(words)}</p>`
}

function linkAsHtml(label: string, address: string): string {
  const style =
    'display:inline-block;padding:10px 16px;background:#2236C5;color:#FFFFFF;border-radius:6px;text-decoration:none;font-weight:500'
  return `<p style="margin:16px 0"><a href="${escape(address)}" style="${style}">${escape(label)}</a></p>`
}

function quietLink(label: string, address: string): string {
  return `<p style="margin:0 0 12px"><a href="${escape(address)}" style="color:#2236C5">${escape(label)}</a></p>`
}

function matchedAsHtml(statement: Statement): string {
  const mark = `background:#FFE48A;${ink};text-decoration:underline;text-decoration-color:#A88000`
  const fields = matchedText(statement).map(({ field, pieces }) => {
    const words = pieces
      .map(({ text, isMatched }) =>
        isMatched ? `<mark style="${mark}">${breaks(text)}</mark>` : breaks(text),
      )
      .join('')
    const label = `<span style="${sans};font-size:12px;color:#646873">${escape(fieldName(field, statement.language))}</span>`
    return `<p style="margin:0 0 12px">${label}<br><bdi lang="">${words}</bdi></p>`
  })
  const quote = `margin:8px 0 16px;padding:12px 16px;border-left:3px solid #A88000;${serif};font-size:16px;line-height:24px`
  const { judgedText } = wordsIn(statement.language).statement
  return `${heading(judgedText)}<blockquote style="${quote}">${fields.join('')}</blockquote>`
}

function factsAsHtml(statement: Statement): string {
  const rows = statementFacts(statement).map(
    ({ label, words }) =>
      `<tr><th scope="row" style="padding:6px 16px 6px 0;text-align:left;vertical-align:top;font-weight:400;color:#646873;white-space:nowrap">${escape(label)}</th><td style="padding:6px 0">${breaks(words)}</td></tr>`,
  )
  return `${heading(wordsIn(statement.language).statement.inShort)}<table style="border-collapse:collapse">${rows.join('')}</table>`
}

function breaks(words: string): string {
  return escape(words).replaceAll('\n', '<br>')
}

function escape(words: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return words.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
