/** A security event is what the marketplace saw happen to an account: a sign-in, or a change of what guards it and its money. */
import { z } from 'zod'

export const SecurityEventKind = z.enum([
  'sign-in',
  'contact-changed',
  'factor-changed',
  'payout-target-changed',
  'listings-changed',
])
export type SecurityEventKind = z.infer<typeof SecurityEventKind>

/** It happened and does not change: told twice, it counts once. */
export interface SecurityEvent {
  id: string
  sellerId: string
  at: Date
  kind: SecurityEventKind
  /** By which device or browser, under a name that the marketplace gives it; null where it cannot tell. */
  device: string | null
  /** From which country (ISO 3166-1, two letters); null where it cannot tell. */
  country: string | null
  /** What was there before and after, in words for people; null where there is nothing to say. Never a secret. */
  before: string | null
  after: string | null
  /** How many things of its kind changed at once, such as listings. */
  count: number
}

/** Whether two tellings say the same. */
export function sameEvent(one: SecurityEvent, other: SecurityEvent): boolean {
  return (
    one.sellerId === other.sellerId &&
    one.at.getTime() === other.at.getTime() &&
    one.kind === other.kind &&
    one.device === other.device &&
    one.country === other.country &&
    one.before === other.before &&
    one.after === other.after &&
    one.count === other.count
  )
}

/** What a policy may weigh of an account's events. */
export const SecuritySignal = z.enum([
  /** Somebody acted by a device that the account has not known for a week. */
  'new-device',
  /** Somebody acted from a country that the account has not known for a week. */
  'new-country',
  'contact-changed',
  'factor-changed',
  'payout-target-changed',
  /** A way to reach or enter the account, and where its money goes, both within the day. */
  'changed-together',
  /** Twenty listings or more within the day. */
  'mass-edits',
])
export type SecuritySignal = z.infer<typeof SecuritySignal>
