/** A stranger is what a reporter is taken for until ties say otherwise: how usual in this batch is one such as this? */
import { addAt, eachOf, UNTOLD } from './column.ts'
import type { Batch } from './batch.ts'
import { DAY, purchases } from './purchase.ts'
import type { Bought } from './purchase.ts'

/** The three facts of a voice, each as one of a few bins; the last bin of each stands for what was not told. */
const bins = { purchase: 7, age: 5, orders: 5 } as const

/** Bins of purchase up to this one are of people who bought, and not only to complain. */
export const ORDERED = 1
export const PURCHASE_UNTOLD = bins.purchase - 1

/**
 * How often each bin is met among voices of a ring and among others, before the batch has had a say. Rings are spread
 * widely, since a ring can buy any of these at a price.
 */
const written = {
  // delivered, ordered, claimed, none, foreign, only to complain
  purchase: {
    ring: [0.18, 0.07, 0.12, 0.42, 0.03, 0.18],
    other: [0.72, 0.1, 0.04, 0.1, 0.01, 0.03],
  },
  // under 4 days, under 3 weeks, under 3 months, under a year; older
  age: { ring: [0.2, 0.28, 0.2, 0.14, 0.18], other: [0.02, 0.05, 0.1, 0.23, 0.6] },
  // 0, 1, 2 to 4, 5 or more
  orders: { ring: [0.34, 0.26, 0.2, 0.2], other: [0.06, 0.1, 0.24, 0.6] },
} as const

/** So many strangers the written shares of a cell are worth, beside those that the batch shows. */
const PRIOR = 25
/**
 * What many say of one seller only is not usual: of those who are alike, so many count for each seller, and this part of
 * all that are heard there, beside what was written.
 */
const FEW_OF_ONE = 2
const PART_OF_ONE = 0.05
/** A voice alone can say only so much against its reporter, or for. */
export const MOST_STRANGE = 3.5
export const LEAST_STRANGE = -2.5

export interface Strangeness {
  /** By voice: the log-odds that its facts are those of a ring and not of a stranger. */
  weights: Float64Array
  /** The same for a few voices, whose own number does not make them usual. */
  among: (voices: Int32Array) => Float64Array
  /** By voice: the bins of purchase, age and orders. */
  facts: { purchase: Int8Array; age: Int8Array; orders: Int8Array }
}

