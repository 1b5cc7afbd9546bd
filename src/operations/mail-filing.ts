/** Filing a mail: it goes into its case, opens one, waits for a person, or says that a notice of ours came back. */
import { hasReachedSeller } from '../core/action.ts'
import { later } from '../core/calendar.ts'
import { caseNumber, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { mayNow } from '../core/case-command.ts'
import { kindInWords, longestComplaint } from '../core/complaint.ts'
import { byMail, complaintsAt } from '../core/mail-address.ts'
import { heldNotice } from '../core/mail-notice.ts'
import {
  contestedBy,
  fateOf,
  mailNumber,
  natureOf,
  receiptAddress,
  type Authentication,
  type HeldReason,
  type MailNature,
  type MailThread,
  type ReadMail,
} from '../core/mail.ts'
import { ownWords } from '../core/mail-words.ts'
import { deskTitle } from '../core/procedure.ts'
import { casesAbout, lockCase, readCase, saveCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { measuresOfSeller, readMeasure } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { insertFile, readFileBytes } from '../store/file.ts'
import {
  joinEntries,
  lockMail,
  nextMail,
  readMail,
  receiptsSince,
  saveMail,
  type Mail,
  type MailChange,
} from '../store/mail.ts'
import { insertNotice, lockNotice } from '../store/notice.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { readSeller, sellersOfAddress } from '../store/seller.ts'
import type { App } from './app.ts'
import { openAppeal, openAppealOn, whyNotContestable } from './appeal.ts'
import { tellArrival, tellFiled, tellFiledAfter } from './arrival.ts'
import { fileFromMail, placeMeant } from './complaint.ts'
import { markUndelivered } from './mail-bounce.ts'
import { giveMailFiles, recordMailed } from './mail-case.ts'
import { holdingPlace } from './mail-holding.ts'
import type { MailSetting } from './mail.ts'
import { readBounceTag, readTag } from './mail-tag.ts'
import { openMatter } from './question.ts'
import { RefusedError, type Result } from './result.ts'

/** A mail taken apart, and what was found out about its sender. */
export interface MailReading {
  mail: ReadMail
  files: { name: string; mediaType: string; bytes: Buffer; sha256: string }[]
  /** What it brought that stays in the message, in words. */
  leftIn: string[]
  /** Notices of ours that it says it answers. */
  answered: string[]
  /** Notices of ours whose ids stand anywhere in it, as in a message that came back. */
  named: string[]
  authentication: Authentication
}

interface Filing {
  app: App
  tx: Tx
  setting: MailSetting
  held: Mail
  reading: MailReading
  nature: MailNature
}

/** Files a mail once; the addresses that the same message came to later have what became of it. */
export function fileMail(
  app: App,
  setting: MailSetting,
  { mailId, reading }: { mailId: string; reading: MailReading | null },
): Promise<void> {
  return transact(app.db, { inside: true }, async (tx) => {
    const held = await lockMail(tx, mailId)
    if (held === null) return
    if (held.state !== 'arrived') await joinLate(app, tx, held)
    else if (reading === null) return
    else await fileNew({ app, tx, setting, held, reading })
    await joinEntries(tx, mailId, app.now())
  })
}

/** A mail that is to be filed, as it came. */
export interface MailToFile {
  mailId: string
  raw: Buffer
  attempts: number
  /** It is filed already, and came to one more address. */
  isFiled: boolean
  envelopeFrom: string
  clientIp: string | null
  helo: string | null
}

/** What has waited longest to be filed, or null. */
export function mailToFile(app: App): Promise<MailToFile | null> {
  return transact(app.db, { inside: true }, async (tx) => {
    const next = await nextMail(tx)
    const mail = next && (await readMail(tx, next.id))
    if (mail === null) return null
    const isFiled = mail.state !== 'arrived'
    const file = isFiled ? null : await readFileBytes(tx, mail.rawFileId)
    const { id: mailId, attempts, envelopeFrom, clientIp, helo } = mail
    const raw = file?.bytes ?? Buffer.alloc(0)
    return { mailId, raw, attempts, isFiled, envelopeFrom, clientIp, helo }
  })
}

/** Counts an attempt before it is made: what ends the whole program is not tried for ever. */
export function recordAttempt(app: App, mailId: string, attempts: number): Promise<void> {
  return transact(app.db, { inside: true }, (tx) => saveMail(tx, mailId, { attempts }))
}

/** What cannot be taken apart waits for a person, with as much of it as can be shown. */
export function holdUnreadable(
  app: App,
  setting: MailSetting,
  { mailId, words }: { mailId: string; words: string },
): Promise<void> {
  const mail: ReadMail = {
    from: [],
    envelopeFrom: '',
    subject: '',
    text: words,
    messageId: null,
    references: [],
    headers: {},
    contentType: '',
    report: null,
  }
  const authentication = { result: 'unchecked', spf: 'none', dkim: 'none', dmarc: 'none' } as const
  return transact(app.db, { inside: true }, async (tx) => {
    const held = await lockMail(tx, mailId)
    if (held?.state !== 'arrived') return
    const reading = { mail, files: [], leftIn: [], answered: [], named: [], authentication }
    await hold({ app, tx, setting, held, reading, nature: 'auto-reply' }, 'unreadable')
    await joinEntries(tx, mailId, app.now())
  })
}

async function fileNew(filing: Omit<Filing, 'nature'>): Promise<void> {
  const { tx, reading } = filing
  const { mail } = reading
  const nature = natureOf(mail)
  const whole: Filing = { ...filing, nature }
  await keepFiles(whole)
  if (isComplaint(whole)) return complain(whole)
  const [from] = mail.from
  const sellers = from === undefined ? [] : await sellersOfAddress(tx, from)
  const thread = await threadOf(whole)
  const fate = fateOf({
    mail,
    nature,
    authenticity: reading.authentication.result,
    thread,
    sellers: sellers.map(({ id }) => id),
  })
  switch (fate.does) {
    case 'join':
      return join(whole, fate.thread)
    case 'open':
      return open(whole, fate.sellerId, null)
    case 'hold':
      return hold(whole, fate.because)
    case 'mark-undelivered':
      return undelivered(whole)
    case 'keep':
      return save(whole, { state: 'kept' })
  }
}

/** Whether a person wrote to the address for complaints, and to nothing that is under way. */
function isComplaint(filing: Filing): boolean {
  const { nature, held, setting } = filing
  if (nature !== 'person' || channelOf(filing) !== complaintsAt) return false
  return !held.entries.some(
    ({ channel, tag }) => channel !== null && readTag(setting.secret, tag) !== null,
  )
}

/**
 * A complaint by mail. Anybody may write one, so nobody is refused for being unknown; it opens where it names something
 * of the shop, and waits for a person where it does not. What it brought is never a seller's.
 */
async function complain(filing: Filing): Promise<void> {
  const { tx, app, reading } = filing
  const { mail, authentication } = reading
  if (mail.from.length !== 1) return hold(filing, 'sender_unclear')
  if (authentication.result === 'fail') return hold(filing, 'sender_forged')
  const { subject } = mail
  const said = [subject, words(filing)].filter((part) => part !== '').join('\n\n')
  const place = await placeMeant(tx, said)
  if (place === null) return hold(filing, 'about_unknown')
  const { caseId } = await fileFromMail(app, tx, {
    ...place,
    kind: kindInWords(said),
    text: said.slice(0, longestComplaint),
    address: mail.from[0] ?? null,
    // Whoever may have named another's address is told nothing there.
    inReplyTo: answeredId(filing),
  })
  await giveMailFiles(tx, filing.held, { caseId, sellerId: null })
  await save(filing, { state: 'filed', sellerId: null, caseId })
}

/** What a mail belongs to: by the tag of an address first, then by what it answers. */
async function threadOf({ tx, setting, held, reading }: Filing): Promise<MailThread | null> {
  for (const { channel, tag } of held.entries) {
    const tagged = channel === null ? null : readTag(setting.secret, tag)
    if (tagged === null) continue
    const sellerId =
      tagged.caseId === null
        ? (await readMeasure(tx, tagged.decisionId))?.decision.sellerId
        : (await readCase(tx, tagged.caseId))?.sellerId
    if (sellerId !== undefined) return { shownBy: 'token', sellerId, ...tagged }
  }
  for (const id of reading.answered) {
    const notice = await lockNotice(tx, id)
    // What a claim on the account is told belongs to the claimant; who knows the account writes a matter of their own.
    if (notice === null || notice.sellerId === null || notice.body.link?.claim) continue
    const { sellerId, caseId, decisionId } = notice
    if (caseId !== null || decisionId !== null)
      return { shownBy: 'reference', sellerId, caseId, decisionId }
  }
  return null
}

async function join(filing: Filing, thread: MailThread): Promise<void> {
  const { tx } = filing
  if (thread.caseId !== null) return writeIn(filing, thread.caseId)
  const decisionId = thread.decisionId ?? ''
  const cases = await casesAbout(tx, [decisionId])
  const current = cases.find(({ objections }) =>
    objections.some((one) => one.decisionId === decisionId && one.outcome !== 'withdrawn'),
  )
  if (current) return writeIn(filing, current.id)
  if (thread.sellerId !== null) return open(filing, thread.sellerId, decisionId)
  return hold(filing, 'matter_over')
}

/** Into a case: as its seller's words where it is open to them, and otherwise beside it. */
async function writeIn(filing: Filing, caseId: string): Promise<void> {
  const { app, tx, reading } = filing
  const held = await lockCase(tx, caseId)
  if (held === null) return hold(filing, 'matter_over')
  const procedure = await procedureOf(tx, held.procedureId)
  const { messageId: inReplyTo } = reading.mail
  if (held.state === 'closed') {
    if (held.sellerId === null) return hold(filing, 'matter_over')
    const about = `About ${caseNumber(held)}, which is over.`
    return openPlain(filing, held.sellerId, { about })
  }
  if (mayNow(held, 'write')) {
    const by = held.sellerId === null ? 'claimant' : author(filing)
    const result = changeCase(held, { do: 'write', by, text: words(filing) }, procedure, app.now())
    if (!result.ok) throw new RefusedError(result)
    await saveCase(tx, result.case, result.events, app.now())
    await give(filing, result.case)
    if (result.events.some(({ kind }) => kind === 'case.arrived'))
      await tellArrival(app, tx, result.case, { from: held.desk, why: 'again' })
    else if (isAnswered(filing)) await tellFiled(app, tx, result.case, { inReplyTo })
    return save(filing, { state: 'filed', sellerId: held.sellerId, caseId })
  }
  await recordMailed(app, tx, held, {
    by: author(filing),
    from: filing.reading.mail.from[0] ?? '',
    text: words(filing),
    mailId: filing.held.id,
  })
  await give(filing, held)
  if (isAnswered(filing) && held.sellerId !== null)
    await tellFiledAfter(app, tx, held, { inReplyTo })
  return save(filing, { state: 'filed', sellerId: held.sellerId, caseId })
}

/** Opens what a known sender wrote: an appeal where it is clear what is contested, otherwise a question or a letter. */
async function open(filing: Filing, sellerId: string, decisionId: string | null): Promise<void> {
  const { app, tx, reading } = filing
  const channel = channelOf(filing)
  const meant =
    decisionId ??
    (channel === 'support' ? null : contestedBy(reading.mail, await contestable(filing, sellerId)))
      ?.id
  const measure = meant === undefined ? null : await readMeasure(tx, meant)
  const timeZone = (await readSeller(tx, sellerId))?.timeZone ?? app.timeZone
  const isOpen =
    measure !== null &&
    (await whyNotContestable(tx, measure, { now: app.now(), timeZone })) === null
  if (!isOpen) {
    // Another door may have opened it in this moment.
    const elsewhere = measure && (await openAppealOn(tx, measure.decision.id))
    if (elsewhere) return writeIn(filing, elsewhere.id)
    const about = measure === null ? null : `About decision ${measure.decision.number}.`
    return openPlain(filing, sellerId, { about })
  }
  const opened = await openAppeal(
    app,
    tx,
    { kind: 'seller', sellerId, by: author(filing), matter: null },
    {
      objections: [
        { decisionId: measure.decision.id, track: 'dispute', text: words(filing), remedy: null },
      ],
      fileIds: [],
      mail: { channel, messageId: answeredId(filing) },
    },
  )
  return saveOpened(filing, sellerId, opened)
}

async function openPlain(
  filing: Filing,
  sellerId: string,
  { about }: { about: string | null },
): Promise<void> {
  const { app, tx, reading } = filing
  const channel = channelOf(filing)
  const { subject } = reading.mail
  const text = [about, subject === '' ? null : subject, words(filing)].filter(
    (part) => part !== null,
  )
  const opened = await openMatter(app, tx, {
    kind: channel === 'email' || channel === 'support' ? 'question' : 'letter',
    channel,
    sellerId,
    by: author(filing),
    text: text.join('\n\n'),
    fileIds: [],
    inReplyTo: answeredId(filing),
  })
  return saveOpened(filing, sellerId, opened)
}

async function saveOpened(
  filing: Filing,
  sellerId: string,
  opened: Result<{ caseId: string }>,
): Promise<void> {
  if (!opened.ok) {
    if (opened.refusal === 'no_way_in') return hold(filing, 'no_route')
    throw new RefusedError(opened)
  }
  const { caseId } = opened.value
  const held = await readCase(filing.tx, caseId)
  if (held !== null) await give(filing, held)
  await save(filing, { state: 'filed', sellerId, caseId })
}

/** The decisions of a seller that can be contested now. */
async function contestable(
  { app, tx }: Filing,
  sellerId: string,
): Promise<{ id: string; number: number }[]> {
  const now = app.now()
  const timeZone = (await readSeller(tx, sellerId))?.timeZone ?? app.timeZone
  const found: { id: string; number: number }[] = []
  for (const measure of await measuresOfSeller(tx, sellerId, now)) {
    if (measure.action.endedAt !== null || !hasReachedSeller(measure.action, now)) continue
    if ((await whyNotContestable(tx, measure, { now, timeZone })) !== null) continue
    found.push({ id: measure.decision.id, number: measure.decision.number })
  }
  return found
}

/** Waits for a person, with a clock; its sender hears the number and the date, where a receipt may go. */
async function hold(filing: Filing, because: HeldReason): Promise<void> {
  const { app, tx, setting, held, reading, nature } = filing
  const { procedure } = await currentProcedure(tx)
  const place = holdingPlace(procedure, channelOf(filing))
  const now = app.now()
  const dueAt = later(now, place.within)
  await setClock(tx, 'mail.due', held.id, dueAt)
  await save(filing, { state: 'held', heldBecause: because, dueAt })
  await recordEvents(tx, [
    {
      at: now,
      kind: 'mail.held',
      sellerId: null,
      caseId: null,
      decisionId: null,
      by: null,
      detail: { mail: held.id, because, dueAt: dueAt.toISOString() },
    },
  ])
  const { mail, authentication } = reading
  const address = receiptAddress({ mail, nature, authentication, domain: setting.domain })
  if (address === null || (await receiptsSince(tx, address, later(now, -aDay))) >= mostReceipts)
    return
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address,
    releaseAt: now,
    createdAt: now,
    inReplyTo: mail.messageId,
    ...heldNotice({
      number: mailNumber(held),
      deskTitle: deskTitle(procedure, place.desk),
      dueAt,
      timeZone: app.timeZone,
    }),
  })
}

