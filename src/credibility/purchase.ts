/** A purchase is what ties a voice to the seller: a delivered order, one on its way, none, or one that was somebody else's. */
import { listOf } from './column.ts'
import type { Batch } from './batch.ts'
import { UNTOLD } from './record.ts'
import type { KnownOrder } from './record.ts'

export const purchases = ['delivered', 'ordered', 'claimed', 'none', 'foreign'] as const
export type Purchase = (typeof purchases)[number]

export const DAY = 86_400_000

/** What a voice bought, and what its reporter is known to have bought at all. */
export interface Bought {
  /** By voice: a place in `purchases`. */
  byVoice: Int8Array
  /** By voice: its reporter is known to have bought from nobody but the sellers complained about, soon after joining. */
  isOnlyToComplain: Uint8Array
  /** Whether the batch tells of orders at all: if not, having none says nothing. */
  isTold: boolean
}

/** Looks up every order that a complaint names, or that its reporter is known to have placed with the seller. */
export function purchasesOf(batch: Batch): Bought {
  const { record, voices, reporters } = batch
  const orderOf = record.columns.order.values()
  const byReporter = new Map<number, KnownOrder[]>()
  for (const order of record.knownOrders.values())
    if (order.reporter !== null) push(byReporter, order.reporter, order)
  const byVoice = new Int8Array(voices.count)
  let isTold = record.knownOrders.size > 0
  for (let voice = 0; voice < voices.count; voice++) {
    const reporter = reporters.names[voices.reporter[voice] ?? 0] ?? 0
    const seller = batch.sellers.names[voices.seller[voice] ?? 0] ?? 0
    let best: Purchase = 'none'
    const take = (found: Purchase) => {
      if (purchases.indexOf(found) < purchases.indexOf(best) || best === 'none') best = found
    }
    for (const place of listOf(batch.complaintsOf, voice)) {
      const order = orderOf[place] ?? 0
      if (order === UNTOLD) continue
      isTold = true
      const known = record.knownOrders.get(order)
      if (known === undefined) take('claimed')
      else if (
        (known.reporter !== null && known.reporter !== reporter) ||
        (known.seller !== null && known.seller !== seller)
      )
        take('foreign')
      else take(known.isDelivered === true ? 'delivered' : 'ordered')
    }
    for (const known of byReporter.get(reporter) ?? [])
      if (known.seller === seller) take(known.isDelivered === true ? 'delivered' : 'ordered')
    byVoice[voice] = purchases.indexOf(best)
  }
  return { byVoice, isOnlyToComplain: findOnlyToComplain(batch, byReporter), isTold }
}

function findOnlyToComplain(
  batch: Batch,
  byReporter: ReadonlyMap<number, readonly KnownOrder[]>,
): Uint8Array {
  const { reporters, voices, sellers } = batch
  const found = new Uint8Array(voices.count)
  for (let reporter = 0; reporter < reporters.count; reporter++) {
    const orders = byReporter.get(reporters.names[reporter] ?? 0) ?? []
    const told = reporters.orders[reporter] ?? 0
    if (orders.length === 0 || told > orders.length) continue
    const own = listOf(reporters.voicesOf, reporter)
    const targets = new Set(
      Array.from(own, (voice) => sellers.names[voices.seller[voice] ?? 0] ?? 0),
    )
    const createdAt = reporters.createdAt[reporter] ?? 0
    const isSoon = ({ at }: KnownOrder) =>
      at !== null && !Number.isNaN(createdAt) && at - createdAt < 45 * DAY
    if (
      orders.every((order) => order.seller !== null && targets.has(order.seller) && isSoon(order))
    )
      for (const voice of own) found[voice] = 1
  }
  return found
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}
