/** Weighs all complaints soon after something arrived by which they are weighed: one score each, and the rings behind them. */
import { createHash } from 'node:crypto'
import { isDoubt, isOfRing, type ComplaintScore } from '../core/complaint-score.ts'
import {
  complaintsHeld,
  complaintsIn,
  matchRings,
  mostOutside,
  type Matched,
  type Ring,
  type RingReport,
} from '../core/ring.ts'
import type { Score } from '../credibility/score.ts'
import { credibilityOf, LEAST_CREDIBILITY, type Weights } from '../credibility/sum.ts'
import { transact, type Tx } from '../store/db.ts'
import { insertRing, lockRings, saveRing } from '../store/ring.ts'
import {
  answerCalls,
  insertWeighing,
  saveScores,
  type WeighedComplaint,
} from '../store/weighing.ts'
import { engineVersion, judgeFacts, type Judged, type WeighingApp } from './judge-facts.ts'

/**
 * Weighs once if something calls for it; false where nothing does. Nothing is kept before all is: killed in the middle,
 * the calls stay and it is done again. What arrives meanwhile calls for the next. It takes its time, and all that is
 * weighed passes through: a server leaves it to a weigher.
 */
export async function weighSome(app: WeighingApp): Promise<boolean> {
  const startedAt = performance.now()
  const judged = await judgeFacts(app)
  if (judged === null) return false
  await keepJudged(app, judged, { tookMs: Math.round(performance.now() - startedAt) })
  return true
}

/** Keeps what came of it, all or nothing; nothing where somebody else weighed meanwhile, perhaps with more. */
export async function keepJudged(
  app: WeighingApp,
  judged: Judged,
  { tookMs }: { tookMs: number },
): Promise<void> {
  const { number, known, weights } = judged
  let counting = 0
  for (const { counts } of judged.scores()) if (counts) counting += 1
  await transact(app.db, { inside: true }, async (tx) => {
    const isFirst = await insertWeighing(tx, {
      number,
      engine: `${engineVersion}-${fingerprint(weights)}`,
      weights,
      weighedAt: judged.at,
      complaints: judged.count,
      counting,
      rings: judged.rings.length,
      tookMs,
    })
    // The calls that whoever was first did not see are still there.
    if (!isFirst) return
    const byOurNames = (report: RingReport) => inOurNames(report, known)
    const rings = await keepRings(app, tx, {
      number,
      found: judged.rings.map(byOurNames),
      remainders: new Map(judged.pruned.map(({ ring, rings }) => [ring.id, rings.map(byOurNames)])),
      prunedThen: judged.pruned.map(({ ring }) => ring),
    })
    await saveScores(tx, number, scoresAsFound(judged, rings))
    await answerCalls(tx, judged.calls)
  })
}

function* scoresAsFound(
  judged: Judged,
  rings: ReadonlyMap<string, Meant>,
): Generator<ComplaintScore> {
  for (const score of judged.scores()) {
    const complaint = judged.known.get(score.id)
    if (complaint !== undefined) yield scoreAsFound(score, complaint, rings)
  }
}

/** The ids of our complaints in the place of the names of their lines. */
function inOurNames(report: RingReport, names: ReadonlyMap<string, WeighedComplaint>): RingReport {
  const ours = (lineId: string) => names.get(lineId)?.id ?? lineId
  return {
    ...report,
    members: report.members.map((member) => ({
      ...member,
      complaints: member.complaints.map((one) => ({ ...one, id: ours(one.id) })),
    })),
    sayings: report.sayings.map((ids) => ids.map(ours)),
    outside: report.outside
      .slice(0, mostOutside)
      .map((one) => ({ ...one, complaintId: ours(one.complaintId) })),
  }
}

/** Which ring the name of one in a weighing means, and which of its complaints people found to stand by themselves. */
interface Meant {
  id: string
  apart: ReadonlySet<string>
}

/** Keeps the rings of a weighing; answers what the names of the engine mean. */
async function keepRings(
  app: WeighingApp,
  tx: Tx,
  kept: {
    number: number
    found: RingReport[]
    remainders: ReadonlyMap<string, RingReport[]>
    prunedThen: readonly Ring[]
  },
): Promise<Map<string, Meant>> {
  const held = await lockRings(tx)
  const meant = new Map<string, Meant>()
  for (const one of matchRings(kept.found, held)) {
    const { id, state, pruned } = await keepMatched(app, tx, one, kept)
    const out = new Set(pruned.map(({ reporterId }) => reporterId))
    const apart = one.report.members.filter(
      ({ reporterId }) => state === 'dismissed' || out.has(reporterId),
    )
    meant.set(one.report.name, { id, apart: new Set(complaintsIn({ members: apart })) })
  }
  const still = new Set([...meant.values()].map(({ id }) => id))
  for (const ring of held)
    if (ring.state === 'open' && !still.has(ring.id))
      await saveRing(tx, { ...ring, state: 'gone', version: ring.version + 1 })
  return meant
}

