/** The state owed is what the marketplace should show for a subject now: the union of its actions in force. */
import { z } from 'zod'
import type { Measure, SubjectKind } from './measure.ts'

export const ListingState = z.strictObject({ offered: z.boolean(), searchable: z.boolean() })
export const AccountState = z.strictObject({
  signIn: z.boolean(),
  sell: z.boolean(),
  addListings: z.boolean(),
})
export const PayoutsState = z.strictObject({
  /** Decimal units of the seller's currency, such as 12.5. */
  held: z.strictObject({ amount: z.number(), until: z.iso.datetime() }).nullable(),
  onlyTo: z.array(z.string()).nullable(),
})

export const State = z.union([ListingState, AccountState, PayoutsState])
export type State = z.infer<typeof State>
export type ListingState = z.infer<typeof ListingState>
export type AccountState = z.infer<typeof AccountState>
export type PayoutsState = z.infer<typeof PayoutsState>

interface StateOf {
  listing: ListingState
  account: AccountState
  payouts: PayoutsState
}

/** What is owed to a subject with no action in force: every lever open. */
export const openStates = {
  listing: { offered: true, searchable: true },
  account: { signIn: true, sell: true, addListings: true },
  payouts: { held: null, onlyTo: null },
} as const satisfies { [Kind in SubjectKind]: StateOf[Kind] }

/** What a decision about money says besides its measure. */
export const Terms = z.object({
  /** How much is held, in decimal units of the seller's currency; null where the measure holds nothing. */
  amount: z.number().min(0).nullable(),
  currency: z.string().nullable(),
  /** The only destinations that payouts may go to; null for all. */
  onlyTo: z.array(z.string()).nullable(),
})
export type Terms = z.infer<typeof Terms>

/** A measure in force, as far as it moves levers. */
export interface Grip {
  measure: Measure
  terms: Terms | null
  endsAt: Date | null
}

const shut = {
  'listing.deactivate': { listing: { offered: false, searchable: false } },
  'listing.deactivate.safety': { listing: { offered: false, searchable: false } },
  'listing.demote': { listing: { searchable: false } },
  'account.warn': {},
  'account.suspend': { account: { sell: false, addListings: false } },
  'account.suspend.narrowed': { account: { addListings: false } },
  'account.lock': { account: { signIn: false, sell: false, addListings: false } },
  'account.lock.narrowed': { account: { signIn: false } },
  'account.secure': { account: { signIn: false, sell: false, addListings: false } },
  'account.secure.narrowed': { account: { signIn: false } },
  'account.close': { account: { signIn: false, sell: false, addListings: false } },
  'account.close.narrowed': { account: { addListings: false } },
  'payout.hold': {},
  'payout.hold.narrowed': {},
  'payout.protect': {},
} as const satisfies Record<
  Measure,
  { listing?: Partial<ListingState>; account?: Partial<AccountState> }
>

/** The union of the measures in force on one subject: each lever takes the more closed value. */
export function stateOwed<Kind extends SubjectKind>(
  kind: Kind,
  inForce: readonly Grip[],
): StateOf[Kind]
export function stateOwed(kind: SubjectKind, inForce: readonly Grip[]): State {
  switch (kind) {
    case 'listing':
      return inForce.reduce<ListingState>(
        (state, { measure }) => ({ ...state, ...leversOf(measure).listing }),
        openStates.listing,
      )
    case 'account':
      return inForce.reduce<AccountState>(
        (state, { measure }) => ({ ...state, ...leversOf(measure).account }),
        openStates.account,
      )
    case 'payouts':
      return inForce.reduce<PayoutsState>(holdMore, openStates.payouts)
  }
}

/** The levers that a measure shuts; every value in the table is `false`, so a union is a spread. */
function leversOf(measure: Measure): {
  listing?: Partial<ListingState>
  account?: Partial<AccountState>
} {
  return shut[measure]
}

/** Of two holds the larger amount and the later date; payouts go only where every measure lets them go. */
function holdMore(state: PayoutsState, { terms, endsAt }: Grip): PayoutsState {
  if (terms === null) return state
  const { held, onlyTo } = state
  const until = endsAt?.toISOString()
  const added =
    terms.amount !== null && terms.amount > 0 && until !== undefined
      ? { amount: terms.amount, until }
      : null
  return {
    held:
      held && added
        ? {
            amount: Math.max(held.amount, added.amount),
            until: held.until > added.until ? held.until : added.until,
          }
        : (held ?? added),
    onlyTo:
      terms.onlyTo && onlyTo
        ? onlyTo.filter((id) => terms.onlyTo?.includes(id))
        : (onlyTo ?? terms.onlyTo),
  }
}

/** Every subject whose levers a measure on this one may move: what shuts an account can bind its payouts, too. */
export function subjectsMovedBy(subject: {
  kind: SubjectKind
  id: string
}): { kind: SubjectKind; id: string }[] {
  return subject.kind === 'account' ? [subject, { kind: 'payouts', id: subject.id }] : [subject]
}

/** What the shop answered, beside what is owed. */
export type ReadBack = 'agrees' | 'not-in-shop' | 'differs'

/**
 * Compares what the shop shows with what is owed.
 * A subject the shop does not have agrees with anything, but is never called "back".
 */
export function compareReadBack(
  owed: { sequence: number; state: State },
  seen: { sequence: number; state: State | null },
): ReadBack {
  if (seen.state === null) return 'not-in-shop'
  if (seen.sequence < owed.sequence) return 'differs'
  return sameState(owed.state, seen.state) ? 'agrees' : 'differs'
}

/** Whether two states move every lever alike, whatever the order of their keys. */
export function sameState(one: State, other: State): boolean {
  return spelled(one) === spelled(other)
}

/** One spelling of a state: keys in order at every depth, an instant in UTC, and destinations in no order. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).sort().join()}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, part]) => `${key}:${key === 'until' ? String(Date.parse(String(part))) : spelled(part)}`).join()}}`
  }
  return JSON.stringify(value)
}

/** Whether going from one state to the next gives something back: a lever opens, less is held, or for a shorter time. */
export function opensALever(before: State, after: State): boolean {
  if ('held' in before && 'held' in after) return givesMoneyBack(before, after)
  const was = new Map(Object.entries(before))
  return Object.entries(after).some(([lever, value]) => value === true && was.get(lever) === false)
}

/** Whether going from one state of an account to the next shuts its sign-in. */
export function shutsSignIn(before: State, after: State): boolean {
  return 'signIn' in before && 'signIn' in after && before.signIn && !after.signIn
}

function givesMoneyBack(before: PayoutsState, after: PayoutsState): boolean {
  const frees =
    before.held !== null &&
    (after.held === null ||
      after.held.amount < before.held.amount ||
      Date.parse(after.held.until) < Date.parse(before.held.until))
  const opens =
    before.onlyTo !== null &&
    (after.onlyTo === null || after.onlyTo.some((id) => !before.onlyTo?.includes(id)))
  return frees || opens
}
