/** The clocks of letters: the desk is reminded of a sender's deadline, the officer is called once it has passed, and words reach a case that waits. */
import { caseNumber } from '../core/case.ts'
import { callAgainAfter, isWaitedFor, type Letter } from '../core/letter.ts'
import { letterDueSoon, letterOverdue } from '../core/letter-notice.ts'
import { later } from '../core/calendar.ts'
import { deskTitle } from '../core/procedure.ts'
import type { Worded } from '../core/notice.ts'
import { lockCase, readCase } from '../store/case.ts'
import { setClock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { lockLetter, markLetterOverdue } from '../store/letter.ts'
import { insertNotice } from '../store/notice.ts'
import { procedureOf } from '../store/procedure.ts'
import { staffById, staffOfDesk } from '../store/staff.ts'
import type { App } from './app.ts'
import { writeByLetter } from './letter.ts'

/** Reminds everybody of the desk that has the case, unless what is wanted has gone out. */
export async function letterReminds(app: App, tx: Tx, letterId: string): Promise<void> {
  const due = await dueOf(app, tx, letterId)
  if (due === null) return
  for (const { email } of await staffOfDesk(tx, due.desk))
    await send(app, tx, email, letterDueSoon(due.words))
}

/** The sender's day has passed: it is overdue, and the officer hears of it, now and every day until it is met. */
export async function letterIsDue(app: App, tx: Tx, letterId: string): Promise<void> {
  const due = await dueOf(app, tx, letterId)
  if (due === null) return
  const { letter, words } = due
  await markLetterOverdue(tx, letterId, letter.overdueSince ?? words.dueAt)
  await setClock(tx, 'letter.due', letterId, later(app.now(), callAgainAfter))
  await send(app, tx, due.officer, letterOverdue(words))
}

/** The words of a letter start the clock of a case that waited for its seller, whoever's desk it is at. */
export async function letterArrives(app: App, tx: Tx, letterId: string): Promise<void> {
  const letter = await lockLetter(tx, letterId)
  const held = letter && (await lockCase(tx, letter.caseId))
  if (letter === null || held === null) return
  // At work again, or over, since.
  if (held.state !== 'asking' && held.state !== 'answered') return
  const person = await staffById(tx, letter.recordedBy)
  await writeByLetter(app, tx, held, { by: letter.recordedBy, name: person?.name ?? 'A colleague' })
}

/** What there is to say of a deadline that is not met. */
interface Due {
  letter: Letter
  desk: string
  officer: string
  words: Parameters<typeof letterOverdue>[0]
}

async function dueOf(app: App, tx: Tx, letterId: string): Promise<Due | null> {
  const letter = await lockLetter(tx, letterId)
  if (letter?.dueAt == null || !isWaitedFor(letter)) return null
  const held = await readCase(tx, letter.caseId)
  if (held === null) throw new Error(`see letter ${letterId} due: its case is not kept`)
  const procedure = await procedureOf(tx, held.procedureId)
  const { sender, wants, dueAt } = letter
  return {
    letter,
    desk: held.desk,
    officer: procedure.officer,
    words: {
      sender,
      wants,
      dueAt,
      number: caseNumber(held),
      deskTitle: deskTitle(procedure, held.desk),
      timeZone: app.timeZone,
    },
  }
}

async function send(app: App, tx: Tx, address: string, worded: Worded): Promise<void> {
  const now = app.now()
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: null,
    decisionId: null,
    caseId: null,
    address,
    releaseAt: now,
    createdAt: now,
    ...worded,
  })
}