/** Weighs every voice against what is usual among those that are in no ring yet. */
export function strangenessOf(batch: Batch, bought: Bought, isInRing: Uint8Array): Strangeness {
  const { voices, reporters } = batch
  const facts = {
    purchase: new Int8Array(voices.count),
    age: new Int8Array(voices.count),
    orders: new Int8Array(voices.count),
  }
  const cellCount = bins.purchase * (bins.age + 1) * bins.orders
  const cellOf = new Int16Array(voices.count)
  /** Which facts were told: only those of whom as much is known are compared. */
  const toldOf = new Int8Array(voices.count)
  /** By voice: how much it says of what is usual. */
  const says = new Float64Array(voices.count)
  const counts = new Float64Array(cellCount)
  const counted = new Float64Array(8)
  for (let voice = 0; voice < voices.count; voice++) {
    const reporter = voices.reporter[voice] ?? 0
    const purchase = bought.isTold ? purchaseBin(bought, voice) : bins.purchase - 1
    const age = ageBin((voices.at[voice] ?? 0) - (reporters.createdAt[reporter] ?? 0))
    const orders = ordersBin(reporters.orders[reporter] ?? 0)
    facts.purchase[voice] = purchase
    facts.age[voice] = age
    facts.orders[voice] = orders
    const cell = (purchase * (bins.age + 1) + age) * bins.orders + orders
    const told =
      (purchase === bins.purchase - 1 ? 4 : 0) +
      (age === bins.age ? 2 : 0) +
      (orders === bins.orders - 1 ? 1 : 0)
    cellOf[voice] = cell
    toldOf[voice] = told
  }
  const shares = sharesByCell(cellCount)
  const here = new Int32Array(cellCount)
  for (let seller = 0; seller < batch.sellers.count; seller++) {
    here.fill(0)
    let own = 0
    eachOf(batch.sellers.voicesOf, seller, (voice) => {
      if (isInRing[voice] === 1) return
      own++
      addAt(here, cellOf[voice] ?? 0, 1)
    })
    eachOf(batch.sellers.voicesOf, seller, (voice) => {
      if (isInRing[voice] === 1) return
      const cell = cellOf[voice] ?? 0
      const most = FEW_OF_ONE + own * (PART_OF_ONE + 4 * (shares.other[cell] ?? 1))
      const part = Math.min(1, most / (here[cell] ?? 1))
      says[voice] = part
      addAt(counts, cell, part)
      addAt(counted, toldOf[voice] ?? 0, part)
    })
  }
  const weigh = (voice: number, own: { counts: Float64Array; counted: Float64Array } | null) => {
    const cell = cellOf[voice] ?? 0
    const told = toldOf[voice] ?? 0
    const ring = shares.ring[cell] ?? 1
    const other = shares.other[cell] ?? 1
    const count = (counts[cell] ?? 0) - (own?.counts[cell] ?? 0)
    const all = (counted[told] ?? 0) - (own?.counted[told] ?? 0)
    const seen = (count + PRIOR * other) / (all + PRIOR)
    const weight = Math.log(ring / Math.min(1, Math.max(seen, other / 4)))
    return Math.min(MOST_STRANGE, Math.max(LEAST_STRANGE, weight))
  }
  const weights = new Float64Array(voices.count)
  for (let voice = 0; voice < voices.count; voice++) weights[voice] = weigh(voice, null)
  const own = { counts: new Float64Array(cellCount), counted: new Float64Array(8) }
  return {
    weights,
    among: (some) => {
      own.counts.fill(0)
      own.counted.fill(0)
      for (let at = 0; at < some.length; at++) {
        const voice = some[at] ?? 0
        addAt(own.counts, cellOf[voice] ?? 0, says[voice] ?? 0)
        addAt(own.counted, toldOf[voice] ?? 0, says[voice] ?? 0)
      }
      const found = new Float64Array(some.length)
      for (let at = 0; at < some.length; at++) found[at] = weigh(some[at] ?? 0, own)
      return found
    },
    facts,
  }
}

/** By cell: the written shares of its bins together; what was not told says nothing. */
function sharesByCell(count: number): { ring: Float64Array; other: Float64Array } {
  const [ring, other] = [new Float64Array(count), new Float64Array(count)]
  for (let cell = 0; cell < count; cell++) {
    const orders = cell % bins.orders
    const age = Math.floor(cell / bins.orders) % (bins.age + 1)
    const purchase = Math.floor(cell / bins.orders / (bins.age + 1))
    const share = (of: 'ring' | 'other') =>
      (written.purchase[of][purchase] ?? 1) *
      (written.age[of][age] ?? 1) *
      (written.orders[of][orders] ?? 1)
    ring[cell] = share('ring')
    other[cell] = share('other')
  }
  return { ring, other }
}

function purchaseBin(bought: Bought, voice: number): number {
  const bin = bought.byVoice[voice] ?? 0
  const isOnly = (bought.isOnlyToComplain[voice] ?? 0) === 1
  return isOnly && bin <= 1 ? purchases.length : bin
}

function ageBin(age: number): number {
  if (Number.isNaN(age)) return 5
  const days = age / DAY
  // A clock that runs ahead by a day is no sign of anything; farther ahead, the time says nothing.
  if (days < -1) return 5
  if (days < 4) return 0
  if (days < 21) return 1
  if (days < 90) return 2
  return days < 365 ? 3 : 4
}

function ordersBin(orders: number): number {
  if (orders === UNTOLD) return 4
  if (orders < 2) return orders
  return orders < 5 ? 2 : 3
}
