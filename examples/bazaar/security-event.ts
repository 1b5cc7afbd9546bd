/** A security event is what Recourse hears of an account's safety: a sign-in, or a change that somebody made from a session. */
import { randomUUID } from 'node:crypto'
import type { Asker } from './database.ts'
import { recordFact } from './fact.ts'

/** Who did it, as far as a shop can tell: by which browser, and from where. */
export interface By {
  /** Our name for the browser, made from its cookie; it says nothing else. */
  device: string
  /** As the proxy in front says; null where none does. */
  country: string | null
}

export type SecurityEventKind =
  'sign-in' | 'contact-changed' | 'factor-changed' | 'payout-target-changed' | 'listings-changed'

/** Writes it down to be told, in the transaction of what happened. */
export async function recordSecurityEvent(
  tx: Asker,
  event: {
    sellerId: string
    kind: SecurityEventKind
    by: By
    before?: string | null
    after?: string | null
  },
  at: Date,
): Promise<void> {
  const id = randomUUID()
  const { sellerId, kind, by, before = null, after = null } = event
  const body = { id, sellerId, at: at.toISOString(), kind, ...by, before, after }
  await recordFact(tx, { path: '/v1/security-events', about: id, sellerId, body }, at)
}
