/** How a seller stands: for the seller every measure with its way out and every case, for the desk what may be done. */
import type { AccountHealth } from '../core/account-health.ts'
import { isInForce } from '../core/action.ts'
import { later } from '../core/calendar.ts'
import type { Balance } from '../core/balance.ts'
import type { Case } from '../core/case.ts'
import { healthPolicy } from '../core/health-rules.ts'
import type { Subject, SubjectKind } from '../core/measure.ts'
import { onSaleOver, takesOffSale, type Hold, type OnSale } from '../core/on-sale.ts'
import { refuse } from '../core/refusal.ts'
import {
  stateOwed,
  subjectsMovedBy,
  type AccountState,
  type PayoutsState,
} from '../core/state-owed.ts'
import { readBalance } from '../store/balance.ts'
import { casesOfSeller } from '../store/case.ts'
import { transact } from '../store/db.ts'
import { measuresOfSeller, measuresOn, type MeasureRecord } from '../store/decision.ts'
import { countListings, listingsTold } from '../store/listing.ts'
import { currentPolicies, type AdoptedPolicy } from '../store/policy.ts'
import { findSellers, readSeller, type Seller } from '../store/seller.ts'
import { readSubject, type Owed } from '../store/subject.ts'
import { healthOf } from './account-health.ts'
import type { App } from './app.ts'
import { historyOf, viewOf, type CaseView, type SellerHistory } from './case-view.ts'
import { gripOf } from './enforcement.ts'
import { decisionsNamed, maySeeCase, namedMatters } from './matter.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import { allowedTo, measureView, type MeasureView } from './statement.ts'
import type { Who } from './who.ts'

export interface SellerHomeView {
  seller: Seller
  listings: { total: number; offSale: number; outOfSearch: number }
  account: AccountState
  payouts: PayoutsState
  measures: MeasureView[]
  cases: CaseView[]
  /** What touches a measure in force or an open case, in sentences. */
  knownGaps: string[]
  /** Null for who sees named matters only, and where nothing is worked out. */
  health: AccountHealth | null
}

/** The seller's own account; by a signed link only what belongs to its matter. */
export async function readSellerHome(app: App, who: Who): Promise<Result<SellerHomeView>> {
  const may = permit(app, who, 'seller.getHome')
  if (!may.ok) return may
  const { reader } = may
  const asked = { reader, command: 'seller.getHome' } as const
  return transact(app.db, may.wall, async (tx) => {
    const seller = await readSeller(tx, reader.sellerId)
    if (seller === null) return refuse('not_found')
    const visible = await decisionsNamed(app, tx, asked)
    const now = app.now()
    const all = await measuresOfSeller(tx, seller.id, now)
    const measures: MeasureView[] = []
    for (const measure of all.filter(
      ({ decision }) => visible === null || visible.has(decision.id),
    )) {
      measures.push(allowedTo(app, who, await measureView(app, tx, measure)))
    }
    const cases: CaseView[] = []
    for (const held of await casesOfSeller(tx, seller.id)) {
      if (await maySeeCase(app, tx, asked, held)) cases.push(await viewOf(app, tx, held, seller))
    }
    const inForce = all.filter(({ action }) => isInForce(action, now))
    const onListings = inForce.filter(({ decision }) => decision.subject.kind === 'listing')
    const owed = [...new Set(onListings.map(({ decision }) => decision.subject.id))].map((id) =>
      stateOwed(
        'listing',
        onListings.filter(({ decision }) => decision.subject.id === id).map(gripOf),
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
    const gripsOn = (kind: 'account' | 'payouts') =>
      inForce.filter(({ decision }) => moves(decision.subject, kind)).map(gripOf)
    return done({
      seller,
      listings,
      account: stateOwed('account', gripsOn('account')),
      payouts: stateOwed('payouts', gripsOn('payouts')),
      measures,
      cases,
      knownGaps,
      health:
        app.health === null || namedMatters(reader) !== null
          ? null
          : await healthOf(tx, seller.id, app.health, now),
    })
  })
}

/** How far back a seller sees how many listings were on sale. */
const onSaleDays = 90

export interface OnSaleView {
  from: Date
  until: Date
  steps: OnSale[]
  /** The measures that took some off sale in this time, oldest first. */
  dips: MeasureRecord[]
}

/** How many of the seller's listings were on sale, over the last 90 days or since the first one came. */
export function readOnSale(app: App, who: Who): Promise<Result<OnSaleView>> {
  const may = permit(app, who, 'seller.getOnSale')
  if (!may.ok) return Promise.resolve(may)
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const until = app.now()
    const told = await listingsTold(tx, sellerId)
    const longest = later(until, -onSaleDays * 24 * 60 * 60_000)
    const first = told[0]?.at ?? longest
    const from = first > longest ? first : longest
    const all = await measuresOfSeller(tx, sellerId, until)
    const holds = all.map((measure) => ({ ...holdOf(measure), measure }))
    const steps = onSaleOver({ told, holds, from, until })
    const dips = holds
      .filter((hold) => takesOffSale(hold) && hold.from >= from && hold.from <= until)
      .sort((a, b) => a.from.getTime() - b.from.getTime())
      .map(({ measure }) => measure)
    return done({ from, until, steps, dips })
  })
}

