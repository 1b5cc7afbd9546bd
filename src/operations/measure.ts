/** Measures imposed by hand: previewed before, undone within a minute, otherwise like any other decision. */
import { isInForce } from '../core/action.ts'
import { later } from '../core/calendar.ts'
import { mayHasten, mayUndo, undoWindow, type Decision, type RestsOn } from '../core/decision.ts'
import {
  isByHand,
  measures,
  type ClosingException,
  type Measure,
  type Subject,
} from '../core/measure.ts'
import { hastenedNotice, statementNotice, type Worded } from '../core/notice.ts'
import { healthPolicy } from '../core/health-rules.ts'
import { firstName } from '../core/reasons.ts'
import { refuse } from '../core/refusal.ts'
import { findingFollows } from '../core/complaint.ts'
import { stateOwed, type State } from '../core/state-owed.ts'
import { Statement } from '../core/statement.ts'
import { withhold, type Withholding } from '../core/withholding.ts'
import { clearClock } from '../store/clock.ts'
import { transact, type Tx } from '../store/db.ts'
import { hastenAction, lockMeasure, measuresOn } from '../store/decision.ts'
import { recordEvents } from '../store/event.ts'
import { findingsOn } from '../store/finding.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { readListing } from '../store/listing.ts'
import { readCase } from '../store/case.ts'
import { cancelNotices, insertNotice } from '../store/notice.ts'
import { currentPolicies } from '../store/policy.ts'
import { currentProcedure } from '../store/procedure.ts'
import { readRing } from '../store/ring.ts'
import { readSeller } from '../store/seller.ts'
import type { App } from './app.ts'
import {
  draftMeasure,
  gripOf,
  impose,
  lift,
  settleSubject,
  termsOf,
  type Judgement,
} from './enforcement.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

export interface Imposition {
  /** A listing by its id, or a seller's account or payouts by the seller's. */
  subject: Subject
  measure: Measure
  policy: string
  reasons: string
  endsAt: Date | null
  /** How much is held, in the seller's currency; null for all that there is to pay out, and where nothing is held. */
  amount: number | null
  /** Why a closing should not wait its 30 days; a second person has to agree. */
  exception: ClosingException | null
  /** What is kept back of how it was detected; nothing where absent. */
  withholding?: Withholding | null
  /** The complaint that it leans on, by its case: one that a person confirmed. Absent for none. */
  complaintCase?: string | null
  /** The ring that it leans on: a confirmed one, for the seller behind it. Absent for none. */
  ring?: string | null
}

const longest = 366 * 24 * 60 * 60_000

export interface MeasurePreview {
  statement: Statement
  mail: Worded
  owedBefore: State
  owedAfter: State
}

/** What the seller would read and what the shop would show, without anything being written. */
export async function previewMeasure(
  app: App,
  who: Who,
  imposition: Imposition,
): Promise<Result<MeasurePreview>> {
  const may = permit(app, who, 'desk.previewMeasure')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const judged = await judge(app, tx, may.reader, imposition)
    if (!judged.ok) return judged
    // The number is drawn when the decision is taken: a preview must not leave a hole in the row.
    const { decision, statement, withholding } = await draftMeasure(app, tx, judged.value, {
      number: 0,
      narrows: null,
    })
    const shown = Statement.safeParse({ ...statement, number: 'D-…' })
    if (!shown.success) return refuse('statement_incomplete')
    const kept = withholding === null ? null : withhold(withholding, shown.data)
    if (kept?.ok === false) return kept
    const { subject, measure, terms } = decision
    const on = (await measuresOn(tx, subject)).filter(({ action }) => isInForce(action, app.now()))
    const grips = on.map(gripOf)
    return done({
      statement: shown.data,
      mail: statementNotice(shown.data),
      owedBefore: stateOwed(subject.kind, grips),
      owedAfter: stateOwed(subject.kind, [
        ...grips,
        { measure, terms, endsAt: judged.value.endsAt },
      ]),
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
  const may = permit(app, who, 'desk.imposeMeasure')
  if (!may.ok) return Promise.resolve(may)
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const judged = await judge(app, tx, may.reader, imposition)
      if (!judged.ok) return judged
      const result = await impose(app, tx, judged.value)
      if (!result.ok) return result
      const { id, number, noticeAt } = result.value
      return done({ decisionId: id, number, undoUntil: noticeAt.toISOString() })
    }),
  )
  return refusalOf(work)
}

