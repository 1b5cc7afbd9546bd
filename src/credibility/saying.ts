/** A saying is a wording that several voices share; how much it tells depends on how alike strangers write in this batch. */
import { openIntegers, UNTOLD, valueAt, valuesAt } from './column.ts'
import type { Batch } from './batch.ts'
import { join, openForest, rootOf, sizeOf } from './forest.ts'
import { agreement, SKETCH } from './wording.ts'

/** Two voices that say nearly the same, and in log-odds how much that speaks for one hand. */
export interface Likeness {
  one: number
  other: number
  weight: number
}

export interface Sayings {
  /** By how many numbers of a sketch agree: what that is worth. */
  worth: Float64Array
  /** By voice: the number of the saying that is found all over the batch; UNTOLD where it has none. */
  of: Int32Array
  count: number
}

/** What likeness can be worth at most. */
export const MOST_WORTH = 4.5
/** What is worth no more is no tie. */
export const LEAST_WORTH = 0.5
/** Of two voices of one ring, so many say nearly the same. */
export const IN_RINGS = 0.4
/** Less than this share of agreeing numbers is what any two texts about one thing may have. */
const LEAST_ALIKE = 0.33
/** Texts that agree in so many numbers are one saying. */
const SAME = 0.6 * SKETCH
const PAIRS_OF_STRANGERS = 40_000
/** So few are all compared with each other. */
const FEW = 64
/** In a bucket of so many, each is compared with its neighbours only. */
const CROWD = 24

/** Learns how alike strangers write, and finds the wordings that are met again anywhere. */
export function sayingsOf(batch: Batch): Sayings {
  const worth = worthOf(batch)
  const saying = new Int32Array(batch.voices.count).fill(UNTOLD)
  const groups = openForest(batch.voices.count)
  const voices = voicesThatSay(batch)
  const said = valuesAt(batch.voices.sketch, voices)
  eachNear(batch.sketches, said, 4, (first, second) => {
    const one = valueAt(voices, first)
    const other = valueAt(voices, second)
    if (rootOf(groups, one) === rootOf(groups, other)) return
    const same = agreement(batch.sketches, said[first] ?? 0, said[second] ?? 0, SAME)
    if (same >= SAME) join(groups, one, other)
  })
  const numbers = new Map<number, number>()
  for (const voice of voices) {
    const root = rootOf(groups, voice)
    if (sizeOf(groups, root) < 2) continue
    saying[voice] = numbers.get(root) ?? numbers.size
    numbers.set(root, saying[voice] ?? 0)
  }
  return { worth, of: saying, count: numbers.size }
}

/** Near-same words among a few voices, told by their places. */
export function likenessesAmong(batch: Batch, sayings: Sayings, voices: Int32Array): Likeness[] {
  const { sketch } = batch.voices
  const places: number[] = []
  for (let place = 0; place < voices.length; place++)
    if ((sketch[voices[place] ?? 0] ?? 0) !== UNTOLD) places.push(place)
  const said = Int32Array.from(places, (place) => sketch[voices[place] ?? 0] ?? 0)
  const found: Likeness[] = []
  let least = Math.ceil(LEAST_ALIKE * SKETCH)
  while (least <= SKETCH && (sayings.worth[least] ?? 0) <= LEAST_WORTH) least++
  const compare = (first: number, second: number) => {
    const same = agreement(batch.sketches, said[first] ?? 0, said[second] ?? 0, least)
    if (same < least) return false
    const weight = sayings.worth[same] ?? 0
    found.push({ one: places[first] ?? 0, other: places[second] ?? 0, weight })
    return true
  }
  if (said.length <= FEW) {
    for (let second = 1; second < said.length; second++)
      for (let first = 0; first < second; first++) compare(first, second)
    return found
  }
  const known = new Set<number>()
  eachNear(batch.sketches, said, 2, (first, second) => {
    const pair = Math.min(first, second) * said.length + Math.max(first, second)
    if (!known.has(pair) && compare(first, second)) known.add(pair)
  })
  return found
}

