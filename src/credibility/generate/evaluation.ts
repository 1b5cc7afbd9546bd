/** An evaluation counts how right scores are about marketplaces whose truth is known. */
import { shareOf } from '../../core/likely-range.ts'
import type { Share } from '../../core/likely-range.ts'
import { openCredibility } from '../score.ts'
import type { Judgement } from '../score.ts'
import type { Weights } from '../sum.ts'
import type { Judged } from './reliability.ts'

/** What an evaluation needs to know of a marketplace, whoever made it. */
export interface Known {
  lines: readonly string[]
  truth: ReadonlyMap<string, { isFalse: boolean; ring: string | null; group: string }>
  honest: ReadonlySet<string>
  rings: readonly { name: string; cunning: string; isBare: boolean; members: readonly string[] }[]
}

interface Count {
  count: number
  of: number
}

/** What was counted over all marketplaces so far. */
export interface Tally {
  marketplaces: number
  complaints: number
  stopped: Count
  found: Count
  accused: Count
  framed: Count
  byCunning: Map<string, { cunning: string; isBare: boolean; stopped: Count; found: Count }>
  /** Honest complaints that do not count, by who makes them. */
  byGroup: Map<string, Count>
}

export function openTally(): Tally {
  const none = () => ({ count: 0, of: 0 })
  return {
    ...{ marketplaces: 0, complaints: 0 },
    ...{ stopped: none(), found: none(), accused: none(), framed: none() },
    byCunning: new Map(),
    byGroup: new Map(),
  }
}

/** Scores the complaints of a marketplace. */
export function judgeMarketplace({ lines, truth }: Known, weights?: Weights): Judged[] {
  const credibility = openCredibility(weights === undefined ? {} : { weights })
  for (const line of lines) credibility.readLine(line)
  return judgedOf(credibility.judge(), truth)
}

function judgedOf(judgement: Judgement, truth: Known['truth']): Judged[] {
  return Array.from({ length: judgement.count }, (_, number) => judgement.scoreOf(number)).flatMap(
    (score) => {
      const known = truth.get(score.id)
      return known === undefined ? [] : [{ score, isGenuine: !known.isFalse }]
    },
  )
}

/** Scores a marketplace, adds what came of it, and gives each complaint as it was scored. */
export function addMarketplace(tally: Tally, { lines, truth, honest, rings }: Known): Judged[] {
  const credibility = openCredibility()
  for (const line of lines) credibility.readLine(line)
  const judgement = credibility.judge()
  const ringByName = new Map(rings.map((ring) => [ring.name, ring]))
  /** By true ring, and by found ring: how many of its complaints' reporters are in which. */
  const foundIn = new Map<string, Set<string>>()
  for (const ring of judgement.rings)
    foundIn.set(ring.name, new Set(ring.members.map(({ reporterId }) => reporterId)))
  for (let number = 0; number < judgement.count; number++) {
    const { id, counts } = judgement.scoreOf(number)
    const known = truth.get(id)
    if (known === undefined) continue
    tally.complaints++
    if (known.isFalse) {
      add(tally.stopped, !counts)
      const ring = ringByName.get(known.ring ?? '')
      if (ring !== undefined) add(cunningOf(tally, ring).stopped, !counts)
      continue
    }
    if (known.ring === null) add(tally.accused, !counts)
    const group = tally.byGroup.get(known.group) ?? { count: 0, of: 0 }
    tally.byGroup.set(known.group, group)
    add(group, !counts)
  }
  const framed = new Set([...foundIn.values()].flatMap((members) => [...members]))
  for (const person of honest) add(tally.framed, framed.has(person))
  for (const ring of rings) {
    const isFound = [...foundIn.values()].some((members) => {
      const both = ring.members.filter((member) => members.has(member)).length
      return both * 2 >= ring.members.length && both * 2 >= members.size
    })
    add(tally.found, isFound)
    add(cunningOf(tally, ring).found, isFound)
  }
  tally.marketplaces++
  return judgedOf(judgement, truth)
}

/** The same cunning with and without its strongest sign, one after the other. */
export function byCunning(tally: Tally) {
  return [...tally.byCunning.values()].sort((a, b) =>
    a.cunning === b.cunning ? Number(a.isBare) - Number(b.isBare) : a.cunning < b.cunning ? -1 : 1,
  )
}

function cunningOf(tally: Tally, { cunning, isBare }: { cunning: string; isBare: boolean }) {
  const key = `${cunning} ${isBare}`
  const known = tally.byCunning.get(key) ?? {
    ...{ cunning, isBare },
    stopped: { count: 0, of: 0 },
    found: { count: 0, of: 0 },
  }
  tally.byCunning.set(key, known)
  return known
}

function add(count: Count, isSo: boolean): void {
  count.of++
  if (isSo) count.count++
}

export interface Goal {
  what: string
  wanted: string
  share: Share
  isMet: boolean
}

/** The four goals, and whether the shares counted meet them. */
export function goalsOf({ stopped, found, accused, framed }: Tally): Goal[] {
  const goal = (
    what: string,
    { count, of }: Count,
    least: number | null,
    most: number | null,
  ): Goal => {
    const share = shareOf(count, of)
    const isMet =
      share.share === null ||
      ((least === null || share.share >= least) && (most === null || share.share <= most))
    const wanted = least !== null ? `≥ ${100 * least} %` : `≤ ${100 * (most ?? 0)} %`
    return { what, wanted, share, isMet }
  }
  return [
    goal('coordinated false complaints that do not count', stopped, 0.95, null),
    goal('rings found', found, 0.9, null),
    goal('honest complaints that do not count', accused, null, 0.01),
    goal('honest reporters in a ring', framed, null, 0.001),
  ]
}
