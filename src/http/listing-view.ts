/** Listings and findings as the desk and the marketplace see them on the wire. */
import type { z } from 'zod'
import type { Flagged, ListingForDesk } from '../contract/desk-listing.ts'
import type { ListingForMarketplace } from '../contract/listing.ts'
import { measureNames, measures } from '../core/measure.ts'
import { sayTime } from '../core/saying.ts'
import type { FlaggedView } from '../operations/finding.ts'
import type { ListingForDeskView, ListingForMarketplaceView } from '../operations/listing.ts'
import { historyView, measureAtDesk, type DeskReader } from './desk-view.ts'
import { at, atOrNull } from './measure-view.ts'

/** What we hold about a listing, for the marketplace. */
export function listingForMarketplace({
  listing,
  screenedAt,
  outcome,
  findings,
  owed,
}: ListingForMarketplaceView): z.infer<typeof ListingForMarketplace> {
  return {
    id: listing.listingId,
    sellerId: listing.sellerId,
    version: listing.version,
    screenedAt: atOrNull(screenedAt),
    verdict: outcome && { id: listing.listingId, outcome, findings },
    owed,
  }
}

/** A listing with everything on it, for the desk. */
export function listingForDesk(view: ListingForDeskView, reader: DeskReader): ListingForDesk {
  const { listing, findings, owed, state, history, policies, mayImpose } = view
  const inForce = view.measures
    .filter(({ action }) => action.endedAt === null)
    .map(({ decision }) => decision.measure)
  return {
    id: listing.listingId,
    seller: historyView(history, reader.now),
    version: listing.version,
    text: listing.text,
    receivedAt: at(listing.receivedAt),
    findings,
    owed: state,
    readBack: owed?.readBack ?? null,
    measures: view.measures.map((measure) => measureAtDesk(measure, reader)),
    imposable: mayImpose
      ? measureNames
          .filter((name) => measures[name].subject === 'listing' && !inForce.includes(name))
          .map((measure) => ({
            measure,
            tag: measures[measure].tag,
            effect: measures[measure].effect,
          }))
      : [],
    policies: policies.map(({ policy }) => ({
      name: policy.policy,
      title: policy.title,
      version: policy.version,
    })),
  }
}

type FlaggedRecord = FlaggedView['findings'][number]

/** One flagged listing version, with what came of it. */
export function flaggedView(finding: FlaggedRecord, { timeZone }: { timeZone: string }): Flagged {
  return {
    findingId: finding.id,
    listingId: finding.listingId,
    listingVersion: finding.listingVersion,
    title: finding.title,
    sellerId: finding.sellerId,
    sellerName: finding.sellerName,
    policy: finding.policy,
    policyTitle: finding.policyTitle,
    outcome: finding.outcome,
    score: finding.score,
    evidence: finding.evidence,
    level: finding.level,
    foundAt: at(finding.foundAt),
    decisionId: finding.decisionId,
    caseId: finding.caseId,
    came: cameWords(finding, timeZone),
  }
}

function cameWords(finding: FlaggedRecord, timeZone: string): string {
  const looks =
    finding.caseState === 'open' && finding.caseDueAt !== null
      ? `a person looks by ${sayTime(finding.caseDueAt, timeZone)}`
      : null
  if (finding.decisionId !== null) {
    if (finding.decisionEnded) return 'Acted on, and taken back'
    const by = finding.level === 'suggest' ? 'Acted on by a person' : 'Acted on by machine'
    return looks === null ? by : `${by}; ${looks}`
  }
  if (looks !== null) return looks.charAt(0).toUpperCase() + looks.slice(1)
  if (finding.caseId !== null) return 'A person looked, and nothing was done'
  return finding.level === 'shadow' ? 'Only recorded' : 'Nothing was done'
}