/** Takes a measure back within its minute: a new decision lifts it, and nobody outside ever hears of either. */
export function undoMeasure(app: App, who: Who, decisionId: string): Promise<Result<Decision>> {
  const may = permit(app, who, 'desk.undoMeasure')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx): Promise<Result<Decision>> => {
    const measure = await lockMeasure(tx, decisionId)
    if (measure === null) return refuse('not_found')
    const { takenBy } = measure.decision
    const minds = app.judge.asks('desk.undoMeasure', 'own') || takenBy.kind !== 'person'
    const undone = mayUndo(measure.decision, minds ? reader.id : takenBy.id, app.now())
    if (!undone.ok) return undone
    const lifted = await lift(app, tx, measure, {
      takenBy: { kind: 'person', id: reader.id, name: reader.name },
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

/**
 * Agrees, as a second person, that a closing counts at once under the exception that it names; its seller is told.
 * Refuses `no_exception`, `second_person_needed`, and what is in force or gone already.
 */
export function hastenClosing(
  app: App,
  who: Who,
  { decisionId, reasons }: { decisionId: string; reasons: string },
): Promise<Result<{ decisionId: string }>> {
  const may = permit(app, who, 'desk.hastenClosing')
  if (!may.ok) return Promise.resolve(may)
  const { reader } = may
  const work = transact(app.db, may.wall, async (tx): Promise<Result<{ decisionId: string }>> => {
    const measure = await lockMeasure(tx, decisionId)
    if (measure === null) return refuse('not_found')
    if (reasons.trim() === '') return refuse('reasons_missing')
    const now = app.now()
    const minds = app.judge.asks('desk.hastenClosing', 'not-the-taker')
    const hastened = mayHasten(measure, minds ? reader.id : null, now)
    if (!hastened.ok) return hastened
    const { decision, statement } = measure
    await hastenAction(tx, decisionId, { by: reader.id, reasons, now })
    await clearClock(tx, 'decision.effective', decisionId)
    await settleSubject(app, tx, decision.subject, decision.sellerId)
    const detail = { number: decision.number, exception: decision.exception, reasons }
    await recordEvents(tx, [
      {
        at: now,
        kind: 'decision.hastened',
        sellerId: decision.sellerId,
        caseId: null,
        decisionId,
        by: reader.id,
        detail,
      },
    ])
    const seller = await readSeller(tx, decision.sellerId)
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId: decision.sellerId,
      decisionId,
      caseId: null,
      address: null,
      createdAt: now,
      releaseAt: now,
      ...hastenedNotice({
        statement,
        exception: hastened.exception,
        agreedBy: firstName(reader.name),
        at: now,
        timeZone: seller?.timeZone ?? app.timeZone,
        language: seller?.language ?? 'en',
      }),
    })
    return done({ decisionId })
  })
  return refusalOf(work)
}

async function judge(
  app: App,
  tx: Tx,
  who: StaffReader,
  imposition: Imposition,
): Promise<Result<Judgement>> {
  const { subject, measure, reasons, endsAt, amount, exception, withholding } = imposition
  const now = app.now()
  if (reasons.trim() === '') return refuse('reasons_missing')
  if (endsAt !== null && (endsAt <= later(now, undoWindow) || endsAt > later(now, longest)))
    return refuse('duration_invalid')
  if (measures[measure].subject !== subject.kind || !isByHand(measure)) return refuse('not_found')
  if (exception !== null && measure !== 'account.close') return refuse('no_exception')
  const sold = subject.kind === 'listing' ? await readListing(tx, subject.id) : null
  const sellerId = subject.kind === 'listing' ? sold?.version.sellerId : subject.id
  if (sellerId === undefined || (await readSeller(tx, sellerId)) === null)
    return refuse('not_found')
  const adopted = (await currentPolicies(tx)).find(
    ({ policy }) => policy.policy === imposition.policy,
  )
  // What follows from how an account stands follows from a written threshold, in a check.
  if (!adopted || adopted.policy.policy === healthPolicy) return refuse('not_found')
  const terms = await termsOf(app, tx, measure, { sellerId, amount })
  if (!terms.ok) return terms
  const leansOn = await leansOnOf(tx, imposition, sellerId)
  if (!leansOn.ok) return leansOn
  const findings = sold ? await findingsOn(tx, subject.id, sold.version.version) : []
  const finding = findings.find((one) => one.policy === imposition.policy) ?? null
  return done({
    subject,
    sellerId,
    listing: sold?.version ?? null,
    measure,
    policy: adopted.policy,
    finding,
    restsOn: [...(finding ? [{ kind: 'finding' as const, id: finding.id }] : []), ...leansOn.value],
    takenBy: { kind: 'person', id: who.id, name: who.name },
    reasons,
    procedure: (await currentProcedure(tx)).procedure,
    heldFor: undoWindow,
    endsAt,
    terms: terms.value,
    exception,
    withholding: withholding ?? null,
  })
}

/** What a measure leans on besides findings: a complaint, or the ring behind which its seller stands. */
async function leansOnOf(
  tx: Tx,
  imposition: Imposition,
  sellerId: string,
): Promise<Result<RestsOn[]>> {
  const complaint = await complaintBehind(tx, imposition, sellerId)
  if (!complaint.ok) return complaint
  const ring = await ringBehind(tx, imposition, sellerId)
  return ring.ok ? done([...complaint.value, ...ring.value]) : ring
}

/** What a measure leans on of a complaint: nothing that no person confirmed, and nothing of another seller or listing. */
async function complaintBehind(
  tx: Tx,
  { complaintCase, subject }: Imposition,
  sellerId: string,
): Promise<Result<RestsOn[]>> {
  if (complaintCase == null) return done([])
  const held = await readCase(tx, complaintCase)
  const complaint = held?.complaint ?? null
  if (held === null || complaint === null) return refuse('not_found')
  const isAbout =
    held.sellerId === sellerId && (subject.kind !== 'listing' || complaint.listingId === subject.id)
  const mayImpose = complaint.finding !== null && findingFollows[complaint.finding].mayImpose
  if (!isAbout || !mayImpose) return refuse('complaint_not_confirmed')
  return done([{ kind: 'complaint', id: complaint.complaintId }])
}

/** What a measure leans on of a ring: one that a person confirmed, and only for the seller that its members share things with. */
async function ringBehind(
  tx: Tx,
  { ring: ringId, subject }: Imposition,
  sellerId: string,
): Promise<Result<RestsOn[]>> {
  if (ringId == null) return done([])
  const ring = await readRing(tx, ringId)
  if (ring === null) return refuse('not_found')
  const isBehind = ring.state === 'confirmed' && ring.report.rival?.sellerId === sellerId
  // What its listings say is another matter.
  if (!isBehind || subject.kind === 'listing') return refuse('ring_not_theirs')
  return done([{ kind: 'ring', id: ring.id }])
}
