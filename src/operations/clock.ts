/** What happens by itself when a clock runs out; each in one transaction with the clock that fired. */
import { nextInstant } from '../core/case.ts'
import { changeCase } from '../core/case-change.ts'
import { lockCase, saveCase } from '../store/case.ts'
import type { Clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure } from '../store/decision.ts'
import { procedureOf } from '../store/procedure.ts'
import { claimOfCase } from '../store/recovery.ts'
import { recheckThresholds } from './account-health.ts'
import type { App } from './app.ts'
import { callLapses } from './call.ts'
import { followChange } from './case-change.ts'
import { expire, settleSubject } from './enforcement.ts'
import { letterArrives, letterIsDue, letterReminds } from './letter-clock.ts'
import { mailIsDue } from './mail-holding.ts'
import { followClaim } from './proving.ts'
import { restoringLate } from './restoration.ts'
import { weighSecurity } from './security-watch.ts'
import { carryStandstill, standsStill } from './standstill.ts'
import { noticeSeeks, noticeUnreached } from './unreached.ts'

/** Carries out one clock. A kind that nobody knows is a bug and stays due. */
export async function fireClock(app: App, tx: Tx, clock: Clock): Promise<void> {
  switch (clock.kind) {
    case 'case.due':
      return caseIsDue(app, tx, clock.ref)
    case 'case.lapse':
      return caseLapses(app, tx, clock.ref)
    case 'decision.effective':
      return decisionTakesEffect(app, tx, clock.ref)
    case 'action.ends':
      return actionEnds(app, tx, clock.ref)
    case 'restoring':
      return restoringLate(tx, app, clock.ref, clock.dueAt)
    case 'call.lapse':
      return callLapses(app, tx, clock.ref)
    case 'notice.unreached':
      return noticeUnreached(app, tx, clock.ref)
    case 'notice.seek':
      return noticeSeeks(app, tx, clock.ref)
    case 'letter.remind':
      return letterReminds(app, tx, clock.ref)
    case 'letter.due':
      return letterIsDue(app, tx, clock.ref)
    case 'letter.arrives':
      return letterArrives(app, tx, clock.ref)
    case 'claim.follow':
      return followClaim(app, tx, clock.ref)
    case 'mail.due':
      return mailIsDue(app, tx, clock.ref)
    case 'health.recheck':
      return recheckThresholds(app, tx, clock.ref)
    case 'security.weigh':
      return weighSecurity(app, tx, clock.ref)
    default:
      throw new Error(`fire clock ${clock.kind} of ${clock.ref}: no such kind`)
  }
}

async function caseIsDue(app: App, tx: Tx, caseId: string): Promise<void> {
  const held = await lockCase(tx, caseId)
  // Decided or withdrawn in the moment in which its clock fired.
  if (held === null || nextInstant(held) === null || held.state === 'answered') return
  // A yes to a claim counts with all that a hand-over does, and so by the claim's own clock.
  const claim =
    held.kind === 'recovery' && held.state === 'deciding' ? await claimOfCase(tx, caseId) : null
  if (claim !== null) return followClaim(app, tx, claim.id)
  if (await standsStill(tx, held)) return
  const procedure = await procedureOf(tx, held.procedureId)
  const result = changeCase(held, { do: 'due' }, procedure, app.now())
  if (!result.ok) throw new Error(`let case ${caseId} be due: ${result.refusal}`)
  await followChange(app, tx, { held, result, procedure })
}

async function caseLapses(app: App, tx: Tx, caseId: string): Promise<void> {
  const held = await lockCase(tx, caseId)
  // Written to or contested in the moment in which its clock fired, and perhaps answered anew.
  if (held?.state !== 'answered' || held.contestBy === null || held.contestBy > app.now()) return
  if (await standsStill(tx, held)) return
  const result = changeCase(
    held,
    { do: 'lapse' },
    await procedureOf(tx, held.procedureId),
    app.now(),
  )
  if (!result.ok) throw new Error(`close case ${caseId}: ${result.refusal}`)
  await saveCase(tx, result.case, result.events, app.now())
}

async function decisionTakesEffect(app: App, tx: Tx, decisionId: string): Promise<void> {
  const measure = await lockMeasure(tx, decisionId)
  if (measure === null)
    throw new Error(`put decision ${decisionId} into effect: it is not a measure`)
  if (measure.action.endedAt !== null) return
  // What stood still meanwhile moves it, and sets this clock anew.
  await carryStandstill(app, tx, measure.decision.sellerId)
  const { inForceFrom } = (await lockMeasure(tx, decisionId))?.action ?? measure.action
  if (inForceFrom > app.now()) return
  await settleSubject(app, tx, measure.decision.subject, measure.decision.sellerId)
}

async function actionEnds(app: App, tx: Tx, decisionId: string): Promise<void> {
  const measure = await lockMeasure(tx, decisionId)
  if (measure === null)
    throw new Error(`end the measure of decision ${decisionId}: it is not a measure`)
  await expire(app, tx, measure)
}
