/** A scene is the voices about one seller, or about the sellers of one category, and who of them could be of a ring. */
import { leastOf, mostMembers } from './chance.ts'
import { SKETCH } from './wording.ts'
import { ORDERED, PURCHASE_UNTOLD } from './stranger.ts'
import { UNTOLD, valuesAt } from './column.ts'
import { linksAmong } from './link.ts'
import type { Links } from './link.ts'
import { families } from './room.ts'
import type { Room } from './room.ts'
import { crowdOf, likenessMarks, strongestFirst, tiesOf } from './tie.ts'
import type { Crowd, Mark, Setting, Stage, Ties } from './tie.ts'

/** Those of a scene who could be of a ring, by their number here; nobody else is looked at. */
export interface Scene {
  ties: Ties
  crowd: Crowd
  /** The place of each in the ties. */
  places: readonly number[]
  voices: Int32Array
  reporters: Int32Array
  sellers: Int32Array
  at: Float64Array
  created: Float64Array
  hasText: Uint8Array
  strange: Float64Array
  /** Looks like a customer, so that two of them write alike, or share a home, without being one hand. */
  isCustomer: Uint8Array
  /** The most that each could be worth to any group. */
  hopes: Float64Array
  /** What two of them or more have in common, strongest first. */
  marks: readonly SceneMark[]
  /** The places in `marks` of what each has, ascending. */
  marksOf: readonly (readonly number[])[]
  links: Links
  /** Where its groups are weighed until the next scene is opened. */
  room: Room
}

/** Who of a scene could be of a ring: their places, and what is known of everybody in it by place. */
export interface Outlook {
  ties: Ties
  places: readonly number[]
  strange: Float64Array
  isCustomer: Uint8Array
  hopes: Float64Array
}

export interface SceneMark extends Mark {
  /** Strangers come to have it in common by living, writing or buying as people do, and not only by being one hand. */
  isOfPeople: boolean
  /** Two near-same texts; each such pair is a mark of its own. */
  isLikeness: boolean
}

/** What a window of joining, and of complaining, can be worth for each: honest people come in bursts too. */
export const MOST_BURST = 2
export const MOST_JOINED = 3
/** Two customers write alike of one trouble, or complain of two sellers, without knowing of each other. */
export const ALIKE_IF_CUSTOMERS = 0.35
const ORDINARY = -0.8
/** Being there at the same time ties nobody who looks like a customer; having joined and come with the others ties more. */
export const STRANGE_ENOUGH = 1.3
export const STRANGE_TOGETHER = 0

/** More than so many do not share a home. */
const HOME = 4

function isOfPeople({ family, holders }: Mark): boolean {
  return family !== 'identity' || holders.length <= HOME
}

/** Looks whether anything in a scene could be a ring; null where nothing could. Voices that are taken are of another ring. */
export function lookAt(
  setting: Setting,
  stage: Stage,
  { isWide, taken }: { isWide: boolean; taken: Uint8Array },
): Outlook | null {
  const { voices } = stage
  const ties = (stage.ties ??= tiesOf(setting, voices, isWide))
  const { strangeness } = setting
  // What a ring does here is not usual for being done by many of them; a category is too large for that.
  const strange = isWide ? valuesAt(strangeness.weights, voices) : strangeness.among(voices)
  const isCustomer = new Uint8Array(voices.length)
  for (let place = 0; place < voices.length; place++) {
    const own = strange[place] ?? 0
    // Where no orders are told, anybody could have bought.
    const purchase = strangeness.facts.purchase[voices[place] ?? 0] ?? 0
    const mayHaveBought = purchase <= ORDERED || purchase === PURCHASE_UNTOLD
    isCustomer[place] = own < ORDINARY || (mayHaveBought && own < 0) ? 1 : 0
  }
  const hopesNow = () => {
    const hopes = hopesOf(setting, ties, { strange, isCustomer })
    for (let place = 0; place < voices.length; place++)
      if (taken[voices[place] ?? 0] === 1) hopes[place] = -Infinity
    return hopes
  }
  let hopes = hopesNow()
  let most = mostMembers(ties, setting, hopes)
  if (most > 0 && !ties.isLikenessKnown) {
    // Comparing texts takes longest, so it is left for scenes where it could matter.
    ties.marks = [...ties.marks, ...likenessMarks(setting, voices)].sort(strongestFirst)
    ties.isLikenessKnown = true
    hopes = hopesNow()
    most = mostMembers(ties, setting, hopes)
  }
  if (most === 0) return null
  const least = leastOf(setting.demand, ties.voices.length, most)
  const places: number[] = []
  for (let place = 0; place < voices.length; place++)
    if ((hopes[place] ?? 0) >= least) places.push(place)
  return { ties, places, strange, isCustomer, hopes }
}

