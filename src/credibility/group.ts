/** A group is some voices of a scene that may be one hand; its evidence is the log-odds of that against chance. */
import { chanceOf, leastOf } from './chance.ts'
import { clearForest, join } from './forest.ts'
import { addAt, valueAt } from './column.ts'
import { clearMany, families, keptMembers, openMany, openMembers, sortedIn } from './room.ts'
import type { Family, Kind, Many, Members } from './room.ts'
import {
  ALIKE_IF_CUSTOMERS,
  MOST_BURST,
  MOST_JOINED,
  STRANGE_ENOUGH,
  STRANGE_TOGETHER,
} from './scene.ts'
import type { Rival } from './link.ts'
import type { Scene, SceneMark } from './scene.ts'
import { IN_RINGS, MOST_WORTH } from './saying.ts'
import type { Setting } from './tie.ts'
import { countBetween, windowOf } from './window.ts'
import type { Window } from './window.ts'

/** What speaks for one hand, by kind; chance is what speaks against, since among many voices some always fit together. */
export type Parts = Record<Kind | 'chance', number>

export interface Evidence {
  total: number
  parts: Parts
  members: Members
  /** What it is worth to lack a tie that others of the group have. */
  lacks: Lacks
  rival: Rival | null
  joined: Window | null
  burst: Window | null
}

/** A group that was found in one scene. */
export interface Find {
  scene: Scene
  places: readonly number[]
  evidence: Evidence
}

/** Ties that nearly all of one hand have if any have them. */
const expected = ['identity', 'wording'] as const
type Lacks = Record<(typeof expected)[number], number>

/** What there is to say of a group, apart from its members. */
interface Weighed extends Pick<Evidence, 'lacks' | 'joined' | 'burst'> {
  tied: Record<Family, number>
  rival: { number: number; total: number } | null
}

/** Weighs a group as a whole, and each member by how it hangs together with the others. */
export function weigh(scene: Scene, setting: Setting, group: readonly number[]): Evidence {
  const { tied, rival, joined, burst, lacks } = weighMembers(scene, setting, group)
  const members = keptMembers(scene.room.members, group.length)
  const strange = members.strange.reduce((sum, weight) => sum + weight, 0)
  const sellers = Int32Array.from(group, (one) => valueAt(scene.sellers, one))
  const parts: Parts = {
    strange,
    identity: tied.identity,
    wording: tied.wording,
    target: tied.target,
    rival: rival?.total ?? 0,
    joined: joined?.total ?? 0,
    burst: burst?.total ?? 0,
    chance: -chanceOf(scene, setting, sellers),
  }
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0)
  const link = rival === null ? undefined : scene.links.rivals[rival.number]
  return { total, parts, members, lacks, rival: link ?? null, joined, burst }
}

/** Weighs each member of a group by how it hangs together with the others, in the room of the scene. */
function weighMembers(scene: Scene, setting: Setting, group: readonly number[]): Weighed {
  const { room } = scene
  const { members } = room
  const size = group.length
  const tied = tieUp(scene, group)
  const lacks = {
    identity: lackOf(members.identity, size),
    wording: lackOf(members.wording, size),
  }
  if (lacks.identity !== 0 || lacks.wording !== 0)
    for (let at = 0; at < size; at++) addLacks(members, at, lacks, scene.hasText[group[at] ?? 0])
  const rival = strongestRival(scene, group)
  const created = sortedIn(room, scene.created, group)
  const joined = windowOf(
    created,
    (first, last) => shareJoined(scene, setting, valueAt(created, first), valueAt(created, last)),
    MOST_JOINED,
  )
  const heard = sortedIn(room, scene.at, group)
  const burst = windowOf(
    heard,
    (first, last) => shareHeard(scene, setting, heard, first, last, size),
    MOST_BURST,
  )
  for (let at = 0; at < size; at++) {
    const one = group[at] ?? 0
    members.strange[at] = valueAt(scene.strange, one)
    members.rival[at] = rival === null ? 0 : linkWeight(scene, one, rival.number)
    members.joined[at] = weightIn(joined, valueAt(scene.created, one))
    members.burst[at] = weightIn(burst, valueAt(scene.at, one))
    members.sum[at] = sumOf(members, at)
  }
  return { tied, lacks, rival, joined, burst }
}

