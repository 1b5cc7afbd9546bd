/** A scene is the voices about one seller, or about the sellers of one category, and who of them could be of a ring. */
import { leastOf, mostMembers } from './chance.ts'
import { MOST_WORTH } from './saying.ts'
import { ORDERED, PURCHASE_UNTOLD } from './stranger.ts'
import { families, likenessMarks, strongestFirst, tiesOf } from './tie.ts'
import type { Mark, Setting, Ties } from './tie.ts'

export interface Scene extends Ties {
  strange: Float64Array
  /** By place: looks like a customer, so that two of them write alike, or share a home, without being one hand. */
  isCustomer: Uint8Array
  /** By place: the most that a voice could be worth to any group. */
  hopes: Float64Array
  /** Places of those who could be of a ring here; nobody else is looked at. */
  candidates: readonly number[]
  /** By place of a candidate: the places in `marks` of what it has. */
  marksOf: readonly (readonly number[] | undefined)[]
  /** By place of a candidate: the rivals it is linked to. */
  rivalsOf: readonly (Rivals | undefined)[]
}

/** Places in the rivals of a scene, and what a link to each is worth. */
export interface Rivals {
  numbers: number[]
  weights: number[]
}

/** What a window of joining, and of complaining, can be worth for each: honest people come in bursts too. */
export const MOST_BURST = 1.6
export const MOST_JOINED = 2.6
/** Two customers write alike of one trouble, or complain of two sellers, without knowing of each other. */
export const ALIKE_IF_CUSTOMERS = 0.35
const ORDINARY = -0.8
/** Being there at the same time ties nobody who looks like a customer. */
export const STRANGE_ENOUGH = 1.3

/** More than so many do not share a home. */
const HOME = 4

/** Whether strangers come to have it in common by living, writing or buying as people do, and not only by being one hand. */
export function isOfPeople({ family, holders }: Mark): boolean {
  return family !== 'identity' || holders.length <= HOME
}

/** Opens a scene; null where nothing in it could be a ring. Voices that are taken are of another. */
export function openScene(
  setting: Setting,
  voices: readonly number[],
  { isWide, taken }: { isWide: boolean; taken: ReadonlySet<number> },
): Scene | null {
  let ties = setting.known.get(voices) ?? tiesOf(setting, voices, isWide)
  const { strangeness } = setting
  // What a ring does here is not usual for being done by many of them; a category is too large for that.
  const strange = isWide
    ? Float64Array.from(voices, (voice) => strangeness.weights[voice] ?? 0)
    : strangeness.among(voices)
  const isCustomer = new Uint8Array(voices.length)
  voices.forEach((voice, place) => {
    const own = strange[place] ?? 0
    // Where no orders are told, anybody could have bought.
    const purchase = strangeness.facts.purchase[voice] ?? 0
    const mayHaveBought = purchase <= ORDERED || purchase === PURCHASE_UNTOLD
    isCustomer[place] = own < ORDINARY || (mayHaveBought && own < 0) ? 1 : 0
  })
  const hopesNow = () => {
    const hopes = hopesOf(ties, strange, isCustomer)
    voices.forEach((voice, place) => {
      if (taken.has(voice)) hopes[place] = -Infinity
    })
    return hopes
  }
  let hopes = hopesNow()
  let most = mostMembers(ties, setting, hopes)
  if (most > 0 && !ties.isLikenessKnown) {
    // Comparing texts takes longest, so it is left for scenes where it could matter.
    const marks = [...ties.marks, ...likenessMarks(setting, voices)].sort(strongestFirst)
    ties = { ...ties, marks, isLikenessKnown: true }
    hopes = hopesNow()
    most = mostMembers(ties, setting, hopes)
  }
  setting.known.set(voices, ties)
  if (most === 0) return null
  const least = leastOf(ties, most)
  const candidates = [...voices.keys()].filter((place) => (hopes[place] ?? 0) >= least)
  const marksOf: (number[] | undefined)[] = Array.from({ length: voices.length })
  for (const place of candidates) marksOf[place] = []
  ties.marks.forEach(({ holders }, at) => {
    for (const place of holders) marksOf[place]?.push(at)
  })
  const rivalsOf: (Rivals | undefined)[] = Array.from({ length: voices.length })
  for (const place of candidates)
    if ((ties.mostRival[place] ?? 0) > 0) rivalsOf[place] = { numbers: [], weights: [] }
  ties.rivals.forEach(({ places, weights }, number) => {
    for (let at = 0; at < places.length; at++) {
      const of = rivalsOf[places[at] ?? 0]
      of?.numbers.push(number)
      of?.weights.push(weights[at] ?? 0)
    }
  })
  return { ...ties, strange, isCustomer, hopes, candidates, marksOf, rivalsOf }
}

/** The most that each voice could be worth, were all that it shares shared within its group. */
function hopesOf(ties: Ties, strange: Float64Array, isCustomer: Uint8Array): Float64Array {
  const count = ties.voices.length
  const shared = new Float64Array(count)
  const best = new Float64Array(count)
  const takeBest = () => {
    for (let place = 0; place < count; place++)
      shared[place] = (shared[place] ?? 0) + (best[place] ?? 0)
    best.fill(0)
  }
  const isOrdinary = (place: number) => isCustomer[place] === 1
  for (const family of families) {
    for (const mark of ties.marks) {
      if (mark.family !== family) continue
      const isDamped = isOfPeople(mark) && mark.holders.every(isOrdinary)
      const weight = mark.weight * (isDamped ? ALIKE_IF_CUSTOMERS : 1)
      for (const place of mark.holders) if (weight > (best[place] ?? 0)) best[place] = weight
    }
    if (family === 'wording' && !ties.isLikenessKnown)
      best.fill(MOST_WORTH * (isCustomer.every((one) => one === 1) ? ALIKE_IF_CUSTOMERS : 1))
    takeBest()
  }
  for (let place = 0; place < count; place++) {
    const own = strange[place] ?? 0
    const tied = (shared[place] ?? 0) + (ties.mostRival[place] ?? 0)
    const inTime = MOST_BURST + (Number.isNaN(ties.created[place] ?? NaN) ? 0 : MOST_JOINED)
    shared[place] = tied >= 1 || own >= STRANGE_ENOUGH ? own + tied + inTime : -Infinity
  }
  return shared
}
