/** A judgement of a policy: which measure its finding asks for, on which subject, for how long and how much. */
import { later } from '../core/calendar.ts'
import type { Decider } from '../core/decision.ts'
import type { ListingVersion } from '../core/listing.ts'
import { measures, type Subject, type SubjectKind } from '../core/measure.ts'
import type { Policy } from '../core/policy.ts'
import type { Procedure } from '../core/procedure.ts'
import { readBalance } from '../store/balance.ts'
import type { Tx } from '../store/db.ts'
import type { FindingRecord } from '../store/finding.ts'
import type { App } from './app.ts'
import { termsOf, type Judgement } from './enforcement.ts'
import { done, type Result } from './result.ts'

/** What a measure of this kind is put on, for a seller and perhaps one listing. */
export function subjectOf(
  kind: SubjectKind,
  { sellerId, listingId }: { sellerId: string; listingId: string },
): Subject {
  return { kind, id: kind === 'listing' ? listingId : sellerId }
}

/**
 * Draws the measure that a policy names for one of its findings. A hold keeps back all there is to pay out, until the
 * policy's own time is over; refuses `balance_unknown` or `amount_missing` where there is nothing to hold.
 */
export async function judgementOf(
  app: App,
  tx: Tx,
  by: {
    listing: ListingVersion
    policy: Policy
    finding: FindingRecord | null
    takenBy: Decider
    reasons: string
    procedure: Procedure
  },
): Promise<Result<Judgement>> {
  const { listing, policy, finding } = by
  const { measure } = policy
  const { sellerId, listingId } = listing
  const balance = measures[measure].subject === 'payouts' ? await readBalance(tx, sellerId) : null
  const amount = balance && Math.max(0, balance.available)
  const terms = await termsOf(app, tx, measure, { sellerId, amount })
  if (!terms.ok) return terms
  const days = policy.endsAfterDays
  return done({
    ...by,
    subject: subjectOf(measures[measure].subject, { sellerId, listingId }),
    sellerId,
    measure,
    restsOn: finding ? [{ kind: 'finding', id: finding.id }] : [],
    heldFor: 0,
    endsAt: days === undefined ? null : later(app.now(), days * 86_400_000),
    terms: terms.value,
    exception: null,
  })
}
