/** Mail that waits for a person: each has a desk and a clock, and ends in a case or in an answer. */
import { later } from '../core/calendar.ts'
import type { Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { kindInWords, longestComplaint } from '../core/complaint.ts'
import { byMail, complaintsAt } from '../core/mail-address.ts'
import { mailOverdueNotice, settledNotice } from '../core/mail-notice.ts'
import { isAddress, mailNumber } from '../core/mail.ts'
import { deskTitle, routeTo, type Procedure } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { caseNumbered, lockCase, saveCase } from '../store/case.ts'
import { clearClock, setClock } from '../store/clock.ts'
import { bringInside, transact, type Tx } from '../store/db.ts'
import { readFileRecord, type FileRecord } from '../store/file.ts'
import { heldMails, lockMail, readMail, saveMail, settledMails, type Mail } from '../store/mail.ts'
import { insertNotice } from '../store/notice.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { readSeller, sellersOfAddress, type Seller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { tellArrival } from './arrival.ts'
import { fileFromMail } from './complaint.ts'
import { giveMailFiles, recordMailed } from './mail-case.ts'
import { isPermitted, permit, whyNotTheirs } from './permit.ts'
import { openMatter } from './question.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

const aDay = 24 * 60 * 60_000

/** Where a mail waits, and for how long it may: as a question by the same address would. */
export function holdingPlace(
  procedure: Procedure,
  channel: string,
): { desk: string; within: number } {
  const desk =
    routeTo(procedure, 'matter.question', channel) ??
    routeTo(procedure, 'matter.question', 'contact') ??
    Object.keys(procedure.desks)[0] ??
    channel
  return { desk, within: procedure.desks[desk]?.within ?? aDay }
}

/** Its time is up: it is overdue, the officer is called, and its clock starts again until a person has settled it. */
export async function mailIsDue(app: App, tx: Tx, mailId: string): Promise<void> {
  const held = await lockMail(tx, mailId)
  // Settled in the moment in which its clock fired.
  if (held?.state !== 'held' || held.dueAt === null) return
  const { procedure } = await currentProcedure(tx)
  const { desk, within } = placeOf(procedure, held)
  const now = app.now()
  const dueAt = later(now, within)
  const overdueSince = held.overdueSince ?? held.dueAt
  await saveMail(tx, mailId, { dueAt, overdueSince })
  await setClock(tx, 'mail.due', mailId, dueAt)
  await insertNotice(tx, {
    ...frame(app),
    address: procedure.officer,
    ...mailOverdueNotice({
      number: mailNumber(held),
      deskTitle: deskTitle(procedure, desk),
      overdueSince,
      dueAt,
      timeZone: app.timeZone,
    }),
  })
}

export interface HeldMailView {
  mail: Mail
  desk: string
  raw: FileRecord | null
  files: FileRecord[]
  /** Sellers for whom the address that it names as its sender is a contact. */
  sellers: Seller[]
  settledByName: string | null
}

export interface HoldingView {
  held: HeldMailView[]
  settled: HeldMailView[]
  maySort: boolean
  at: Date
}

/** What waits, and what was settled last. */
export async function readHeldMail(app: App, who: Who): Promise<Result<HoldingView>> {
  const may = permit(app, who, 'mail.list')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const { procedure } = await currentProcedure(tx)
    const names = await staffNames(tx)
    const viewOf = async (mail: Mail): Promise<HeldMailView> => ({
      mail,
      desk: deskTitle(procedure, placeOf(procedure, mail).desk),
      raw: await readFileRecord(tx, mail.rawFileId),
      files: (await Promise.all(mail.fileIds.map((id) => readFileRecord(tx, id)))).filter(
        (file) => file !== null,
      ),
      sellers: mail.fromAddress === null ? [] : await sellersOfAddress(tx, mail.fromAddress),
      settledByName: mail.settledBy === null ? null : (names.get(mail.settledBy) ?? null),
    })
    const [held, settled]: HeldMailView[][] = [[], []]
    for (const mail of await heldMails(tx)) held?.push(await viewOf(mail))
    for (const mail of await settledMails(tx, 10)) settled?.push(await viewOf(mail))
    return done({
      held: held ?? [],
      settled: settled ?? [],
      maySort: isPermitted(app, who, 'mail.settle'),
      at: app.now(),
    })
  })
}

