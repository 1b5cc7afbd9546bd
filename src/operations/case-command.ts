/** A command to a case from its desk: permission, kind and part in it first, then core, then all that follows, in one transaction. */
import { barredFromCase, type Case } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { type CaseCommand } from '../core/case-command.ts'
import type { Command } from '../core/permission.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { lockCase, readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { followChange } from './case-change.ts'
import { barredOf } from './case-view.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { whyNotSent } from './prepared-words.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

export type DeskCommand =
  | Extract<Command, `desk.${'take' | 'release' | 'forward' | 'answer' | 'decide' | 'undo'}Case`>
  | 'desk.askSeller'
  | 'desk.concludeCheck'
  | 'desk.findComplaint'
  | 'desk.linkSeller'
  | 'letters.recordOutcome'

/** What a person means to do, said about the case as it is once it is locked. */
export type Making = (
  tx: Tx,
  held: Case,
  reader: StaffReader,
) => Promise<CaseCommand | Refused> | CaseCommand

export type CaseDone = Promise<Result<{ caseId: string }>>

/** Gives a command in a transaction of its own. */
export async function commandCase(
  app: App,
  { who, command, caseId }: { who: Who; command: DeskCommand; caseId: string },
  making: Making,
): CaseDone {
  const may = permit(app, who, command)
  if (!may.ok) return may
  return refusalOf(
    transact(app.db, may.wall, (tx) =>
      commandIn(app, tx, { reader: may.reader, command, caseId }, making),
    ),
  )
}

/** The same in a transaction that is open, for whoever was permitted it. */
export async function commandIn(
  app: App,
  tx: Tx,
  { reader, command: given, caseId }: { reader: StaffReader; command: DeskCommand; caseId: string },
  making: Making,
): CaseDone {
  const held = await lockCase(tx, caseId)
  // Behind the wall only the cases of one's own desks can be locked, and all can be read.
  const seen = held ?? (await readCase(tx, caseId))
  if (seen === null) return refuse('not_found')
  const why =
    whyNotTheirs(app, given, reader, seen) ??
    (await whyBarred(app, tx, { command: given, held: seen }, reader))
  if (why) return why
  if (held === null) return refuse('not_allowed')
  const command = await making(tx, held, reader)
  return 'ok' in command ? command : changeHeld(app, tx, held, command)
}

/** Changes a case that this transaction locked, and carries out what follows. */
export async function changeHeld(app: App, tx: Tx, held: Case, command: CaseCommand): CaseDone {
  const procedure = await procedureOf(tx, held.procedureId)
  const result = changeCase(held, command, procedure, app.now())
  if (!result.ok) return result
  const unsaid = await whyNotSent(app, tx, held, command)
  if (unsaid) return unsaid
  await followChange(app, tx, { held, result, procedure })
  return done({ caseId: held.id })
}

/** Why this person may not work on the case for the part they had in what it contests; or null. */
export async function whyBarred(
  app: App,
  tx: Tx,
  { command, held }: { command: Command; held: Case },
  reader: StaffReader,
): Promise<Refused | null> {
  if (!app.judge.asks(command, 'not-the-taker')) return null
  const barred = await barredOf(app, tx, { command, held })
  const why = barredFromCase(barred, held, reader.id)
  return why ? refuse(why) : null
}
