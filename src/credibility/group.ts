/** A group is some voices of a scene that may be one hand; its evidence is the log-odds of that against chance. */
import { addAt } from './column.ts'
import { openGroups } from './saying.ts'
import { families } from './scene.ts'
import type { Family, Mark, RivalLink, Scene, Setting } from './scene.ts'
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

/** What a burst, and joining together, can be worth for each: honest people come in bursts too. */
const MOST_BURST = 1.6
const MOST_JOINED = 2.6
/** A ring at all, before anything is known of it. */
const RARITY = 3
/** Two who bought, long known, write alike of one trouble, or complain of two sellers, without knowing of each other. */
const ALIKE_IF_ORDINARY = 0.35
const ORDINARY = -0.8

/** Weighs a group as a whole, and each member by how it hangs together with the others. */
export function weigh(scene: Scene, setting: Setting, group: readonly number[]): Evidence {
  const member = new Map(group.map((place, at) => [place, at]))
  const members = group.map((place) => ({
    strange: scene.strange[place] ?? 0,
    ...{ identity: 0, wording: 0, target: 0, rival: 0, joined: 0, burst: 0, sum: 0 },
  }))
  const parts: Parts = {
    ...{ strange: 0, identity: 0, wording: 0, target: 0, rival: 0, joined: 0, burst: 0 },
    chance: -chanceOf(scene, setting, group),
  }
  for (const one of members) parts.strange += one.strange

  for (const family of families) {
    parts[family] = tieUp(scene, family, group, (at, weight) => {
      const one = members[at]
      if (one !== undefined) one[family] = Math.max(one[family], weight)
    })
  }
  const rival = strongestRival(scene.rivals, member)
  if (rival !== null) {
    parts.rival = rival.total
    for (const [place, weight] of rival.link.weights) {
      const one = members[member.get(place) ?? -1]
      if (one !== undefined) one.rival = weight
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
  family: Family,
  group: readonly number[],
  tell: (at: number, weight: number) => void,
): number {
  const forest = openGroups(group.length)
  let sum = 0
  for (const { mark, holders } of marksIn(scene, family, group)) {
    const [first = 0] = holders
    for (const at of holders.slice(1)) {
      const weight = mark.weight * dampingOf(scene, mark, group[first] ?? 0, group[at] ?? 0)
      tell(first, weight)
      tell(at, weight)
      if (forest.join(first, at)) sum += weight
    }
  }
  return sum
}

/** Marks that two or more members have, strongest first, with the places of those in the group. */
function marksIn(
  { marksOf }: Scene,
  family: Family,
  group: readonly number[],
): { mark: Mark; holders: number[] }[] {
  const found = new Map<Mark, number[]>()
  group.forEach((place, at) => {
    for (const mark of marksOf[place] ?? []) {
      if (mark.family !== family) continue
      const holders = found.get(mark)
      if (holders === undefined) found.set(mark, [at])
      else holders.push(at)
    }
  })
  return [...found]
    .map(([mark, holders]) => ({ mark, holders }))
    .filter(({ holders }) => holders.length > 1)
    .sort((a, b) => b.mark.weight - a.mark.weight)
}

function dampingOf({ strange }: Scene, { family }: Mark, one: number, other: number): number {
  if (family === 'identity') return 1
  return (strange[one] ?? 0) < ORDINARY && (strange[other] ?? 0) < ORDINARY ? ALIKE_IF_ORDINARY : 1
}

function strongestRival(
  rivals: readonly RivalLink[],
  member: ReadonlyMap<number, number>,
): { link: RivalLink; total: number } | null {
  let best: { link: RivalLink; total: number } | null = null
  const choice = Math.log(1 + rivals.length)
  for (const link of rivals) {
    let total = -choice
    for (const [place, weight] of link.weights) if (member.has(place)) total += weight
    if (total > (best?.total ?? 0)) best = { link, total }
  }
  return best
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

/** The number of ways to choose such a group among those heard, in nats, and how rare rings are at all. */
function chanceOf(scene: Scene, setting: Setting, group: readonly number[]): number {
  const among = crowdOf(scene, group)
  return (
    logChoose(among.voices, group.length) +
    among.naming +
    RARITY +
    0.3 * Math.log(1 + setting.batch.sellers.count)
  )
}

function crowdOf(scene: Scene, group: readonly number[]): { voices: number; naming: number } {
  if (!scene.isWide) return { voices: scene.voices.length, naming: 0 }
  const targets = new Set(group.map((place) => scene.sellers[place] ?? 0))
  let voices = 0
  for (const seller of targets) voices += scene.aboutSeller.get(seller) ?? 0
  return { voices, naming: (targets.size - 1) * Math.log(1 + scene.aboutSeller.size) }
}

/** However many of those heard are of the ring, a voice must show so much more for belonging than against. */
const BELONGING = 3.5

/** What a voice must show to belong: as much as it takes to pick it out among those heard. */
export function leastOf(scene: Scene, size: number): number {
  return Math.log(Math.max(1, (scene.voices.length - size + 1) / Math.max(1, size))) + BELONGING
}

/** Being there at the same time ties nobody who looks like a customer. */
const STRANGE_ENOUGH = 1.3

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
  const hopes = hopesOf(scene)
  return group.filter((place) => (hopes[place] ?? 0) >= least)
}

/** Whether any three could be a ring at all: most scenes are done with here. */
export function isHopeful(scene: Scene): boolean {
  let hopeful = 0
  for (const hope of hopesOf(scene)) if (hope >= BELONGING) hopeful++
  return hopeful >= 3
}

const hopesByScene = new WeakMap<Scene, Float64Array>()

/** By place: the most that a voice could be worth to any group. */
function hopesOf(scene: Scene): Float64Array {
  const known = hopesByScene.get(scene)
  if (known !== undefined) return known
  const hopes = Float64Array.from(scene.strange, (weight) => weight + MOST_JOINED + MOST_BURST)
  for (const family of families) {
    const best = new Float64Array(scene.voices.length)
    for (const mark of scene.marks) {
      if (mark.family !== family) continue
      for (const place of mark.holders) best[place] = Math.max(best[place] ?? 0, mark.weight)
    }
    best.forEach((weight, place) => addAt(hopes, place, weight))
  }
  const best = new Float64Array(scene.voices.length)
  for (const { weights } of scene.rivals)
    for (const [place, weight] of weights) best[place] = Math.max(best[place] ?? 0, weight)
  best.forEach((weight, place) => addAt(hopes, place, weight))
  hopesByScene.set(scene, hopes)
  return hopes
}

/** Takes in who hangs together with the group as closely as its members do. */
export function expand(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const { rival, joined, burst } = weigh(scene, setting, group)
  const member = new Set(group)
  const least = leastOf(scene, group.length) + 0.5
  const hopes = hopesOf(scene)
  const ties = new Map<number, Record<Family, number>>()
  const near = new Map<Mark, number>()
  for (const place of group)
    for (const mark of scene.marksOf[place] ?? []) if (!near.has(mark)) near.set(mark, place)
  for (const [mark, insider] of near) {
    for (const place of mark.holders) {
      if ((hopes[place] ?? 0) <= least || member.has(place)) continue
      const tied = ties.get(place) ?? { identity: 0, wording: 0, target: 0 }
      ties.set(place, tied)
      const weight = mark.weight * dampingOf(scene, mark, insider, place)
      tied[mark.family] = Math.max(tied[mark.family], weight)
    }
  }
  const wider = [...group]
  for (let place = 0; place < scene.voices.length; place++) {
    if ((hopes[place] ?? 0) <= least || member.has(place)) continue
    const one = {
      strange: scene.strange[place] ?? 0,
      ...(ties.get(place) ?? { identity: 0, wording: 0, target: 0 }),
      rival: rival?.weights.get(place) ?? 0,
    }
    const inTime =
      weightIn(joined, scene.created[place] ?? 0) + weightIn(burst, scene.at[place] ?? 0)
    const sum = Object.values(one).reduce((all, weight) => all + weight, inTime)
    if (belonging(one, sum) > least) wider.push(place)
  }
  return wider
}

/** ln of the binomial coefficient, by Stirling's series for ln Γ (Abramowitz and Stegun, 6.1.41). */
export function logChoose(all: number, some: number): number {
  if (some <= 0 || some >= all) return 0
  return logFactorial(all) - logFactorial(some) - logFactorial(all - some)
}

function logFactorial(count: number): number {
  if (count < 2) return 0
  const next = count + 1
  return (next - 0.5) * Math.log(next) - next + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * next)
}