/**
 * Puts a mail into a case, in the name of whoever read it. Where an answer was waited for, or a matter is answered, it
 * is as if its seller had written, and that is for people of the case's own desk to say.
 */
export function attachMail(
  app: App,
  who: Who,
  { mailId, caseNumber }: { mailId: string; caseNumber: string },
): Promise<Result<{ caseId: string }>> {
  return settle(app, who, { mailId, command: 'mail.attach' }, async (tx, mail, reader) => {
    const number = Number(/(\d{1,9})\s*$/.exec(caseNumber)?.[1])
    const found = Number.isNaN(number) ? null : await caseNumbered(tx, number)
    if (found === null)
      return refuse('not_found', `There is no case ${caseNumber.trim().slice(0, 20)}.`)
    if (found.kind === 'check' || found.kind === 'repair')
      return refuse('wrong_state', 'Nobody sent this case, so it takes no letters.')
    if (found.state === 'closed')
      return refuse('wrong_state', 'This case is over. Open a new one for the seller instead.')
    if (channelOf(mail) === complaintsAt) return refuse('not_to_the_seller')
    const refused = await write(app, tx, { found, reader })
    if (refused) return refused
    const { id: caseId, sellerId } = found
    await recordMailed(app, tx, found, {
      by: reader.id,
      mailId: mail.id,
      from: mail.fromAddress ?? 'nobody',
      text: wordsOf(mail),
    })
    await giveMailFiles(tx, mail, { caseId, sellerId })
    return done({ caseId, sellerId, reason: null })
  })
}

/** Starts a clock that stood still, or an answered matter anew; nothing where the case is at work already. */
async function write(
  app: App,
  tx: Tx,
  { found, reader }: { found: Case; reader: StaffReader },
): Promise<Refused | null> {
  const waits =
    found.state === 'asking' || (found.state === 'answered' && found.objections.length === 0)
  if (!waits) return null
  const why = whyNotTheirs(app, 'desk.answerCase', reader, found)
  if (why) return why
  const held = await lockCase(tx, found.id)
  if (held === null) return refuse('not_allowed')
  const procedure = await procedureOf(tx, held.procedureId)
  const text = `Sent by e-mail, and put here by ${firstName(reader.name)}.`
  const result = changeCase(held, { do: 'write', by: reader.id, text }, procedure, app.now())
  if (!result.ok) return result
  await saveCase(tx, result.case, result.events, app.now())
  if (result.events.some(({ kind }) => kind === 'case.arrived'))
    await tellArrival(app, tx, result.case, { from: held.desk, why: 'again' })
  return null
}

/** Opens a question or a letter for a seller out of a mail, at the desk that its address leads to. */
export function openMail(
  app: App,
  who: Who,
  { mailId, sellerId }: { mailId: string; sellerId: string },
): Promise<Result<{ caseId: string }>> {
  type Opened = Settlement & { caseId: string }
  return settle<Opened>(app, who, { mailId, command: 'mail.open' }, async (tx, mail, reader) => {
    if ((await readSeller(tx, sellerId)) === null) return refuse('not_found')
    const channel = channelOf(mail)
    // Who complains is nothing for the seller: what they wrote becomes a complaint, and no matter of the seller's own.
    if (channel === complaintsAt) {
      const said = wordsOf(mail).slice(0, longestComplaint)
      await bringInside(tx)
      const { caseId } = await fileFromMail(app, tx, {
        sellerId,
        listingId: null,
        kind: kindInWords(said),
        text: said,
        address: mail.fromAddress,
        inReplyTo: mail.messageId,
      })
      await giveMailFiles(tx, mail, { caseId, sellerId: null })
      return done({ caseId, sellerId: null, reason: null })
    }
    const opened = await openMatter(app, tx, {
      kind: channel === 'email' || channel === 'support' ? 'question' : 'letter',
      channel,
      sellerId,
      by: reader.id,
      text: `By e-mail from ${mail.fromAddress ?? 'nobody'}, put here by ${firstName(reader.name)}.\n\n${wordsOf(mail)}`,
      fileIds: [],
    })
    if (!opened.ok) return opened
    const { caseId } = opened.value
    await giveMailFiles(tx, mail, { caseId, sellerId })
    return done({ caseId, sellerId, reason: null })
  })
}