async function keepMatched(
  app: WeighingApp,
  tx: Tx,
  matched: Matched,
  { number, remainders, prunedThen }: Parameters<typeof keepRings>[2],
): Promise<Pick<Ring, 'id' | 'state' | 'pruned'>> {
  const { report } = matched
  if (matched.is === 'decided') return matched.ring
  if (matched.is === 'new') {
    const id = app.newId('rng')
    const { follows } = matched
    await insertRing(tx, { id, follows, foundAt: app.now(), weighing: number, report })
    return { id, state: 'open', pruned: [] }
  }
  const { ring } = matched
  const then = prunedThen.find(({ id }) => id === ring.id)
  // Whoever was taken out after the facts were read waits for the next weighing, which that calls for.
  const isDue = ring.pruned.length > 0 && !samePeople(then?.pruned ?? [], ring.pruned)
  const remainder =
    ring.pruned.length === 0 ? null : mostAlike(remainders.get(ring.id) ?? [], { ...ring, report })
  const next: Ring = { ...ring, state: 'open', report, remainder, isRemainderDue: isDue }
  const shows = (one: Ring) =>
    JSON.stringify([one.state, shownOf(one.report), shownOf(one.remainder), one.isRemainderDue])
  if (shows(next) === shows(ring)) return ring
  await saveRing(tx, { ...next, weighing: number, version: ring.version + 1 })
  return ring
}

/** All that shows of a report; under which name the weighing had it does not. The database keeps keys in its own order. */
function shownOf(report: RingReport | null): unknown {
  if (report === null) return null
  const { members, targets, shared, evidence, outside } = report
  return [
    complaintsIn({ members }),
    members.map(({ reporterId }) => reporterId),
    targets,
    shared.map(({ kind, name, reporters }) => [kind, name, reporters]),
    evidence.total,
    outside.map(({ complaintId }) => complaintId),
  ]
}

function samePeople(a: Ring['pruned'], b: Ring['pruned']): boolean {
  return (
    JSON.stringify(a.map(({ reporterId }) => reporterId)) ===
    JSON.stringify(b.map(({ reporterId }) => reporterId))
  )
}

/** Of the rings without whom people took out, the one that holds most of who is left; null where none holds half. */
function mostAlike(
  rings: readonly RingReport[],
  ring: Pick<Ring, 'report' | 'pruned'>,
): RingReport | null {
  const left = new Set(complaintsHeld(ring))
  const share = (report: RingReport) =>
    complaintsIn(report).filter((id) => left.has(id)).length / Math.max(1, left.size)
  const best = rings.toSorted((a, b) => share(b) - share(a))[0]
  return best !== undefined && share(best) >= 0.5 ? best : null
}

/** A score with what people found of its ring: of one that is none, or that a person took it out of, it stands by itself. */
export function scoreAsFound(
  score: Score,
  { id: complaintId, ringFound }: WeighedComplaint,
  rings: ReadonlyMap<string, Meant>,
): ComplaintScore {
  const { credibility, counts, reasons } = score
  const ring = score.ring === null ? undefined : rings.get(score.ring)
  const said = { complaintId, credibility, reasons, ringId: ring?.id ?? null }
  if (ringFound?.isOfRing === true) return { ...said, counts: false, ringId: ringFound.ringId }
  if (ring === undefined && !reasons.some(isDoubt)) return { ...said, counts }
  // A doubt names no ring: being taken out of any says that one stands by oneself.
  const isApart = (ring === undefined ? [...rings.values()] : [ring]).some(({ apart }) =>
    apart.has(complaintId),
  )
  if (!isApart && ringFound?.isOfRing !== false) return { ...said, counts }
  const own = reasons.filter((reason) => !isOfRing(reason))
  const alone = credibilityOf(own)
  const isRepeat = own.some(({ signal }) => signal === 'told-again')
  return {
    complaintId,
    ringId: null,
    credibility: alone,
    counts: !isRepeat && alone >= LEAST_CREDIBILITY,
    reasons: [
      ...own,
      { signal: 'no-ring', weight: 0, text: 'A person found that it is of no ring.' },
    ],
  }
}

function fingerprint(weights: Weights): string {
  return createHash('sha256').update(JSON.stringify(weights)).digest('hex').slice(0, 12)
}
