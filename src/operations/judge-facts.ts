/** Judges all facts about complaints at once, as `recourse complaints score` does with the same lines. */
import type { Ring } from '../core/ring.ts'
import { learnWeights, type Investigated } from '../credibility/lesson.ts'
import type { RingReport } from '../credibility/report.ts'
import { openCredibility, type Judgement, type Score } from '../credibility/score.ts'
import { writtenWeights, type Weights } from '../credibility/sum.ts'
import { fitLogistic } from '../screening/logistic.ts'
import { credibilityLines } from '../store/complaint.ts'
import { readAsOne, type Tx } from '../store/db.ts'
import { listRings } from '../store/ring.ts'
import {
  complaintsToWeigh,
  isCalledFor,
  latestWeighing,
  openCalls,
  type WeighedComplaint,
} from '../store/weighing.ts'
import type { App } from './app.ts'

/** Raised whenever the engine judges the same facts in another way: a server that brings it weighs anew. */
export const engineVersion = 3

/** What a weighing needs of the world. */
export type WeighingApp = Pick<App, 'db' | 'now' | 'newId'>

/** Complaints as they were at one instant, judged. */
export interface Judged {
  calls: number[]
  /** The number of the weighing that comes of it. */
  number: number
  /** When everything was read. */
  at: Date
  /** Complaints by the names of their lines. */
  known: ReadonlyMap<string, WeighedComplaint>
  weights: Weights
  count: number
  /** One for each line that is a complaint, in order; worked out as they are taken, so that never all are here. */
  scores(): Iterable<Score>
  rings: RingReport[]
  /** Open rings out of which people took somebody, with what there would be if those had said nothing. */
  pruned: { ring: Ring; rings: RingReport[] }[]
}

/** Whether something arrived that was not weighed, or another engine weighed last. */
export async function isWeighingDue(tx: Tx): Promise<boolean> {
  if (await isCalledFor(tx)) return true
  const latest = await latestWeighing(tx)
  return latest !== null && !latest.engine.startsWith(`${engineVersion}-`)
}

/** Reads and judges everything; null where nothing calls for it. Nothing that is read stays but the record of the engine. */
export function judgeFacts(app: Pick<WeighingApp, 'db' | 'now'>): Promise<Judged | null> {
  return readAsOne(app.db, { inside: true }, async (tx) => {
    if (!(await isWeighingDue(tx))) return null
    const at = app.now()
    const known = new Map<string, WeighedComplaint>()
    for await (const page of complaintsToWeigh(tx))
      for (const one of page) known.set(one.lineId, one)
    const judgement = await judgeWithout(tx, known, new Set())
    const weights = learn(judgement, known)
    const pruned: Judged['pruned'] = []
    for (const ring of await listRings(tx, ['open'], 1_000)) {
      if (ring.pruned.length === 0) continue
      const out = new Set(ring.pruned.map(({ reporterId }) => reporterId))
      // Read again, since what all records of them would take grows with the number of rings.
      pruned.push({ ring, rings: (await judgeWithout(tx, known, out)).rings })
    }
    return {
      calls: await openCalls(tx),
      number: ((await latestWeighing(tx))?.number ?? 0) + 1,
      at,
      known,
      weights,
      count: judgement.count,
      *scores() {
        for (let one = 0; one < judgement.count; one++) yield judgement.scoreOf(one, weights)
      },
      rings: judgement.rings,
      pruned,
    }
  })
}

/** Judges what there would be if these reporters had said nothing. */
async function judgeWithout(
  tx: Tx,
  known: Judged['known'],
  out: ReadonlySet<string>,
): Promise<Judgement> {
  const credibility = openCredibility()
  for await (const page of credibilityLines(tx))
    for (const line of page)
      if (!('reporterId' in line && out.has(line.reporterId)))
        credibility.readLine(JSON.stringify(line))
  for (const { lineId, finding } of known.values())
    if (finding !== null) credibility.addFinding(lineId, finding)
  return credibility.judge()
}

/** What investigations teach of the complaints as the written weights weigh them; so the same facts teach the same. */
function learn(judgement: Judgement, known: Judged['known']): Weights {
  const taught = new Map<string, boolean>()
  for (const complaint of known.values()) {
    const isGenuine = lessonOf(complaint)
    if (isGenuine !== null) taught.set(complaint.lineId, isGenuine)
  }
  if (taught.size === 0) return writtenWeights
  const investigated: Investigated[] = []
  for (let at = 0; at < judgement.count; at++) {
    const { id, reasons } = judgement.scoreOf(at)
    const isGenuine = taught.get(id)
    if (isGenuine !== undefined) investigated.push({ reasons, isGenuine })
  }
  return learnWeights(investigated, fitLogistic)
}

/** What a person found of a complaint, as far as it teaches the weights; where they could not tell, nothing. */
function lessonOf({ finding, ringFound }: WeighedComplaint): boolean | null {
  if (ringFound?.isOfRing === true) return false
  if (finding === 'confirmed' || finding === 'refuted') return finding === 'confirmed'
  return ringFound === null ? null : true
}
