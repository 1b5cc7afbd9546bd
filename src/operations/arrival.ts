/** Tells a seller where a case is: received, at another desk now, asked about, written about, or overdue. */
import { caseNumber, hasSender, promisedBy, secondLookDesk, type Case } from '../core/case.ts'
import {
  askedNotice,
  callNotice,
  caseReceived,
  handedOver,
  messageNotice,
  overdueNotice,
  overdueToSender,
  turnedNotice,
  type HandOver,
  type HoldingWords,
} from '../core/case-notice.ts'
import { filedAfterNotice, filedNotice, type CameAs } from '../core/mail-notice.ts'
import type { Worded } from '../core/notice.ts'
import { sayIfLate } from '../core/holding.ts'
import { deskTitle, type Procedure } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { claimNumber, sayIfClaimLate } from '../core/recovery.ts'
import { toClaimant } from '../core/recovery-notice.ts'
import type { Language } from '../core/language.ts'
import { named } from '../core/saying.ts'
import { wordsIn } from '../core/words.ts'
import type { Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { claimOfCase } from '../store/recovery.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import { askAboutComplaint, tellReporterMoved, tellReporterOverdue } from './complaint-telling.ts'

/** The receipt: number, desk, and by when there is an answer; as the answer to a mail where one opened it. */
export function acknowledge(
  app: App,
  tx: Tx,
  opened: Case,
  { inReplyTo = null }: { inReplyTo?: string | null } = {},
): Promise<void> {
  return tellSeller(app, tx, opened, caseReceived, inReplyTo)
}

/** What came, and the mail that a notice about it answers. */
interface Came {
  inReplyTo: string | null
  cameAs?: CameAs
}

/** The answer to a mail or letter that was put into an open case. */
export function tellFiled(
  app: App,
  tx: Tx,
  held: Case,
  { inReplyTo, cameAs = 'mail' }: Came,
): Promise<void> {
  return tellSeller(app, tx, held, (holding) => filedNotice(holding, cameAs), inReplyTo)
}

/** A mail asks for no second look and takes nothing back: the link in its answer does, in the mailbox that we know. */
export async function tellFiledAfter(
  app: App,
  tx: Tx,
  held: Case,
  { inReplyTo, cameAs = 'mail' }: Came,
): Promise<void> {
  const procedure = await procedureOf(tx, held.procedureId)
  // What was found of a complaint is not its seller's to contest.
  const look = held.complaint === null ? secondLookDesk(held, procedure) : null
  const isInTime = held.contestBy === null || app.now() <= held.contestBy
  const seller = held.sellerId === null ? null : await readSeller(tx, held.sellerId)
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: held.sellerId,
    address: null,
    inReplyTo,
    ...filedAfterNotice({
      kind: held.kind,
      number: caseNumber(held),
      caseId: held.id,
      contest:
        look !== null && isInTime
          ? { deskTitle: deskTitle(procedure, look), until: held.contestBy }
          : null,
      cameAs,
      timeZone: seller?.timeZone ?? app.timeZone,
      language: seller?.language ?? 'en',
    }),
  })
}

/** A hand-over is never silent: the notice goes out with it. */
export async function tellArrival(
  app: App,
  tx: Tx,
  held: Case,
  came: { from: string } & (
    { why: 'late' | 'second-look' | 'again' } | { why: 'forward'; by: string; reason: string }
  ),
): Promise<void> {
  if (held.complaint !== null) return tellReporterMoved(app, tx, held, came)
  const procedure = await procedureOf(tx, held.procedureId)
  const fromDeskTitle = deskTitle(procedure, came.from)
  const handOver: HandOver =
    came.why === 'forward'
      ? {
          why: 'forward',
          fromDeskTitle,
          by: firstName(came.by),
          reason: came.reason,
          promisedBy: promisedBy(held, procedure),
        }
      : { why: came.why, fromDeskTitle }
  await tellSeller(app, tx, held, (holding) => handedOver({ ...holding, handOver }))
}

/** A question to the seller goes out with its date. */
export async function tellAsked(
  app: App,
  tx: Tx,
  held: Case,
  {
    by,
    question,
    until,
    waits,
  }: {
    by: string
    question: string
    until: Date
    /** Whether our clock stands still for it. */ waits: boolean
  },
): Promise<void> {
  if (held.complaint !== null)
    return askAboutComplaint(app, tx, held, { by, question, until, waits })
  await tellSeller(app, tx, held, (holding) =>
    askedNotice({ ...holding, by: firstName(by), question, until }),
  )
}

/** What a desk wrote: the answer of a matter, or information in a case that goes on. */
export async function tellMessage(
  app: App,
  tx: Tx,
  held: Case,
  { by, text }: { by: string; text: string },
): Promise<void> {
  const writeAgainUntil = held.state === 'answered' ? held.contestBy : null
  await tellSeller(app, tx, held, (holding) =>
    messageNotice({ ...holding, by: firstName(by), text, writeAgainUntil }),
  )
}

