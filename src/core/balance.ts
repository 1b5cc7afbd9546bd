/** A balance is what the marketplace keeps for a seller, and where it may be paid out to. */

export interface Destination {
  id: string
  /** How the seller knows it, such as "Bank, ends in 4471"; null when none was told. */
  label: string | null
  addedAt: Date
}

export interface Balance {
  sellerId: string
  /** ISO 4217, such as EUR. */
  currency: string
  /**
   * What would be paid out now were nothing held, the disputed part included; below zero when the seller owes.
   * Amounts are in the currency's main unit, exact to two decimals, as in the state owed to payouts.
   */
  available: number
  /** What customers dispute of the seller's orders; may exceed what is available when it was paid out before. */
  disputed: number
  destinations: Destination[]
  updatedAt: Date
}

/** A balance as it is told, always whole. */
export interface BalanceTold extends Omit<Balance, 'updatedAt'> {
  /** Null for "as of now". */
  factAt: Date | null
}

/** No amount is larger: up to here a number holds every cent. */
export const largestAmount = 1_000_000_000_000

/** Whether the amount is written to the cent, and no finer. */
export const isToTheCent = (amount: number) => Math.round(amount * 100) / 100 === amount

/** The ids of the destinations that have been there for longer than so many days: who broke in yesterday added none of them. */
export function destinationsOlderThan(
  { destinations }: Balance,
  days: number,
  now: Date,
): string[] {
  const before = now.getTime() - days * 86_400_000
  return destinations.filter(({ addedAt }) => addedAt.getTime() < before).map(({ id }) => id)
}
