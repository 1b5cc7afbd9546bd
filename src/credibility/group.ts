/** A group is some voices of a scene that may be one hand; its evidence is the log-odds of that against chance. */
import { chanceOf, leastOf } from './chance.ts'
import { join, openForest } from './forest.ts'
import type { Forest } from './forest.ts'
import { ALIKE_IF_CUSTOMERS, isOfPeople, MOST_BURST, MOST_JOINED, STRANGE_ENOUGH } from './scene.ts'
import type { Rivals, Scene } from './scene.ts'
import { UNTOLD } from './record.ts'
import { IN_RINGS } from './saying.ts'
import type { Family, Mark, RivalLink, Setting } from './tie.ts'
import { countBetween, windowOf } from './window.ts'
import type { Window } from './window.ts'

/** What speaks for one hand, by kind; chance is what speaks against, since among many voices some always fit together. */
export type Parts = Record<
  'strange' | 'identity' | 'wording' | 'target' | 'rival' | 'joined' | 'burst' | 'chance',
  number
>

export interface Evidence {
  total: number
  parts: Parts
  /** By place in the group: what speaks for each member, and how much of it is of which kind. */
  members: (Omit<Parts, 'chance'> & { sum: number })[]
  rival: RivalLink | null
  joined: Window | null
  burst: Window | null
}

/** Weighs a group as a whole, and each member by how it hangs together with the others. */
export function weigh(scene: Scene, setting: Setting, group: readonly number[]): Evidence {
  const members = group.map((place) => ({
    strange: scene.strange[place] ?? 0,
    identity: 0,
    wording: 0,
    target: 0,
    rival: 0,
    joined: 0,
    burst: 0,
    sum: 0,
  }))
  const parts: Parts = {
    ...{ strange: 0, identity: 0, wording: 0, target: 0, rival: 0, joined: 0, burst: 0 },
    chance: -chanceOf(scene, setting, group),
  }
  for (const one of members) parts.strange += one.strange

  tieUp(scene, group, { parts, members })
  const rival = strongestRival(scene, group)
  if (rival !== null) {
    parts.rival = rival.total
    for (const [at, place] of group.entries()) {
      const one = members[at]
      if (one !== undefined) one.rival = rivalWeight(scene, place, rival.number)
    }
  }

  const joined = windowOf(
    group.map((place) => scene.created[place] ?? 0),
    (from, to) => shareJoined(scene, setting, from, to),
    MOST_JOINED,
  )
  const burst = windowOf(
    group.map((place) => scene.at[place] ?? 0),
    (from, to, inside) => shareHeard(scene, setting, { from, to, inside, size: group.length }),
    MOST_BURST,
  )
  group.forEach((place, at) => {
    const one = members[at]
    if (one === undefined) return
    one.joined = weightIn(joined, scene.created[place] ?? 0)
    one.burst = weightIn(burst, scene.at[place] ?? 0)
    one.sum =
      one.strange + one.identity + one.wording + one.target + one.rival + one.joined + one.burst
  })
  parts.joined = joined?.total ?? 0
  parts.burst = burst?.total ?? 0
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0)
  return { total, parts, members, rival: rival?.link ?? null, joined, burst }
}

export function weightIn(window: Window | null, time: number): number {
  if (window === null || Number.isNaN(time)) return 0
  return time >= window.from && time <= window.to ? window.weightInside : window.weightOutside
}

/**
 * The ties of one family as a forest: each counts once for the member that it brings in, so what the same people share
 * twice is not counted twice (J. Kruskal: On the shortest spanning subtree of a graph, 1956).
 */
