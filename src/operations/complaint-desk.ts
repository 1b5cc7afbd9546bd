/** A complaint at the desk: what there is to know of it, and what follows from what a person found. */
import { worthOf } from '../core/account-health.ts'
import type { Case } from '../core/case.ts'
import type { ComplaintScore } from '../core/complaint-score.ts'
import { findingFollows } from '../core/complaint.ts'
import type { Decider } from '../core/decision.ts'
import { healthPolicy } from '../core/health-rules.ts'
import type { Order } from '../core/order.ts'
import type { Ring } from '../core/ring.ts'
import { complaintFacts } from '../store/account-health.ts'
import {
  complaintOfCase,
  otherComplaints,
  readReporter,
  saveFinding,
  type KeptComplaint,
} from '../store/complaint.ts'
import type { Tx } from '../store/db.ts'
import { lockMeasure, measuresRestingOn, type MeasureRecord } from '../store/decision.ts'
import { readOrder } from '../store/order.ts'
import { readRing } from '../store/ring.ts'
import { scoresOf } from '../store/weighing.ts'
import { callForThresholds } from './account-health.ts'
import type { App } from './app.ts'
import { isBorne } from './bearing.ts'
import { tellFinding } from './complaint-telling.ts'
import { confirm, lift } from './enforcement.ts'
import { followSecondLook, misuseAtDesk, type MisuseAtDesk } from './misuse.ts'
import { isPermitted } from './permit.ts'
import { done, type Result } from './result.ts'
import type { StaffReader } from './who.ts'

/** How many other complaints are listed; how many there are in all is counted beside. */
const mostOthers = 20

type Others = Awaited<ReturnType<typeof otherComplaints>>

/** What a desk knows of a complaint beside its case. */
export interface ComplaintAtDesk {
  complaint: KeptComplaint
  reporter: NonNullable<Awaited<ReturnType<typeof readReporter>>>
  /** The order that it names, as the marketplace told it; null where it names none that we know. */
  order: Order | null
  byReporter: Others
  aboutSeller: Others
  /** What was imposed on the strength of it, by a machine or by a person, the newest first. */
  measures: MeasureRecord[]
  /** How its reporter complains, and what may be done about it. */
  misuse: MisuseAtDesk
  /** What it was worth at the newest weighing, and the ring that it is in; null where it was not weighed yet. */
  score: (ComplaintScore & { weighedAt: Date; countsNow: boolean; ring: Ring | null }) | null
}

/** The complaint that a case looks into, for who works on cases or audits them; null for everybody else and every other case. */
export async function complaintAtDesk(
  app: App,
  tx: Tx,
  held: Case,
  reader: StaffReader,
): Promise<ComplaintAtDesk | null> {
  const mayKnow = isPermitted(app, reader, 'desk.takeCase') || reader.roles.includes('auditor')
  if (held.complaint === null || !mayKnow) return null
  const complaint = await complaintOfCase(tx, held.id)
  if (complaint === null) return null
  const reporter = await readReporter(tx, complaint.reporterId)
  if (reporter === null) throw new Error(`read complaint ${complaint.id}: its reporter is not kept`)
  const { reporterId, sellerId, id: except } = complaint
  return {
    complaint,
    reporter,
    order: complaint.orderId === null ? null : await readOrder(tx, complaint.orderId),
    byReporter: await otherComplaints(tx, { reporterId }, { except, most: mostOthers }),
    aboutSeller: await otherComplaints(tx, { sellerId }, { except, most: mostOthers }),
    measures: await measuresRestingOn(tx, { kind: 'complaint', id: except }),
    misuse: await misuseAtDesk(app, tx, { held, complaint, reader }),
    score: await scoreAtDesk(app, tx, complaint),
  }
}

async function scoreAtDesk(
  app: App,
  tx: Tx,
  { id, sellerId }: KeptComplaint,
): Promise<ComplaintAtDesk['score']> {
  const score = (await scoresOf(tx, [id])).get(id)
  if (score === undefined) return null
  const facts = await complaintFacts(tx, sellerId, { since: new Date(0), until: app.now() })
  const fact = facts.find(({ complaintId }) => complaintId === id)
  return {
    ...score,
    countsNow: fact !== undefined && worthOf(fact).state === 'counts',
    // Null also for who works on cases and does not look into rings.
    ring: score.ringId === null ? null : await readRing(tx, score.ringId),
  }
}

/** What a person found counts: it is kept, what leans on the complaint stands or falls with it, and both sides hear. */
export async function followFinding(
  app: App,
  tx: Tx,
  {
    found,
    takenBy,
    words,
    isUnfounded,
  }: { found: Case; takenBy: Decider; words: string; isUnfounded: boolean },
): Promise<Result<null>> {
  const { finding = null, reasons = null, complaintId = '' } = found.complaint ?? {}
  if (takenBy.kind !== 'person' || finding === null || reasons === null)
    throw new Error(`follow case ${found.id}: no person found anything`)
  const { id: by, name } = takenBy
  await saveFinding(tx, complaintId, { finding, words, isUnfounded, by, at: app.now() })
  if (found.sellerId !== null) await callForThresholds(app, tx, found.sellerId)
  for (const { decision } of await measuresRestingOn(tx, { kind: 'complaint', id: complaintId })) {
    // What rests on a written threshold stands or falls with that.
    if (decision.ground.policy === healthPolicy) continue
    const measure = await lockMeasure(tx, decision.id)
    if (measure === null || measure.endedBy !== null) continue
    const result = await standOrFall(app, tx, measure, { takenBy, reasons, finding })
    if (!result.ok) return result
  }
  await tellFinding(app, tx, found, { finding, by: name, reasons, words })
  await followSecondLook(app, tx, {
    held: found,
    complaintId,
    by: { id: by, name },
    isUnfounded,
    reasons: words,
  })
  return done(null)
}

/** A machine's hold is a person's from here on, or it is lifted; so is whatever leans on this complaint alone. */
async function standOrFall(
  app: App,
  tx: Tx,
  measure: MeasureRecord,
  {
    takenBy,
    reasons,
    finding,
  }: { takenBy: Decider; reasons: string; finding: NonNullable<KeptComplaint['finding']> },
): Promise<Result<unknown>> {
  const { decision } = measure
  if (findingFollows[finding].hold === 'stands')
    return decision.takenBy.kind === 'policy'
      ? confirm(app, tx, measure, { takenBy, reasons })
      : done(null)
  if (await isBorne(tx, measure)) return done(null)
  return lift(app, tx, measure, { takenBy, reasons, tellSeller: true })
}
