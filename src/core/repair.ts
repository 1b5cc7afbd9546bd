/** A repair judges anew what was decided for a cause that fell: each decision by a person, lifted without blame or kept. */
import { hasReachedSeller, type Action } from './action.ts'
import type { Decision } from './decision.ts'
import { isFreezing } from './freeze.ts'
import { claimNumber } from './recovery.ts'

/** From the first sign of a takeover until the account was handed over. */
export interface TakeoverWindow {
  from: Date
  to: Date
}

/** Why decisions are judged anew: a thief had the account, or what they lean on came from a ring of false complaints. */
export type RepairCause =
  | { kind: 'takeover'; claim: { id: string; number: number }; window: TakeoverWindow }
  | { kind: 'ring'; ring: string }

/** What people at the desk read: why the case is there, and what is asked of each decision. */
export function repairWords(cause: RepairCause): { text: string; question: string } {
  switch (cause.kind) {
    case 'takeover':
      return {
        text: `The account was handed over to its owner in claim ${claimNumber(cause.claim)}. What was decided while a stranger had it waits here.`,
        question: 'Decided while a stranger had the account. Is it about what the stranger did?',
      }
    case 'ring':
      return {
        text: `Complaints of one ring were found to be false (${cause.ring}). What was decided on them waits here.`,
        question: 'Decided on complaints of a ring. Does anything else bear it?',
      }
  }
}

/** Whether a measure may be judged anew: it reached its seller, and no decision ended it since. */
export function isRepairable(action: Action, now: Date): boolean {
  // One that ran out is still on record; one that a decision ended was looked at.
  return hasReachedSeller(action, now) && action.endedBy === null
}

/** Whether a measure was taken while a thief had the account. */
export function isFromWindow(decision: Decision, { from, to }: TakeoverWindow): boolean {
  if (decision.takenAt < from || decision.takenAt > to) return false
  // What kept the thief out was meant for them, and is lifted by the hand-over itself.
  if (isFreezing({ policy: decision.ground.policy })) return false
  return !decision.measure.startsWith('account.secure')
}
