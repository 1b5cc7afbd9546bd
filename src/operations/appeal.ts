/** Appeals: a seller contests decisions, with one objection for each. */
import { hasReachedSeller } from '../core/action.ts'
import { addMonths, later } from '../core/calendar.ts'
import { caseNumber, openCase, type Case, type CaseEvent } from '../core/case.ts'
import type { Shown } from '../core/exhibit.ts'
import { countedFrom } from '../core/joining.ts'
import { measureInProcedure, measures, type Measure } from '../core/measure.ts'
import type { Objection } from '../core/objection.ts'
import { routeTo } from '../core/procedure.ts'
import { appealWindowMonths } from '../core/reasons.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { casesAbout, insertCase, nextCaseNumber } from '../store/case.ts'
import { readExhibits, type FiledExhibit } from './exhibit.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure, type MeasureRecord } from '../store/decision.ts'
import { attachFiles } from '../store/file.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { currentProcedure } from '../store/procedure.ts'
import { readSeller } from '../store/seller.ts'
import { stoodStillSince } from '../store/standstill.ts'
import type { App } from './app.ts'
import { acknowledge } from './arrival.ts'
import { maySeeDecision } from './matter.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { sayHowItCame } from './question.ts'
import { done, RefusedError, refusalOf, type Result } from './result.ts'
import type { SellerReader, Who } from './who.ts'

export interface AppealFiled {
  objections: (Pick<Objection, 'decisionId' | 'track' | 'text' | 'remedy'> & {
    exhibits?: FiledExhibit[]
  })[]
  fileIds: string[]
  /** The channel of the address that it came to, and the id of its mail for the answer; absent for what no mail filed. */
  mail?: { channel: string; messageId: string | null }
  /** Absent for what came as no letter. */
  letter?: {
    /** The first moment of the day on which it was received: the appeal window is asked at that time. */
    receivedAt: Date
    /** From when its clocks count. */
    countsFrom: Date
    /** What is on record of how it came. */
    came: CaseEvent['detail']
    /** A dispute settlement body brings it, which is asked once we have decided. */
    isDispute: boolean
  }
}

/** Until when a decision can be contested; null while the seller has not been told, so the window has not begun. */
export function appealBy(
  { informedAt, stoodStill }: Pick<MeasureRecord, 'informedAt' | 'stoodStill'>,
  timeZone: string,
): Date | null {
  return informedAt && later(addMonths(informedAt, appealWindowMonths, timeZone), stoodStill)
}

/**
 * Files an appeal with one objection per decision; answers the case's id once it is stored.
 * Another seller's decision, or one outside the link's matter, is `not_found`.
 */
export function fileAppeal(
  app: App,
  who: Who,
  filed: AppealFiled,
  idempotency: Idempotency | null,
): Promise<Result<{ caseId: string }>> {
  const may = permit(app, who, 'seller.fileAppeal')
  if (!may.ok) return Promise.resolve(may)
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, () => openAppeal(app, tx, may.reader, filed)),
  )
  return refusalOf(
    work.catch((error: unknown) => {
      throw asRefusal(error)
    }),
  )
}

