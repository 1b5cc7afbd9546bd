/** Cases at the desks: who may take, forward, ask, answer, decide, conclude and undo. */
import type { Case, Conclusion } from '../core/case.ts'
import type { Command } from '../core/case-command.ts'
import type { Answer } from '../core/objection.ts'
import { shutsAccount } from '../core/recovery.ts'
import { refuse } from '../core/refusal.ts'
import { lockNextCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { changeHeld, commandCase, whyBarred, type CaseDone, type Making } from './case-command.ts'
import { barredOf } from './case-view.ts'
import { permit, whyNotTheirs } from './permit.ts'
import { isKeptShut } from './proving.ts'
import { linkingOf } from './recovery-desk.ts'
import { refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** Takes a case for 20 minutes. Who took its measure cannot take its appeal. */
export function takeCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.takeCase', caseId }, taking)
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
      return changeHeld(app, tx, held, { do: 'take', by: reader.id })
    }
  })
  return refusalOf(work)
}

/** Gives a held case back. */
export function releaseCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.releaseCase', caseId }, releasing)
}

/** Hands a held case to another desk, with a reason that its seller reads. The promised date stays as it was. */
export function forwardCase(
  app: App,
  who: Who,
  { caseId, to, reason }: { caseId: string; to: string; reason: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.forwardCase', caseId }, forwarding(to, reason))
}

/** Asks the seller; the desk's clock stands still until the answer, or until the procedure's time for one is over. */
export function askSeller(
  app: App,
  who: Who,
  { caseId, question }: { caseId: string; question: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.askSeller', caseId }, (_tx, _held, reader) => ({
    do: 'ask',
    by: reader.id,
    question,
  }))
}

/** Writes to the seller: it ends a question or letter, and informs where a measure is contested. */
export function answerCase(
  app: App,
  who: Who,
  { caseId, text }: { caseId: string; text: string },
): CaseDone {
  return commandCase(app, { who, command: 'desk.answerCase', caseId }, answering(text))
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
    deciding(app, () => answers),
  )
}

/** Concludes a check: `cleared` leaves or brings the listing back, `acted` imposes the policy's measure or lets it stand. */
export function concludeCheck(
  app: App,
  who: Who,
  { caseId, conclusion, reasons }: { caseId: string; conclusion: Conclusion; reasons: string },
): CaseDone {
  return commandCase(
    app,
    { who, command: 'desk.concludeCheck', caseId },
    concluding(app, { conclusion, reasons }),
  )
}

/** Says what looking into a complaint found: reasons for its seller, words for its reporter. */
export function findComplaint(
  app: App,
  who: Who,
  { caseId, ...found }: { caseId: string } & Found,
): CaseDone {
  return commandCase(app, { who, command: 'desk.findComplaint', caseId }, (_tx, _held, reader) => ({
    do: 'find',
    by: reader.id,
    ...found,
    undoFor: app.undoFor,
  }))
}

type Found = Pick<Command<'find'>, 'finding' | 'reasons' | 'words' | 'isUnfounded'>

/** Takes back what one decided, within its minute: the case is in one's hands again. */
export function undoCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, { who, command: 'desk.undoCase', caseId }, (_tx, _held, reader) => ({
    do: 'undo',
    by: reader.id,
  }))
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

/** The commands as they are given to one case; bulk gives the very same to each of several. */
export const taking: Making = (_tx, _held, reader) => ({ do: 'take', by: reader.id })

export const releasing: Making = (_tx, _held, reader) => ({ do: 'release', by: reader.id })

export function forwarding(to: string, reason: string): Making {
  return (_tx, _held, reader) => ({ do: 'forward', by: reader.id, to, reason })
}

export function answering(text: string): Making {
  return (_tx, _held, reader) => ({ do: 'answer', by: reader.id, text })
}

export function deciding(app: App, answersOf: (held: Case) => Answer[]): Making {
  return async (tx, held, reader) => {
    const answers = answersOf(held)
    if (await opensClaimed(tx, held, answers)) return refuse('claim_on_account')
    return {
      do: 'decide',
      by: { kind: 'person', id: reader.id },
      answers,
      barred: await barredOf(app, tx, { command: 'desk.decideCase', held }),
      undoFor: app.undoFor,
    }
  }
}

/** Whether an answer would open sign-in while a claim that is proved in part keeps it shut: a thief may have appealed. */
async function opensClaimed(tx: Tx, held: Case, answers: Answer[]): Promise<boolean> {
  if (held.kind === 'recovery' || held.sellerId === null) return false
  const opens = held.objections.some(
    ({ id, measure }) =>
      shutsAccount(measure) &&
      answers.some(({ objectionId, power }) => objectionId === id && power === 'grant'),
  )
  return opens && (await isKeptShut(tx, held.sellerId))
}

export function concluding(
  app: App,
  { conclusion, reasons }: { conclusion: Conclusion; reasons: string },
): Making {
  return (_tx, _held, reader) => ({
    do: 'conclude',
    by: reader.id,
    conclusion,
    reasons,
    barred: { takenBy: null, policyAuthor: null },
    undoFor: app.undoFor,
  })
}
