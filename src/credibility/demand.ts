/** A demand is how much must be shown before a group is told as a ring, or doubted. */

/** What is asked of a group before anything follows from it. */
export interface Demand {
  /** However many of those heard are of it, a voice must show so much more for belonging than against. */
  belonging: number
  /** However many of those heard are of it, the odds of any other being of it are taken for no better than one to this. */
  fewOthers: number
  /** So much must the group be worth as a whole; and so much where nothing ties it but being strange at one time. */
  total: number
  totalInTime: number
}

/** A ring names people: it is told only where chance would make it once in some thousands of such batches. */
export const RING: Demand = { belonging: 5, fewOthers: 0.1, total: 8, totalInTime: 12 }
/** A doubt names nobody: what is said does not count until a person has looked. */
export const DOUBT: Demand = { belonging: 2.2, fewOthers: 1, total: 5, totalInTime: 7 }