function tieUp(
  scene: Scene,
  group: readonly number[],
  { parts, members }: Pick<Evidence, 'parts' | 'members'>,
): void {
  const firstOf = new Map<number, number>()
  /** Marks that two or more members have, with the later member; strongest first, since marks are. */
  const met: number[] = []
  for (let at = 0; at < group.length; at++)
    for (const mark of scene.marksOf[group[at] ?? 0] ?? []) {
      if (firstOf.has(mark)) met.push(mark * group.length + at)
      else firstOf.set(mark, at)
    }
  if (met.length === 0) return
  met.sort((a, b) => a - b)
  const alike = likenessOf(scene, group, met, firstOf)
  const forests: Partial<Record<Family, Forest>> = {}
  /** Things that tie so far: the more there are, the sooner somebody shares one by chance. */
  let [things, lastThing] = [0, -1]
  for (const tie of met) {
    const [number, at] = [Math.floor(tie / group.length), tie % group.length]
    const mark = scene.marks[number]
    const first = firstOf.get(number) ?? 0
    const [one, other] = [members[first], members[at]]
    if (mark === undefined || one === undefined || other === undefined) continue
    const { family } = mark
    let weight = mark.weight
    if (isLikeness(mark)) weight = Math.min(weight, alike[first] ?? 0, alike[at] ?? 0)
    const isJoining = join((forests[family] ??= openForest(group.length)), first, at)
    if (family === 'identity') {
      if (isJoining && number !== lastThing) [things, lastThing] = [things + 1, number]
      weight -= Math.log(Math.max(1, things))
    }
    weight *= dampingOf(scene, mark, group[first] ?? 0, group[at] ?? 0)
    if (weight <= 0) continue
    one[family] = Math.max(one[family], weight)
    other[family] = Math.max(other[family], weight)
    if (isJoining) parts[family] += weight
  }
}

/** Two near-same texts; each is a mark of its own. */
function isLikeness({ family, number }: Mark): boolean {
  return family === 'wording' && number === UNTOLD
}

/** For each member: what being like so many of the others is worth. */
function likenessOf(
  scene: Scene,
  group: readonly number[],
  met: readonly number[],
  firstOf: ReadonlyMap<number, number>,
): number[] {
  const weights = group.map((): number[] => [])
  for (const tie of met) {
    const number = Math.floor(tie / group.length)
    const mark = scene.marks[number]
    if (mark === undefined || !isLikeness(mark)) continue
    weights[tie % group.length]?.push(mark.weight)
    weights[firstOf.get(number) ?? 0]?.push(mark.weight)
  }
  return weights.map((of) => worthOfMany(of, group.length))
}

/**
 * What it is worth to be like some of a group, strongest first: by chance a few are, the more the larger the group. The
 * most telling number of them counts, as a Poisson count against what is usual.
 */
function worthOfMany(weights: readonly number[], size: number): number {
  let best = 0
  for (const [at, weight] of weights.entries()) {
    const count = at + 1
    const usual = IN_RINGS * Math.exp(-weight) * (size - 1)
    if (count > usual) best = Math.max(best, count * Math.log(count / usual) - (count - usual))
  }
  return best
}

function dampingOf({ isCustomer }: Scene, mark: Mark, one: number, other: number): number {
  if (!isOfPeople(mark)) return 1
  return isCustomer[one] === 1 && isCustomer[other] === 1 ? ALIKE_IF_CUSTOMERS : 1
}

/** The seller whose things most of a group share, and its number among the rivals of the scene. */
function strongestRival(
  scene: Scene,
  group: readonly number[],
): { link: RivalLink; number: number; total: number } | null {
  const totals = new Map<number, number>()
  for (const place of group) {
    const { numbers, weights } = scene.rivalsOf[place] ?? NO_RIVALS
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0
      totals.set(number, (totals.get(number) ?? 0) + (weights[at] ?? 0))
    }
  }
  let [best, most] = [-1, Math.log(1 + scene.rivals.length)]
  for (const [number, total] of totals)
    if (total > most || (total === most && best >= 0 && number < best)) [best, most] = [number, total]
  const link = scene.rivals[best]
  const total = most - Math.log(1 + scene.rivals.length)
  return link === undefined ? null : { link, number: best, total }
}

const NO_RIVALS: Rivals = { numbers: [], weights: [] }

/** What a link to this rival is worth for a voice. */
function rivalWeight({ rivalsOf }: Scene, place: number, number: number): number {
  const { numbers, weights } = rivalsOf[place] ?? NO_RIVALS
  return weights[numbers.indexOf(number)] ?? 0
}

