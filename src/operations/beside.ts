/** What is so of a seller beside what they ask: who answers sees measures and cases, and what the question may really contest. */
import { hasReachedSeller, isInForce } from '../core/action.ts'
import type { Case } from '../core/case.ts'
import type { Refusal } from '../core/refusal.ts'
import { casesAbout, casesOfSeller } from '../store/case.ts'
import type { Tx } from '../store/db.ts'
import { measuresOfSeller, type MeasureRecord } from '../store/decision.ts'
import { procedureOf } from '../store/procedure.ts'
import type { Seller } from '../store/seller.ts'
import type { Procedure } from '../core/procedure.ts'
import { whyNotContestable } from './appeal.ts'
import type { App } from './app.ts'

interface CaseBeside {
  case: Case
  procedure: Procedure
}

export interface BesideView {
  measures: {
    measure: MeasureRecord
    /** The appeal against it, the newest first found; null where there is none. */
    appeal: CaseBeside | null
    /** Why what is asked cannot go on as an appeal against it; null where it can. */
    whyNot: Refusal | null
  }[]
  /** Other cases of the seller that are open. */
  cases: CaseBeside[]
}

/** At most so many measures are shown beside a question; the page of the seller has all. */
const most = 20

/** Reads what stands beside a question or letter; null for every other kind of case. */
export async function besideOf(
  app: App,
  tx: Tx,
  held: Case,
  seller: Seller | null,
): Promise<BesideView | null> {
  if (seller === null || (held.kind !== 'question' && held.kind !== 'letter')) return null
  const now = app.now()
  const measures: BesideView['measures'] = []
  const told = (await measuresOfSeller(tx, seller.id, now)).filter(({ action }) =>
    hasReachedSeller(action, now),
  )
  const inForceFirst = [
    ...told.filter(({ action }) => isInForce(action, now)),
    ...told.filter(({ action }) => !isInForce(action, now)),
  ]
  for (const measure of inForceFirst.slice(0, most)) {
    const { id } = measure.decision
    const appeals = (await casesAbout(tx, [id])).filter(({ kind }) => kind === 'appeal')
    const open = appeals.find(({ objections }) =>
      objections.some(({ decisionId, outcome }) => decisionId === id && outcome === null),
    )
    const appeal = open ?? appeals[0]
    const refused = open
      ? null
      : await whyNotContestable(tx, measure, { now, timeZone: seller.timeZone })
    measures.push({
      measure,
      appeal: appeal ? await withProcedure(tx, appeal) : null,
      whyNot: refused?.refusal ?? null,
    })
  }
  const cases: CaseBeside[] = []
  for (const other of await casesOfSeller(tx, seller.id)) {
    const isShown = measures.some(({ appeal }) => appeal?.case.id === other.id)
    if (other.id !== held.id && other.state !== 'closed' && !isShown)
      cases.push(await withProcedure(tx, other))
  }
  return { measures, cases }
}

async function withProcedure(tx: Tx, held: Case): Promise<CaseBeside> {
  return { case: held, procedure: await procedureOf(tx, held.procedureId) }
}
