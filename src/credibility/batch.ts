/** A batch is all that is known at one moment, numbered so that the order in which it came makes no difference. */
import { listOf, listsFrom, turned, valueAt } from './column.ts'
import type { Lists } from './column.ts'
import { UNTOLD } from './record.ts'
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
    thingsOf: Lists
  }
  sellers: {
    count: number
    names: Int32Array
    voicesOf: Lists
    categoriesOf: number[][]
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
  const { columns, ids, names } = record
  const [at, key] = [columns.at.values(), columns.key.values()]
  const [sellerOf, reporterOf] = [columns.seller.values(), columns.reporter.values()]
  const places = Int32Array.from(ids.keys()).sort((a, b) => {
    const byTime = valueAt(at, a) - valueAt(at, b)
    if (byTime !== 0) return byTime
    const [one = '', other = ''] = [ids[a], ids[b]]
    if (one !== other) return one < other ? -1 : 1
    return valueAt(key, a) - valueAt(key, b) || a - b
  })
  const repeats = findRepeats(record, places)
  const sellers = renumber(names.sellers.names.length)
  const reporters = renumber(names.reporters.names.length)
  const things = renumber(record.thingKindOf.length)
  const [used, firstUsed] = [columns.used.values(), columns.firstUsed.values()]
  const [ordersTold, createdTold] = [columns.orders.values(), columns.createdAt.values()]
  const sketchOf = columns.sketch.values()

  const voiceNumbers = new Map<number, number>()
  const voice: Record<'reporter' | 'seller' | 'at' | 'sketch', number[]> = {
    reporter: [],
    seller: [],
    at: [],
    sketch: [],
  }
  const voiceOf = new Int32Array(ids.length)
  const created: number[] = []
  const orders: number[] = []
  const holdings: Record<'owners' | 'items', number[]> = { owners: [], items: [] }
  const held = new Set<number>()
  const most = Math.max(1, names.sellers.names.length)
  for (const place of places) {
    const reporter = reporters.take(valueAt(reporterOf, place))
    const seller = sellers.take(valueAt(sellerOf, place))
    // The earliest account counts, and the newest count of orders: that one comes last.
    const createdAt = valueAt(createdTold, place)
    const known = created[reporter] ?? NaN
    created[reporter] = Number.isNaN(known) || createdAt < known ? createdAt : known
    const told = valueAt(ordersTold, place)
    orders[reporter] = told === UNTOLD ? (orders[reporter] ?? UNTOLD) : told
    const end = place + 1 < firstUsed.length ? valueAt(firstUsed, place + 1) : used.length
    for (let next = valueAt(firstUsed, place); next < end; next++) {
      const thing = things.take(valueAt(used, next))
      const pair = reporter * record.thingKindOf.length + thing
      if (held.has(pair)) continue
      held.add(pair)
      holdings.owners.push(reporter)
      holdings.items.push(thing)
    }
    const pair = reporter * most + seller
    let number = voiceNumbers.get(pair)
    if (number === undefined) {
      number = voice.reporter.length
      voiceNumbers.set(pair, number)
      voice.reporter.push(reporter)
      voice.seller.push(seller)
      voice.at.push(valueAt(at, place))
      voice.sketch.push(UNTOLD)
    }
    if (voice.sketch[number] === UNTOLD) voice.sketch[number] = valueAt(sketchOf, place)
    voiceOf[place] = number
  }
  const thingsOf = listsFrom(
    reporters.count(),
    Int32Array.from(holdings.owners),
    Int32Array.from(holdings.items),
  )
  const voices = {
    count: voice.reporter.length,
    reporter: Int32Array.from(voice.reporter),
    seller: Int32Array.from(voice.seller),
    at: Float64Array.from(voice.at),
    sketch: Int32Array.from(voice.sketch),
  }
  const all = Int32Array.from(voices.reporter.keys())
  const sellerNames = sellers.names()
  const thingNames = things.names()
  const sellersOf: number[][] = Array.from(thingNames, () => [])
  for (const [seller, known] of record.knownSellers)
    for (const thing of known.things) {
      const number = things.find(thing)
      if (number !== undefined) sellersOf[number]?.push(seller)
    }
  const inOrder = Int32Array.from(places, (place) => valueAt(voiceOf, place))
  return {
    record,
    places,
    repeats,
    voiceOf,
    complaintsOf: listsFrom(voices.count, inOrder, places),
    voices,
    reporters: {
      count: reporters.count(),
      names: reporters.names(),
      createdAt: Float64Array.from(created),
      orders: Int32Array.from(orders),
      voicesOf: listsFrom(reporters.count(), voices.reporter, all),
      thingsOf,
    },
    sellers: {
      count: sellers.count(),
      names: sellerNames,
      voicesOf: listsFrom(sellers.count(), voices.seller, all),
      categoriesOf: Array.from(sellerNames, (name) => [
        ...(record.knownSellers.get(name)?.categories ?? []),
      ]),
    },
    things: {
      count: things.count(),
      names: thingNames,
      kinds: Int32Array.from(thingNames, (name) => record.thingKindOf[name] ?? 0),
      holdersOf: turned(thingsOf, things.count()),
      sellersOf: sellersOf.map((owners) =>
        owners.sort((a, b) => compare(names.sellers.names[a] ?? '', names.sellers.names[b] ?? '')),
      ),
    },
    sketches: columns.sketches.values(),
  }
}

/** Numbers again by when each is first taken. */
function renumber(count: number) {
  const numbers = new Int32Array(count).fill(UNTOLD)
  const taken: number[] = []
  return {
    take: (name: number): number => {
      const known = valueAt(numbers, name)
      if (known !== UNTOLD) return known
      numbers[name] = taken.length
      taken.push(name)
      return taken.length - 1
    },
    find: (name: number): number | undefined => {
      const known = valueAt(numbers, name)
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
function findRepeats({ columns, ids }: ComplaintRecord, places: Int32Array): Int32Array {
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
  const repeats = new Int32Array(ids.length).fill(UNTOLD)
  const byId = new Map<string, number>()
  const bySaying = new Map<string, number>()
  for (const place of places) {
    const id = ids[place] ?? ''
    const told = byId.get(id)
    if (told !== undefined) {
      repeats[place] = told
      continue
    }
    byId.set(id, place)
    const saying =
      valueAt(words, place) > 0
        ? `w${valueAt(exact, place)}`
        : `k${valueAt(kind, place)} ${valueAt(order, place)}`
    const whole = `${valueAt(reporter, place)} ${valueAt(seller, place)} ${valueAt(listing, place)} ${saying}`
    const said = bySaying.get(whole)
    if (said === undefined) bySaying.set(whole, place)
    else repeats[place] = said
  }
  return repeats
}

/** The numbers of a sketch of a text. */
export function sketchAt({ sketches }: Batch, sketch: number): Int32Array {
  return sketches.subarray(sketch * SKETCH, (sketch + 1) * SKETCH)
}

/** Who complains about a seller. */
export function reportersAbout({ sellers, voices }: Batch, seller: number): number[] {
  return Array.from(listOf(sellers.voicesOf, seller), (voice) => valueAt(voices.reporter, voice))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