const aDay = 24 * 60 * 60_000
/** How many receipts an address gets in a day: two machines that do not say that they are machines stop there. */
const mostReceipts = 5

async function undelivered(filing: Filing): Promise<void> {
  const { app, tx, held, reading } = filing
  const tagged = held.entries.map(({ channel, tag }) =>
    channel === null ? readBounceTag(tag) : null,
  )
  const noticeIds = [...tagged, ...reading.named].filter((id) => id !== null)
  const noticeId = await markUndelivered(app, tx, { noticeIds, mail: reading.mail })
  await save(filing, { state: noticeId === null ? 'kept' : 'undelivered', noticeId })
}

/** The same message at one more door: of a case it is one more entry, and the first date counts. */
async function joinLate(app: App, tx: Tx, held: Mail): Promise<void> {
  const more = held.entries.filter(({ joinedAt }) => joinedAt === null)
  if (held.caseId === null) return
  const matter = await readCase(tx, held.caseId)
  if (matter === null || held.entries.some(({ channel }) => channel === complaintsAt)) return
  for (const { recipient } of more)
    await recordMailed(app, tx, matter, { by: null, address: recipient, mailId: held.id })
}

/** Gives a case the files of its mail, as many as it has room for; the rest stay in the message. */
async function give({ tx, held }: Filing, { id, sellerId }: Case): Promise<void> {
  await giveMailFiles(tx, held, { caseId: id, sellerId })
}

