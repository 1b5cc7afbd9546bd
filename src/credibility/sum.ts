/** A sum is how a complaint is weighed: terms in log-odds, each with its words, that add up to its credibility. */

/** One term of the sum. */
export interface Reason {
  signal: string
  weight: number
  /** A sentence for people. */
  text: string
}

/**
 * The written weights, in log-odds that a complaint is genuine. What people find in investigations may move them; what
 * ties a ring weighs what its evidence weighs.
 */
export const writtenWeights = {
  start: 1.5,
  delivered: 1.2,
  ordered: 0.5,
  'claimed-order': -0.1,
  'no-order': -0.6,
  'foreign-order': -2.2,
  'only-to-complain': -0.7,
  'joined-days-ago': -0.5,
  'joined-weeks-ago': -0.3,
  'joined-a-year-ago': 0.4,
  'joined-months-ago': 0.2,
  'no-orders-at-all': -0.3,
  'some-orders': 0.2,
  'many-orders': 0.4,
} as const satisfies Record<string, number>
export type WrittenSignal = keyof typeof writtenWeights
export type Weights = Readonly<Record<WrittenSignal, number>>

export const words = {
  start: 'Where every complaint starts.',
  delivered: 'Bought it, and the order was delivered.',
  ordered: 'Bought it; the order is not known to be delivered.',
  'claimed-order': 'Names an order that nothing else is known of.',
  'no-order': 'No order with this seller is known.',
  'foreign-order': 'Names an order that somebody else placed, or placed elsewhere.',
  'only-to-complain': 'Has only ever ordered from sellers complained about, soon after joining.',
  'joined-days-ago': 'Joined less than four days before.',
  'joined-weeks-ago': 'Joined less than three weeks before.',
  'joined-months-ago': 'Joined some months before.',
  'joined-a-year-ago': 'Joined more than a year before.',
  'no-orders-at-all': 'Has ordered nothing from anybody.',
  'some-orders': 'Has ordered a few times.',
  'many-orders': 'Has ordered five times or more.',
} as const satisfies Record<WrittenSignal, string>

/** Below this a complaint that stands alone does not weigh against a seller: a person may still look at it. */
export const LEAST_CREDIBILITY = 0.2

/** Four places, as it is written and added up. */
export function rounded(weight: number): number {
  return Math.round(weight * 10_000) / 10_000 + 0
}

/** 1 / (1 + e^−sum) over the terms. */
export function credibilityOf(reasons: readonly Reason[]): number {
  return 1 / (1 + Math.exp(-reasons.reduce((sum, { weight }) => sum + weight, 0)))
}

/** What confirmed and refuted complaints said before are worth; few of them say little. */
const BEFORE = { confirmed: 6, refuted: 2 }
const MOST_RECORD = 2.5

/**
 * The shift of the log-odds by a reporter's record: the mean of a Beta distribution that starts where reporters
 * usually stand (A. Gelman et al., Bayesian Data Analysis, 2.4), so that one finding moves it a little and ten a lot.
 */
export function weighRecord({
  confirmed,
  refuted,
}: {
  confirmed: number
  refuted: number
}): number {
  const shift =
    Math.log((BEFORE.confirmed + confirmed) / (BEFORE.refuted + refuted)) -
    Math.log(BEFORE.confirmed / BEFORE.refuted)
  return Math.max(-MOST_RECORD, Math.min(MOST_RECORD, shift))
}

/** "1 other", "3 others". */
export function others(count: number): string {
  return count === 1 ? '1 other' : `${count} others`
}