/** Opens a scene, that is those in it who could be of a ring. */
export function openScene(setting: Setting, { ties, places, ...of }: Outlook): Scene {
  const crowd = crowdOf(setting, ties)
  const numberOf = new Int32Array(ties.voices.length).fill(UNTOLD)
  places.forEach((place, number) => (numberOf[place] = number))
  const marks: SceneMark[] = []
  const marksOf = places.map((): number[] => [])
  for (const mark of ties.marks) {
    const holders: number[] = []
    for (const place of mark.holders) {
      const number = numberOf[place] ?? UNTOLD
      if (number !== UNTOLD) holders.push(number)
    }
    if (holders.length < 2) continue
    for (const number of holders) marksOf[number]?.push(marks.length)
    const { family, weight, number } = mark
    const isLikeness = family === 'wording' && number === UNTOLD
    marks.push({ family, holders, weight, number, isOfPeople: isOfPeople(mark), isLikeness })
  }
  const links = linksAmong(setting, ties, places)
  return {
    ties,
    crowd,
    places,
    marks,
    marksOf,
    links,
    voices: valuesAt(ties.voices, places),
    reporters: valuesAt(ties.reporters, places),
    sellers: valuesAt(ties.sellers, places),
    at: valuesAt(crowd.at, places),
    created: valuesAt(crowd.created, places),
    hasText: valuesAt(crowd.hasText, places),
    strange: valuesAt(of.strange, places),
    isCustomer: valuesAt(of.isCustomer, places),
    hopes: valuesAt(of.hopes, places),
    room: setting.rooms.roomFor(places.length, marks.length, links.rivals.length),
  }
}

/** The most that each voice could be worth, were all that it shares shared within its group. */
function hopesOf(
  { sayings }: Setting,
  ties: Ties,
  { strange, isCustomer }: Pick<Outlook, 'strange' | 'isCustomer'>,
): Float64Array {
  // What near-same texts could be worth at most, while they are not compared.
  const worth = sayings.worth[SKETCH] ?? 0
  const count = ties.voices.length
  const shared = new Float64Array(count)
  const best = new Float64Array(count)
  const isOrdinary = (place: number) => isCustomer[place] === 1
  for (const family of families) {
    if (family === 'wording' && !ties.isLikenessKnown)
      best.fill(worth * (isCustomer.every((one) => one === 1) ? ALIKE_IF_CUSTOMERS : 1))
    for (const mark of ties.marks) {
      if (mark.family !== family) continue
      const isDamped = isOfPeople(mark) && mark.holders.every(isOrdinary)
      const weight = mark.weight * (isDamped ? ALIKE_IF_CUSTOMERS : 1)
      for (const place of mark.holders) if (weight > (best[place] ?? 0)) best[place] = weight
    }
    for (let place = 0; place < count; place++) {
      shared[place] = (shared[place] ?? 0) + (best[place] ?? 0)
      best[place] = 0
    }
  }
  for (let place = 0; place < count; place++) {
    const own = strange[place] ?? 0
    const tied = (shared[place] ?? 0) + (ties.linking.most[place] ?? 0)
    const hasJoined = ties.hasJoined[place] === 1
    const inTime = MOST_BURST + (hasJoined ? MOST_JOINED : 0)
    const mayBelong = tied >= 1 || own >= (hasJoined ? STRANGE_TOGETHER : STRANGE_ENOUGH)
    shared[place] = mayBelong ? own + tied + inTime : -Infinity
  }
  return shared
}