/** A question was turned into an appeal, or joined with one: its sender hears where it went. */
export async function tellTurned(
  app: App,
  tx: Tx,
  appeal: Case,
  { question, by, isNew }: { question: Case; by: string; isNew: boolean },
): Promise<void> {
  const procedure = await procedureOf(tx, appeal.procedureId)
  await tellSeller(app, tx, appeal, (holding) =>
    turnedNotice({
      ...holding,
      question: caseNumber(question),
      by: firstName(by),
      promisedBy: promisedBy(appeal, procedure),
      isNew,
    }),
  )
}

/** A call is booked, or did not come about. */
export async function tellCall(
  app: App,
  tx: Tx,
  held: Case,
  {
    startsAt,
    number,
    became,
  }: { startsAt: Date; number: string; became: 'booked' | 'missed' | 'lapsed' },
): Promise<void> {
  await tellSeller(app, tx, held, (holding) =>
    callNotice({ ...holding, startsAt, to: number, became }),
  )
}

/** Its sender hears that every clock ran out, and who is on it: once, when it begins. */
export async function tellOverdue(app: App, tx: Tx, held: Case): Promise<void> {
  if (held.complaint !== null) return tellReporterOverdue(app, tx, held)
  const overdueSince = held.overdueSince ?? held.dueAt
  await tellSeller(app, tx, held, (holding) => overdueToSender({ ...holding, overdueSince }))
}

/** Every clock has run out and none may decide: the officer is called, at each expiry again. */
export async function callOfficer(app: App, tx: Tx, held: Case): Promise<void> {
  const procedure = await procedureOf(tx, held.procedureId)
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: null,
    address: procedure.officer,
    ...overdueNotice({
      kind: held.kind,
      caseNumber: caseNumber(held),
      deskTitle: deskTitle(procedure, held.desk),
      overdueSince: held.overdueSince ?? held.dueAt,
      dueAt: held.dueAt,
      timeZone: app.timeZone,
    }),
  })
}

/** What a case is about, as it stands behind "about" to its seller. */
export async function aboutOf(tx: Tx, held: Case, language: Language): Promise<string[]> {
  const say = wordsIn(language).saying.about
  const about: string[] = []
  for (const objection of held.objections) {
    const measure = await readMeasure(tx, objection.decisionId)
    if (measure) about.push(say(named(measure.statement.subject, language)))
  }
  return [...new Set(about)]
}

/** What nobody sent has nobody to tell. */
async function tellSeller(
  app: App,
  tx: Tx,
  held: Case,
  word: (holding: HoldingWords) => Worded,
  inReplyTo: string | null = null,
): Promise<void> {
  if (!hasSender(held)) return
  const procedure = await procedureOf(tx, held.procedureId)
  if (held.sellerId === null) return tellClaimant(app, tx, { held, procedure, inReplyTo }, word)
  const seller = await readSeller(tx, held.sellerId)
  const timeZone = seller?.timeZone ?? app.timeZone
  const language = seller?.language ?? 'en'
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: held.sellerId,
    address: null,
    inReplyTo,
    ...word({
      kind: held.kind,
      number: caseNumber(held),
      caseId: held.id,
      deskTitle: deskTitle(procedure, held.desk),
      dueAt: held.dueAt,
      ifLate: sayIfLate({ case: held, procedure, timeZone, language }),
      timeZone,
      language,
      about: await aboutOf(tx, held, language),
    }),
  })
}

/** What a claimant reads names nothing of the account, and its times are the marketplace's, not the seller's. */
async function tellClaimant(
  app: App,
  tx: Tx,
  { held, procedure, inReplyTo }: { held: Case; procedure: Procedure; inReplyTo: string | null },
  word: (holding: HoldingWords) => Worded,
): Promise<void> {
  const claim = await claimOfCase(tx, held.id)
  if (claim === null) throw new Error(`tell the claimant of case ${held.id}: it answers no claim`)
  const worded = word({
    kind: held.kind,
    number: claimNumber(claim),
    caseId: held.id,
    deskTitle: deskTitle(procedure, held.desk),
    dueAt: held.dueAt,
    ifLate: sayIfClaimLate(held, procedure),
    timeZone: app.timeZone,
    // A claimant is nobody whose language is known.
    language: 'en',
    about: [],
  })
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: null,
    address: claim.address,
    inReplyTo,
    ...toClaimant(worded, claim),
  })
}

function noticeFrame(app: App, held: Case) {
  const now = app.now()
  return { id: app.newId('ntc'), decisionId: null, caseId: held.id, releaseAt: now, createdAt: now }
}
