/** Listings as the marketplace and the desk read them. */
import type { ListingVersion } from '../core/listing.ts'
import { worstOutcome, type Outcome } from '../core/finding.ts'
import { refuse } from '../core/refusal.ts'
import { openStates, stateOwed, type ListingState, type State } from '../core/state-owed.ts'
import { isInForce } from '../core/action.ts'
import { transact } from '../store/db.ts'
import { measuresOn, type MeasureRecord } from '../store/decision.ts'
import { findingsOn, type FindingRecord } from '../store/finding.ts'
import { findListings, readListing } from '../store/listing.ts'
import { currentPolicies, type AdoptedPolicy } from '../store/policy.ts'
import { readSeller } from '../store/seller.ts'
import { readSubject, type Owed } from '../store/subject.ts'
import type { App } from './app.ts'
import { historyOf, type SellerHistory } from './case-view.ts'
import { gripOf } from './enforcement.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface ListingForMarketplaceView {
  listing: ListingVersion
  screenedAt: Date | null
  outcome: Outcome | null
  findings: FindingRecord[]
  owed: { sequence: number; state: State }
}

/** What we hold about a listing, for the marketplace that told it. */
export async function readListingForMarketplace(
  app: App,
  who: Who,
  id: string,
): Promise<Result<ListingForMarketplaceView>> {
  const may = permit(app, who, 'facts.getListing')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const sold = await readListing(tx, id)
    if (sold === null) return refuse('not_found')
    const owed = await readSubject(tx, { kind: 'listing', id })
    const findings = await findingsOn(tx, id, sold.version.version)
    return done({
      listing: sold.version,
      screenedAt: sold.screenedAt,
      outcome: sold.screenedAt && worstOutcome(findings.map(({ outcome }) => outcome)),
      findings,
      owed: owed
        ? { sequence: owed.sequence, state: owed.state }
        : { sequence: 0, state: openStates.listing },
    })
  })
}

/** Listings by id, words of the title, or seller, each with the measure that bears on it. */
export async function findListingsForDesk(
  app: App,
  who: Who,
  search: string,
): Promise<
  Result<{ id: string; title: string; sellerName: string; measure: MeasureRecord | null }[]>
> {
  const may = permit(app, who, 'desk.findListings')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const found = []
    for (const listing of await findListings(tx, search)) {
      const on = await measuresOn(tx, { kind: 'listing', id: listing.id })
      found.push({
        ...listing,
        measure: on.find(({ action }) => isInForce(action, app.now())) ?? null,
      })
    }
    return done(found)
  })
}

export interface ListingForDeskView {
  listing: ListingVersion
  findings: FindingRecord[]
  measures: MeasureRecord[]
  owed: Owed | null
  /** The union of what is in force, whether or not the shop has been told. */
  state: ListingState
  history: SellerHistory
  policies: AdoptedPolicy[]
  mayImpose: boolean
}

/** A listing with everything on it, and what this reader may impose. */
export async function readListingForDesk(
  app: App,
  who: Who,
  id: string,
): Promise<Result<ListingForDeskView>> {
  const may = permit(app, who, 'desk.getListing')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const sold = await readListing(tx, id)
    if (sold === null) return refuse('not_found')
    const seller = await readSeller(tx, sold.version.sellerId)
    if (seller === null) throw new Error(`read listing ${id}: its seller is not kept`)
    const measures = await measuresOn(tx, { kind: 'listing', id })
    const inForce = measures.filter(({ action }) => isInForce(action, app.now()))
    return done({
      listing: sold.version,
      findings: await findingsOn(tx, id, sold.version.version),
      measures,
      owed: await readSubject(tx, { kind: 'listing', id }),
      state: stateOwed('listing', inForce.map(gripOf)),
      history: await historyOf(app, tx, seller),
      policies: await currentPolicies(tx),
      mayImpose: isPermitted(app, who, 'desk.imposeMeasure'),
    })
  })
}
