/** The record keeps a few numbers of each complaint, and names once: enough to weigh them all when asked. */
import type { Belongings, Complaint, OrderContext, SellerContext } from './complaint.ts'
import { openIntegers, openNumbers } from './column.ts'
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

/** Names as numbers, in the order in which they were first met. */
export interface Names {
  numberOf(name: string): number
  find(name: string): number | undefined
  names: readonly string[]
}

export function openNames(): Names {
  const numbers = new Map<string, number>()
  const names: string[] = []
  return {
    names,
    numberOf: (name) => {
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, names.length)
      names.push(name)
      return names.length - 1
    },
    find: (name) => numbers.get(name),
  }
}

/** Orders say more than once what became of them: the newest counts, of equally new ones the one that favours the reporter. */
export interface KnownOrder {
  seller: number | null
  reporter: number | null
  at: number | null
  isDelivered: boolean | null
}

/** What is told of a seller adds up; of two times of creation the earlier counts. */
export interface KnownSeller {
  createdAt: number | null
  categories: Set<number>
  things: Set<number>
}

export type Finding = 'confirmed' | 'refuted' | 'undetermined'

export type ComplaintRecord = ReturnType<typeof openRecord>

/** Nothing was told; a number that no name and no count has. */
export const UNTOLD = -1

/** Opens a record that is filled one fact at a time, in any order. */
export function openRecord() {
  const ids: string[] = []
  const [sellers, reporters, listings, orders, kinds, categories] = [
    openNames(),
    openNames(),
    openNames(),
    openNames(),
    openNames(),
    openNames(),
  ]
  /** By kind, the numbers of things: a card is no device, whatever it is called. */
  const thingNumbers = thingKinds.map(() => new Map<string, number>())
  const thingNames: string[] = []
  const thingKindOf: number[] = []
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
    key: openIntegers(),
    /** The place in `used` from which on the things of this complaint's reporter stand. */
    firstUsed: openIntegers(),
    used: openIntegers(),
    /** The number of its sketch; UNTOLD where its text is too short. */
    sketch: openIntegers(),
    sketches: openIntegers(),
  }
  const knownOrders = new Map<number, KnownOrder>()
  const knownSellers = new Map<number, KnownSeller>()
  /** By complaint id: what people found. */
  const findings = new Map<string, Finding>()

  const useAll = (belongings: Belongings, use: (thing: number) => void) => {
    for (const [kind, numbers] of thingNumbers.entries()) {
      for (const value of belongings[listNames[thingKinds[kind] ?? 'network']]) {
        let thing = numbers.get(value)
        if (thing === undefined) {
          thing = thingNames.length
          numbers.set(value, thing)
          thingNames.push(value)
          thingKindOf.push(kind)
        }
        use(thing)
      }
    }
  }
  let sketchCount = 0

  return {
    ids,
    names: { sellers, reporters, listings, orders, kinds, categories },
    columns,
    knownOrders,
    knownSellers,
    findings,
    thingKindOf,
    /** What a thing was called in the lines. */
    nameOfThing: (thing: number): string => thingNames[thing] ?? '',
    addComplaint: (complaint: Complaint): void => {
      const { id, at, reporter } = complaint
      ids.push(id)
      columns.at.push(at)
      columns.createdAt.push(reporter.createdAt ?? NaN)
      columns.seller.push(sellers.numberOf(complaint.sellerId))
      columns.reporter.push(reporters.numberOf(complaint.reporterId))
      columns.listing.push(numberOr(listings, complaint.listingId))
      columns.order.push(numberOr(orders, complaint.orderId))
      columns.kind.push(numberOr(kinds, complaint.kind))
      columns.orders.push(
        reporter.orders === null ? UNTOLD : Math.min(reporter.orders, 1_000_000_000),
      )
      const { words, exact } = sketchText(complaint.text, (values) => {
        columns.sketch.push(values === null ? UNTOLD : sketchCount)
        if (values === null) return
        for (const value of values) columns.sketches.push(value)
        sketchCount++
      })
      columns.words.push(words)
      columns.exact.push(exact)
      columns.firstUsed.push(columns.used.size())
      useAll(reporter, columns.used.push)
      columns.key.push(keyOf(complaint, exact))
    },
    addSeller: (seller: SellerContext): void => {
      const number = sellers.numberOf(seller.id)
      const known = knownSellers.get(number) ?? {
        createdAt: null,
        categories: new Set(),
        things: new Set(),
      }
      knownSellers.set(number, known)
      if (seller.createdAt !== null)
        known.createdAt = Math.min(known.createdAt ?? seller.createdAt, seller.createdAt)
      for (const category of seller.categories) known.categories.add(categories.numberOf(category))
      useAll(seller, (thing) => known.things.add(thing))
    },
    addOrder: (order: OrderContext): void => {
      const number = orders.numberOf(order.id)
      const told: KnownOrder = {
        seller: order.sellerId === null ? null : sellers.numberOf(order.sellerId),
        reporter: order.reporterId === null ? null : reporters.numberOf(order.reporterId),
        at: order.at,
        isDelivered: order.isDelivered,
      }
      const known = knownOrders.get(number)
      if (known === undefined || isBetter(told, known, { sellers, reporters }))
        knownOrders.set(number, told)
    },
    addFinding: (complaintId: string, finding: Finding): void => {
      findings.set(complaintId, finding)
    },
  }
}

function numberOr(names: Names, name: string | null): number {
  return name === null ? UNTOLD : names.numberOf(name)
}

/** Of two things told of one order, which is believed; the last comparisons only keep the order of lines out of it. */
function isBetter(
  told: KnownOrder,
  known: KnownOrder,
  { sellers, reporters }: { sellers: Names; reporters: Names },
): boolean {
  const ranks = (order: KnownOrder): (number | string)[] => [
    order.at ?? -Infinity,
    order.isDelivered === true ? 2 : order.isDelivered === null ? 0 : 1,
    order.reporter === null ? '' : (reporters.names[order.reporter] ?? ''),
    order.seller === null ? '' : (sellers.names[order.seller] ?? ''),
  ]
  const [theirs, ours] = [ranks(told), ranks(known)]
  for (const [at, rank] of theirs.entries()) {
    const other = ours[at]
    if (other !== undefined && rank !== other) return rank > other
  }
  return false
}

/** A number that tells two complaints of one id and instant apart, whatever order they come in. */
function keyOf(
  { sellerId, reporterId, listingId, orderId, kind, reporter }: Complaint,
  exact: number,
): number {
  let key = exact
  for (const part of [sellerId, reporterId, listingId ?? '', orderId ?? '', kind ?? ''])
    key = hashWord(part, key)
  key = Math.imul(key, 31) + (reporter.orders ?? -1)
  return Math.imul(key, 31) + Math.floor((reporter.createdAt ?? -1) / 1000)
}