function holdOf(measure: MeasureRecord): Hold {
  const { inForceFrom: from, endedAt, endsAt, subject } = measure.action
  return { subject, grip: gripOf(measure), from, until: endedAt ?? endsAt }
}

/** Whether a measure on this subject moves levers of that kind: what shuts an account can bind its payouts, too. */
function moves(subject: Subject, kind: SubjectKind): boolean {
  return subjectsMovedBy(subject).some((moved) => moved.kind === kind)
}

export interface SellerForDeskView {
  history: SellerHistory
  account: Owed | null
  payouts: Owed | null
  balance: Balance | null
  /** Measures on the account and its payouts, newest first. */
  measures: MeasureRecord[]
  cases: Case[]
  policies: AdoptedPolicy[]
  /** Null where nothing is worked out. */
  health: AccountHealth | null
  mayImpose: boolean
  mayHasten: boolean
  mayRecordLetter: boolean
}

/** A seller with the account, its payouts and everything on them. */
export async function readSellerForDesk(
  app: App,
  who: Who,
  sellerId: string,
): Promise<Result<SellerForDeskView>> {
  const may = permit(app, who, 'desk.getSeller')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const seller = await readSeller(tx, sellerId)
    if (seller === null) return refuse('not_found')
    const account: Subject = { kind: 'account', id: sellerId }
    const payouts: Subject = { kind: 'payouts', id: sellerId }
    const measures = [...(await measuresOn(tx, account)), ...(await measuresOn(tx, payouts))]
    return done({
      history: await historyOf(app, tx, seller),
      account: await readSubject(tx, account),
      payouts: await readSubject(tx, payouts),
      balance: await readBalance(tx, sellerId),
      measures: measures.sort((a, b) => b.decision.number - a.decision.number),
      cases: await casesOfSeller(tx, sellerId),
      policies: (await currentPolicies(tx)).filter(({ policy }) => policy.policy !== healthPolicy),
      health: app.health && (await healthOf(tx, sellerId, app.health, app.now())),
      mayImpose: isPermitted(app, who, 'desk.imposeMeasure'),
      mayHasten: isPermitted(app, who, 'desk.hastenClosing'),
      mayRecordLetter: isPermitted(app, who, 'letters.record'),
    })
  })
}

/** Sellers by name, id or address, each with the measure in force on the account or its payouts; at most 50. */
export async function findSellersForDesk(
  app: App,
  who: Who,
  search: string,
): Promise<Result<{ id: string; name: string; measure: MeasureRecord | null }[]>> {
  const may = permit(app, who, 'desk.findSellers')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    const found = []
    for (const { id, name } of await findSellers(tx, search)) {
      const on = [
        ...(await measuresOn(tx, { kind: 'account', id })),
        ...(await measuresOn(tx, { kind: 'payouts', id })),
      ]
      found.push({
        id,
        name,
        measure: on.find(({ action }) => isInForce(action, app.now())) ?? null,
      })
    }
    return done(found)
  })
}
