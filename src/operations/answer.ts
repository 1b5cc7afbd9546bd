/** Carries out what was decided in a case: each objection's measure, the state owed, and one notice of the outcome. */
import { caseNumber, secondLookDesk, type Case, type CaseEffect } from '../core/case.ts'
import { later } from '../core/calendar.ts'
import type { Decider } from '../core/decision.ts'
import { narrowerMeasure } from '../core/measure.ts'
import { outcomeNotice } from '../core/notice.ts'
import { deskTitle, type Procedure } from '../core/procedure.ts'
import { firstName } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { findingsOn } from '../store/finding.ts'
import { readVersion } from '../store/listing.ts'
import { insertNotice } from '../store/notice.ts'
import { readPolicy } from '../store/policy.ts'
import { readSeller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { confirm, lift, narrow, settleSubject } from './enforcement.ts'
import { done, type Result } from './result.ts'

/** Runs the effects of a case's answers, one decision each, in the transaction that saves the case. */
export async function carryOut(
  app: App,
  tx: Tx,
  {
    decided,
    effects,
    takenBy,
    procedure,
  }: { decided: Case; effects: CaseEffect[]; takenBy: Decider; procedure: Procedure },
): Promise<Result<null>> {
  for (const effect of effects) {
    const measure = await lockMeasure(tx, effect.decisionId)
    if (measure === null)
      throw new Error(
        `carry out ${effect.power} on decision ${effect.decisionId}: it is not a measure`,
      )
    const result = await carryOutOne(app, tx, measure, { effect, takenBy, procedure, decided })
    if (!result.ok) return result
  }
  await tellOutcome(app, tx, decided, procedure)
  return done(null)
}

async function carryOutOne(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  {
    effect,
    takenBy,
    procedure,
    decided,
  }: { effect: CaseEffect; takenBy: Decider; procedure: Procedure; decided: Case },
): Promise<Result<unknown>> {
  const { reasons } = effect
  switch (effect.power) {
    case 'grant':
      // A machine or an undo may have lifted it meanwhile: granting then only asks the shop again.
      if (measure.endedBy?.kind === 'lift')
        return done(await settleSubject(app, tx, measure.decision.subject, decided.sellerId))
      return lift(app, tx, measure, { takenBy, reasons, tellSeller: false })
    case 'deny':
      return confirm(app, tx, measure, { takenBy, reasons })
    case 'narrow':
      return narrowTo(app, tx, measure, { takenBy, reasons, procedure })
  }
}

async function narrowTo(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  { takenBy, reasons, procedure }: { takenBy: Decider; reasons: string; procedure: Procedure },
): Promise<Result<unknown>> {
  const { decision } = measure
  const narrower = narrowerMeasure(decision.measure)
  if (narrower === null) return refuse('nothing_narrower')
  const listing = await readVersion(tx, decision.subject.id, decision.listingVersion)
  const adopted = await readPolicy(tx, decision.ground.policy, decision.ground.version)
  if (listing === null || adopted === null)
    throw new Error(`narrow decision ${decision.id}: what it judged is not kept`)
  const findings = await findingsOn(tx, listing.listingId, listing.version)
  return narrow(app, tx, measure, {
    listing,
    measure: narrower,
    policy: adopted.policy,
    finding: findings.find((finding) => finding.policy === decision.ground.policy) ?? null,
    restsOn: [{ kind: 'decision', id: decision.id }],
    takenBy,
    reasons,
    procedure,
    heldFor: 0,
    // What a clock leaves in force ends by itself within the promise; a person's narrowing stays until lifted.
    endsAt: takenBy.kind === 'clock' ? later(app.now(), procedure.promise.answer) : null,
  })
}

async function tellOutcome(app: App, tx: Tx, decided: Case, procedure: Procedure): Promise<void> {
  const now = app.now()
  const names = await staffNames(tx)
  const seller = await readSeller(tx, decided.sellerId)
  const desk = secondLookDesk(decided, procedure)
  const objections = []
  for (const objection of decided.objections) {
    if (objection.outcome === null) continue
    const measure = await readMeasure(tx, objection.decisionId)
    const name = objection.answeredBy === null ? undefined : names.get(objection.answeredBy)
    objections.push({
      subjectTitle: measure?.statement.subject.title ?? objection.decisionId,
      outcome: objection.outcome,
      answer: objection.answer ?? '',
      answeredBy: name === undefined ? null : firstName(name),
    })
  }
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId: decided.sellerId,
    decisionId: null,
    caseId: decided.id,
    address: null,
    releaseAt: now,
    createdAt: now,
    ...outcomeNotice({
      caseNumber: caseNumber(decided),
      caseId: decided.id,
      objections,
      secondLook:
        desk === null
          ? null
          : { deskTitle: deskTitle(procedure, desk), contestBy: decided.contestBy },
      timeZone: seller?.timeZone ?? app.timeZone,
    }),
  })
}
