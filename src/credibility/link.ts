/** Links are what candidates of a scene share with sellers that they do not complain about. */
import type { Batch } from './batch.ts'
import { listOf, openIntegers, openNumbers, UNTOLD, valueAt } from './column.ts'
import { linksTo } from './rival.ts'
import type { Link, Linking, OwnersOf } from './rival.ts'

/** A seller that some share something with; it may stand for others that the same share the same with. */
export interface Rival {
  /** The seller's number in the record. */
  seller: number
  things: Set<number>
  /** Who is linked to it, by number in the scene. */
  holders: number[]
}

/** Rivals by number; and by candidate, the numbers of those it is linked to and what each is worth. */
export interface Links {
  rivals: readonly Rival[]
  starts: Int32Array
  numbers: Int32Array
  weights: Float64Array
}

/** A thing of somebody who complains about one seller, and the numbers of the rivals in each of its links. */
interface Source {
  thing: number
  links: Link[]
  rivals: number[][]
}

/**
 * Finds every seller that one of these is linked to. What a carrier gives to a hundred sellers links everybody to all of
 * them alike, so of sellers that nothing here tells apart the first stands for all: it is chosen before them anyhow.
 */
export function linksAmong(
  { batch, ownersOf, sellerKinds }: { batch: Batch; ownersOf: OwnersOf; sellerKinds: Int32Array },
  { reporters, sellers, linking }: { reporters: Int32Array; sellers: Int32Array; linking: Linking },
  places: readonly number[],
): Links {
  const sources = new Map<number, Source>()
  const sourcesOf = places.map((place): Source[] => {
    const own: Source[] = []
    if (valueAt(linking.most, place) === 0) return own
    const about = valueAt(sellers, place)
    for (const thing of listOf(batch.reporters.thingsOf, valueAt(reporters, place))) {
      const worth = linking.worthOf.get(thing)
      if (worth === undefined) continue
      const key = thing * batch.sellers.count + about
      let source = sources.get(key)
      if (source === undefined) {
        const target = valueAt(batch.sellers.names, about)
        source = { thing, links: linksTo(ownersOf(thing, about), worth, target), rivals: [] }
        sources.set(key, source)
      }
      own.push(source)
    }
    return own
  })
  const rivals = rivalsIn([...sources.values()], sellerKinds)
  const starts = new Int32Array(places.length + 1)
  const [numbers, weights] = [openIntegers(), openNumbers()]
  /** By rival: where its number stands. */
  const standing = new Int32Array(rivals.length).fill(UNTOLD)
  sourcesOf.forEach((own, one) => {
    for (const source of own)
      source.links.forEach(({ weight }, at) => {
        for (const number of source.rivals[at] ?? []) {
          const known = valueAt(standing, number)
          if (known >= valueAt(starts, one)) {
            weights.set(known, Math.max(weight, weights.at(known)))
            continue
          }
          standing[number] = numbers.size()
          numbers.push(number)
          weights.push(weight)
          rivals[number]?.holders.push(one)
        }
      })
    starts[one + 1] = numbers.size()
  })
  return { rivals, starts, numbers: numbers.values(), weights: weights.values() }
}

/** Each link splits the sellers that it tells apart (R. Paige, R. Tarjan: Three partition refinement algorithms, 1987). */
function rivalsIn(sources: readonly Source[], kindOf: Int32Array): Rival[] {
  const met: number[] = []
  let kinds = 0
  for (const { links } of sources)
    for (const { sellers } of links) {
      const split = new Map<number, number>()
      for (const seller of sellers) {
        const before = valueAt(kindOf, seller)
        if (before === UNTOLD) met.push(seller)
        let after = split.get(before)
        if (after === undefined) split.set(before, (after = kinds++))
        kindOf[seller] = after
      }
    }
  const rivals: Rival[] = []
  const numberOf = new Int32Array(kinds).fill(UNTOLD)
  for (const seller of met) {
    const kind = valueAt(kindOf, seller)
    if (numberOf[kind] !== UNTOLD) continue
    numberOf[kind] = rivals.length
    rivals.push({ seller, things: new Set(), holders: [] })
  }
  for (const source of sources)
    for (const { sellers } of source.links) {
      const own: number[] = []
      for (const seller of sellers) {
        const number = valueAt(numberOf, valueAt(kindOf, seller))
        if (!own.includes(number)) own.push(number)
      }
      for (const number of own) rivals[number]?.things.add(source.thing)
      source.rivals.push(own)
    }
  for (const seller of met) kindOf[seller] = UNTOLD
  return rivals
}
