/** A check as a person sees it: what a rule found, and what was done about it. */
import type { Case } from '../core/case.ts'
import type { ListingVersion } from '../core/listing.ts'
import type { Tx } from '../store/db.ts'
import { earlierLifts, readMeasure, type MeasureRecord } from '../store/decision.ts'
import { everyFindingOn, type FindingRecord } from '../store/finding.ts'
import { readVersion } from '../store/listing.ts'
import { readPolicy, type AdoptedPolicy } from '../store/policy.ts'

export interface CheckView {
  listing: ListingVersion
  finding: FindingRecord | null
  policy: AdoptedPolicy | null
  measure: MeasureRecord | null
  earlier: Awaited<ReturnType<typeof earlierLifts>>
}

/** What a check is about: the judged version, its finding and policy, and what was done. */
export async function checkOf(tx: Tx, held: Case): Promise<CheckView | null> {
  if (held.check === null) return null
  const { listingId, listingVersion, decisionId } = held.check
  // How an account stands is looked at in its own way.
  if (listingId === null || listingVersion === null) return null
  const listing = await readVersion(tx, listingId, listingVersion)
  if (listing === null)
    throw new Error(
      `read check ${held.id}: version ${listingVersion} of listing ${listingId} is not kept`,
    )
  const measure = decisionId === null ? null : await readMeasure(tx, decisionId)
  // What was acted on is shown as it was then; what only asks for a person, as it stands by now.
  const findings = await everyFindingOn(tx, listingId, listingVersion)
  const ground = measure?.decision.ground
  const finding =
    findings.find(
      ({ policy, version }) =>
        ground === undefined || (policy === ground.policy && version === ground.version),
    ) ?? null
  const policy = finding ? await readPolicy(tx, finding.policy, finding.version) : null
  const earlier =
    finding && policy
      ? await earlierLifts(tx, {
          sellerId: listing.sellerId,
          textKey: listing.textKey,
          policy: finding.policy,
          policyTextKey: policy.textKey,
        })
      : []
  return { listing, finding, policy, measure, earlier }
}
