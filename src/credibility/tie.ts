/** A tie is what some voices have in common and strangers seldom do, weighed by how seldom. */
import { clearCounter, count, countAll, lengthOf, UNTOLD, valuesAt } from './column.ts'
import type { Counter } from './column.ts'
import type { Batch } from './batch.ts'
import type { Demand } from './demand.ts'
import { thingKinds } from './record.ts'
import { linksTo, strongestLink } from './rival.ts'
import type { Family, Rooms } from './room.ts'
import type { Linking, OwnersOf } from './rival.ts'
import { LEAST_WORTH, likenessesAmong } from './saying.ts'
import type { Sayings } from './saying.ts'
import type { Strangeness } from './stranger.ts'

/** Something that several voices of a scene have in common and strangers seldom do. */
export interface Mark {
  family: Family
  /** Places in the scene. */
  holders: readonly number[]
  /** Log-odds that another voice has it in a ring of one that does, against a stranger. */
  weight: number
  /** What it is: a thing, a saying, or a seller complained about; UNTOLD for two near-same texts. */
  number: number
}

/** What ties the voices of a scene, whoever is strange. */
export interface Ties {
  voices: Int32Array
  /** True for a category: the sellers that a group complains about must then be paid for. */
  isWide: boolean
  reporters: Int32Array
  /** Strongest first; without near-same texts until they could matter. */
  marks: readonly Mark[]
  isLikenessKnown: boolean
  linking: Linking
  sellers: Int32Array
  /** By place: it is told when they joined. */
  hasJoined: Uint8Array
  /** Once it was asked for. */
  crowd: Crowd | null
}

export interface Crowd {
  at: Float64Array
  created: Float64Array
  hasText: Uint8Array
  /** The same, sorted; who did not tell when they joined is left out. */
  sorted: { at: Float64Array; created: Float64Array }
  /** How many voices there are about each seller. */
  aboutSeller: ReadonlyMap<number, number>
}

/** What a search of a scene came to, and how strange each looked then. */
export interface Searched {
  demand: Demand
  strange: Float64Array
  /** Places of the ring that was found; null where there was none. */
  found: readonly number[] | null
}

/** The voices of a scene, and what was found out about them before. */
export interface Stage {
  voices: Int32Array
  ties: Ties | null
  searched: Searched | null
  /** Those left when a ring was taken out, by its voices. */
  rests: Map<string, Stage>
}

export function openStage(voices: Int32Array): Stage {
  return { voices, ties: null, searched: null, rests: new Map() }
}

/** What is known of the whole batch and needed in every scene. */
export interface Setting extends Standing {
  demand: Demand
  strangeness: Strangeness
}

export interface Standing {
  batch: Batch
  sayings: Sayings
  /** By reporter: shares something rare with a seller. */
  isLinked: Uint8Array
  linkedCount: number
  /** When reporters joined, and voices were heard, sorted. */
  joined: Float64Array
  heard: Float64Array
  span: { at: number; joined: number }
  /** By saying: how many voices. */
  sayingSizes: Int32Array
  /** Voices about each seller that enough complain about. */
  aboutSellers: readonly Stage[]
  /** One voice of each reporter in each category. */
  inCategories: readonly Stage[]
  ownersOf: OwnersOf
  /** By seller in the record, for telling rivals apart; UNTOLD in between. */
  sellerKinds: Int32Array
  /** For counting what a scene has in common. */
  counters: { things: Counter; sayings: Counter; sellers: Counter }
  rooms: Rooms
}

/**
 * What stands, for one look at all scenes. It is written out since copies of an object are of another shape in every
 * judgement, for which everything that reads one would be compiled anew.
 */
export function settingFor(
  standing: Standing,
  { demand, strangeness }: Pick<Setting, 'demand' | 'strangeness'>,
): Setting {
  return {
    demand,
    strangeness,
    batch: standing.batch,
    sayings: standing.sayings,
    isLinked: standing.isLinked,
    linkedCount: standing.linkedCount,
    joined: standing.joined,
    heard: standing.heard,
    span: standing.span,
    sayingSizes: standing.sayingSizes,
    aboutSellers: standing.aboutSellers,
    inCategories: standing.inCategories,
    ownersOf: standing.ownersOf,
    sellerKinds: standing.sellerKinds,
    counters: standing.counters,
    rooms: standing.rooms,
  }
}

/** How many strangers are thought to hold a thing that none was seen with, by kind: two phones are never one, two networks often. */
const unseen = { device: 0.04, payment: 0.04, address: 0.08, network: 0.3 } as const
/** What one shared thing can be worth at most. */
const mostWorth = { device: 6, payment: 6, address: 5, network: 4 } as const
const MOST_RIVAL = 6
const MOST_TARGET = 4
/** Who complains about more sellers than this has some in common with anybody. */
const MOST_TARGETS = 8
/** Of two in a ring, this part share what the ring has. */
export const SHARING = 0.5
/** A tie worth so much may join a group by itself. */
export const STRONG = 1.5
const RIVAL_SHARING = 0.4
/** An excess of fewer nats is what chance makes among so many things. */
const LEAST_EXCESS = 0.7