const MOST_LACK = 2

/** Where most of a group are tied in a way, one who is not is seldom of it: the odds of that by the part that is tied. */
function lackOf(own: Float64Array, size: number): number {
  let tied = 0
  for (let at = 0; at < size; at++) if (valueAt(own, at) > 0) tied++
  return tied === 0 ? 0 : Math.max(-MOST_LACK, Math.log(1 - tied / (size + 1)))
}

/** Who wrote nothing lacks no words. */
function addLacks(members: Members, at: number, lacks: Lacks, hasText: number | undefined): void {
  for (const kind of expected)
    if (members[kind][at] === 0 && (kind !== 'wording' || hasText === 1))
      members[kind][at] = lacks[kind]
}

/** What speaks for a member, time aside. */
function tiedSum({ strange, identity, wording, target, rival }: Members, at: number): number {
  return (
    valueAt(strange, at) +
    valueAt(identity, at) +
    valueAt(wording, at) +
    valueAt(target, at) +
    valueAt(rival, at)
  )
}

function sumOf(members: Members, at: number): number {
  return tiedSum(members, at) + valueAt(members.joined, at) + valueAt(members.burst, at)
}

export function weightIn(window: Window | null, time: number): number {
  if (window === null || Number.isNaN(time)) return 0
  return time >= window.from && time <= window.to ? window.weightInside : window.weightOutside
}

/**
 * The ties of one family as a forest: each counts once for the member that it brings in, so what the same people share
 * twice is not counted twice (J. Kruskal: On the shortest spanning subtree of a graph, 1956).
 */
function tieUp(scene: Scene, group: readonly number[]): Record<Family, number> {
  const sums: Record<Family, number> = { identity: 0, wording: 0, target: 0 }
  const { members, placeOf, forests, alike } = scene.room
  const size = group.length
  for (const family of families) members[family].fill(0, 0, size)
  if (scene.marks.length === 0) return sums
  const shared = sharedMarks(scene, group)
  if (shared.length === 0) return sums
  for (let at = 0; at < size; at++) placeOf[group[at] ?? 0] = at + 1
  for (const family of families) clearForest(forests[family], size)
  likenessOf(scene, shared, size)
  /** Things that tie so far: the more there are, the sooner somebody shares one by chance. */
  let things = 0
  for (const number of shared) {
    const mark = scene.marks[number]
    if (mark === undefined) continue
    const { family, holders, isLikeness } = mark
    const forest = forests[family]
    const own = members[family]
    let first = -1
    let isCounted = false
    for (const holder of holders) {
      const at = valueAt(placeOf, holder) - 1
      if (at < 0) continue
      if (first < 0) {
        first = at
        continue
      }
      let weight = mark.weight
      if (isLikeness) weight = Math.min(weight, valueAt(alike.best, first), valueAt(alike.best, at))
      const isJoining = join(forest, first, at)
      if (family === 'identity') {
        if (isJoining && !isCounted) {
          things++
          isCounted = true
        }
        weight -= Math.log(Math.max(1, things))
      }
      weight *= dampingOf(scene, mark, group[first] ?? 0, group[at] ?? 0)
      if (weight <= 0) continue
      own[first] = Math.max(valueAt(own, first), weight)
      own[at] = Math.max(valueAt(own, at), weight)
      if (isJoining) sums[family] += weight
    }
  }
  for (const one of group) placeOf[one] = 0
  return sums
}

/** Marks that two or more of a group have, strongest first. */
function sharedMarks({ marksOf, room }: Scene, group: readonly number[]): Int32Array {
  const { met, shared } = room
  let count = 0
  for (const one of group)
    for (const mark of marksOf[one] ?? NONE) {
      const before = met[mark] ?? 0
      if (before === 1) shared[count++] = mark
      if (before < 2) met[mark] = before + 1
    }
  for (const one of group) for (const mark of marksOf[one] ?? NONE) met[mark] = 0
  return shared.subarray(0, count).sort()
}

const NONE: readonly number[] = []

