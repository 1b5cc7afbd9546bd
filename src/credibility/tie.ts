/** A tie is what some voices have in common and strangers seldom do, weighed by how seldom. */
import { lengthOf } from './column.ts'
import type { Batch } from './batch.ts'
import { thingKinds, UNTOLD } from './record.ts'
import { likenessesAmong } from './saying.ts'
import type { Sayings } from './saying.ts'
import type { Strangeness } from './stranger.ts'

/** Ties of one family are one kind of evidence: who shares a home shares all that is in it. */
export const families = ['identity', 'wording', 'target'] as const
export type Family = (typeof families)[number]

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

/** A seller that some voices share something with, and in log-odds what that is worth for each. */
export interface RivalLink {
  /** The seller's number in the record. */
  seller: number
  weights: Map<number, number>
  things: Set<number>
}

/** What ties the voices of a scene, whoever is strange. */
export interface Ties {
  voices: readonly number[]
  /** True for a category: the sellers that a group complains about must then be paid for. */
  isWide: boolean
  reporters: Int32Array
  /** Strongest first; without near-same texts where none could matter. */
  marks: readonly Mark[]
  isLikenessKnown: boolean
  rivals: readonly RivalLink[]
  at: Float64Array
  created: Float64Array
  sellers: Int32Array
  /** The same times, sorted; and how many voices there are about each seller. */
  sorted: { at: Float64Array; created: Float64Array }
  aboutSeller: ReadonlyMap<number, number>
}

