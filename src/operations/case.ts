/** Cases at the desks: who may take, forward, ask, answer, decide, conclude and undo. */
import { barredFrom, openObjections, type Case, type Conclusion } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { type CaseCommand } from '../core/case-command.ts'
import type { Answer } from '../core/objection.ts'
import type { Command } from '../core/permission.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { lockCase, lockNextCase, readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { followChange } from './case-change.ts'
import { barredOf } from './case-view.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { linkingOf } from './recovery-desk.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

type CaseDone = Promise<Result<{ caseId: string }>>

/** Takes a case for 20 minutes. Who took its measure cannot take its appeal. */
export function takeCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.takeCase', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'take', by: reader.id }),
  )
}

/** Takes the case at one's desks that is due first and that one may decide; two who ask at once get two cases. */
export function takeNextCase(
  app: App,
  who: Who,
  { desk }: { desk: string | null },
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'desk.takeNextCase')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const desks = reader.desks.filter((name) => desk === null || name === desk)
  const work = transact(app.db, may.wall, async (tx): Promise<Result<{ caseId: string }>> => {
    const barred: string[] = []
    for (;;) {
      const now = app.now()
      const held = await lockNextCase(tx, { desks, person: reader.id, except: barred, now })
      if (held === null) return refuse('nothing_waiting')
      const why =
        whyNotTheirs(app, 'desk.takeNextCase', reader, held) ??
        (await whyBarred(app, tx, { command: 'desk.takeNextCase', held }, reader))
      if (why) {
        barred.push(held.id)
        continue
      }
      return change(app, tx, held, { do: 'take', by: reader.id })
    }
  })
  return refusalOf(work)
}

/** Gives a held case back. */
export function releaseCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.releaseCase', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'release', by: reader.id }),
  )
}

/** Hands a held case to another desk, with a reason that its seller reads. The promised date stays as it was. */
export function forwardCase(
  app: App,
  who: Who,
  { caseId, to, reason }: { caseId: string; to: string; reason: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.forwardCase', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'forward', by: reader.id, to, reason }),
  )
}

/** Asks the seller; the desk's clock stands still until the answer, or until the procedure's time for one is over. */
export function askSeller(
  app: App,
  who: Who,
  { caseId, question }: { caseId: string; question: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.askSeller', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'ask', by: reader.id, question }),
  )
}

/** Writes to the seller: it ends a question or letter, and informs where a measure is contested. */
export function answerCase(
  app: App,
  who: Who,
  { caseId, text }: { caseId: string; text: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.answerCase', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'answer', by: reader.id, text }),
  )
}

/**
 * Decides an appeal, objection by objection. For a minute whoever decided may take it back, and nobody outside hears
 * of it; then each answer is a decision of its own, and all of them happen or none.
 */
export function decideCase(
  app: App,
  who: Who,
  { caseId, answers }: { caseId: string; answers: Answer[] },
): CaseDone {
  return commandCase(
    app,
    { who, command: 'desk.decideCase', caseId },
    async (tx, held, reader) => ({
      do: 'decide',
      by: { kind: 'person', id: reader.id },
      answers,
      barred: await barredOf(app, tx, { command: 'desk.decideCase', held }),
      undoFor: app.undoFor,
    }),
  )
}

/** Concludes a check: `cleared` leaves or brings the listing back, `acted` imposes the policy's measure or lets it stand. */
export function concludeCheck(
  app: App,
  who: Who,
  { caseId, conclusion, reasons }: { caseId: string; conclusion: Conclusion; reasons: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.concludeCheck', caseId }, (_tx, _held, reader) =>
    Promise.resolve({
      do: 'conclude',
      by: reader.id,
      conclusion,
      reasons,
      barred: { takenBy: null, policyAuthor: null },
      undoFor: app.undoFor,
    }),
  )
}

/** Takes back what one decided, within its minute: the case is in one's hands again. */
export function undoCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.undoCase', caseId }, (_tx, _held, reader) =>
    Promise.resolve({ do: 'undo', by: reader.id }),
  )
}

/** Says whose account a claim is about: from then on the desk decides on what shuts that account. */
export function linkSeller(
  app: App,
  who: Who,
  { caseId, sellerId }: { caseId: string; sellerId: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.linkSeller', caseId }, (tx, held, reader) =>
    linkingOf(app, tx, held, { sellerId, by: reader.id }),
  )
}

type DeskCommand =
  | Extract<Command, `desk.${'take' | 'release' | 'forward' | 'answer' | 'decide' | 'undo'}Case`>
  | 'desk.askSeller'
  | 'desk.concludeCheck'
  | 'desk.linkSeller'

async function commandCase(
  app: App,
  { who, command: given, caseId }: { who: Who; command: DeskCommand; caseId: string },
  commandOf: (tx: Tx, held: Case, reader: StaffReader) => Promise<CaseCommand | Refused>,
): CaseDone {
  const may = permit(app, who, given)
  if (!may.ok) return may
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx) => {
    const held = await lockCase(tx, caseId)
    // Behind the wall only the cases of one's own desks can be locked, and all can be read.
    const seen = held ?? (await readCase(tx, caseId))
    if (seen === null) return refuse('not_found')
    const why =
      whyNotTheirs(app, given, reader, seen) ??
      (await whyBarred(app, tx, { command: given, held: seen }, reader))
    if (why) return why
    if (held === null) return refuse('not_allowed')
    const command = await commandOf(tx, held, reader)
    return 'ok' in command ? command : change(app, tx, held, command)
  })
  return refusalOf(work)
}

async function change(app: App, tx: Tx, held: Case, command: CaseCommand): CaseDone {
  const procedure = await procedureOf(tx, held.procedureId)
  const result = changeCase(held, command, procedure, app.now())
  if (!result.ok) return result
  await followChange(app, tx, { held, result, procedure })
  return done({ caseId: held.id })
}

async function whyBarred(
  app: App,
  tx: Tx,
  { command, held }: { command: Command; held: Case },
  reader: StaffReader,
): Promise<Refused | null> {
  if (!app.judge.asks(command, 'not-the-taker')) return null
  const barred = await barredOf(app, tx, { command, held })
  const why = openObjections(held)
    .map((objection) => barredFrom(barred[objection.id], held, reader.id))
    .find((refusal) => refusal !== null)
  return why ? refuse(why) : null
}
