/** A purchase is what ties a voice to the seller: a delivered order, one on its way, none, or one that was somebody else's. */
import type { Batch } from './batch.ts'
import { eachOf, lengthOf, listOf, listsFrom, openIntegers, UNTOLD } from './column.ts'
import type { Lists } from './column.ts'
import { DELIVERED } from './orders.ts'
import type { Orders } from './orders.ts'

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
  const { orders } = record
  const orderOf = record.columns.order.values()
  const byReporter = ordersOf(batch)
  const byVoice = new Int8Array(voices.count)
  let isTold = orders.delivered.size() > 0
  for (let voice = 0; voice < voices.count; voice++) {
    const reporter = reporters.names[voices.reporter[voice] ?? 0] ?? 0
    const seller = batch.sellers.names[voices.seller[voice] ?? 0] ?? 0
    let best = NONE
    eachOf(batch.complaintsOf, voice, (place) => {
      const order = orderOf[place] ?? 0
      if (order === UNTOLD) return
      isTold = true
      let found = CLAIMED
      if (orders.isKnown(order)) {
        const by = orders.reporter.at(order)
        const from = orders.seller.at(order)
        const isOthers = (by !== UNTOLD && by !== reporter) || (from !== UNTOLD && from !== seller)
        found = isOthers ? FOREIGN : boughtBy(orders, order)
      }
      if (found < best || best === NONE) best = found
    })
    eachOf(byReporter, reporter, (order) => {
      if (orders.seller.at(order) === seller) best = Math.min(best, boughtBy(orders, order))
    })
    byVoice[voice] = best
  }
  return { byVoice, isOnlyToComplain: findOnlyToComplain(batch, byReporter), isTold }
}

const [CLAIMED, NONE, FOREIGN] = [2, 3, 4]

function boughtBy({ delivered }: Orders, order: number): number {
  return delivered.at(order) === DELIVERED ? 0 : 1
}

/** The orders of each reporter by number in the record. */
function ordersOf({ record: { orders, names } }: Batch): Lists {
  const [owners, items] = [openIntegers(), openIntegers()]
  const by = orders.reporter.values()
  for (let order = 0; order < by.length; order++) {
    const reporter = by[order] ?? UNTOLD
    if (reporter === UNTOLD) continue
    owners.push(reporter)
    items.push(order)
  }
  return listsFrom(names.reporters.count(), owners.values(), items.values())
}

function findOnlyToComplain(batch: Batch, byReporter: Lists): Uint8Array {
  const { reporters, voices, sellers, record } = batch
  const { orders } = record
  const found = new Uint8Array(voices.count)
  for (let reporter = 0; reporter < reporters.count; reporter++) {
    const name = reporters.names[reporter] ?? 0
    const count = lengthOf(byReporter, name)
    if (count === 0 || (reporters.orders[reporter] ?? 0) > count) continue
    const placed = listOf(byReporter, name)
    const own = listOf(reporters.voicesOf, reporter)
    const createdAt = reporters.createdAt[reporter] ?? 0
    const isOnly = placed.every((order) => {
      const seller = orders.seller.at(order)
      // What is not told is soon after nothing.
      const isSoon = orders.at.at(order) - createdAt < 45 * DAY
      return (
        isSoon &&
        seller !== UNTOLD &&
        own.some((voice) => sellers.names[voices.seller[voice] ?? 0] === seller)
      )
    })
    if (isOnly) for (const voice of own) found[voice] = 1
  }
  return found
}
