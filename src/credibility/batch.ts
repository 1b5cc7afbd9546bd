/** A batch is all that is known at one moment, numbered so that the order in which it came makes no difference. */
import {
  addAt,
  countUp,
  eachOf,
  listOf,
  listsFrom,
  openChains,
  openIntegers,
  turned,
  UNTOLD,
  valuesAt,
} from './column.ts'
import type { Lists } from './column.ts'
import type { ComplaintRecord } from './record.ts'
import { SKETCH } from './wording.ts'

/** A voice is one reporter about one seller, however many complaints that takes. */
export interface Batch {
  record: ComplaintRecord
  /** The place in the record of each complaint, earliest first. */
  places: Int32Array
  /** For each complaint by its place in the record: the place of the one that it repeats, or UNTOLD. */
  repeats: Int32Array
  /** For each complaint by its place in the record. */
  voiceOf: Int32Array
  complaintsOf: Lists
  voices: {
    count: number
    reporter: Int32Array
    seller: Int32Array
    /** When it was first heard, and whether a text goes with it. */
    at: Float64Array
    sketch: Int32Array
  }
  reporters: {
    count: number
    /** The number in the record of each. */
    names: Int32Array
    createdAt: Float64Array
    orders: Int32Array
    voicesOf: Lists
    /** What it was seen to use and somebody else was too: another reporter, or a seller. */
    thingsOf: Lists
  }
  sellers: {
    count: number
    names: Int32Array
    voicesOf: Lists
    categoriesOf: number[][]
    /** Sellers of the same categories have one number. */
    kinOf: Int32Array
    /** By category: how many sell such. */
    inCategory: Int32Array
  }
  things: {
    count: number
    names: Int32Array
    kinds: Int32Array
    holdersOf: Lists
    /** Sellers that use it too, by number in the record. */
    sellersOf: (readonly number[])[]
  }
  sketches: Int32Array
}

/** Numbers everything by the time, id and content of complaints. */
export function batchOf(record: ComplaintRecord): Batch {
  const { columns, names } = record
  const at = columns.at.values()
  const [sellerOf, reporterOf] = [columns.seller.values(), columns.reporter.values()]
  const places = countUp(at.length).sort((a, b) => {
    const byTime = (at[a] ?? 0) - (at[b] ?? 0)
    if (byTime !== 0) return byTime
    if (columns.id.at(a) !== columns.id.at(b)) return record.idOf(a) < record.idOf(b) ? -1 : 1
    return record.keyOf(a) - record.keyOf(b) || a - b
  })
  const repeats = findRepeats(record, places)
  const sellers = renumber(names.sellers.count())
  const reporters = renumber(names.reporters.count())
  const [ordersTold, createdTold] = [columns.orders.values(), columns.createdAt.values()]
  const sketchOf = columns.sketch.values()

  const voiceNumbers = openChains(places.length)
  const voice: Record<'reporter' | 'seller' | 'at' | 'sketch', number[]> = {
    reporter: [],
    seller: [],
    at: [],
    sketch: [],
  }
  const voiceOf = new Int32Array(places.length)
  const created: number[] = []
  const orders: number[] = []
  for (const place of places) {
    const reporter = reporters.take(reporterOf[place] ?? 0)
    const seller = sellers.take(sellerOf[place] ?? 0)
    // The earliest account counts, and the newest count of orders: that one comes last.
    const createdAt = createdTold[place] ?? 0
    const known = created[reporter] ?? NaN
    created[reporter] = Number.isNaN(known) || createdAt < known ? createdAt : known
    const told = ordersTold[place] ?? 0
    orders[reporter] = told === UNTOLD ? (orders[reporter] ?? UNTOLD) : told
    const pair = Math.imul(reporter, 0x85ebca6b) ^ seller
    let number = voiceNumbers.newest(pair)
    while (
      number !== UNTOLD &&
      (voice.reporter[number] !== reporter || voice.seller[number] !== seller)
    )
      number = voiceNumbers.before(number)
    if (number === UNTOLD) {
      number = voice.reporter.length
      voiceNumbers.add(pair, number)
      voice.reporter.push(reporter)
      voice.seller.push(seller)
      voice.at.push(at[place] ?? 0)
      voice.sketch.push(UNTOLD)
    }
    if (voice.sketch[number] === UNTOLD) voice.sketch[number] = sketchOf[place] ?? 0
    voiceOf[place] = number
  }
  const voices = {
    count: voice.reporter.length,
    reporter: Int32Array.from(voice.reporter),
    seller: Int32Array.from(voice.seller),
    at: Float64Array.from(voice.at),
    sketch: Int32Array.from(voice.sketch),
  }
  const all = countUp(voices.count)
  const sellerNames = sellers.names()
  const complaintsOf = listsFrom(voices.count, valuesAt(voiceOf, places), places)
  const voicesOf = listsFrom(reporters.count(), voices.reporter, all)
  const { thingNames, thingsOf, sellersOf } = sharedThings(record, voicesOf, complaintsOf)
  return {
    record,
    places,
    repeats,
    voiceOf,
    complaintsOf,
    voices,
    reporters: {
      count: reporters.count(),
      names: reporters.names(),
      createdAt: Float64Array.from(created),
      orders: Int32Array.from(orders),
      voicesOf,
      thingsOf,
    },
    sellers: {
      count: sellers.count(),
      names: sellerNames,
      voicesOf: listsFrom(sellers.count(), voices.seller, all),
      ...categoriesOf(record, sellerNames),
    },
    things: {
      count: thingNames.length,
      names: thingNames,
      kinds: Int32Array.from(thingNames, (name) => record.thingKindOf[name] ?? 0),
      holdersOf: turned(thingsOf, thingNames.length),
      sellersOf: sellersOf.map((owners) =>
        owners.sort((a, b) => compare(names.sellers.nameOf(a), names.sellers.nameOf(b))),
      ),
    },
    sketches: columns.sketches.values(),
  }
}

