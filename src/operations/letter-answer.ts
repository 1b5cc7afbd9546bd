/** Answering whoever wrote a letter: by mail or by post, with the file of the case where they asked for it; that meets their deadline. */
import { caseNumber, hasSender, type Case } from '../core/case.ts'
import { isMailAddress, isWaitedFor, type Letter } from '../core/letter.ts'
import { letterAnswer } from '../core/letter-notice.ts'
import { deskTitle } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import { readCase } from '../store/case.ts'
import { clearClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { readCaseEvents, recordEvents } from '../store/event.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { lettersOfCases, lockLetter, meetLetter } from '../store/letter.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface LetterAnswer {
  letterId: string
  text: string
  /** Whether the file of the case goes with it, as it was downloaded for this sender. */
  withFile: boolean
}

/** Answers a letter. By mail it goes out from here; by post a person sends it, and says here that they did. */
export function answerLetter(
  app: App,
  who: Who,
  { letterId, text, withFile }: LetterAnswer,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'letters.answer')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const letter = await lockLetter(tx, letterId)
      const held = letter && (await readCase(tx, letter.caseId))
      if (letter === null || held === null) return refuse('not_found')
      const why = whyNotTheirs(app, 'letters.answer', reader, held)
      if (why) return why
      if (text.trim() === '') return refuse('text_missing')
      if (withFile && !(await wasBundledFor(tx, letter))) return refuse('bundle_not_made')
      await answer(app, tx, { held, letter, by: reader, text: text.trim(), withFile })
      return done({ caseId: held.id })
    }),
  )
  return refusalOf(work)
}

/** What a desk answered in a matter of whoever wrote goes to them, and what anybody waited for there is met. */
export async function answerWhoWrote(
  app: App,
  tx: Tx,
  held: Case,
  { by, name, text }: { by: string; name: string; text: string },
): Promise<void> {
  for (const letter of await lettersOfCases(tx, [held.id])) {
    if (!hasSender(held))
      await answer(app, tx, { held, letter, by: { id: by, name }, text, withFile: false })
    else if (isWaitedFor(letter)) await meet(app, tx, letter, by)
  }
}

/** Its sender has what they wanted, and neither desk nor officer hears of it again. */
export async function meet(app: App, tx: Tx, { id }: Letter, by: string): Promise<void> {
  await meetLetter(tx, { id, at: app.now(), by })
  await clearClock(tx, 'letter.due', id)
  await clearClock(tx, 'letter.remind', id)
}

interface Answering {
  held: Case
  letter: Letter
  by: { id: string; name: string }
  text: string
  withFile: boolean
}

async function answer(
  app: App,
  tx: Tx,
  { held, letter, by, text, withFile }: Answering,
): Promise<void> {
  const now = app.now()
  const { sender, reference, receivedOn } = letter
  const byMail = isMailAddress(sender.answerTo)
  await recordEvents(tx, [
    {
      at: now,
      kind: 'case.letter_answered',
      // Between the marketplace and whoever wrote.
      sellerId: null,
      caseId: held.id,
      decisionId: null,
      by: by.id,
      detail: {
        letter: letter.id,
        senderKind: sender.kind,
        senderName: sender.name,
        way: byMail ? 'mail' : 'post',
        withFile,
        text,
        isKept: true,
      },
    },
  ])
  if (isWaitedFor(letter)) await meet(app, tx, letter, by.id)
  if (!byMail) return
  const procedure = await procedureOf(tx, held.procedureId)
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address: sender.answerTo,
    releaseAt: now,
    createdAt: now,
    ...letterAnswer({
      number: caseNumber(held),
      by: firstName(by.name),
      deskTitle: deskTitle(procedure, held.desk),
      text,
      withFile,
      reference,
      receivedOn,
      timeZone: app.timeZone,
    }),
  })
}

/** Whether somebody downloaded the file for the sender of this letter. */
async function wasBundledFor(tx: Tx, { id, caseId }: Letter): Promise<boolean> {
  const events = await readCaseEvents(tx, caseId)
  return events.some(({ kind, detail }) => kind === 'case.bundled' && detail['letter'] === id)
}
