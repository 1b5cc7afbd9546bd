/** A group is some voices of a scene that may be one hand; its evidence is the log-odds of that against chance. */
import { chanceOf, leastOf } from './chance.ts'
import { join, openForest } from './forest.ts'
import type { Forest } from './forest.ts'
import { addAt, valueAt } from './column.ts'
import {
  ALIKE_IF_CUSTOMERS,
  MOST_BURST,
  MOST_JOINED,
  STRANGE_ENOUGH,
  STRANGE_TOGETHER,
} from './scene.ts'
import type { Scene, SceneMark, SceneRival } from './scene.ts'
import { IN_RINGS, MOST_WORTH } from './saying.ts'
import type { Family, Setting } from './tie.ts'
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
  members: Members
  /** What it is worth to lack a tie that others of the group have. */
  lacks: Lacks
  rival: SceneRival | null
  joined: Window | null
  burst: Window | null
}

/** A group that was found in one scene. */
export interface Find {
  scene: Scene
  places: readonly number[]
  evidence: Evidence
}

/** By place in the group: what speaks for each member, by kind and together. */
export type Members = Record<Exclude<keyof Parts, 'chance'> | 'sum', Float64Array>

/** Ties that nearly all of one hand have if any have them. */
const expected = ['identity', 'wording'] as const
type Lacks = Record<(typeof expected)[number], number>

function openMembers(size: number): Members {
  const held = new Float64Array(8 * size)
  const part = (at: number) => held.subarray(at * size, (at + 1) * size)
  return {
    ...{ strange: part(0), identity: part(1), wording: part(2), target: part(3) },
    ...{ rival: part(4), joined: part(5), burst: part(6), sum: part(7) },
  }
}

/** Weighs a group as a whole, and each member by how it hangs together with the others. */
export function weigh(scene: Scene, setting: Setting, group: readonly number[]): Evidence {
  const members = openMembers(group.length)
  const sellers = new Int32Array(group.length)
  const [created, heard] = [new Float64Array(group.length), new Float64Array(group.length)]
  let strange = 0
  for (let at = 0; at < group.length; at++) {
    const one = group[at] ?? 0
    members.strange[at] = scene.strange[one] ?? 0
    strange += scene.strange[one] ?? 0
    sellers[at] = scene.sellers[one] ?? 0
    created[at] = scene.created[one] ?? 0
    heard[at] = scene.at[one] ?? 0
  }
  const tied = tieUp(scene, group, members)
  const lacks = { identity: lackOf(members.identity), wording: lackOf(members.wording) }
  for (let at = 0; at < group.length; at++)
    addLacks(members, at, lacks, scene.hasText[group[at] ?? 0])
  const rival = strongestRival(scene, group)
  if (rival !== null)
    for (let at = 0; at < group.length; at++)
      members.rival[at] = linkWeight(scene, group[at] ?? 0, rival.number)
  const joined = windowOf(created, (from, to) => shareJoined(scene, setting, from, to), MOST_JOINED)
  const burst = windowOf(
    heard,
    (from, to, inside) => shareHeard(scene, setting, { from, to, inside, size: group.length }),
    MOST_BURST,
  )
  for (let at = 0; at < group.length; at++) {
    members.joined[at] = weightIn(joined, created[at] ?? 0)
    members.burst[at] = weightIn(burst, heard[at] ?? 0)
    members.sum[at] = sumOf(members, at)
  }
  const parts: Parts = {
    ...{ strange, ...tied, rival: rival?.total ?? 0 },
    joined: joined?.total ?? 0,
    burst: burst?.total ?? 0,
    chance: -chanceOf(scene, setting, sellers),
  }
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0)
  return { total, parts, members, lacks, rival: rival?.link ?? null, joined, burst }
}

const MOST_LACK = 2

