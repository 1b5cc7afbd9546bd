/** What the conclusion of a check does: the listing is left or brought back, or the policy's measure imposed or left. */
import type { Case } from '../core/case.ts'
import type { Decider } from '../core/decision.ts'
import { measures } from '../core/measure.ts'
import { refuse } from '../core/refusal.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure } from '../store/decision.ts'
import { currentProcedure } from '../store/procedure.ts'
import { callForThresholds, imposeProposed } from './account-health.ts'
import type { App } from './app.ts'
import { checkOf } from './check-view.ts'
import { impose, lift } from './enforcement.ts'
import { judgementOf } from './judgement.ts'
import { done, type Result } from './result.ts'

/** Carries out what a person concluded of a finding, or of what a policy did about it. */
export async function followConclusion(
  app: App,
  tx: Tx,
  concluded: Case,
  takenBy: Decider,
): Promise<Result<unknown>> {
  const { conclusion, reasons } = concluded.check ?? { conclusion: null, reasons: null }
  if (conclusion === null || reasons === null)
    throw new Error(`conclude case ${concluded.id}: it is not a concluded check`)
  if (concluded.check?.threshold !== undefined)
    return conclusion === 'acted'
      ? imposeProposed(app, tx, { held: concluded, takenBy, reasons })
      : done(null)
  const view = await checkOf(tx, concluded)
  if (view === null) throw new Error(`conclude case ${concluded.id}: it judges no listing`)
  const { measure, policy, finding, listing } = view
  if (conclusion === 'cleared') {
    if (measure === null || measure.endedBy?.kind === 'lift') return done(null)
    const locked = await lockMeasure(tx, measure.decision.id)
    return locked ? lift(app, tx, locked, { takenBy, reasons, tellSeller: true }) : done(null)
  }
  if (measure !== null && measure.action.endedAt === null) {
    // From now on a person stands behind it.
    await callForThresholds(app, tx, measure.decision.sellerId)
    return done(null)
  }
  if (policy === null) return refuse('not_in_force')
  const judged = await judgementOf(app, tx, {
    listing,
    policy: policy.policy,
    finding,
    takenBy,
    reasons,
    procedure: (await currentProcedure(tx)).procedure,
  })
  if (!judged.ok) return judged
  const imposed = await impose(app, tx, judged.value)
  // Another ground holds it by the same measure, or the policy does by now: what the person wanted is so.
  const isThere = !imposed.ok && imposed.refusal === 'measure_in_force'
  return isThere && measures[judged.value.measure].subject !== 'listing' ? done(null) : imposed
}
