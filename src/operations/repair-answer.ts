/** What a person decided in a repair: what is kept can be contested anew, and the seller is told what came of each. */
import type { Case, CaseEffect } from '../core/case.ts'
import type { Decider, Decision } from '../core/decision.ts'
import { openObjections } from '../core/case.ts'
import { firstName } from '../core/reasons.ts'
import { repairNotice, type JudgedAnew } from '../core/repair-notice.ts'
import type { Tx } from '../store/db.ts'
import { keepDecision, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { insertNotice, informSeller } from '../store/notice.ts'
import { readCase } from '../store/case.ts'
import { readSeller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import type { App } from './app.ts'
import { confirm } from './enforcement.ts'
import { done, type Result } from './result.ts'

/** A decision is kept: that is a decision of its own, and from when the seller hears of it the time to contest begins anew. */
export async function keep(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  by: { takenBy: Decider; reasons: string },
): Promise<Result<Decision>> {
  const confirmed = await confirm(app, tx, measure, by)
  if (!confirmed.ok) return confirmed
  await keepDecision(tx, measure.decision.id, { keptBy: confirmed.value.id })
  return done(confirmed.value)
}

/** Tells the seller what was lifted and what was kept just now, and how many still wait. */
export async function tellRepaired(
  app: App,
  tx: Tx,
  repair: Case,
  effects: CaseEffect[],
): Promise<void> {
  const { sellerId } = repair
  if (sellerId === null) throw new Error(`tell of repair ${repair.id}: it is about no seller`)
  const now = app.now()
  const names = await staffNames(tx)
  const seller = await readSeller(tx, sellerId)
  const judged: JudgedAnew[] = []
  for (const { decisionId, objectionId } of effects) {
    const objection = repair.objections.find(({ id }) => id === objectionId)
    const measure = await readMeasure(tx, decisionId)
    if (!objection?.outcome || measure === null) continue
    const name = objection.answeredBy === null ? undefined : names.get(objection.answeredBy)
    const { subject, number } = measure.statement
    judged.push({
      decisionId,
      number,
      subject,
      outcome: objection.outcome,
      answer: objection.answer ?? '',
      answeredBy: name === undefined ? null : firstName(name),
    })
  }
  const worded = repairNotice({
    cause: repair.repair?.kind ?? 'takeover',
    judged,
    waiting: openObjections(repair).length,
    language: seller?.language ?? 'en',
  })
  await insertNotice(tx, {
    id: app.newId('ntc'),
    sellerId,
    decisionId: worded.body.link?.decisionId ?? null,
    caseId: repair.id,
    address: null,
    releaseAt: now,
    createdAt: now,
    ...worded,
  })
}

/** The seller was told what a repair kept: from now on the time to contest it runs. */
export async function informOfKept(tx: Tx, caseId: string, now: Date): Promise<void> {
  const held = await readCase(tx, caseId)
  if (held?.kind !== 'repair') return
  for (const { decisionId, outcome } of held.objections)
    if (outcome === 'measure_stands') await informSeller(tx, decisionId, now)
}
