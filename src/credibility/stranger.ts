/** A stranger is what a reporter is taken for until ties say otherwise: how usual in this batch is one such as this? */
import { addAt } from './column.ts'
import type { Batch } from './batch.ts'
import { DAY, purchases } from './purchase.ts'
import type { Bought } from './purchase.ts'
import { UNTOLD } from './record.ts'

/** The three facts of a voice, each as one of a few bins; the last bin of each stands for what was not told. */
const bins = { purchase: 7, age: 5, orders: 5 } as const

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
/** A voice alone can say only so much against its reporter, or for. */
export const MOST_STRANGE = 3.5
export const LEAST_STRANGE = -2.5

export interface Strangeness {
  /** By voice: the log-odds that its facts are those of a ring and not of a stranger. */
  weights: Float64Array
  /** By voice: the bins of purchase, age and orders. */
  facts: { purchase: Int8Array; age: Int8Array; orders: Int8Array }
}

/** Weighs every voice against what is usual among those that are in no ring yet. */
export function strangenessOf(
  batch: Batch,
  bought: Bought,
  isInRing: (voice: number) => boolean,
): Strangeness {
  const { voices, reporters } = batch
  const facts = {
    purchase: new Int8Array(voices.count),
    age: new Int8Array(voices.count),
    orders: new Int8Array(voices.count),
  }
  const cells = bins.purchase * (bins.age + 1) * bins.orders
  const counts = new Float64Array(cells)
  /** By which facts were told: only those of whom as much is known are compared. */
  const counted = new Float64Array(8)
  const toldOf = (voice: number) =>
    ((facts.purchase[voice] ?? 0) === bins.purchase - 1 ? 4 : 0) +
    ((facts.age[voice] ?? 0) === bins.age ? 2 : 0) +
    ((facts.orders[voice] ?? 0) === bins.orders - 1 ? 1 : 0)
  const cellOf = (voice: number) =>
    ((facts.purchase[voice] ?? 0) * (bins.age + 1) + (facts.age[voice] ?? 0)) * bins.orders +
    (facts.orders[voice] ?? 0)
  for (let voice = 0; voice < voices.count; voice++) {
    const reporter = voices.reporter[voice] ?? 0
    facts.purchase[voice] = bought.isTold ? purchaseBin(bought, voice) : bins.purchase - 1
    facts.age[voice] = ageBin((voices.at[voice] ?? 0) - (reporters.createdAt[reporter] ?? 0))
    facts.orders[voice] = ordersBin(reporters.orders[reporter] ?? 0)
    if (isInRing(voice)) continue
    addAt(counts, cellOf(voice), 1)
    addAt(counted, toldOf(voice), 1)
  }
  const weights = new Float64Array(voices.count)
  for (let voice = 0; voice < voices.count; voice++) {
    const of = [
      [written.purchase, facts.purchase[voice] ?? 0],
      [written.age, facts.age[voice] ?? 0],
      [written.orders, facts.orders[voice] ?? 0],
    ] as const
    let [ring, other] = [1, 1]
    for (const [shares, bin] of of) {
      ring *= shares.ring[bin] ?? 1
      other *= shares.other[bin] ?? 1
    }
    const seen =
      ((counts[cellOf(voice)] ?? 0) + PRIOR * other) / ((counted[toldOf(voice)] ?? 0) + PRIOR)
    const weight = Math.log(ring / Math.min(1, Math.max(seen, other / 4)))
    weights[voice] = Math.min(MOST_STRANGE, Math.max(LEAST_STRANGE, weight))
  }
  return { weights, facts }
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
