/** A repair judges anew what was decided while a thief had an account: each decision by a person, lifted without blame or kept. */
import { hasReachedSeller, type Action } from './action.ts'
import type { Decision } from './decision.ts'
import { isFreezing } from './freeze.ts'

/** From the first sign of a takeover until the account was handed over. */
export interface TakeoverWindow {
  from: Date
  to: Date
}

interface Taken {
  decision: Decision
  action: Action
}

/** Whether a measure was taken because of what was done in the window, and has not been lifted since. */
export function isForRepair(
  { decision, action }: Taken,
  { from, to }: TakeoverWindow,
  now: Date,
): boolean {
  if (decision.takenAt < from || decision.takenAt > to) return false
  if (!hasReachedSeller(action, now)) return false
  // What kept the thief out was meant for them, and is lifted by the hand-over itself.
  if (isFreezing({ policy: decision.ground.policy })) return false
  if (decision.measure.startsWith('account.secure')) return false
  // One that ran out is still on record; one that a decision ended was looked at.
  return action.endedBy === null
}
