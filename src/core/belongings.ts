/** Belongings are what stays a seller's whatever a measure takes: the own data, open orders and undisputed money. */
import { isInForce, type Action } from './action.ts'
import type { Balance, Destination } from './balance.ts'
import { measureInProcedure } from './measure.ts'
import { refuse, type Refused } from './refusal.ts'
import type { PayoutsState } from './state-owed.ts'

/** Measures whose notice carries a link to them. Not `account.secure`: there a thief may read the mailbox. */
const opening = ['account.lock', 'account.close']

/** A measure on the account, and the decision that it narrows. */
interface OnAccount {
  action: Action
  decision: { about: string | null }
}

/**
 * Whether a link that opens these decisions also opens the belongings: one of them must be what keeps sign-in shut by a
 * lock or a closing, or what that was before it was narrowed. Refuses `sign_in_instead` where sign-in is open,
 * `account_secured` while the account is secured, and `link_of_other_matter`.
 */
export function opensBelongings(
  onAccount: readonly OnAccount[],
  decisionsOfLink: ReadonlySet<string>,
  now: Date,
): { ok: true } | Refused {
  const inForce = onAccount.filter(({ action }) => isInForce(action, now))
  const named = ({ action }: OnAccount) => measureInProcedure(action.measure)
  if (inForce.some((one) => named(one) === 'account.secure')) return refuse('account_secured')
  const shutting = inForce.filter(
    (one) => opening.includes(named(one)) && one.action.measure !== 'account.close.narrowed',
  )
  if (shutting.length === 0) return refuse('sign_in_instead')
  return shutting.some(
    ({ action, decision }) =>
      decisionsOfLink.has(action.decisionId) ||
      (decision.about !== null && decisionsOfLink.has(decision.about)),
  )
    ? { ok: true }
    : refuse('link_of_other_matter')
}

export interface Money {
  currency: string
  available: number
  disputed: number
  /** What is there and nobody disputes. */
  undisputed: number
  /** What is held, and until when; null where nothing is. */
  held: { amount: number; until: Date } | null
  /** What may be paid out now. */
  payable: number
  /** Where to, each with whether money may go there now. */
  destinations: (Destination & { mayReceive: boolean })[]
  updatedAt: Date
}

/** What of a balance is undisputed, held, and to be paid out where. */
export function moneyOf(balance: Balance, { held, onlyTo }: PayoutsState, now: Date): Money {
  const { currency, available, disputed, destinations, updatedAt } = balance
  const most = Math.max(0, available)
  const until = held && new Date(held.until)
  const stillHeld =
    held && until && until > now ? { amount: Math.min(held.amount, most), until } : null
  return {
    currency,
    available,
    disputed,
    undisputed: toTheCent(Math.max(0, available - disputed)),
    held: stillHeld,
    payable: toTheCent(most - (stillHeld?.amount ?? 0)),
    destinations: destinations.map((one) => ({
      ...one,
      mayReceive: onlyTo === null || onlyTo.includes(one.id),
    })),
    updatedAt,
  }
}

/** Differences of cents are cents; in floating point they need telling so. */
function toTheCent(amount: number): number {
  return Math.round(amount * 100) / 100
}
