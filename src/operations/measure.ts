/** Measures imposed by hand: previewed before, undone within a minute, otherwise like any other decision. */
import { later } from '../core/calendar.ts'
import { mayUndo, undoWindow, type Decision } from '../core/decision.ts'
import { isInForce } from '../core/action.ts'
import { measures, type Measure } from '../core/measure.ts'
import { statementNotice, type Worded } from '../core/notice.ts'
import { refuse } from '../core/refusal.ts'
import { stateOwed, type ListingState } from '../core/state-owed.ts'
import { Statement } from '../core/statement.ts'
import { clearClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { lockMeasure, measuresOn } from '../store/decision.ts'
import { findingsOn } from '../store/finding.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { readListing } from '../store/listing.ts'
import { cancelNotices } from '../store/notice.ts'
import { currentPolicies } from '../store/policy.ts'
import { currentProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'
import { draftMeasure, impose, lift, type Judgement } from './enforcement.ts'
import { once } from './once.ts'
import { done, refusalOf, type Result } from './result.ts'
import { type StaffReader, type Who, hasRole, refuseReader } from './who.ts'

export interface Imposition {
  listingId: string
  measure: Measure
  policy: string
  reasons: string
  endsAt: Date | null
}

const longest = 366 * 24 * 60 * 60_000

/** What the seller would read and what the shop would show, without anything being written. */
export async function previewMeasure(
  app: App,
  who: Who,
  imposition: Imposition,
): Promise<
  Result<{ statement: Statement; mail: Worded; owedBefore: ListingState; owedAfter: ListingState }>
> {
  if (!hasRole(who, 'reviewer')) return refuseReader(who)
  return transact(app.db, { inside: true }, async (tx) => {
    const judged = await judge(app, tx, who, imposition)
    if (!judged.ok) return judged
    // The number is drawn when the decision is taken: a preview must not leave a hole in the row.
    const { decision, statement } = await draftMeasure(app, tx, judged.value, {
      number: 0,
      narrows: null,
    })
    const shown = Statement.safeParse({ ...statement, number: 'D-…' })
    if (!shown.success) return refuse('statement_incomplete')
    const on = (await measuresOn(tx, decision.subject)).filter(({ action }) =>
      isInForce(action, app.now()),
    )
    const inForce = on.map((measure) => measure.decision.measure)
    return done({
      statement: shown.data,
      mail: statementNotice(shown.data),
      owedBefore: stateOwed(inForce),
      owedAfter: stateOwed([...inForce, imposition.measure]),
    })
  })
}

/** Imposes a measure. For a minute it can be undone; until then neither the seller nor the shop is told. */
export function imposeByHand(
  app: App,
  who: Who,
  imposition: Imposition,
  idempotency: Idempotency | null,
): Promise<Result<{ decisionId: string; number: number; undoUntil: string }>> {
  if (!hasRole(who, 'reviewer')) return Promise.resolve(refuseReader(who))
  const work = transact(app.db, { inside: true }, (tx) =>
    once(app, tx, idempotency, async () => {
      const judged = await judge(app, tx, who, imposition)
      if (!judged.ok) return judged
      const result = await impose(app, tx, judged.value)
      if (!result.ok) return result
      const { id, number, effectiveAt } = result.value
      return done({ decisionId: id, number, undoUntil: effectiveAt.toISOString() })
    }),
  )
  return refusalOf(work)
}

/** Takes a measure back within its minute: a new decision lifts it, and nobody outside ever hears of either. */
export function undoMeasure(app: App, who: Who, decisionId: string): Promise<Result<Decision>> {
  if (!hasRole(who, 'reviewer')) return Promise.resolve(refuseReader(who))
  const work = transact(app.db, { inside: true }, async (tx): Promise<Result<Decision>> => {
    const measure = await lockMeasure(tx, decisionId)
    if (measure === null) return refuse('not_found')
    const may = mayUndo(measure.decision, who.id, app.now())
    if (!may.ok) return may
    const lifted = await lift(app, tx, measure, {
      takenBy: { kind: 'person', id: who.id, name: who.name },
      reasons: 'Undone within a minute, before anyone was told.',
      tellSeller: false,
    })
    if (!lifted.ok) return lifted
    await cancelNotices(tx, decisionId)
    await clearClock(tx, 'decision.effective', decisionId)
    await clearClock(tx, 'action.ends', decisionId)
    return lifted
  })
  return refusalOf(work)
}

async function judge(
  app: App,
  tx: Tx,
  who: StaffReader,
  imposition: Imposition,
): Promise<Result<Judgement>> {
  const { listingId, measure, reasons, endsAt } = imposition
  const now = app.now()
  if (reasons.trim() === '') return refuse('reasons_missing')
  if (endsAt !== null && (endsAt <= later(now, undoWindow) || endsAt > later(now, longest)))
    return refuse('duration_invalid')
  const sold = await readListing(tx, listingId)
  if (sold === null) return refuse('not_found')
  const adopted = (await currentPolicies(tx)).find(
    ({ policy }) => policy.policy === imposition.policy,
  )
  if (!adopted || measures[measure].subject !== 'listing') return refuse('not_found')
  const findings = await findingsOn(tx, listingId, sold.version.version)
  const finding = findings.find((one) => one.policy === imposition.policy) ?? null
  return done({
    listing: sold.version,
    measure,
    policy: adopted.policy,
    finding,
    restsOn: finding ? [{ kind: 'finding', id: finding.id }] : [],
    takenBy: { kind: 'person', id: who.id, name: who.name },
    reasons,
    procedure: (await currentProcedure(tx)).procedure,
    heldFor: undoWindow,
    endsAt,
  })
}
