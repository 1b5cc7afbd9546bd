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
  held: z.strictObject({ amount: z.number(), until: z.iso.datetime() }).nullable(),
  onlyTo: z.array(z.string()).nullable(),
})

export const State = z.union([ListingState, AccountState, PayoutsState])
export type State = z.infer<typeof State>
export type ListingState = z.infer<typeof ListingState>

/** What is owed to a subject with no action in force: every lever open. */
export const openStates = {
  listing: { offered: true, searchable: true },
  account: { signIn: true, sell: true, addListings: true },
  payouts: { held: null, onlyTo: null },
} as const satisfies Record<SubjectKind, State>

const levers = {
  'listing.deactivate': { offered: false, searchable: false },
  'listing.deactivate.safety': { offered: false, searchable: false },
  'listing.demote': { offered: true, searchable: false },
} as const satisfies Record<Measure, ListingState>

/** The union of the measures in force on one listing: each lever takes the more closed value. */
export function stateOwed(measuresInForce: readonly Measure[]): ListingState {
  return measuresInForce.reduce<ListingState>(
    (state, measure) => ({
      offered: state.offered && levers[measure].offered,
      searchable: state.searchable && levers[measure].searchable,
    }),
    openStates.listing,
  )
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

/** One spelling of a state: keys in order at every depth, an instant in UTC. */
function spelled(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spelled).join()}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, part]) => `${key}:${key === 'until' ? String(Date.parse(String(part))) : spelled(part)}`).join()}}`
  }
  return JSON.stringify(value)
}

/** Whether going from one state to the next gives something back: a lever that was shut opens. */
export function opensALever(before: State, after: State): boolean {
  const shut = new Map(Object.entries(before))
  return Object.entries(after).some(
    ([lever, value]) => (value === true || value === null) && shut.get(lever) !== value,
  )
}