/** For each member: what being like so many of the others is worth. */
function likenessOf({ marks, room }: Scene, shared: Int32Array, size: number): void {
  const { alike, placeOf } = room
  clearMany(alike, size)
  for (const number of shared) {
    const mark = marks[number]
    if (mark?.isLikeness !== true) continue
    for (const holder of mark.holders) {
      const at = valueAt(placeOf, holder) - 1
      if (at >= 0) takeOne(alike, at, mark.weight, size)
    }
  }
  for (let at = 0; at < size; at++) settle(alike, at, size)
}

/** Takes one more that a voice is like, of a group of so many; the strongest come first. */
function takeOne(many: Many, voice: number, weight: number, size: number): void {
  // Of those of one weight the last tells most.
  if (weight < valueAt(many.last, voice)) settle(many, voice, size)
  many.last[voice] = weight
  addAt(many.counts, voice, 1)
}

/**
 * By chance a voice is like a few, the more the larger the group. The most telling number of them counts, as a Poisson
 * count against what is usual.
 */
function settle({ counts, last, best }: Many, voice: number, size: number): void {
  const count = valueAt(counts, voice)
  const known = valueAt(best, voice)
  // More than a tie can be worth need not be known.
  if (count === 0 || known >= MOST_WORTH) return
  const usual = IN_RINGS * Math.exp(-valueAt(last, voice)) * (size - 1)
  if (count > usual)
    best[voice] = Math.max(known, count * Math.log(count / usual) - (count - usual))
}

function dampingOf({ isCustomer }: Scene, mark: SceneMark, one: number, other: number): number {
  if (!mark.isOfPeople) return 1
  return isCustomer[one] === 1 && isCustomer[other] === 1 ? ALIKE_IF_CUSTOMERS : 1
}

/** The seller whose things most of a group share, by number in the scene. */
function strongestRival(
  { links: { rivals, starts, numbers, weights }, ties, room }: Scene,
  group: readonly number[],
): Weighed['rival'] {
  if (rivals.length === 0) return null
  const { totals } = room
  totals.fill(0, 0, rivals.length)
  for (const one of group) {
    const end = valueAt(starts, one + 1)
    for (let at = valueAt(starts, one); at < end; at++)
      addAt(totals, valueAt(numbers, at), valueAt(weights, at))
  }
  const choice = Math.log(1 + ties.linking.sellers)
  let best = -1
  let most = choice
  for (let number = 0; number < rivals.length; number++)
    if (valueAt(totals, number) > most) {
      best = number
      most = valueAt(totals, number)
    }
  return best < 0 ? null : { number: best, total: most - choice }
}

/** What being linked to this rival is worth for a voice. */
function linkWeight({ links: { starts, numbers, weights } }: Scene, one: number, rival: number) {
  for (let at = valueAt(starts, one); at < valueAt(starts, one + 1); at++)
    if (numbers[at] === rival) return valueAt(weights, at)
  return 0
}

/** The share of those outside who joined in a window. */
function shareJoined(
  scene: Scene,
  { joined, span, batch }: Setting,
  from: number,
  to: number,
): number {
  const here = countBetween(scene.crowd.sorted.created, from, to)
  const outside = Math.max(0, countBetween(joined, from, to) - here)
  const all = Math.max(0, Math.min(joined.length, batch.reporters.count) - scene.ties.voices.length)
  return (outside + (3 * (to - from)) / Math.max(1, span.joined) + 0.2) / (all + 3.2)
}

/** The share of other voices of the scene heard in a window: a burst of everybody is the seller's doing, not a group's. */
function shareHeard(
  scene: Scene,
  { span }: Setting,
  times: Float64Array,
  first: number,
  last: number,
  size: number,
): number {
  const from = valueAt(times, first)
  const to = valueAt(times, last)
  const inside = last - first + 1
  const others = scene.ties.voices.length - size
  const heard = Math.max(0, countBetween(scene.crowd.sorted.at, from, to) - inside)
  return (heard + (3 * (to - from)) / Math.max(1, span.at) + 0.1) / (others + 3.1)
}

/** In both windows of a group, each being worth so much. */
const TOGETHER = { joined: 2, burst: 1 }

/** Whether it belongs: without any tie but time, one must be strange, and less so in both windows. */
function mayBelong(members: Members, at: number): boolean {
  const strange = valueAt(members.strange, at)
  if (strange >= STRANGE_ENOUGH || tiedSum(members, at) - strange >= 1) return true
  const isTogether =
    valueAt(members.joined, at) >= TOGETHER.joined && valueAt(members.burst, at) >= TOGETHER.burst
  return isTogether && strange >= STRANGE_TOGETHER
}

