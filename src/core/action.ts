/** An action is a measure in force (or no longer) on one subject: the effect of a decision. */
import type { Measure, Subject } from './measure.ts'

export interface Action {
  /** The decision that put it in force; one action per imposing or narrowing decision. */
  decisionId: string
  subject: Subject
  sellerId: string
  measure: Measure
  /** From when its seller is told of it. */
  noticeAt: Date
  inForceFrom: Date
  /** When it ends by itself; null when only a decision ends it. */
  endsAt: Date | null
  endedAt: Date | null
  /** The decision that ended it; null while in force, and where its time simply ran out. */
  endedBy: string | null
}

/** Whether an action bears on its subject at this instant. */
export function isInForce(action: Action, now: Date): boolean {
  if (action.endedAt !== null && action.endedAt <= now) return false
  if (action.endsAt !== null && action.endsAt <= now) return false
  return action.inForceFrom <= now
}

/** Whether the measure ever reached its seller: not within its minute, and not when it was undone in it. */
export function hasReachedSeller(action: Action, now: Date): boolean {
  if (action.endedAt !== null && action.endedAt < action.noticeAt) return false
  return action.noticeAt <= now
}
