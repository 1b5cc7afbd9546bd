/** A seed is where a search for a group begins: voices that share a mark, a rival, a moment, or nothing but being strange. */
import { join, openForest, rootOf, sizeOf } from './forest.ts'
import type { Scene } from './scene.ts'
import type { Family } from './room.ts'
import { STRONG } from './tie.ts'
import type { Setting } from './tie.ts'
import { countBetween } from './window.ts'
import { DAY } from './purchase.ts'

/** Voices stranger than this may be of a ring that has nothing in common but its purpose. */
const STRANGE = 0.5
const SPANS = [1, 3, 7, 14, 30, 60].map((days) => days * DAY)
/** More seeds than this are not tried in one scene; the largest come first. */
const MOST_SEEDS = 24

/** All that is worth a try in a scene, each with three members or more. */
export function seedsOf(scene: Scene, setting: Setting): number[][] {
  const tied = (which: readonly Family[]) => components(scene, which)
  const seeds = [
    ...tied(['identity']),
    ...tied(['wording']),
    ...tied(['identity', 'wording', 'target']),
    ...scene.links.rivals.map(({ holders }) => [...holders]),
  ]
  if (!scene.ties.isWide) {
    const all = [...scene.voices.keys()]
    const isStrange = (place: number) => (scene.strange[place] ?? 0) > STRANGE
    const strange = all.filter(isStrange)
    const byJoining = inTime(all, scene.created)
    seeds.push(
      ...tied(['target']),
      strange,
      // Voices about one seller are numbered by when they were heard.
      ...crowded(strange, scene.at),
      ...crowded(byJoining.filter(isStrange), scene.created),
      ...together(scene, setting, byJoining),
    )
  }
  const known = new Set<string>()
  return seeds
    .filter((seed) => {
      if (seed.length < 3) return false
      if (!isAscending(seed)) seed.sort((a, b) => a - b)
      const key = seed.join()
      return !known.has(key) && known.add(key)
    })
    .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
    .slice(0, MOST_SEEDS)
}

function isAscending(numbers: readonly number[]): boolean {
  for (let at = 1; at < numbers.length; at++)
    if ((numbers[at] ?? 0) < (numbers[at - 1] ?? 0)) return false
  return true
}

function components({ marks, voices }: Scene, which: readonly Family[]): number[][] {
  const strong = marks.filter(({ weight, family }) => weight >= STRONG && which.includes(family))
  if (strong.length === 0) return []
  const groups = openForest(voices.length)
  for (const { holders } of strong) {
    const first = holders[0] ?? 0
    for (const holder of holders) join(groups, first, holder)
  }
  const byRoot = new Map<number, number[]>()
  for (let one = 0; one < voices.length; one++) {
    const root = rootOf(groups, one)
    if (sizeOf(groups, root) < 3) continue
    const members = byRoot.get(root)
    if (members === undefined) byRoot.set(root, [one])
    else members.push(one)
  }
  return [...byRoot.values()]
}

/** Of some in the order of their times, for each length of time those who lie closest together. */
function crowded(sorted: readonly number[], times: Float64Array): number[][] {
  const timeOf = (place: number) => times[place] ?? 0
  return SPANS.flatMap((span): number[][] => {
    let best = 0
    let most = 0
    let start = 0
    for (let end = 0; end < sorted.length; end++) {
      while (timeOf(sorted[end] ?? 0) - timeOf(sorted[start] ?? 0) > span) start++
      if (end - start + 1 <= most) continue
      best = start
      most = end - start + 1
    }
    return most < 3 ? [] : [sorted.slice(best, best + most)]
  })
}

/** Of all in the order of joining, for each length of time those who joined together while strangers did not. */
function together(scene: Scene, { joined, span }: Setting, sorted: readonly number[]): number[][] {
  const timeOf = (place: number) => scene.created[place] ?? 0
  return SPANS.flatMap((length): number[][] => {
    let best: { from: number; to: number; excess: number } | null = null
    let start = 0
    for (let end = 0; end < sorted.length; end++) {
      const to = timeOf(sorted[end] ?? 0)
      while (to - timeOf(sorted[start] ?? 0) > length) start++
      const count = end - start + 1
      if (count < 3) continue
      const from = timeOf(sorted[start] ?? 0)
      const outside =
        Math.max(0, countBetween(joined, from, to) - count) +
        0.3 +
        (2 * length) / Math.max(1, span.joined)
      const expected = (sorted.length * outside) / Math.max(1, joined.length)
      const excess = count * Math.log(count / expected) - (count - expected)
      if (count > expected && excess > (best?.excess ?? 3)) best = { from: start, to: end, excess }
    }
    return best === null ? [] : [sorted.slice(best.from, best.to + 1)]
  })
}

/** Those whose time is told, in its order. */
function inTime(places: readonly number[], times: Float64Array): number[] {
  return places
    .filter((place) => !Number.isNaN(times[place] ?? NaN))
    .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b)
}
