/** How an account stands: every measure with its way out, and every case with who has it. */
import { isInForce } from '../core/action.ts'
import { refuse } from '../core/refusal.ts'
import { stateOwed } from '../core/state-owed.ts'
import { casesOfSeller } from '../store/case.ts'
import { transact } from '../store/db.ts'
import { measuresOfSeller } from '../store/decision.ts'
import { countListings } from '../store/listing.ts'
import { readSeller, type Seller } from '../store/seller.ts'
import type { App } from './app.ts'
import { viewOf, type CaseView } from './case-view.ts'
import { decisionsOfLink, maySeeCase } from './matter.ts'
import { done, type Result } from './result.ts'
import { measureView, type MeasureView } from './statement.ts'
import { type Who, refuseReader } from './who.ts'

export interface SellerHomeView {
  seller: Seller
  listings: { total: number; offSale: number; outOfSearch: number }
  measures: MeasureView[]
  cases: CaseView[]
  /** What touches a measure in force or an open case, in sentences. */
  knownGaps: string[]
}

/** The seller's own account; by a signed link only what belongs to its matter. */
export async function readSellerHome(app: App, who: Who): Promise<Result<SellerHomeView>> {
  if (who.kind !== 'seller') return refuseReader(who)
  return transact(app.db, { sellerId: who.sellerId }, async (tx) => {
    const seller = await readSeller(tx, who.sellerId)
    if (seller === null) return refuse('not_found')
    const visible = await decisionsOfLink(tx, who)
    const now = app.now()
    const all = await measuresOfSeller(tx, seller.id, now)
    const measures: MeasureView[] = []
    for (const measure of all.filter(
      ({ decision }) => visible === null || visible.has(decision.id),
    )) {
      measures.push(await measureView(app, tx, measure))
    }
    const cases: CaseView[] = []
    for (const held of await casesOfSeller(tx, seller.id)) {
      if (await maySeeCase(tx, who, held)) cases.push(await viewOf(tx, held))
    }
    const inForce = all.filter(({ action }) => isInForce(action, now))
    const subjects = [...new Set(inForce.map(({ decision }) => decision.subject.id))]
    const owed = subjects.map((id) =>
      stateOwed(
        inForce
          .filter(({ decision }) => decision.subject.id === id)
          .map(({ decision }) => decision.measure),
      ),
    )
    const listings = {
      total: await countListings(tx, seller.id),
      offSale: owed.filter((state) => !state.offered).length,
      outOfSearch: owed.filter((state) => state.offered && !state.searchable).length,
    }
    const touched = [
      ...measures.filter(({ measure }) => isInForce(measure.action, now)),
      ...cases.filter(({ case: held }) => held.state === 'open'),
    ]
    const knownGaps = [...new Set(touched.flatMap(({ knownGaps }) => knownGaps))]
    return done({ seller, listings, measures, cases, knownGaps })
  })
}