/** Things that tie a reporter to anybody; what one reporter alone was seen with is left out, and that is most. */
function sharedThings(record: ComplaintRecord, voicesOf: Lists, complaintsOf: Lists) {
  const [used, firstUsed] = [record.columns.used.values(), record.columns.firstUsed.values()]
  const reporterCount = voicesOf.starts.length - 1
  const all = record.thingKindOf.length
  /** Calls with every thing of every reporter once. */
  const eachHolding = (take: (reporter: number, thing: number) => void) => {
    const lastHolder = new Int32Array(all).fill(UNTOLD)
    for (let reporter = 0; reporter < reporterCount; reporter++)
      eachOf(voicesOf, reporter, (voice) => {
        eachOf(complaintsOf, voice, (place) => {
          const end = place + 1 < firstUsed.length ? (firstUsed[place + 1] ?? 0) : used.length
          for (let next = firstUsed[place] ?? 0; next < end; next++) {
            const thing = used[next] ?? 0
            if (lastHolder[thing] === reporter) continue
            lastHolder[thing] = reporter
            take(reporter, thing)
          }
        })
      })
  }
  const users = new Int32Array(all)
  eachHolding((_, thing) => {
    addAt(users, thing, 1)
  })
  for (const { things } of record.knownSellers.values())
    for (const thing of things) if ((users[thing] ?? 0) > 0) addAt(users, thing, 1)
  const numbers = renumber(all)
  const [owners, items] = [openIntegers(), openIntegers()]
  eachHolding((reporter, thing) => {
    if ((users[thing] ?? 0) < 2) return
    owners.push(reporter)
    items.push(numbers.take(thing))
  })
  const thingNames = numbers.names()
  const sellersOf: number[][] = Array.from(thingNames, () => [])
  for (const [seller, { things }] of record.knownSellers)
    for (const thing of things) {
      const number = numbers.find(thing)
      if (number !== undefined) sellersOf[number]?.push(seller)
    }
  const thingsOf = listsFrom(reporterCount, owners.values(), items.values())
  return { thingNames, thingsOf, sellersOf }
}