/** Finds everything that ties voices, near-same texts aside. */
export function tiesOf(setting: Setting, voices: Int32Array, isWide: boolean): Ties {
  const { batch } = setting
  const reporters = valuesAt(batch.voices.reporter, voices)
  const sellers = valuesAt(batch.voices.seller, voices)
  const { marks: shared, linking } = thingTies(setting, reporters, sellers)
  const marks = [
    ...shared,
    ...sayingMarks(setting, voices),
    ...(isWide ? [] : targetMarks(setting, voices, reporters)),
  ].sort(strongestFirst)
  return {
    voices,
    isWide,
    reporters,
    sellers,
    marks,
    isLikenessKnown: isWide,
    linking,
    hasJoined: Uint8Array.from(reporters, (one) =>
      Number.isNaN(batch.reporters.createdAt[one] ?? NaN) ? 0 : 1,
    ),
    crowd: null,
  }
}

/** When all of a scene came and joined, who wrote, and about whom, for the few scenes in which that is asked. */
export function crowdOf({ batch }: Setting, ties: Ties): Crowd {
  if (ties.crowd !== null) return ties.crowd
  const at = valuesAt(batch.voices.at, ties.voices)
  const created = valuesAt(batch.reporters.createdAt, ties.reporters)
  const hasText = new Uint8Array(at.length)
  for (let place = 0; place < at.length; place++)
    if (batch.voices.sketch[ties.voices[place] ?? 0] !== UNTOLD) hasText[place] = 1
  const sorted = {
    at: at.toSorted(),
    created: created.filter((time) => !Number.isNaN(time)).sort(),
  }
  const aboutSeller = new Map<number, number>()
  for (const seller of ties.sellers) aboutSeller.set(seller, (aboutSeller.get(seller) ?? 0) + 1)
  return (ties.crowd = { at, created, hasText, sorted, aboutSeller })
}

export function strongestFirst(one: Mark, other: Mark): number {
  return other.weight - one.weight
}

/**
 * What is shared, weighed by how rare it is outside the scene: what half of all people share proves nothing, however
 * many share it here. And what is shared with a seller that they do not complain about; being linked to any seller at
 * all has its own rarity.
 */
function thingTies(
  setting: Setting,
  reporters: Int32Array,
  sellers: Int32Array,
): { marks: Mark[]; linking: Linking } {
  const { batch, isLinked, linkedCount, counters } = setting
  const { thingsOf } = batch.reporters
  countAll(counters.things, reporters, thingsOf)
  let linkedHere = 0
  for (const reporter of reporters) linkedHere += isLinked[reporter] ?? 0
  const linkedShare = shareOutside(batch, reporters.length, linkedCount - linkedHere, 0.3)
  const marked = new Map<number, number[]>()
  const worthOf = new Map<number, number>()
  const marks: Mark[] = []
  for (const thing of counters.things.met) {
    const here = counters.things.counts[thing] ?? 0
    const hasSellers = (batch.things.sellersOf[thing]?.length ?? 0) > 0
    if (here < 2 && !hasSellers) continue
    const kind = thingKinds[batch.things.kinds[thing] ?? 0] ?? 'network'
    const outside = lengthOf(batch.things.holdersOf, thing) - here
    const share = shareOutside(batch, reporters.length, outside, unseen[kind])
    if (hasSellers) {
      const worth = Math.log(RIVAL_SHARING / Math.max(share, linkedShare))
      // What a carrier gives to many is not worth going through its sellers.
      if (worth >= 0.5) worthOf.set(thing, Math.min(MOST_RIVAL, mostWorth[kind] + 0.5, worth))
    }
    const weight = Math.min(mostWorth[kind], Math.log(SHARING / share))
    if (here < 2 || weight <= 0.5) continue
    if (excess(here, reporters.length * share, reporters.length) < LEAST_EXCESS) continue
    const holders: number[] = []
    marked.set(thing, holders)
    marks.push({ family: 'identity', holders, weight, number: thing })
  }
  clearCounter(counters.things)
  const most = new Float64Array(reporters.length)
  const linkedTo = new Set<number>()
  /** Things and sellers complained about whose links were counted. */
  const counted = new Set<number>()
  if (marked.size === 0 && worthOf.size === 0)
    return { marks, linking: { worthOf, most, sellers: 0 } }
  for (let place = 0; place < reporters.length; place++) {
    const reporter = reporters[place] ?? 0
    const about = sellers[place] ?? 0
    const end = thingsOf.starts[reporter + 1] ?? 0
    for (let next = thingsOf.starts[reporter] ?? 0; next < end; next++) {
      const thing = thingsOf.items[next] ?? 0
      marked.get(thing)?.push(place)
      const worth = worthOf.get(thing)
      if (worth === undefined) continue
      const owners = setting.ownersOf(thing, about)
      const target = batch.sellers.names[about] ?? 0
      most[place] = Math.max(most[place] ?? 0, strongestLink(owners, worth, target))
      const key = thing * batch.sellers.count + about
      if (counted.has(key)) continue
      counted.add(key)
      for (const link of linksTo(owners, worth, target))
        for (const seller of link.sellers) linkedTo.add(seller)
    }
  }
  return { marks, linking: { worthOf, most, sellers: linkedTo.size } }
}

