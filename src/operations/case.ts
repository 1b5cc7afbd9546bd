/** Cases at the desks: who may take, forward, ask, answer, decide, conclude and undo. */
import { barredFrom, openObjections, type Case, type Conclusion } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { type CaseCommand } from '../core/case-command.ts'
import type { Answer } from '../core/objection.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { lockCase, lockNextCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { procedureOf } from '../store/procedure.ts'
import type { App } from './app.ts'
import { followChange } from './case-change.ts'
import { barredOf } from './case-view.ts'
import { linkingOf } from './recovery-desk.ts'
import { done, refusalOf, type Result } from './result.ts'
import { type StaffReader, type Who, hasRole, refuseReader } from './who.ts'

type CaseDone = Promise<Result<{ caseId: string }>>

/** Takes a case for 20 minutes. Who took its measure cannot take its appeal. */
export function takeCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, who, caseId, async (tx, held, reader) => {
    const why = await whyBarred(tx, held, reader)
    return why ?? { do: 'take', by: reader.id }
  })
}

/** Takes the case at one's desks that is due first and that one may decide; two who ask at once get two cases. */
export function takeNextCase(
  app: App,
  who: Who,
  { desk }: { desk: string | null },
): Promise<Result<{ caseId: string }>> {
  if (!hasRole(who, 'reviewer')) return Promise.resolve(refuseReader(who))
  const desks = who.desks.filter((name) => desk === null || name === desk)
  const work = transact(
    app.db,
    { inside: true },
    async (tx): Promise<Result<{ caseId: string }>> => {
      const barred: string[] = []
      for (;;) {
        const now = app.now()
        const held = await lockNextCase(tx, { desks, person: who.id, except: barred, now })
        if (held === null) return refuse('nothing_waiting')
        if (await whyBarred(tx, held, who)) {
          barred.push(held.id)
          continue
        }
        return change(app, tx, held, { do: 'take', by: who.id })
      }
    },
  )
  return refusalOf(work)
}

/** Gives a held case back. */
export function releaseCase(app: App, who: Who, caseId: string): CaseDone {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
    Promise.resolve({ do: 'release', by: reader.id }),
  )
}

/** Hands a held case to another desk, with a reason that its seller reads. The promised date stays as it was. */
export function forwardCase(
  app: App,
  who: Who,
  { caseId, to, reason }: { caseId: string; to: string; reason: string },
): CaseDone {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
    Promise.resolve({ do: 'forward', by: reader.id, to, reason }),
  )
}

/** Asks the seller; the desk's clock stands still until the answer, or until the procedure's time for one is over. */
export function askSeller(
  app: App,
  who: Who,
  { caseId, question }: { caseId: string; question: string },
): CaseDone {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
    Promise.resolve({ do: 'ask', by: reader.id, question }),
  )
}

/** Writes to the seller: it ends a question or letter, and informs where a measure is contested. */
export function answerCase(
  app: App,
  who: Who,
  { caseId, text }: { caseId: string; text: string },
): CaseDone {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
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
  return commandCase(app, who, caseId, async (tx, held, reader) => ({
    do: 'decide',
    by: { kind: 'person', id: reader.id },
    answers,
    barred: await barredOf(tx, held),
    undoFor: app.undoFor,
  }))
}

/** Concludes a check: `cleared` leaves or brings the listing back, `acted` imposes the policy's measure or lets it stand. */
export function concludeCheck(
  app: App,
  who: Who,
  { caseId, conclusion, reasons }: { caseId: string; conclusion: Conclusion; reasons: string },
): CaseDone {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
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
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
    Promise.resolve({ do: 'undo', by: reader.id }),
  )
}

/** Says whose account a claim is about: from then on the desk decides on what shuts that account. */
export function linkSeller(
  app: App,
  who: Who,
  { caseId, sellerId }: { caseId: string; sellerId: string },
): CaseDone {
  return commandCase(app, who, caseId, (tx, held, reader) =>
    linkingOf(app, tx, held, { sellerId, by: reader.id }),
  )
}

async function commandCase(
  app: App,
  who: Who,
  caseId: string,
  commandOf: (tx: Tx, held: Case, reader: StaffReader) => Promise<CaseCommand | Refused>,
): CaseDone {
  if (!hasRole(who, 'reviewer')) return refuseReader(who)
  const work = transact(app.db, { inside: true }, async (tx) => {
    const held = await lockCase(tx, caseId)
    if (held === null) return refuse('not_found')
    if (!who.desks.includes(held.desk)) return refuse('not_your_desk')
    const command = await commandOf(tx, held, who)
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

async function whyBarred(tx: Tx, held: Case, reader: StaffReader): Promise<Refused | null> {
  const barred = await barredOf(tx, held)
  const why = openObjections(held)
    .map((objection) => barredFrom(barred[objection.id], held, reader.id))
    .find((refusal) => refusal !== null)
  return why ? refuse(why) : null
}