/** The share of those outside who joined in a window. */
function shareJoined(
  scene: Scene,
  { joined, span, batch }: Setting,
  from: number,
  to: number,
): number {
  const here = countBetween(scene.sorted.created, from, to)
  const outside = Math.max(0, countBetween(joined, from, to) - here)
  const all = Math.max(0, Math.min(joined.length, batch.reporters.count) - scene.voices.length)
  return (outside + (3 * (to - from)) / Math.max(1, span.joined) + 0.2) / (all + 3.2)
}

/** The share of other voices of the scene heard in a window: a burst of everybody is the seller's doing, not a group's. */
function shareHeard(
  scene: Scene,
  { span }: Setting,
  { from, to, inside, size }: { from: number; to: number; inside: number; size: number },
): number {
  const others = scene.voices.length - size
  const heard = Math.max(0, countBetween(scene.sorted.at, from, to) - inside)
  return (heard + (3 * (to - from)) / Math.max(1, span.at) + 0.1) / (others + 3.1)
}

interface Tied {
  strange: number
  identity: number
  wording: number
  target: number
  rival: number
}

/** The sum that counts for belonging: without any tie but time, one must be strange. */
function belonging({ strange, identity, wording, target, rival }: Tied, sum: number): number {
  const isTied = identity + wording + target + rival >= 1
  return isTied || strange >= STRANGE_ENOUGH ? sum : -Infinity
}

/** Leaves out who does not hang together with the rest, the weakest first. */
export function prune(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  let kept = hopeful(scene, group)
  while (kept.length >= 3) {
    const { members } = weigh(scene, setting, kept)
    const least = leastOf(scene, kept.length)
    const weak = members
      .map((one, at) => ({ sum: belonging(one, one.sum), at }))
      .filter(({ sum }) => sum < least)
      .sort((a, b) => a.sum - b.sum || b.at - a.at)
      .slice(0, Math.max(1, Math.floor(kept.length / 4)))
    if (weak.length === 0) return kept
    const leaving = new Set(weak.map(({ at }) => at))
    kept = kept.filter((_, at) => !leaving.has(at))
  }
  return []
}

/** Without those who could not belong even if all that they share were shared within the group. */
function hopeful(scene: Scene, group: readonly number[]): number[] {
  const least = leastOf(scene, group.length)
  return group.filter((place) => (scene.hopes[place] ?? 0) >= least)
}

/** Takes in who hangs together with the group as closely as its members do. */
export function expand(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const { joined, burst } = weigh(scene, setting, group)
  const rival = strongestRival(scene, group)?.number ?? null
  const member = new Set(group)
  const least = leastOf(scene, group.length) + 0.5
  const ties = new Map<number, Record<Family, number>>()
  const alike = new Map<number, number[]>()
  const near = new Map<Mark, number>()
  for (const place of group)
    for (const at of scene.marksOf[place] ?? []) {
      const mark = scene.marks[at]
      if (mark !== undefined && !near.has(mark)) near.set(mark, place)
    }
  for (const [mark, insider] of near) {
    for (const place of mark.holders) {
      if ((scene.hopes[place] ?? 0) <= least || member.has(place)) continue
      const tied = ties.get(place) ?? { identity: 0, wording: 0, target: 0 }
      ties.set(place, tied)
      const weight = mark.weight * dampingOf(scene, mark, insider, place)
      if (isLikeness(mark)) alike.set(place, [...(alike.get(place) ?? []), mark.weight])
      tied[mark.family] = Math.max(tied[mark.family], weight)
    }
  }
  for (const [place, weights] of alike) {
    const tied = ties.get(place)
    const most = worthOfMany(
      weights.sort((a, b) => b - a),
      group.length + 1,
    )
    if (tied !== undefined) tied.wording = Math.min(tied.wording, most)
  }
  const wider = [...group]
  for (const place of scene.candidates) {
    if ((scene.hopes[place] ?? 0) <= least || member.has(place)) continue
    const one = {
      strange: scene.strange[place] ?? 0,
      ...(ties.get(place) ?? { identity: 0, wording: 0, target: 0 }),
      rival: rival === null ? 0 : rivalWeight(scene, place, rival),
    }
    const inTime =
      weightIn(joined, scene.created[place] ?? 0) + weightIn(burst, scene.at[place] ?? 0)
    const sum = Object.values(one).reduce((all, weight) => all + weight, inTime)
    if (belonging(one, sum) > least) wider.push(place)
  }
  return wider
}