function voicesThatSay({ voices }: Batch): Int32Array {
  const found = openIntegers()
  for (let voice = 0; voice < voices.count; voice++)
    if (voices.sketch[voice] !== UNTOLD) found.push(voice)
  return found.values()
}

/**
 * Calls with the places of pairs whose sketches agree in a few numbers in a row, and may call again with the same: locality-sensitive
 * hashing (P. Indyk, R. Motwani: Approximate nearest neighbors, 1998).
 */
function eachNear(
  sketches: Int32Array,
  among: Int32Array,
  rows: number,
  meet: (one: number, other: number) => void,
): void {
  let slots = 16
  while (slots < 2 * among.length) slots *= 2
  /** Of each slot, side by side: its key, the last place with that key, and how many there were. */
  const table = new Int32Array(3 * slots)
  /** By place: the one before it. */
  const before = new Int32Array(among.length)
  for (let band = 0; band + rows <= SKETCH; band += rows) {
    table.fill(0)
    for (let place = 0; place < among.length; place++) {
      const start = (among[place] ?? 0) * SKETCH + band
      let key = sketches[start] ?? 0
      for (let row = 1; row < rows; row++)
        key = Math.imul(key, 0x01000193) ^ (sketches[start + row] ?? 0)
      key |= 0
      let slot = 3 * (Math.imul(key ^ (key >>> 15), 0x9e3779b1) & (slots - 1))
      while (valueAt(table, slot + 2) > 0 && table[slot] !== key)
        slot = slot + 3 < table.length ? slot + 3 : 0
      const size = valueAt(table, slot + 2)
      if (size > 0) {
        const last = valueAt(table, slot + 1)
        let other = last
        for (let left = size < CROWD ? size : 1; left > 0; left--) {
          meet(other, place)
          other = valueAt(before, other)
        }
        before[place] = last
      }
      table[slot] = key
      table[slot + 1] = place
      table[slot + 2] = size + 1
    }
  }
}

/** How often two voices about different sellers are at least so alike: what ordinary words have in common. */
function worthOf(batch: Batch): Float64Array {
  const { voices, sketches } = batch
  const among = voicesThatSay(batch)
  const counts = new Float64Array(SKETCH + 1)
  let pairs = 0
  const kindOf = batch.record.columns.kind.values()
  const { starts, items } = batch.complaintsOf
  const kind = (voice: number) => valueAt(kindOf, valueAt(items, valueAt(starts, voice)))
  // Steps without a common measure meet pairs far apart and near; the same batch meets the same pairs.
  for (
    let step = 1;
    pairs < PAIRS_OF_STRANGERS && step < among.length && step < 2000;
    step = Math.ceil(step * 1.37)
  ) {
    for (let at = 0; at + step < among.length && pairs < PAIRS_OF_STRANGERS; at++) {
      const one = valueAt(among, at)
      const other = valueAt(among, at + step)
      if ((voices.seller[one] ?? 0) === (voices.seller[other] ?? 0)) continue
      if ((voices.reporter[one] ?? 0) === (voices.reporter[other] ?? 0)) continue
      // What is said of one kind of trouble is more alike, and that is what voices about one seller share.
      const count = kind(one) === kind(other) ? 1 : 0.25
      const same = agreement(sketches, voices.sketch[one] ?? 0, voices.sketch[other] ?? 0, 0)
      counts[same] = (counts[same] ?? 0) + count
      pairs += count
    }
  }
  const worth = new Float64Array(SKETCH + 1)
  let tail = 0
  for (let same = SKETCH; same >= 0; same--) {
    tail += counts[same] ?? 0
    const usual = (tail + 0.3) / (pairs + 30)
    worth[same] = Math.max(0, Math.min(MOST_WORTH, Math.log(IN_RINGS / usual)))
  }
  return worth
}