/** What is known of the whole batch and needed in every scene. */
export interface Setting {
  batch: Batch
  sayings: Sayings
  strangeness: Strangeness
  /** By reporter: shares something rare with a seller. */
  isLinked: Uint8Array
  linkedCount: number
  /** When reporters joined, and complaints came, sorted. */
  joined: Float64Array
  span: { at: number; joined: number }
  /** By saying: how many voices. */
  sayingSizes: Int32Array
  /** By the list of voices: what was found out about a scene before. */
  known: WeakMap<readonly number[], Ties>
  /** By the list of voices where no ring was found: how strange each was then. */
  searched: WeakMap<readonly number[], Float64Array>
  /** Voices about each seller that enough complain about. */
  aboutSellers: readonly (readonly number[])[]
  /** One voice of each reporter in each category. */
  inCategories: readonly (readonly number[])[]
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
const SHARING = 0.5
const RIVAL_SHARING = 0.4
/** An excess of fewer nats is what chance makes among so many things. */
const LEAST_EXCESS = 0.7

/** Finds everything that ties voices, near-same texts aside. */
export function tiesOf(setting: Setting, voices: readonly number[], isWide: boolean): Ties {
  const { batch } = setting
  const reporters = Int32Array.from(voices, (voice) => batch.voices.reporter[voice] ?? 0)
  const { starts, items } = batch.reporters.thingsOf
  const held = gather(reporters, (reporter, take) => {
    for (let next = starts[reporter] ?? 0; next < (starts[reporter + 1] ?? 0); next++)
      take(items[next] ?? 0)
  })
  const at = Float64Array.from(voices, (voice) => batch.voices.at[voice] ?? 0)
  const created = Float64Array.from(reporters, (one) => batch.reporters.createdAt[one] ?? 0)
  const sellers = Int32Array.from(voices, (voice) => batch.voices.seller[voice] ?? 0)
  const aboutSeller = new Map<number, number>()
  for (const seller of sellers) aboutSeller.set(seller, (aboutSeller.get(seller) ?? 0) + 1)
  const marks = [
    ...thingMarks(setting, reporters, held),
    ...sayingMarks(setting, voices),
    ...(isWide ? [] : targetMarks(setting, voices, reporters)),
  ].sort(strongestFirst)
  return {
    ...{ voices, isWide, reporters, marks, isLikenessKnown: isWide },
    rivals: rivalLinks(setting, voices, reporters, held),
    ...{ at, created, sellers, aboutSeller },
    sorted: { at: at.toSorted(), created: created.filter((time) => !Number.isNaN(time)).sort() },
  }
}

export function strongestFirst(one: Mark, other: Mark): number {
  return other.weight - one.weight
}

/**
 * What is shared, weighed by how rare it is outside the scene: what half of all people share proves nothing, however
 * many share it here.
 */
function thingMarks({ batch }: Setting, reporters: Int32Array, held: Held): Mark[] {
  const marks: Mark[] = []
  for (const [thing, holders] of held) {
    if (holders.length < 2) continue
    const kind = thingKinds[batch.things.kinds[thing] ?? 0] ?? 'network'
    const outside = lengthOf(batch.things.holdersOf, thing) - holders.length
    const share = shareOutside(batch, reporters.length, outside, unseen[kind])
    if (excess(holders.length, reporters.length * share, reporters.length) < LEAST_EXCESS) continue
    const weight = Math.min(mostWorth[kind], Math.log(SHARING / share))
    if (weight > 0.5) marks.push({ family: 'identity', holders, weight, number: thing })
  }
  return marks
}

function sayingMarks({ batch, sayings, sayingSizes }: Setting, voices: readonly number[]): Mark[] {
  const held = gather(voices, (voice, take) => {
    const saying = sayings.of[voice] ?? 0
    if (saying !== UNTOLD) take(saying)
  })
  const marks: Mark[] = []
  for (const [saying, holders] of held) {
    if (holders.length < 2) continue
    const outside = (sayingSizes[saying] ?? 0) - holders.length
    const share = shareOutside(batch, voices.length, outside, 0.3)
    if (excess(holders.length, voices.length * share, voices.length) < LEAST_EXCESS) continue
    const weight = Math.min(sayings.worth[18] ?? 0, Math.log(SHARING / share))
    if (weight > 0.5) marks.push({ family: 'wording', holders, weight, number: saying })
  }
  return marks
}

/** Near-same texts here; what is said of other sellers too is a stock phrase, and worth no more than it is rare. */
export function likenessMarks(
  { batch, sayings, sayingSizes }: Setting,
  voices: readonly number[],
): Mark[] {
  const places = new Map(voices.map((voice, at) => [voice, at]))
  const here = gather(voices, (voice, take) => {
    take(sayings.of[voice] ?? 0)
  })
  const rarity = (voice: number) => {
    const saying = sayings.of[voice] ?? 0
    if (saying === UNTOLD) return Infinity
    const outside = (sayingSizes[saying] ?? 0) - (here.get(saying)?.length ?? 0)
    return Math.log(SHARING / shareOutside(batch, voices.length, outside, 0.3))
  }
  return likenessesAmong(batch, sayings, voices).flatMap(({ one, other, weight }): Mark[] => {
    const holders = [places.get(one) ?? 0, places.get(other) ?? 0]
    const worth = Math.min(weight, rarity(one), rarity(other))
    return worth > 0.5 ? [{ family: 'wording', holders, weight: worth, number: UNTOLD }] : []
  })
}

/** Other sellers that voices about this one complain about too. */
function targetMarks({ batch }: Setting, voices: readonly number[], reporters: Int32Array): Mark[] {
  const here = batch.voices.seller[voices[0] ?? 0] ?? 0
  const { starts, items } = batch.reporters.voicesOf
  const held = gather(reporters, (reporter, take) => {
    const [from, to] = [starts[reporter] ?? 0, starts[reporter + 1] ?? 0]
    if (to - from > MOST_TARGETS) return
    for (let at = from; at < to; at++) take(batch.voices.seller[items[at] ?? 0] ?? 0)
  })
  const marks: Mark[] = []
  for (const [seller, holders] of held) {
    if (seller === here || holders.length < 2) continue
    const outside = lengthOf(batch.sellers.voicesOf, seller) - holders.length
    const share = shareOutside(batch, reporters.length, outside, 0.5)
    if (excess(holders.length, reporters.length * share, reporters.length) < LEAST_EXCESS) continue
    const weight = Math.min(MOST_TARGET, Math.log(SHARING / share))
    if (weight > 0.5) marks.push({ family: 'target', holders, weight, number: seller })
  }
  return marks
}

/** Voices that share something with a seller they do not complain about; being linked to any seller at all has its own rarity. */
function rivalLinks(
  { batch, isLinked, linkedCount }: Setting,
  voices: readonly number[],
  reporters: Int32Array,
  held: Held,
): RivalLink[] {
  let linkedHere = 0
  for (const reporter of reporters) linkedHere += isLinked[reporter] ?? 0
  const linkedShare = shareOutside(batch, reporters.length, linkedCount - linkedHere, 0.3)
  const links = new Map<number, RivalLink>()
  const { starts, items } = batch.reporters.thingsOf
  for (let place = 0; place < reporters.length; place++) {
    const reporter = reporters[place] ?? 0
    const target = batch.sellers.names[batch.voices.seller[voices[place] ?? 0] ?? 0] ?? 0
    for (let next = starts[reporter] ?? 0; next < (starts[reporter + 1] ?? 0); next++) {
      const thing = items[next] ?? 0
      const sellers = batch.things.sellersOf[thing] ?? []
      if (sellers.length === 0) continue
      const kind = thingKinds[batch.things.kinds[thing] ?? 0] ?? 'network'
      const here = held.get(thing)?.length ?? 0
      const outside = lengthOf(batch.things.holdersOf, thing) - here
      const share = shareOutside(batch, reporters.length, outside, unseen[kind])
      const worth = Math.log(RIVAL_SHARING / Math.max(share, linkedShare))
      // What a carrier gives to many is not worth going through its sellers.
      if (worth < 0.5) continue
      for (const seller of sellers) {
        if (seller === target) continue
        const weight =
          Math.min(MOST_RIVAL, mostWorth[kind] + 0.5, worth) + kinship(batch, seller, target)
        if (weight < 1) continue
        const link: RivalLink = links.get(seller) ?? {
          seller,
          weights: new Map(),
          things: new Set(),
        }
        links.set(seller, link)
        link.weights.set(place, Math.max(weight, link.weights.get(place) ?? 0))
        link.things.add(thing)
      }
    }
  }
  return [...links.values()]
}

/** Rivals sell the same; a seller of other goods gains nothing. */
function kinship({ record }: Batch, seller: number, target: number): number {
  const [ours, theirs] = [
    record.knownSellers.get(seller)?.categories,
    record.knownSellers.get(target)?.categories,
  ]
  if (!ours?.size || !theirs?.size) return 0
  return [...ours].some((category) => theirs.has(category)) ? 0.5 : -2
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

/** By what is had: the places of those who have it. */
type Held = ReadonlyMap<number, readonly number[]>

function gather(
  owners: ArrayLike<number>,
  each: (owner: number, take: (item: number) => void) => void,
): Held {
  const held = new Map<number, number[]>()
  let place = 0
  const take = (item: number) => {
    const holders = held.get(item)
    if (holders === undefined) held.set(item, [place])
    else if (holders[holders.length - 1] !== place) holders.push(place)
  }
  for (; place < owners.length; place++) each(owners[place] ?? 0, take)
  return held
}
