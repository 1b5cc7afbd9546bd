/** How long everybody waits now, against what the version that each case follows promises. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Waiting {
  /** At the desks, of every kind. */
  open: number
  /** A clock has run out, and the case is with the officer or about to move. */
  overdue: number
  /** Nothing would happen to it by itself: no clock runs for it, or it is at no desk of its procedure. */
  withoutClock: number
  /** No person with power to decide has it, for longer than promised. */
  beyondPerson: number
  /** No last answer, for longer than promised. */
  beyondAnswer: number
  /** Lifted or narrowed, and not yet seen so in the shop. */
  notYetBack: number
  /** Denied for good at the first look, because it came late to the desk that would have looked again. */
  oneLook: number
  /** Mails that wait for a person to say where they belong, and of them those that waited longer than was promised. */
  mailsHeld: number
  mailsLate: number
  longestMs: number
}

/** Counts what is open at this moment, on the marketplace's own clock: it stands still while a question waits. */
export async function countWaiting(tx: Tx, now: Date): Promise<Waiting> {
  // A function of the database counts, so that whoever may not see the cases may know the sums.
  const { rows } = await sql<Waiting>`select * from waiting(${now})`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('count what waits: the database answered nothing')
  return row
}
