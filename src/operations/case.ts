/** Cases at the desks: who may take, release, decide and conclude them. */
import {
  barredFrom,
  changeCase,
  openObjections,
  type Case,
  type CaseCommand,
} from '../core/case.ts'
import type { Answer } from '../core/objection.ts'
import { refuse } from '../core/refusal.ts'
import { lockCase, saveCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { lockMeasure } from '../store/decision.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { carryOut } from './answer.ts'
import type { App } from './app.ts'
import { barredOf, checkOf } from './case-view.ts'
import { impose, lift } from './enforcement.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import { type StaffReader, type Who, hasRole, refuseReader } from './who.ts'

/** Takes a case for 20 minutes. Who took its measure cannot take its appeal. */
export function takeCase(app: App, who: Who, caseId: string): Promise<Result<{ caseId: string }>> {
  return commandCase(app, who, caseId, async (tx, held, reader) => {
    const barred = await barredOf(tx, held)
    const why = openObjections(held)
      .map((objection) => barredFrom(barred[objection.id], held, reader.id))
      .find((refusal) => refusal !== null)
    return why ? refuse(why) : { do: 'take', by: reader.id }
  })
}

/** Gives a held case back. */
export function releaseCase(
  app: App,
  who: Who,
  caseId: string,
): Promise<Result<{ caseId: string }>> {
  return commandCase(app, who, caseId, (_tx, _held, reader) =>
    Promise.resolve({ do: 'release', by: reader.id }),
  )
}

/** Decides an appeal, objection by objection; each answer is a decision of its own, and all of them or none happen. */
export function decideCase(
  app: App,
  who: Who,
  { caseId, answers }: { caseId: string; answers: Answer[] },
): Promise<Result<{ caseId: string }>> {
  return commandCase(app, who, caseId, async (tx, held, reader) => ({
    do: 'decide',
    by: { kind: 'person', id: reader.id },
    answers,
    barred: await barredOf(tx, held),
  }))
}

/** Concludes a check: `cleared` leaves or brings the listing back, `acted` imposes the policy's measure or lets it stand. */
export function concludeCheck(
  app: App,
  who: Who,
  {
    caseId,
    conclusion,
    reasons,
  }: { caseId: string; conclusion: 'cleared' | 'acted'; reasons: string },
): Promise<Result<{ caseId: string }>> {
  return commandCase(
    app,
    who,
    caseId,
    (_tx, _held, reader) =>
      Promise.resolve({
        do: 'conclude',
        by: reader.id,
        conclusion,
        reasons,
        barred: { takenBy: null, policyAuthor: null },
      }),
    (tx, concluded, reader) =>
      followConclusion(app, tx, { concluded, conclusion, reasons, reader }),
  )
}

async function commandCase(
  app: App,
  who: Who,
  caseId: string,
  commandOf: (
    tx: Tx,
    held: Case,
    reader: StaffReader,
  ) => Promise<CaseCommand | ReturnType<typeof refuse>>,
  after: (tx: Tx, changed: Case, reader: StaffReader) => Promise<Result<unknown>> = () =>
    Promise.resolve(done(null)),
): Promise<Result<{ caseId: string }>> {
  if (!hasRole(who, 'reviewer')) return refuseReader(who)
  const work = transact(app.db, { inside: true }, async (tx) => {
    const held = await lockCase(tx, caseId)
    if (held === null) return refuse('not_found')
    if (!who.desks.includes(held.desk)) return refuse('not_your_desk')
    const command = await commandOf(tx, held, who)
    if ('ok' in command) return command
    const procedure = await procedureOf(tx, held.procedureId)
    const result = changeCase(held, command, procedure, app.now())
    if (!result.ok) return result
    await saveCase(tx, result.case, result.events, app.now())
    if (result.effects.length > 0) {
      const takenBy = { kind: 'person' as const, id: who.id, name: who.name }
      orThrow(
        await carryOut(app, tx, {
          decided: result.case,
          effects: result.effects,
          takenBy,
          procedure,
        }),
      )
    }
    orThrow(await after(tx, result.case, who))
    return done({ caseId })
  })
  return refusalOf(work)
}

/** A refusal after the first write takes everything back. */
function orThrow(result: Result<unknown>): void {
  if (!result.ok) throw new RefusedError(result)
}

async function followConclusion(
  app: App,
  tx: Tx,
  {
    concluded,
    conclusion,
    reasons,
    reader,
  }: { concluded: Case; conclusion: 'cleared' | 'acted'; reasons: string; reader: StaffReader },
): Promise<Result<unknown>> {
  const view = await checkOf(tx, concluded)
  if (view === null) throw new Error(`conclude case ${concluded.id}: it is not a check`)
  const takenBy = { kind: 'person' as const, id: reader.id, name: reader.name }
  const { measure, policy, finding, listing } = view
  if (conclusion === 'cleared') {
    if (measure === null || measure.endedBy?.kind === 'lift') return done(null)
    const locked = await lockMeasure(tx, measure.decision.id)
    return locked ? lift(app, tx, locked, { takenBy, reasons, tellSeller: true }) : done(null)
  }
  if (measure !== null && measure.action.endedAt === null) return done(null)
  if (policy === null) return refuse('not_in_force')
  const { procedure } = await currentProcedure(tx)
  return impose(app, tx, {
    listing,
    measure: policy.policy.measure,
    policy: policy.policy,
    finding,
    restsOn: finding ? [{ kind: 'finding', id: finding.id }] : [],
    takenBy,
    reasons,
    procedure,
    heldFor: 0,
    endsAt: null,
  })
}
