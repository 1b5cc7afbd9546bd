/** Telling of a letter: its seller hears what somebody else wrote, and whoever wrote hears its number and date. */
import { caseNumber, hasSender, type Case } from '../core/case.ts'
import { isMailAddress, type Sender } from '../core/letter.ts'
import { letterReceived, letterTold } from '../core/letter-notice.ts'
import { deskTitle } from '../core/procedure.ts'
import { named } from '../core/saying.ts'
import { wordsIn } from '../core/words.ts'
import type { Tx } from '../store/db.ts'
import type { MeasureRecord } from '../store/decision.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'

/** A letter that found its place. */
interface Placed {
  app: App
  tx: Tx
  letter: { sender: Sender; reference?: string | null; receivedOn: string; text: string }
  about: { sellerId: string; measure: MeasureRecord | null }
}

/** The seller hears what somebody else wrote about them. */
export async function tellWhoWrote({ app, tx, letter, about }: Placed, held: Case): Promise<void> {
  const seller = await readSeller(tx, about.sellerId)
  if (seller === null) return
  const now = app.now()
  const isTheirs = hasSender(held)
  const { language } = seller
  const say = wordsIn(language).saying
  const subject = about.measure && named(about.measure.statement.subject, language)
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: seller.id,
    decisionId: null,
    caseId: isTheirs ? held.id : null,
    address: null,
    releaseAt: now,
    createdAt: now,
    ...letterTold({
      sender: letter.sender,
      text: letter.text.trim(),
      about: subject === null ? '' : say.aboutSome([say.about(subject)], 0),
      number: isTheirs ? caseNumber(held) : null,
      where: isTheirs
        ? { decisionId: null, caseId: held.id }
        : about.measure && { decisionId: about.measure.decision.id, caseId: null },
      language,
    }),
  })
}

/** Whoever wrote hears the number and the date, where mail reaches them. */
export async function tellSender({ app, tx, letter }: Placed, held: Case): Promise<void> {
  const { answerTo } = letter.sender
  if (!isMailAddress(answerTo)) return
  const procedure = await procedureOf(tx, held.procedureId)
  const now = app.now()
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address: answerTo.trim(),
    releaseAt: now,
    createdAt: now,
    ...letterReceived({
      number: caseNumber(held),
      deskTitle: deskTitle(procedure, held.desk),
      dueAt: held.dueAt,
      reference: letter.reference?.trim() || null,
      receivedOn: letter.receivedOn,
      timeZone: app.timeZone,
    }),
  })
}
