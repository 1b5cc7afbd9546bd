/** A seed is where a search for a group begins: voices that share a mark, a rival, a moment, or nothing but being strange. */
import { join, openForest, rootOf, sizeOf } from './forest.ts'
import type { Scene } from './scene.ts'
import { STRONG } from './tie.ts'
import type { Family, Setting } from './tie.ts'
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
    const strange = all.filter((place) => (scene.strange[place] ?? 0) > STRANGE)
    const time = (times: Float64Array) => (place: number) => times[place] ?? 0
    seeds.push(
      ...tied(['target']),
      strange,
      ...crowded(strange, time(scene.at)),
      ...crowded(strange, time(scene.created)),
      ...together(scene, setting, all),
    )
  }
  const known = new Set<string>()
  return seeds
    .filter((seed) => {
      if (seed.length < 3) return false
      seed.sort((a, b) => a - b)
      const key = seed.join()
      return !known.has(key) && known.add(key)
    })
    .sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
    .slice(0, MOST_SEEDS)
}

function components({ marks, voices }: Scene, which: readonly Family[]): number[][] {
  const groups = openForest(voices.length)
  for (const { weight, family, holders } of marks) {
    if (weight < STRONG || !which.includes(family)) continue
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

/** For each length of time, those who lie closest together. */
function crowded(places: readonly number[], timeOf: (place: number) => number): number[][] {
  const sorted = inTime(places, timeOf)
  return SPANS.flatMap((span): number[][] => {
    let [best, most, start] = [0, 0, 0]
    for (let end = 0; end < sorted.length; end++) {
      while (timeOf(sorted[end] ?? 0) - timeOf(sorted[start] ?? 0) > span) start++
      if (end - start + 1 > most) [best, most] = [start, end - start + 1]
    }
    return most < 3 ? [] : [sorted.slice(best, best + most)]
  })
}

/** For each length of time, those who joined together while strangers did not. */
function together(scene: Scene, { joined, span }: Setting, places: readonly number[]): number[][] {
  const timeOf = (place: number) => scene.created[place] ?? 0
  const sorted = inTime(places, timeOf)
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

function inTime(places: readonly number[], timeOf: (place: number) => number): number[] {
  return places
    .filter((place) => !Number.isNaN(timeOf(place)))
    .sort((a, b) => timeOf(a) - timeOf(b) || a - b)
}
