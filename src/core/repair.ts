/** A repair judges anew what was decided for a cause that fell: each decision by a person, lifted without blame or kept. */
import { hasReachedSeller, type Action } from './action.ts'
import type { Decision } from './decision.ts'
import { isFreezing } from './freeze.ts'
import { claimNumber } from './recovery.ts'
import type { RepairCause, TakeoverWindow } from './repair-cause.ts'
import type { SecurityEvent } from './security-event.ts'

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

/** What was done in an account in the window, as one who judges reads it: the same again and again is one act. */
export interface Act extends Pick<SecurityEvent, 'kind' | 'device' | 'country'> {
  at: Date
  /** When it was done last; the same as `at` for what was done once. */
  until: Date
  count: number
  before: string | null
  after: string | null
}

/** Further apart than this, the same again is another act. */
const sameActWithin = 60 * 60_000

/** The acts of these events, the first first; what is alike and near becomes one. */
export function actsOf(events: readonly SecurityEvent[], { from, to }: TakeoverWindow): Act[] {
  const acts: Act[] = []
  for (const event of events) {
    if (event.at < from || event.at > to) continue
    const { at, kind, device, country, before, after, count } = event
    const same = acts.findLast((act) => act.kind === kind)
    const goesOn =
      same?.device === device &&
      same.country === country &&
      at.getTime() - same.until.getTime() <= sameActWithin
    if (!goesOn) acts.push({ at, until: at, kind, device, country, before, after, count })
    else
      Object.assign(same, {
        until: at,
        count: same.count + count,
        // Of several only how many is said; the first and the last are what counts for a contact.
        after: kind === 'listings-changed' ? null : after,
        before: kind === 'listings-changed' ? null : same.before,
      })
  }
  return acts
}
