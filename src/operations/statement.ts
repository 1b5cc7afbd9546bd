/** Reading a statement of reasons, with where its matter stands now. */
import { hasReachedSeller } from '../core/action.ts'
import type { Case } from '../core/case.ts'
import { measureInProcedure } from '../core/measure.ts'
import type { Procedure } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { casesAbout } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure, type MeasureRecord } from '../store/decision.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import { staffNames } from '../store/staff.ts'
import { readSubject, type Owed } from '../store/subject.ts'
import { appealBy, whyNotContestable } from './appeal.ts'
import type { App } from './app.ts'
import { knownGapsOfMeasure } from './known-gaps.ts'
import { maySeeDecision } from './matter.ts'
import { markSeen } from './notice.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import { readSentNotices, type SentNoticeView } from './sent-notice.ts'
import type { SellerReader, Who } from './who.ts'

/** A measure with everything that a door needs to show it and the way out of it. */
export interface MeasureView {
  measure: MeasureRecord
  seller: Seller
  subject: Owed | null
  /** The newest case that contests it, with the procedure it follows. */
  case: Case | null
  caseProcedure: Procedure | null
  /** The procedure that an appeal filed now would follow. */
  procedure: Procedure
  appealBy: Date | null
  people: Map<string, string>
  /** Of the procedure that an appeal filed now would follow, in sentences. */
  knownGaps: string[]
  allowed: ('appeal' | 'open_case' | 'read_statement')[]
}

/** A measure with what became of the notices about it. */
export type ToldMeasure = MeasureView & { notices: SentNoticeView[] }

/** A statement. Reading it as the seller counts as being informed. What is still in its minute of undoing is `not_found`. */
export async function readStatement(
  app: App,
  who: Who,
  decisionId: string,
  by: 'seller.getStatement' | 'statement.print' = 'seller.getStatement',
): Promise<Result<ToldMeasure>> {
  const may = permit(app, who, by)
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const now = app.now()
    const measure = await readMeasure(tx, decisionId)
    if (measure === null) return refuse('not_found')
    if (reader.kind === 'seller') {
      const isTheirs = await maySeeDecision(app, tx, { reader, command: by }, measure.decision)
      if (!isTheirs || !hasReachedSeller(measure.action, now)) return refuse('not_found')
      if (measure.informedAt === null && informs(reader)) await markSeen(tx, decisionId, now)
    }
    const read =
      measure.informedAt === null && reader.kind === 'seller' && informs(reader)
        ? { ...measure, informedAt: now }
        : measure
    const view = allowedTo(app, who, await measureView(app, tx, read))
    return done({ ...view, notices: await readSentNotices(tx, { decisionId }) })
  })
}

/** Whether the seller has read what this reader reads; a representative's reading lets no time of the seller's begin. */
function informs({ member }: SellerReader): boolean {
  return member?.part.role !== 'representative'
}

/** A measure without what this reader may not do about it. */
export function allowedTo(app: App, who: Who, view: MeasureView): MeasureView {
  if (who.kind !== 'seller' || isPermitted(app, who, 'seller.fileAppeal')) return view
  return { ...view, allowed: view.allowed.filter((each) => each !== 'appeal') }
}

/** The same view of any measure, for lists. */
export async function measureView(app: App, tx: Tx, measure: MeasureRecord): Promise<MeasureView> {
  const seller = await readSeller(tx, measure.decision.sellerId)
  if (seller === null)
    throw new Error(`read decision ${measure.decision.id}: its seller is not kept`)
  const [newest = null] = await casesAbout(tx, [measure.decision.id])
  const refused = await whyNotContestable(tx, measure, {
    now: app.now(),
    timeZone: seller.timeZone,
  })
  const allowed: MeasureView['allowed'] = ['read_statement']
  if (refused === null) allowed.push('appeal')
  if (newest !== null) allowed.push('open_case')
  return {
    measure,
    seller,
    subject: await readSubject(tx, measure.decision.subject),
    case: newest,
    caseProcedure: newest && (await procedureOf(tx, newest.procedureId)),
    procedure: (await currentProcedure(tx)).procedure,
    appealBy: appealBy(measure, seller.timeZone),
    people: await staffNames(tx),
    knownGaps: await knownGapsOfMeasure(tx, measureInProcedure(measure.decision.measure)),
    allowed,
  }
}
