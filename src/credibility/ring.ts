/** A ring is a group of reporters that is one hand, told with all that ties it, so that a person can check and prune it. */
import { lengthOf, listOf, openCounter, valueAt, UNTOLD } from './column.ts'
import type { Batch } from './batch.ts'
import type { Demand } from './demand.ts'
import { join, openForest, rootOf } from './forest.ts'
import { isOneHand, largestPart, partOf } from './hand.ts'
import { expand, prune, weigh } from './group.ts'
import type { Evidence, Find, Parts } from './group.ts'
import { purchases } from './purchase.ts'
import { openOwners } from './rival.ts'
import { openRooms } from './room.ts'
import type { Sayings } from './saying.ts'
import { lookAt, openScene } from './scene.ts'
import type { Outlook, Scene } from './scene.ts'
import { seedsOf } from './seed.ts'
import { openStage, shareOutside } from './tie.ts'
import type { Searched, Setting, Stage, Standing } from './tie.ts'

/** Finds that are one ring. Numbers are those of the batch. */
export interface FoundRing {
  finds: Find[]
  reporters: Set<number>
  targets: Set<number>
  /** Voices that are the ring's doing: what a member truly bought elsewhere is not. */
  voices: Set<number>
}

/** Kinds of evidence that stand alone, in nats, before they count as a kind. */
const LEAST_OF_KIND = 1.5
/** A rival's own device in so many hands needs no second kind. */
const ENOUGH_ALONE = 9
const MOST_RINGS_ABOUT_ONE = 6
/** A scene of so few holds no ring. */
const FEWEST = 3

/** Every ring in a batch, the earliest first. */
export function findRings(setting: Setting): FoundRing[] {
  return joinFinds(setting, findGroups(setting))
}

/**
 * Groups that may be one hand, though too little is known to say so of each of their members; by voice. Less is asked of
 * them than of rings.
 */
export function findDoubts(setting: Setting): Map<number, Find> {
  const doubts = new Map<number, Find>()
  for (const find of findGroups(setting))
    for (const place of find.places) doubts.set(valueAt(find.scene.voices, place), find)
  return doubts
}

function findGroups(setting: Setting): Find[] {
  const finds: Find[] = []
  const taken = new Uint8Array(setting.batch.voices.count)
  for (const stage of setting.aboutSellers) findIn(setting, stage, { isWide: false, finds, taken })
  for (const stage of setting.inCategories) findIn(setting, stage, { isWide: true, finds, taken })
  return finds
}

function findIn(
  setting: Setting,
  stage: Stage,
  { isWide, finds, taken }: { isWide: boolean; finds: Find[]; taken: Uint8Array },
): void {
  let left = stage
  for (let round = 0; round < MOST_RINGS_ABOUT_ONE && left.voices.length >= FEWEST; round++) {
    const outlook = lookAt(setting, left, { isWide, taken })
    if (outlook === null) return
    const before = left.searched
    if (before?.found === null && before.demand === setting.demand && !isStranger(outlook, before))
      return
    const scene = openScene(setting, outlook)
    // What was found before is where to begin; only where somebody became another is all searched again.
    const known = before !== null && !isOther(outlook, before) ? before.found : null
    const again = known === null ? null : foundAgain(scene, setting, known)
    const found = again ?? strongestIn(scene, setting)
    left.searched = {
      demand: setting.demand,
      strange: again !== null && before !== null ? before.strange : outlook.strange,
      found: found === null ? null : found.places.map((place) => scene.places[place] ?? 0),
    }
    if (found === null) return
    finds.push(found)
    const members = found.places.map((place) => valueAt(scene.voices, place))
    for (const voice of members) taken[voice] = 1
    // A category is large, and few rings more do not change what is usual there.
    if (!isWide) left = restOf(left, members)
  }
}

/** Those who are left without some; the same stage for the same, with what is known of it. */
function restOf({ voices, rests }: Stage, without: readonly number[]): Stage {
  const key = without.join()
  const known = rests.get(key)
  if (known !== undefined) return known
  const leaving = new Set(without)
  const rest = openStage(voices.filter((voice) => !leaving.has(voice)))
  rests.set(key, rest)
  return rest
}

/** Where nobody looks stranger by so much than when the scene was searched, nothing new is to be found. */
const STRANGER = 0.2

/** Whether somebody who could be of a ring looks stranger than when the scene was searched. */
function isStranger({ places, strange }: Outlook, before: Searched): boolean {
  return places.some(
    (place) => valueAt(strange, place) - valueAt(before.strange, place) >= STRANGER,
  )
}

/** Whether somebody looks stranger or more ordinary. */
function isOther({ places, strange }: Outlook, before: Searched): boolean {
  return places.some(
    (place) => Math.abs(valueAt(strange, place) - valueAt(before.strange, place)) >= STRANGER,
  )
}

