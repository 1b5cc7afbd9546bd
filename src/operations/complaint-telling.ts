/** Tells of a complaint: its reporter, who learns nothing of the seller, and the seller, who learns nothing of the reporter. */
import { later } from '../core/calendar.ts'
import { caseNumber, promisedBy, secondLookDesk, type Case } from '../core/case.ts'
import type { ComplaintFinding } from '../core/complaint.ts'
import {
  complaintAnswered,
  complaintAsked,
  complaintFound,
  complaintMoved,
  complaintOverdue,
  complaintReceived,
  type ReporterHolding,
} from '../core/complaint-notice.ts'
import { complaintSetAside } from '../core/misuse-notice.ts'
import type { Worded } from '../core/notice.ts'
import { deskTitle } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { sayIfClaimLate } from '../core/recovery.ts'
import { complaintOfCase, readReporter, toldSince, type KeptComplaint } from '../store/complaint.ts'
import type { Tx } from '../store/db.ts'
import { readCaseEvents } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'

/** How many receipts an address gets in a day: whoever names a stranger's address shall not fill their mailbox. */
const mostReceipts = 5

const aDay = 24 * 60 * 60_000

/** The receipt, with its number and the date of the answer; as the answer to a mail where one brought it. */
export async function acknowledgeComplaint(
  app: App,
  tx: Tx,
  held: Case,
  {
    inReplyTo = null,
    aside = null,
  }: {
    inReplyTo?: string | null
    /** By what it waits until a day; null where it does not. */
    aside?: { until: Date; complaintNumber: number } | null
  } = {},
): Promise<void> {
  const { complaint, address, holding, procedure } = await reporterOf(app, tx, held)
  if (address === null) return
  if ((await toldSince(tx, address, later(app.now(), -aDay))) >= mostReceipts) return
  const worded =
    aside === null
      ? complaintReceived({ ...holding, promisedBy: promisedBy(held, procedure) })
      : complaintSetAside({
          complaint,
          until: aside.until,
          contestedAt: aside.complaintNumber,
          timeZone: app.timeZone,
        })
  await toReporter(app, tx, { held, complaint, address, worded, inReplyTo })
}

/** Tells a complaint's reporter, where they are reached. */
export async function tellReporter(app: App, tx: Tx, held: Case, worded: Worded): Promise<void> {
  const { complaint, address } = await reporterOf(app, tx, held)
  if (address !== null) await toReporter(app, tx, { held, complaint, address, worded })
}

/** Its reporter hears that another desk has it. */
export async function tellReporterMoved(
  app: App,
  tx: Tx,
  held: Case,
  { from, why }: { from: string; why: 'late' | 'forward' | 'second-look' | 'again' },
): Promise<void> {
  const { complaint, address, holding, procedure } = await reporterOf(app, tx, held)
  if (address === null) return
  const worded = complaintMoved({ ...holding, fromDeskTitle: deskTitle(procedure, from), why })
  await toReporter(app, tx, { held, complaint, address, worded })
}

/** Its reporter hears that we are late. */
export async function tellReporterOverdue(app: App, tx: Tx, held: Case): Promise<void> {
  const { complaint, address, holding } = await reporterOf(app, tx, held)
  if (address === null) return
  const overdueSince = held.overdueSince ?? held.dueAt
  const worded = complaintOverdue({ ...holding, overdueSince })
  await toReporter(app, tx, { held, complaint, address, worded })
}

/** What was found: its reporter always hears, its seller where they were asked or something of theirs was held. */
export async function tellFinding(
  app: App,
  tx: Tx,
  held: Case,
  found: { finding: ComplaintFinding; by: string; reasons: string; words: string },
): Promise<void> {
  const { complaint, address, procedure } = await reporterOf(app, tx, held)
  const by = firstName(found.by)
  const desk = secondLookDesk(held, procedure)
  if (address !== null) {
    const worded = complaintAnswered({
      complaint,
      finding: found.finding,
      by,
      deskTitle: deskTitle(procedure, held.desk),
      words: found.words,
      secondLook: desk && deskTitle(procedure, desk),
    })
    await toReporter(app, tx, { held, complaint, address, worded })
  }
  const about = held.complaint
  const isTouched = held.asks > 0 || about?.decisionId != null
  if (about === null || held.sellerId === null || !isTouched) return
  const seller = await readSeller(tx, held.sellerId)
  await insertNotice(tx, {
    ...frame(app, held),
    sellerId: held.sellerId,
    address: null,
    ...complaintFound({
      number: caseNumber(held),
      caseId: held.id,
      title: about.title,
      by,
      deskTitle: deskTitle(procedure, held.desk),
      language: seller?.language ?? 'en',
      finding: found.finding,
      reasons: found.reasons,
    }),
  })
}

/** The seller is asked, and reads what is said in the very words in which the case keeps it: without who says it. */
export async function askAboutComplaint(
  app: App,
  tx: Tx,
  held: Case,
  asked: { by: string; question: string; until: Date; waits: boolean },
): Promise<void> {
  const about = held.complaint
  if (about === null || held.sellerId === null)
    throw new Error(`ask about case ${held.id}: it is no complaint about a seller`)
  const seller = await readSeller(tx, held.sellerId)
  const procedure = await procedureOf(tx, held.procedureId)
  await insertNotice(tx, {
    ...frame(app, held),
    sellerId: held.sellerId,
    address: null,
    ...complaintAsked({
      ...asked,
      by: firstName(asked.by),
      number: caseNumber(held),
      caseId: held.id,
      title: about.title,
      kind: about.kind,
      substance: await substanceIn(tx, held),
      deskTitle: deskTitle(procedure, held.desk),
      timeZone: seller?.timeZone ?? app.timeZone,
      language: seller?.language ?? 'en',
    }),
  })
}

/** The substance as the case was opened with it. */
async function substanceIn(tx: Tx, { id }: Case): Promise<string> {
  const opened = (await readCaseEvents(tx, id)).find(({ kind }) => kind === 'case.opened')
  const said = opened?.detail['text']
  if (typeof said !== 'string') throw new Error(`read complaint case ${id}: it says nothing`)
  return said
}

interface Told {
  complaint: KeptComplaint
  address: string | null
  procedure: Awaited<ReturnType<typeof procedureOf>>
  holding: ReporterHolding
}

async function reporterOf(app: App, tx: Tx, held: Case): Promise<Told> {
  const complaint = await complaintOfCase(tx, held.id)
  if (complaint === null) throw new Error(`tell the reporter of case ${held.id}: there is none`)
  const reporter = await readReporter(tx, complaint.reporterId)
  const procedure = await procedureOf(tx, held.procedureId)
  return {
    complaint,
    address: reporter?.address ?? null,
    procedure,
    holding: {
      complaint,
      deskTitle: deskTitle(procedure, held.desk),
      dueAt: held.dueAt,
      ifLate: sayIfClaimLate(held, procedure),
      timeZone: app.timeZone,
    },
  }
}

async function toReporter(
  app: App,
  tx: Tx,
  told: {
    held: Case
    complaint: KeptComplaint
    address: string
    worded: Worded
    inReplyTo?: string | null
  },
): Promise<void> {
  await insertNotice(tx, {
    ...frame(app, told.held),
    // No seller's: neither their pages nor their file have it.
    sellerId: null,
    address: told.address,
    inReplyTo: told.inReplyTo ?? null,
    ...told.worded,
  })
}

function frame(app: App, held: Case) {
  const now = app.now()
  return { id: app.newId('ntc'), decisionId: null, caseId: held.id, releaseAt: now, createdAt: now }
}