/** Answers that there is nothing to do, with a reason that its sender reads. */
export async function settleMail(
  app: App,
  who: Who,
  { mailId, reason }: { mailId: string; reason: string },
): Promise<Result<{ mailId: string }>> {
  const settled = await settle(app, who, { mailId, command: 'mail.settle' }, async () =>
    reason.trim() === ''
      ? refuse('reasons_missing')
      : done({ caseId: null, sellerId: null, reason: reason.trim() }),
  )
  return settled.ok ? done({ mailId }) : settled
}

interface Settlement {
  caseId: string | null
  sellerId: string | null
  reason: string | null
}

function settle<S extends Settlement>(
  app: App,
  who: Who,
  { mailId, command }: { mailId: string; command: 'mail.attach' | 'mail.open' | 'mail.settle' },
  work: (tx: Tx, mail: Mail, reader: StaffReader) => Promise<Result<S>>,
): Promise<Result<{ caseId: NonNullable<S['caseId']> }>> {
  const may = permit(app, who, command)
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const settling = transact(app.db, may.wall, async (tx) => {
    const mail = await lockMail(tx, mailId)
    if (mail === null)
      return refuse((await readMail(tx, mailId)) === null ? 'not_found' : 'wrong_state')
    if (mail.state !== 'held') return refuse('wrong_state')
    const result = await work(tx, mail, reader)
    if (!result.ok) throw new RefusedError(result)
    const { caseId, sellerId, reason } = result.value
    const now = app.now()
    await saveMail(tx, mailId, {
      state: 'settled',
      dueAt: null,
      settledBy: reader.id,
      settledAt: now,
      ...(reason === null ? {} : { settlement: reason }),
      caseId,
      sellerId,
    })
    await clearClock(tx, 'mail.due', mailId)
    await tellSettled(app, tx, { mail, reader, reason })
    return done({ caseId: caseId as NonNullable<S['caseId']> }) // null only where the command knows it to be
  })
  return refusalOf(settling)
}

/** Whoever sent it hears what became of it, and nothing of what it was put into. */
async function tellSettled(
  app: App,
  tx: Tx,
  { mail, reader, reason }: { mail: Mail; reader: StaffReader; reason: string | null },
): Promise<void> {
  const address = mail.envelopeFrom
  const isAnswerable =
    isAddress(address) &&
    mail.heldBecause !== 'from_list' &&
    mail.heldBecause !== 'unreadable' &&
    mail.authentication?.result !== 'fail' &&
    !['fail', 'softfail'].includes(mail.authentication?.spf ?? 'none')
  if (!isAnswerable) return
  await insertNotice(tx, {
    ...frame(app),
    address,
    inReplyTo: mail.messageId,
    ...settledNotice({ number: mailNumber(mail), by: firstName(reader.name), reason }),
  })
}

function placeOf(procedure: Procedure, mail: Mail): { desk: string; within: number } {
  return holdingPlace(procedure, channelOf(mail))
}

function channelOf({ entries }: Mail): string {
  return entries.find(({ channel }) => channel !== null)?.channel ?? 'support'
}

function wordsOf({ subject, words }: Mail): string {
  const said = [subject ?? '', words ?? ''].filter((part) => part.trim() !== '').join('\n\n')
  return said === '' ? `${byMail('somebody')}, without words.` : said
}

function frame(app: App) {
  const now = app.now()
  const nothing = { sellerId: null, decisionId: null, caseId: null }
  return { id: app.newId('ntc'), ...nothing, releaseAt: now, createdAt: now }
}