/** What each seller sells, and who sells the same. */
function categoriesOf({ knownSellers, names: all }: ComplaintRecord, names: Int32Array) {
  const categoriesOf = Array.from(names, (name) => [...(knownSellers.get(name)?.categories ?? [])])
  const kin = new Map<string, number>()
  const kinOf = Int32Array.from(categoriesOf, (categories) => {
    const key = categories.toSorted((a, b) => a - b).join()
    const known = kin.get(key) ?? kin.size
    kin.set(key, known)
    return known
  })
  const inCategory = new Int32Array(all.categories.count())
  for (const category of categoriesOf.flat()) addAt(inCategory, category, 1)
  return { categoriesOf, kinOf, inCategory }
}

/** Numbers again by when each is first taken. */
function renumber(count: number) {
  const numbers = new Int32Array(count).fill(UNTOLD)
  const taken: number[] = []
  return {
    take: (name: number): number => {
      const known = numbers[name] ?? 0
      if (known !== UNTOLD) return known
      numbers[name] = taken.length
      taken.push(name)
      return taken.length - 1
    },
    find: (name: number): number | undefined => {
      const known = numbers[name] ?? 0
      return known === UNTOLD ? undefined : known
    },
    count: () => taken.length,
    names: () => Int32Array.from(taken),
  }
}

/**
 * The same complaint again: one id told twice, or one reporter about one listing in the same words. Without words it
 * must be of one kind and about one order too.
 */
function findRepeats({ columns, names }: ComplaintRecord, places: Int32Array): Int32Array {
  const [seller, reporter, listing] = [
    columns.seller.values(),
    columns.reporter.values(),
    columns.listing.values(),
  ]
  const [order, kind, exact, words] = [
    columns.order.values(),
    columns.kind.values(),
    columns.exact.values(),
    columns.words.values(),
  ]
  const repeats = new Int32Array(places.length).fill(UNTOLD)
  const [ids, byId] = [columns.id.values(), new Int32Array(names.ids.count()).fill(UNTOLD)]
  /** By a number for the whole saying: the complaints that have it. */
  const sayings = openChains(places.length)
  const isSaid = (one: number, other: number) => {
    const hasWords = (words[one] ?? 0) > 0
    if (hasWords !== (words[other] ?? 0) > 0) return false
    if (reporter[one] !== reporter[other] || seller[one] !== seller[other]) return false
    if (listing[one] !== listing[other]) return false
    return hasWords
      ? exact[one] === exact[other]
      : kind[one] === kind[other] && order[one] === order[other]
  }
  for (const place of places) {
    const id = ids[place] ?? 0
    const told = byId[id] ?? 0
    if (told !== UNTOLD) {
      repeats[place] = told
      continue
    }
    byId[id] = place
    let key = Math.imul(reporter[place] ?? 0, 0x9e3779b1) ^ (seller[place] ?? 0)
    key = Math.imul(key, 0x85ebca6b) ^ (listing[place] ?? 0)
    if ((words[place] ?? 0) > 0) key = Math.imul(key, 0x01000193) ^ (exact[place] ?? 0)
    let said = sayings.newest(key)
    while (said !== UNTOLD && !isSaid(said, place)) said = sayings.before(said)
    if (said !== UNTOLD) {
      repeats[place] = said
      continue
    }
    sayings.add(key, place)
  }
  return repeats
}

/** The numbers of a sketch of a text. */
export function sketchAt({ sketches }: Batch, sketch: number): Int32Array {
  return sketches.subarray(sketch * SKETCH, (sketch + 1) * SKETCH)
}

/** Who complains about a seller. */
export function reportersAbout({ sellers, voices }: Batch, seller: number): number[] {
  return Array.from(listOf(sellers.voicesOf, seller), (voice) => voices.reporter[voice] ?? 0)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