/** Where most of a group are tied in a way, one who is not is seldom of it: the odds of that by the part that is tied. */
function lackOf(own: Float64Array): number {
  let tied = 0
  for (const weight of own) if (weight > 0) tied++
  return Math.max(-MOST_LACK, Math.log(1 - tied / (own.length + 1)))
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
function tieUp(scene: Scene, group: readonly number[], members: Members): Record<Family, number> {
  const sums: Record<Family, number> = { identity: 0, wording: 0, target: 0 }
  const shared = sharedMarks(scene, group)
  if (shared.length === 0) return sums
  /** By number in the scene: the place in the group, and one more; 0 for others. */
  const placeOf = new Int32Array(scene.voices.length)
  for (let at = 0; at < group.length; at++) placeOf[group[at] ?? 0] = at + 1
  const alike = likenessOf(scene, shared, placeOf, group.length)
  const forests: Partial<Record<Family, Forest>> = {}
  /** Things that tie so far: the more there are, the sooner somebody shares one by chance. */
  let things = 0
  for (const number of shared) {
    const mark = scene.marks[number]
    if (mark === undefined) continue
    const { family, holders, isLikeness } = mark
    const forest = (forests[family] ??= openForest(group.length))
    const own = members[family]
    let [first, isCounted] = [-1, false]
    for (let next = 0; next < holders.length; next++) {
      const at = (placeOf[holders[next] ?? 0] ?? 0) - 1
      if (at < 0) continue
      if (first < 0) {
        first = at
        continue
      }
      let weight = mark.weight
      if (isLikeness) weight = Math.min(weight, alike[first] ?? 0, alike[at] ?? 0)
      const isJoining = join(forest, first, at)
      if (family === 'identity') {
        if (isJoining && !isCounted) [things, isCounted] = [things + 1, true]
        weight -= Math.log(Math.max(1, things))
      }
      weight *= dampingOf(scene, mark, group[first] ?? 0, group[at] ?? 0)
      if (weight <= 0) continue
      own[first] = Math.max(own[first] ?? 0, weight)
      own[at] = Math.max(own[at] ?? 0, weight)
      if (isJoining) sums[family] += weight
    }
  }
  return sums
}

/** Marks that two or more of a group have, strongest first. */
function sharedMarks({ marks, marksOf }: Scene, group: readonly number[]): Int32Array {
  const counts = new Uint8Array(marks.length)
  const shared: number[] = []
  for (const one of group)
    for (const mark of marksOf[one] ?? NONE) {
      const before = counts[mark] ?? 0
      if (before === 1) shared.push(mark)
      if (before < 2) counts[mark] = before + 1
    }
  return Int32Array.from(shared).sort()
}

const NONE: readonly number[] = []

/** For each member: what being like so many of the others is worth. */
function likenessOf(
  { marks }: Scene,
  shared: Int32Array,
  placeOf: Int32Array,
  size: number,
): Float64Array {
  const many = openMany(size, size)
  for (let next = 0; next < shared.length; next++) {
    const mark = marks[shared[next] ?? 0]
    if (mark?.isLikeness !== true) continue
    for (const holder of mark.holders) takeOne(many, (placeOf[holder] ?? 0) - 1, mark.weight)
  }
  for (let at = 0; at < size; at++) settle(many, at)
  return many.best
}

/** By voice: what it is worth to be like many of a group. */
interface Many {
  /** Of how many the group is. */
  size: number
  counts: Int32Array
  last: Float64Array
  best: Float64Array
}

function openMany(voices: number, size: number): Many {
  return {
    size,
    counts: new Int32Array(voices),
    last: new Float64Array(voices),
    best: new Float64Array(voices),
  }
}

/** Takes one more that a voice is like; the strongest come first. */
function takeOne(many: Many, voice: number, weight: number): void {
  // Of those of one weight the last tells most.
  if (weight < (many.last[voice] ?? 0)) settle(many, voice)
  many.last[voice] = weight
  addAt(many.counts, voice, 1)
}

/**
 * By chance a voice is like a few, the more the larger the group. The most telling number of them counts, as a Poisson
 * count against what is usual.
 */
function settle({ size, counts, last, best }: Many, voice: number): void {
  const [count, known] = [counts[voice] ?? 0, best[voice] ?? 0]
  // More than a tie can be worth need not be known.
  if (count === 0 || known >= MOST_WORTH) return
  const usual = IN_RINGS * Math.exp(-(last[voice] ?? 0)) * (size - 1)
  if (count > usual)
    best[voice] = Math.max(known, count * Math.log(count / usual) - (count - usual))
}

function dampingOf({ isCustomer }: Scene, mark: SceneMark, one: number, other: number): number {
  if (!mark.isOfPeople) return 1
  return isCustomer[one] === 1 && isCustomer[other] === 1 ? ALIKE_IF_CUSTOMERS : 1
}

/** The seller whose things most of a group share, and its number in the scene. */
function strongestRival(
  { rivals, rivalsOf, ties }: Scene,
  group: readonly number[],
): { link: SceneRival; number: number; total: number } | null {
  if (rivals.length === 0) return null
  const totals = new Float64Array(rivals.length)
  for (const one of group) {
    const links = rivalsOf[one]
    if (links === undefined) continue
    for (let at = 0; at < links.numbers.length; at++)
      addAt(totals, links.numbers[at] ?? 0, links.weights[at] ?? 0)
  }
  const choice = Math.log(1 + ties.linking.sellers)
  let best = -1
  for (let number = 0; number < totals.length; number++)
    if ((totals[number] ?? 0) > (totals[best] ?? choice)) best = number
  const link = rivals[best]
  return link === undefined ? null : { link, number: best, total: (totals[best] ?? 0) - choice }
}

/** What being linked to this rival is worth for a voice. */
function linkWeight({ rivalsOf }: Scene, one: number, rival: number): number {
  const links = rivalsOf[one]
  const at = links?.numbers.indexOf(rival) ?? -1
  return links?.weights[at] ?? 0
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
  { from, to, inside, size }: { from: number; to: number; inside: number; size: number },
): number {
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
  let kept = hopeful(scene, setting, group)
  while (kept.length >= 3) {
    const { members } = weigh(scene, setting, kept)
    const least = leastOf(setting.demand, scene.ties.voices.length, kept.length)
    const weak: { sum: number; at: number }[] = []
    for (let at = 0; at < kept.length; at++) {
      const sum = mayBelong(members, at) ? valueAt(members.sum, at) : -Infinity
      if (sum < least) weak.push({ sum, at })
    }
    if (weak.length === 0) return kept
    weak.sort((a, b) => a.sum - b.sum || b.at - a.at)
    const leaving = new Uint8Array(kept.length)
    for (const { at } of weak.slice(0, Math.max(1, Math.floor(kept.length / 4)))) leaving[at] = 1
    kept = kept.filter((_, at) => leaving[at] === 0)
  }
  return []
}

/** Without those who could not belong even if all that they share were shared within the group. */
function hopeful(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const least = leastOf(setting.demand, scene.ties.voices.length, group.length)
  return group.filter((one) => (scene.hopes[one] ?? 0) >= least)
}

/** Takes in who hangs together with the group as closely as its members do. */
export function expand(scene: Scene, setting: Setting, group: readonly number[]): number[] {
  const { joined, burst, rival, lacks } = weigh(scene, setting, group)
  const rivalNumber = rival === null ? -1 : scene.rivals.indexOf(rival)
  const count = scene.voices.length
  const least = leastOf(setting.demand, scene.ties.voices.length, group.length) + 0.5
  const isOpen = new Uint8Array(count)
  for (let one = 0; one < count; one++) isOpen[one] = (scene.hopes[one] ?? 0) > least ? 1 : 0
  for (const one of group) isOpen[one] = 0
  const members = openMembers(count)
  const alike = openMany(count, group.length + 1)
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
      if (mark.isLikeness) takeOne(alike, one, mark.weight)
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
    settle(alike, one)
    if ((alike.counts[one] ?? 0) > 0)
      members.wording[one] = Math.min(members.wording[one] ?? 0, alike.best[one] ?? 0)
    addLacks(members, one, lacks, scene.hasText[one])
    members.joined[one] = weightIn(joined, scene.created[one] ?? 0)
    members.burst[one] = weightIn(burst, scene.at[one] ?? 0)
    if (mayBelong(members, one) && sumOf(members, one) > least) wider.push(one)
  }
  return wider
}