/** What was found in a scene before, by places in its ties, as it is now. */
function foundAgain(scene: Scene, setting: Setting, before: readonly number[]): Find | null {
  const inside = new Set(before)
  const seed = [...scene.places.keys()].filter((one) => inside.has(scene.places[one] ?? UNTOLD))
  const places = grow(scene, setting, prune(scene, setting, seed))
  if (places.length < FEWEST) return null
  const evidence = weigh(scene, setting, places)
  return isEnough(setting.demand, evidence) ? { scene, places, evidence } : null
}

function strongestIn(scene: Scene, setting: Setting): Find | null {
  let best: Find | null = null
  const inBest = new Uint8Array(scene.voices.length)
  const known = new Set<string>()
  for (const seed of seedsOf(scene, setting)) {
    const core = prune(scene, setting, seed)
    // Many seeds come down to the same few, and what is hopeless does not grow.
    const key = core.join()
    if (core.length < FEWEST || known.has(key)) continue
    known.add(key)
    // What lies within the best grows to it, or to less.
    if (best !== null && core.every((one) => inBest[one] === 1)) continue
    if (weigh(scene, setting, core).total < 0) continue
    const places = grow(scene, setting, core)
    const evidence = weigh(scene, setting, places)
    if (!isEnough(setting.demand, evidence) || evidence.total <= (best?.evidence.total ?? 0))
      continue
    best = { scene, places, evidence }
    inBest.fill(0)
    for (const one of places) inBest[one] = 1
  }
  return best === null ? null : oneHandOf(best, setting)
}

/** The largest part of a find that is of two hands; the rest is found when this is taken out. */
function oneHandOf(find: Find, setting: Setting): Find {
  const { scene, places } = find
  const part = largestPart(scene, places)
  if (part.length === places.length) return find
  const kept = prune(scene, setting, part)
  if (kept.length < FEWEST) return find
  const own = { scene, places: kept, evidence: weigh(scene, setting, kept) }
  return isEnough(setting.demand, own.evidence) ? own : find
}

/** Takes in who belongs, a few times. */
function grow(scene: Scene, setting: Setting, group: readonly number[]): readonly number[] {
  let places = group
  for (let round = 0; round < 3 && places.length >= FEWEST; round++) {
    const wider = prune(scene, setting, expand(scene, setting, places))
    if (wider.length <= places.length) break
    places = wider
  }
  return places
}

function isEnough(demand: Demand, { total, parts }: Evidence): boolean {
  const { identity, wording, target, rival } = parts
  const isTied = Math.max(identity, wording, target, rival) > LEAST_OF_KIND
  return total > (isTied ? demand.total : demand.totalInTime) && isProved(parts)
}

/** Two kinds of evidence, or one that no accident explains. */
function isProved({ chance: _, strange, target, ...kinds }: Parts): boolean {
  if (kinds.rival > ENOUGH_ALONE) return true
  const all = [...Object.values(kinds), strange, target]
  return all.filter((weight) => weight > LEAST_OF_KIND).length >= 2
}