/** Opens it in a transaction of somebody's who may. */
export async function openAppeal(
  app: App,
  tx: Tx,
  who: SellerReader,
  filed: AppealFiled,
): Promise<Result<{ caseId: string }>> {
  const now = app.now()
  if (filed.objections.length === 0) return refuse('objection_missing')
  const seller = await readSeller(tx, who.sellerId)
  const timeZone = seller?.timeZone ?? app.timeZone
  const ids = filed.objections.map((objection) => objection.decisionId)
  if (new Set(ids).size < ids.length)
    return refuse('already_appealed', 'The same decision is named twice.')
  const contested: MeasureRecord[] = []
  const asked = { reader: who, command: 'seller.fileAppeal' } as const
  for (const id of ids) {
    const measure = await readMeasure(tx, id)
    const isTheirs = measure !== null && (await maySeeDecision(app, tx, asked, measure.decision))
    if (!isTheirs || !hasReachedSeller(measure.action, now)) return refuse('not_found')
    const refused = filed.letter?.isDispute
      ? whyNotDisputed(measure)
      : await whyNotContestable(tx, measure, { now: filed.letter?.receivedAt ?? now, timeZone })
    if (refused) return refused
    contested.push(measure)
  }
  const adopted = await currentProcedure(tx)
  const channel =
    filed.mail?.channel ?? (filed.letter ? 'letter' : who.matter === null ? 'button' : 'link')
  const files = new Set(filed.fileIds)
  const shown: Shown[][] = []
  for (const [position, { exhibits = [] }] of filed.objections.entries()) {
    const read = readExhibits(contested[position]?.statement.exhibits ?? [], exhibits)
    if (!read.ok) return read
    shown.push(read.shown)
    for (const { fileIds } of read.shown) for (const id of fileIds) files.add(id)
  }
  const strictestMeasure = strictest(contested.map((measure) => measure.decision.measure))
  const matter = measureInProcedure(strictestMeasure)
  const desk = routeTo(adopted.procedure, matter, channel)
  if (desk === null) return refuse('no_way_in')
  const opened = openCase(
    {
      id: app.newId('cas'),
      number: await nextCaseNumber(tx),
      kind: 'appeal',
      matter,
      channel,
      sellerId: who.sellerId,
      procedureId: adopted.id,
      desk,
      by: who.by,
      text: null,
      objections: filed.objections.map((objection, position) => ({
        ...objection,
        exhibits: shown[position] ?? [],
        id: app.newId('obj'),
        measure: contested[position]?.decision.measure ?? strictestMeasure,
      })),
      check: null,
      overdueSince: null,
    },
    adopted.procedure,
    now,
  )
  if (!opened.ok) return opened
  const { letter } = filed
  const appeal = letter ? countedFrom(opened.case, letter.countsFrom, now) : opened.case
  await insertCase(tx, appeal, sayHowItCame(opened.events, appeal, letter?.came ?? {}), now)
  const attached = await attachFiles(tx, {
    ids: [...files],
    sellerId: who.sellerId,
    caseId: opened.case.id,
  })
  if (attached < files.size)
    return refuse('not_found', 'One of the files is not there any more. Upload it again.')
  // What a body wrote is told to its seller as that, and is no letter of theirs.
  if (!letter?.isDispute)
    await acknowledge(app, tx, appeal, { inReplyTo: filed.mail?.messageId ?? null })
  return done({ caseId: opened.case.id })
}

/** The appeal in which a decision is contested and not yet decided. */
export async function openAppealOn(tx: Tx, decisionId: string): Promise<Case | null> {
  const cases = await casesAbout(tx, [decisionId])
  return (
    cases.find(
      ({ kind, objections }) =>
        kind === 'appeal' &&
        objections.some((each) => each.decisionId === decisionId && each.outcome === null),
    ) ?? null
  )
}

/** Why a body cannot bring a decision before us, or null: our window and our own answer do not bind it (DSA Art. 21). */
function whyNotDisputed(measure: MeasureRecord): Refused | null {
  return measure.endedBy?.kind === 'lift' ? refuse('decision_not_contestable') : null
}

/** Why a decision cannot be contested now, or null. An expired measure's record still can. */
export async function whyNotContestable(
  tx: Tx,
  measure: MeasureRecord,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<Refused | null> {
  if (measure.endedBy?.kind === 'lift')
    return refuse('decision_not_contestable', 'This measure was already taken back.')
  const by = appealBy(measure, timeZone)
  const isOver = by !== null && now > by
  // While a claim keeps the account shut the window stands still, also where that was not added yet.
  if (isOver && now > later(by, await stoodStillSince(tx, measure.decision.sellerId, now)))
    return refuse('window_closed')
  const cases = await casesAbout(tx, [measure.decision.id])
  // A repair is ours: what it looks at can be contested by its seller beside it, and what it kept anew.
  const answered = cases.find(
    (one) =>
      one.kind !== 'repair' &&
      !(measure.kept !== null && one.openedAt < measure.kept.takenAt && !isUnanswered(one)) &&
      one.objections.some(
        (objection) =>
          objection.decisionId === measure.decision.id && objection.outcome !== 'withdrawn',
      ),
  )
  return answered ? refuse('already_appealed', `Its case is ${caseNumber(answered)}.`) : null
}

function isUnanswered({ objections }: Case): boolean {
  return objections.some(({ outcome }) => outcome === null)
}

/** The measure that a case with several is routed by: one that no clock may lift goes first, then what shuts an account. */
function strictest(named: Measure[]): Measure {
  const [first = 'listing.deactivate'] = named
  return (
    named.find((measure) => !measures[measure].liftByClock) ??
    named.find((measure) => measures[measure].subject === 'account') ??
    first
  )
}

/** Two appeals against one decision in the same moment: the database lets one in. */
export function isClash(error: unknown): boolean {
  return (
    error instanceof Error && 'constraint' in error && error.constraint === 'objections_open_once'
  )
}

/** The other is told so. */
function asRefusal(error: unknown): unknown {
  return isClash(error) ? new RefusedError(refuse('already_appealed')) : error
}
