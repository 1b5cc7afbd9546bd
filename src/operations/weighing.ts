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
import { credibilityLines } from '../store/complaint.ts'
import { transact, type Tx } from '../store/db.ts'
import { insertRing, listRings, lockRings, saveRing } from '../store/ring.ts'
import {
  answerCalls,
  complaintsToWeigh,
  insertWeighing,
  latestWeighing,
  openCalls,
  saveScores,
  type WeighedComplaint,
} from '../store/weighing.ts'
import type { App } from './app.ts'
import type { Facts } from './judge-facts.ts'
import type { Weigher } from './weigher.ts'

/** Raised whenever the engine judges the same facts in another way: a server that brings it weighs anew. */
const engineVersion = 3

/**
 * Weighs once if something calls for it; false where nothing does. Nothing is kept before all is: killed in the middle,
 * the calls stay and it is done again. What arrives meanwhile calls for the next.
 */
export async function weighSome(app: App, weigher: Weigher): Promise<boolean> {
  const gathered = await transact(app.db, { inside: true }, gather)
  if (gathered === null) return false
  const { calls, number, facts, known } = gathered
  const weighedAt = app.now()
  const startedAt = performance.now()
  const judged = await weigher.judge(facts)
  const names = new Map(known.map((one) => [one.lineId, one]))
  await transact(app.db, { inside: true }, async (tx) => {
    const isFirst = await insertWeighing(tx, {
      number,
      engine: `${engineVersion}-${fingerprint(judged.weights)}`,
      weights: judged.weights,
      weighedAt,
      complaints: judged.scores.length,
      counting: judged.scores.filter(({ counts }) => counts).length,
      rings: judged.rings.length,
      tookMs: Math.round(performance.now() - startedAt),
    })
    // Somebody else weighed meanwhile, perhaps with more: the calls that they did not see are still there.
    if (!isFirst) return
    const byOurNames = (report: RingReport) => inOurNames(report, names)
    const rings = await keepRings(app, tx, {
      number,
      found: judged.rings.map(byOurNames),
      remainders: new Map(
        gathered.pruned.map(({ id }, at) => [id, (judged.ringsWithout[at] ?? []).map(byOurNames)]),
      ),
      prunedThen: gathered.pruned,
    })
    await saveScores(
      tx,
      number,
      judged.scores.flatMap((score) => {
        const complaint = names.get(score.id)
        return complaint === undefined ? [] : scoreAsFound(score, complaint, rings)
      }),
    )
    await answerCalls(tx, calls)
  })
  return true
}

interface Gathered {
  calls: number[]
  number: number
  facts: Facts
  known: WeighedComplaint[]
  /** Open rings out of which people took somebody. */
  pruned: Ring[]
}

/** Reads everything, the calls first: what they call for is there by then. */
async function gather(tx: Tx): Promise<Gathered | null> {
  const calls = await openCalls(tx)
  const latest = await latestWeighing(tx)
  const isOtherEngine = latest !== null && !latest.engine.startsWith(`${engineVersion}-`)
  if (calls.length === 0 && !isOtherEngine) return null
  const lines = await credibilityLines(tx, { sellerIds: null, since: new Date(0) })
  const known = await complaintsToWeigh(tx)
  const pruned = (await listRings(tx, ['open'], 1_000)).filter((ring) => ring.pruned.length > 0)
  return {
    calls,
    number: (latest?.number ?? 0) + 1,
    known,
    pruned,
    facts: {
      lines: lines.map((line) => JSON.stringify(line)).join('\n'),
      findings: known.flatMap(({ lineId: id, finding }) =>
        finding === null ? [] : { id, finding },
      ),
      lessons: known.flatMap(lessonOf),
      without: pruned.map((ring) => ring.pruned.map(({ reporterId }) => reporterId)),
    },
  }
}

/** What a person found of a complaint teaches the weights; where they could not tell, nothing. */
function lessonOf({ lineId: id, finding, ringFound }: WeighedComplaint): Facts['lessons'] {
  if (ringFound?.isOfRing === true) return [{ id, isGenuine: false }]
  if (finding === 'confirmed' || finding === 'refuted')
    return [{ id, isGenuine: finding === 'confirmed' }]
  return ringFound === null ? [] : [{ id, isGenuine: true }]
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
  app: App,
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
  app: App,
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