/** Keeps what a mail brought as files of nobody's, until it is known whose they are. */
async function keepFiles({ app, tx, held, reading, nature }: Filing): Promise<void> {
  // What machines send back is our own, or says nothing.
  if (nature === 'bounce' || nature === 'auto-reply') return
  for (const { name, mediaType, bytes, sha256 } of reading.files) {
    const id = app.newId('fil')
    const size = bytes.length
    const receivedAt = app.now()
    const file = { id, sellerId: null, caseId: null, name, mediaType, size, receivedAt }
    await insertFile(tx, { ...file, bytes, sha256 })
    held.fileIds.push(id)
  }
}

async function save(filing: Filing, change: MailChange): Promise<void> {
  const { tx, held, reading } = filing
  const { mail, authentication, leftIn } = reading
  await saveMail(tx, held.id, {
    fromAddress: mail.from[0] ?? null,
    subject: mail.subject,
    messageId: mail.messageId,
    words: mail.text,
    authentication,
    fileIds: held.fileIds,
    leftIn,
    ...change,
  })
  const more = held.entries.slice(1)
  if (change.state !== 'filed' || change.caseId == null || more.length === 0) return
  // To which other addresses of ours a reporter wrote is nothing for the seller's case.
  if (channelOf(filing) === complaintsAt) return
  const matter = await readCase(tx, change.caseId)
  if (matter === null) return
  for (const { recipient } of more)
    await recordMailed(filing.app, tx, matter, { by: null, address: recipient, mailId: held.id })
}

/** The first of our addresses that it came to; bounces' own stands for the one that answers questions. */
function channelOf({ held }: Filing): string {
  return held.entries.find(({ channel }) => channel !== null)?.channel ?? 'support'
}

/** Its own words, and what it brought that has no file of its own. */
function words({ reading }: Filing): string {
  const { text, subject } = reading.mail
  const said = ownWords(text)
  const own = said !== '' ? said : subject !== '' ? subject : 'A message without words.'
  return reading.leftIn.length === 0 ? own : `${own}\n\n[${reading.leftIn.join(' ')}]`
}

function author({ reading }: Filing): string {
  return byMail(reading.mail.from[0] ?? 'nobody')
}

/** Machines and lists are never answered, whatever matter they belong to. */
function isAnswered({ nature }: Filing): boolean {
  return nature === 'person'
}

function answeredId(filing: Filing): string | null {
  return isAnswered(filing) ? filing.reading.mail.messageId : null
}