/** Leaves out who does not hang together with the rest, the weakest first. */
export function prune(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const { members } = scene.room
  let kept = hopeful(scene, setting, group)
  while (kept.length >= 3) {
    weighMembers(scene, setting, kept)
    const least = leastOf(setting.demand, scene.ties.voices.length, kept.length)
    for (let at = 0; at < kept.length; at++)
      if (!mayBelong(members, at)) members.sum[at] = -Infinity
    const before = kept.length
    kept = withoutWeakest(scene, kept, least)
    if (kept.length === before) return kept
  }
  return []
}

/** Without those who are worth too little, but only a quarter at once: the others may be worth more without them. */
function withoutWeakest({ room }: Scene, group: number[], least: number): number[] {
  const { sum } = room.members
  let weak = 0
  for (let at = 0; at < group.length; at++)
    if (valueAt(sum, at) < least) room.numbers[weak++] = valueAt(sum, at)
  if (weak === 0) return group
  const leaving = Math.min(weak, Math.max(1, Math.floor(group.length / 4)))
  const limit = valueAt(room.numbers.subarray(0, weak).sort(), leaving - 1)
  let below = 0
  for (let at = 0; at < group.length; at++) if (valueAt(sum, at) < limit) below++
  // Of those at the limit, the last leave.
  let atLimit = leaving - below
  const kept: number[] = []
  for (let at = group.length - 1; at >= 0; at--) {
    const own = valueAt(sum, at)
    if (own < limit || (own === limit && atLimit-- > 0)) continue
    kept.push(group[at] ?? 0)
  }
  return kept.reverse()
}

/** Without those who could not belong even if all that they share were shared within the group. */
function hopeful(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const least = leastOf(setting.demand, scene.ties.voices.length, group.length)
  return group.filter((one) => (scene.hopes[one] ?? 0) >= least)
}

/** Takes in who hangs together with the group as closely as its members do. */
export function expand(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const { joined, burst, rival, lacks } = weigh(scene, setting, group)
  const rivalNumber = rival === null ? -1 : scene.links.rivals.indexOf(rival)
  const count = scene.voices.length
  const size = group.length + 1
  const least = leastOf(setting.demand, scene.ties.voices.length, group.length) + 0.5
  const isOpen = new Uint8Array(count)
  for (let one = 0; one < count; one++) isOpen[one] = (scene.hopes[one] ?? 0) > least ? 1 : 0
  for (const one of group) isOpen[one] = 0
  const members = openMembers(count)
  const alike = openMany(count)
  const isMet = new Uint8Array(scene.marks.length)
  const met: number[] = []
  const insiders = new Int32Array(scene.marks.length)
  for (const one of group)
    for (const mark of scene.marksOf[one] ?? NONE) {
      if (isMet[mark] === 1) continue
      isMet[mark] = 1
      insiders[mark] = one
      met.push(mark)
    }
  for (const number of Int32Array.from(met).sort()) {
    const mark = scene.marks[number]
    if (mark === undefined) continue
    for (const one of mark.holders) {
      if (isOpen[one] === 0) continue
      if (mark.isLikeness) takeOne(alike, one, mark.weight, size)
      const own = members[mark.family]
      const weight = mark.weight * dampingOf(scene, mark, insiders[number] ?? 0, one)
      own[one] = Math.max(own[one] ?? 0, weight)
    }
  }
  const wider = [...group]
  for (let one = 0; one < count; one++) {
    if (isOpen[one] === 0) continue
    members.strange[one] = scene.strange[one] ?? 0
    members.rival[one] = linkWeight(scene, one, rivalNumber)
    settle(alike, one, size)
    if ((alike.counts[one] ?? 0) > 0)
      members.wording[one] = Math.min(members.wording[one] ?? 0, alike.best[one] ?? 0)
    addLacks(members, one, lacks, scene.hasText[one])
    members.joined[one] = weightIn(joined, scene.created[one] ?? 0)
    members.burst[one] = weightIn(burst, scene.at[one] ?? 0)
    if (mayBelong(members, one) && sumOf(members, one) > least) wider.push(one)
  }
  return wider
}