function sayingMarks(
  { batch, sayings, sayingSizes, counters }: Setting,
  voices: Int32Array,
): Mark[] {
  for (const voice of voices) {
    const saying = sayings.of[voice] ?? 0
    if (saying !== UNTOLD) count(counters.sayings, saying)
  }
  const marks: Mark[] = []
  const marked = new Map<number, number[]>()
  for (const saying of counters.sayings.met) {
    const here = counters.sayings.counts[saying] ?? 0
    if (here < 2) continue
    const outside = (sayingSizes[saying] ?? 0) - here
    const share = shareOutside(batch, voices.length, outside, 0.3)
    const weight = Math.min(sayings.worth[18] ?? 0, Math.log(SHARING / share))
    if (weight <= 0.5) continue
    if (excess(here, voices.length * share, voices.length) < LEAST_EXCESS) continue
    const holders: number[] = []
    marked.set(saying, holders)
    marks.push({ family: 'wording', holders, weight, number: saying })
  }
  clearCounter(counters.sayings)
  if (marked.size > 0)
    voices.forEach((voice, place) => marked.get(sayings.of[voice] ?? 0)?.push(place))
  return marks
}

/** Near-same texts here; what is said of other sellers too is a stock phrase, and worth no more than it is rare. */
export function likenessMarks(
  { batch, sayings, sayingSizes, counters }: Setting,
  voices: Int32Array,
): Mark[] {
  const likenesses = likenessesAmong(batch, sayings, voices)
  if (likenesses.length === 0) return []
  for (const voice of voices) {
    const saying = sayings.of[voice] ?? 0
    if (saying !== UNTOLD) count(counters.sayings, saying)
  }
  const rarity = (place: number) => {
    const saying = sayings.of[voices[place] ?? 0] ?? 0
    if (saying === UNTOLD) return Infinity
    const outside = (sayingSizes[saying] ?? 0) - (counters.sayings.counts[saying] ?? 0)
    return Math.log(SHARING / shareOutside(batch, voices.length, outside, 0.3))
  }
  const marks: Mark[] = []
  for (const { one, other, weight } of likenesses) {
    const worth = Math.min(weight, rarity(one), rarity(other))
    if (worth > LEAST_WORTH)
      marks.push({ family: 'wording', holders: [one, other], weight: worth, number: UNTOLD })
  }
  clearCounter(counters.sayings)
  return marks
}

/** Other sellers that voices about this one complain about too. */
function targetMarks(
  { batch, counters }: Setting,
  voices: Int32Array,
  reporters: Int32Array,
): Mark[] {
  const here = batch.voices.seller[voices[0] ?? 0] ?? 0
  const { starts, items } = batch.reporters.voicesOf
  const eachOther = (take: (seller: number, place: number) => void) => {
    for (let place = 0; place < reporters.length; place++) {
      const reporter = reporters[place] ?? 0
      const from = starts[reporter] ?? 0
      const to = starts[reporter + 1] ?? 0
      if (to - from > MOST_TARGETS || to - from < 2) continue
      for (let at = from; at < to; at++) {
        const seller = batch.voices.seller[items[at] ?? 0] ?? 0
        if (seller !== here) take(seller, place)
      }
    }
  }
  eachOther((seller) => {
    count(counters.sellers, seller)
  })
  const marks: Mark[] = []
  const marked = new Map<number, number[]>()
  for (const seller of counters.sellers.met) {
    const holding = counters.sellers.counts[seller] ?? 0
    if (holding < 2) continue
    const outside = lengthOf(batch.sellers.voicesOf, seller) - holding
    const share = shareOutside(batch, reporters.length, outside, 0.5)
    const weight = Math.min(MOST_TARGET, Math.log(SHARING / share))
    if (weight <= 0.5) continue
    if (excess(holding, reporters.length * share, reporters.length) < LEAST_EXCESS) continue
    const holders: number[] = []
    marked.set(seller, holders)
    marks.push({ family: 'target', holders, weight, number: seller })
  }
  clearCounter(counters.sellers)
  if (marked.size > 0) eachOther((seller, place) => marked.get(seller)?.push(place))
  return marks
}

/** The share of reporters outside a scene that have something, with what was not seen thought of. */
export function shareOutside(
  { reporters }: Batch,
  inScene: number,
  outside: number,
  unseenCount: number,
): number {
  return (Math.max(0, outside) + unseenCount) / (Math.max(0, reporters.count - inScene) + 1)
}

/**
 * How much more often something is met than expected: the log-likelihood ratio of a Poisson count at its own rate
 * against the expected one, less the choice among all that could be met.
 */
function excess(count: number, expected: number, among: number): number {
  if (count <= expected) return 0
  return count * Math.log(count / expected) - (count - expected) - Math.log(1 + among)
}
