/** The record keeps a few numbers of each complaint, and names once: enough to weigh them all when asked. */
import { openIntegers, openNumbers, UNTOLD } from './column.ts'
import type { Belongings, Complaint, SellerContext } from './complaint.ts'
import { openNames } from './names.ts'
import { numberOr, openOrders } from './orders.ts'
import { hashWord, sketchText } from './wording.ts'

/** Kinds of things that can be shared. */
export const thingKinds = ['device', 'payment', 'address', 'network'] as const
export type ThingKind = (typeof thingKinds)[number]

const listNames = {
  device: 'devices',
  payment: 'paymentHashes',
  address: 'addressHashes',
  network: 'ipPrefixes',
} as const satisfies Record<ThingKind, keyof Belongings>

/** What is told of a seller adds up; of two times of creation the earlier counts. */
export interface KnownSeller {
  createdAt: number | null
  categories: Set<number>
  things: Set<number>
}

export type Finding = 'confirmed' | 'refuted' | 'undetermined'

export type ComplaintRecord = ReturnType<typeof openRecord>

/** Opens a record that is filled one fact at a time, in any order. */
export function openRecord() {
  const names = {
    ids: openNames(),
    sellers: openNames(),
    reporters: openNames(),
    listings: openNames(),
    orders: openNames(),
    kinds: openNames(),
    categories: openNames(),
    /** By kind: a card is no device, whatever it is called. */
    things: thingKinds.map(openNames),
  }
  /** By kind and by the number of a name there: the number of the thing. */
  const thingNumbers = thingKinds.map(() => openIntegers())
  const thingKindOf: number[] = []
  const thingNameOf = openIntegers()
  const columns = {
    at: openNumbers(),
    createdAt: openNumbers(),
    seller: openIntegers(),
    reporter: openIntegers(),
    listing: openIntegers(),
    order: openIntegers(),
    kind: openIntegers(),
    orders: openIntegers(),
    words: openIntegers(),
    exact: openIntegers(),
    id: openIntegers(),
    /** The place in `used` from which on the things of this complaint's reporter stand. */
    firstUsed: openIntegers(),
    used: openIntegers(),
    /** The number of its sketch; UNTOLD where its text is too short. */
    sketch: openIntegers(),
    sketches: openIntegers(),
  }
  /** What a complaint names, beside its own id. */
  const parts = [
    [columns.seller, names.sellers],
    [columns.reporter, names.reporters],
    [columns.listing, names.listings],
    [columns.order, names.orders],
    [columns.kind, names.kinds],
  ] as const
  const orders = openOrders(names)
  const knownSellers = new Map<number, KnownSeller>()
  /** By complaint id: what people found. */
  const findings = new Map<string, Finding>()

  function useAll(belongings: Belongings, use: (thing: number) => void): void {
    for (let kind = 0; kind < thingKinds.length; kind++) {
      const known = names.things[kind]
      const numbers = thingNumbers[kind]
      const values = belongings[listNames[thingKinds[kind] ?? 'network']]
      if (known === undefined || numbers === undefined) continue
      for (const value of values) {
        const name = known.numberOf(value)
        if (name === numbers.size()) {
          numbers.push(thingNameOf.size())
          thingNameOf.push(name)
          thingKindOf.push(kind)
        }
        use(numbers.at(name))
      }
    }
  }
  let sketchCount = 0

  return {
    names,
    columns,
    orders,
    knownSellers,
    findings,
    thingKindOf,
    /** How many complaints there are. */
    count: (): number => columns.id.size(),
    /** The id of the complaint at a place. */
    idOf: (place: number): string => names.ids.nameOf(columns.id.at(place)),
    /** A number that tells two complaints of one id and instant apart, whatever order they come in. */
    keyOf: (place: number): number => {
      let key = columns.exact.at(place)
      for (const [column, known] of parts) {
        const number = column.at(place)
        key = hashWord(number === UNTOLD ? '' : known.nameOf(number), key)
      }
      key = Math.imul(key, 31) + columns.orders.at(place)
      const createdAt = columns.createdAt.at(place)
      return Math.imul(key, 31) + Math.floor((Number.isNaN(createdAt) ? -1 : createdAt) / 1000)
    },
    /** What a thing was called in the lines. */
    nameOfThing: (thing: number): string =>
      names.things[thingKindOf[thing] ?? 0]?.nameOf(thingNameOf.at(thing)) ?? '',
    addComplaint: (complaint: Complaint): void => {
      const { id, at, reporter } = complaint
      columns.id.push(names.ids.numberOf(id))
      columns.at.push(at)
      columns.createdAt.push(reporter.createdAt ?? NaN)
      columns.seller.push(names.sellers.numberOf(complaint.sellerId))
      columns.reporter.push(names.reporters.numberOf(complaint.reporterId))
      columns.listing.push(numberOr(names.listings, complaint.listingId))
      columns.order.push(numberOr(names.orders, complaint.orderId))
      columns.kind.push(numberOr(names.kinds, complaint.kind))
      columns.orders.push(
        reporter.orders === null ? UNTOLD : Math.min(reporter.orders, 1_000_000_000),
      )
      const { words, exact, sketch } = sketchText(complaint.text)
      columns.sketch.push(sketch === null ? UNTOLD : sketchCount)
      if (sketch !== null) {
        columns.sketches.pushAll(sketch)
        sketchCount++
      }
      columns.words.push(words)
      columns.exact.push(exact)
      columns.firstUsed.push(columns.used.size())
      useAll(reporter, columns.used.push)
    },
    addSeller: (seller: SellerContext): void => {
      const number = names.sellers.numberOf(seller.id)
      const known = knownSellers.get(number) ?? {
        createdAt: null,
        categories: new Set(),
        things: new Set(),
      }
      knownSellers.set(number, known)
      if (seller.createdAt !== null)
        known.createdAt = Math.min(known.createdAt ?? seller.createdAt, seller.createdAt)
      for (const category of seller.categories)
        known.categories.add(names.categories.numberOf(category))
      useAll(seller, (thing) => known.things.add(thing))
    },
    addOrder: orders.add,
    addFinding: (complaintId: string, finding: Finding): void => {
      findings.set(complaintId, finding)
    },
    /** What all of it takes in memory, sellers and findings aside. */
    bytes: (): number =>
      [...Object.values(names).flat(), ...Object.values(columns), ...thingNumbers, thingNameOf]
        .map((part) => part.bytes())
        .reduce((sum, part) => sum + part, orders.bytes()),
  }
}
