/** What a marketplace may be able to do for an account beyond showing a state: each is declared by it, and used only then. */
import { z } from 'zod'

/** In the order in which a hand-over uses them. */
export const abilities = ['endSessions', 'resetAccess', 'changesSince', 'revert'] as const
export type Ability = (typeof abilities)[number]

export const accountChangeKinds = [
  'contact',
  'payout-target',
  'sign-in',
  'listing-added',
  'listing-changed',
  'listing-removed',
] as const

/** One thing changed in an account, as the marketplace tells it. */
export const AccountChange = z.object({
  id: z.string().min(1).max(200),
  at: z.coerce.date(),
  kind: z.enum(accountChangeKinds),
  /** The listing, contact or payout target that it is about; null where there is no id. */
  subjectId: z.string().max(200).nullable(),
  /** In words for people: "price", "IBAN ending 4410". Never a secret. */
  before: z.string().max(2_000).nullable(),
  after: z.string().max(2_000).nullable(),
  /** Whether `revert` can return it. */
  revertible: z.boolean(),
})
export type AccountChange = z.infer<typeof AccountChange>

/** What became of changes that were to be returned. */
export interface Reverted {
  reverted: string[]
  refused: { id: string; detail: string }[]
}