/** One voice of each reporter in each category. */
function voicesByCategory(batch: Batch): Int32Array[] {
  const { voices, reporters, sellers, record } = batch
  const byCategory = new Map<number, number[]>()
  const heard = new Set<number>()
  for (let voice = 0; voice < voices.count; voice++) {
    const reporter = valueAt(voices.reporter, voice)
    const isOnly = lengthOf(reporters.voicesOf, reporter) === 1
    for (const category of sellers.categoriesOf[valueAt(voices.seller, voice)] ?? []) {
      const key = category * reporters.count + reporter
      if (!isOnly && heard.has(key)) continue
      if (!isOnly) heard.add(key)
      const known = byCategory.get(category)
      if (known === undefined) byCategory.set(category, [voice])
      else known.push(voice)
    }
  }
  const nameOf = (category: number) => record.names.categories.nameOf(category)
  return [...byCategory]
    .sort(([a], [b]) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map(([, found]) => Int32Array.from(found))
    .filter((found) => found.length >= FEWEST)
}

/** Finds that share members, or a rival that both were led by, are one ring. */
function joinFinds(setting: Setting, finds: readonly Find[]): FoundRing[] {
  const groups = openForest(finds.length)
  const parts = finds.map((find) => partOf(setting.batch, find))
  for (const [at, one] of parts.entries())
    for (const [before, other] of parts.slice(0, at).entries())
      if (isOneHand(setting, one, other)) join(groups, at, before)
  const rings = new Map<number, FoundRing>()
  finds.forEach((find, at) => {
    const root = rootOf(groups, at)
    const ring = rings.get(root) ?? {
      finds: [],
      reporters: new Set(),
      targets: new Set(),
      voices: new Set(),
    }
    rings.set(root, ring)
    ring.finds.push(find)
    for (const place of find.places) {
      ring.reporters.add(valueAt(find.scene.reporters, place))
      ring.targets.add(valueAt(find.scene.sellers, place))
    }
  })
  const found = [...rings.values()]
  const known = new Set(found.flatMap((ring) => [...ring.reporters]))
  for (const ring of found) {
    takeStragglers(setting, ring, known)
    claimVoices(setting, ring)
  }
  return found.sort((a, b) => Math.min(...a.voices) - Math.min(...b.voices))
}

/** So much must a tie to a member, and being strange, come to. */
const STRAGGLER = 5.5

/** Who shares something rare with members and complains about sellers alike belongs to them, even where nobody else does. */
function takeStragglers(
  { batch, strangeness }: Setting,
  ring: FoundRing,
  known: Set<number>,
): void {
  const { voices, reporters, sellers, things } = batch
  const categories = categoriesOf(batch, ring)
  const tried = new Set<number>()
  for (const member of [...ring.reporters])
    for (const thing of listOf(reporters.thingsOf, member)) {
      if (tried.has(thing)) continue
      tried.add(thing)
      const holders = listOf(things.holdersOf, thing)
      // What so many use is used by more outside, even if all of the ring use it.
      if (holders.length > 2 * ring.reporters.size + 2) continue
      let inside = 0
      for (const one of holders) if (ring.reporters.has(one)) inside++
      const outside = holders.length - inside
      if (outside === 0 || outside > inside + 2) continue
      const tie = Math.log(0.5 / shareOutside(batch, ring.reporters.size, outside, 0))
      for (const holder of holders) {
        if (known.has(holder)) continue
        for (const voice of listOf(reporters.voicesOf, holder)) {
          const seller = valueAt(voices.seller, voice)
          const isAlike =
            ring.targets.has(seller) ||
            (sellers.categoriesOf[seller] ?? []).some((one) => categories.has(one))
          const strange = valueAt(strangeness.weights, voice)
          if (!isAlike || strange <= 0 || Math.min(5, tie) + strange < STRAGGLER) continue
          known.add(holder)
          ring.reporters.add(holder)
          ring.targets.add(seller)
        }
      }
    }
}

function categoriesOf({ sellers }: Batch, ring: FoundRing): Set<number> {
  return new Set([...ring.targets].flatMap((seller) => sellers.categoriesOf[seller] ?? []))
}

/** What members say of the ring's targets is the ring's; so is what they say of sellers alike without having bought. */
function claimVoices({ batch, strangeness }: Setting, ring: FoundRing): void {
  const { voices, reporters, sellers } = batch
  const categories = categoriesOf(batch, ring)
  for (const reporter of ring.reporters) {
    for (const voice of listOf(reporters.voicesOf, reporter)) {
      const seller = valueAt(voices.seller, voice)
      const isAlike = (sellers.categoriesOf[seller] ?? []).some((one) => categories.has(one))
      const bought = purchases[valueAt(strangeness.facts.purchase, voice)]
      const hasBought = bought === 'delivered' || bought === 'ordered'
      if (ring.targets.has(seller) || (isAlike && !hasBought)) ring.voices.add(voice)
    }
  }
}

/** What is the same for all scenes of a batch, whoever is strange and whatever is asked. */
export function standingOf(batch: Batch, sayings: Sayings): Standing {
  const isLinked = new Uint8Array(batch.reporters.count)
  for (let thing = 0; thing < batch.things.count; thing++) {
    const holders = listOf(batch.things.holdersOf, thing)
    const isRare = holders.length <= Math.max(3, batch.reporters.count / 100)
    if (!isRare || (batch.things.sellersOf[thing] ?? []).length === 0) continue
    for (const reporter of holders) isLinked[reporter] = 1
  }
  const sayingSizes = new Int32Array(sayings.count)
  for (const saying of sayings.of)
    if (saying !== UNTOLD) sayingSizes[saying] = valueAt(sayingSizes, saying) + 1
  const joined = batch.reporters.createdAt.filter((time) => !Number.isNaN(time)).sort()
  const heard = batch.voices.at.toSorted()
  const aboutSellers: Stage[] = []
  for (let seller = 0; seller < batch.sellers.count; seller++) {
    const voices = listOf(batch.sellers.voicesOf, seller)
    if (voices.length >= FEWEST) aboutSellers.push(openStage(voices))
  }
  return {
    batch,
    sayings,
    aboutSellers,
    inCategories: voicesByCategory(batch).map(openStage),
    ownersOf: openOwners(batch),
    sellerKinds: new Int32Array(batch.record.names.sellers.count()).fill(UNTOLD),
    rooms: openRooms(),
    isLinked,
    counters: {
      things: openCounter(batch.things.count),
      sayings: openCounter(sayings.count),
      sellers: openCounter(batch.sellers.count),
    },
    linkedCount: isLinked.reduce((sum, one) => sum + one, 0),
    joined,
    heard,
    span: { at: middleSpan(heard), joined: middleSpan(joined) },
    sayingSizes,
  }
}

/** How long it took for all but the outermost hundredths, since some clocks are wrong. */
function middleSpan(sorted: Float64Array): number {
  const [low, high] = [Math.floor(0.01 * sorted.length), Math.floor(0.99 * (sorted.length - 1))]
  return Math.max(0, valueAt(sorted, high) - valueAt(sorted, low))
}
