/** Tells a seller that another desk has the case now, until when, and what happens by itself. */
import { caseNumber, type Case } from '../core/case.ts'
import { handedOver, overdueNotice } from '../core/notice.ts'
import { deskTitle, sayIfLate } from '../core/procedure.ts'
import type { Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'

/** A hand-over is never silent: the notice goes out with it. A check has no seller to tell. */
export async function tellArrival(
  app: App,
  tx: Tx,
  held: Case,
  { from, why }: { from: string; why: 'late' | 'second-look' },
): Promise<void> {
  if (held.kind !== 'appeal') return
  const procedure = await procedureOf(tx, held.procedureId)
  const seller = await readSeller(tx, held.sellerId)
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: held.sellerId,
    address: null,
    ...handedOver({
      number: caseNumber(held),
      caseId: held.id,
      fromDeskTitle: deskTitle(procedure, from),
      why,
      deskTitle: deskTitle(procedure, held.desk),
      dueAt: held.dueAt,
      ifLate: sayIfLate(procedure, held.desk),
      timeZone: seller?.timeZone ?? app.timeZone,
      subjectTitles: await titlesOf(tx, held),
    }),
  })
}

/** Every clock has run out and none may decide: the officer is called, at each expiry again. */
export async function callOfficer(app: App, tx: Tx, held: Case): Promise<void> {
  const procedure = await procedureOf(tx, held.procedureId)
  await insertNotice(tx, {
    ...noticeFrame(app, held),
    sellerId: null,
    address: procedure.officer,
    ...overdueNotice({
      caseNumber: caseNumber(held),
      deskTitle: deskTitle(procedure, held.desk),
      overdueSince: held.overdueSince ?? held.dueAt,
      dueAt: held.dueAt,
      timeZone: app.timeZone,
    }),
  })
}

/** The titles of what a case is about, as its statements have them. */
export async function titlesOf(tx: Tx, held: Case): Promise<string[]> {
  const titles: string[] = []
  for (const objection of held.objections) {
    const measure = await readMeasure(tx, objection.decisionId)
    if (measure) titles.push(measure.statement.subject.title)
  }
  return [...new Set(titles)]
}

function noticeFrame(app: App, held: Case) {
  const now = app.now()
  return { id: app.newId('ntc'), decisionId: null, caseId: held.id, releaseAt: now, createdAt: now }
}
