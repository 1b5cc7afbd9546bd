/** Facts over HTTP: one by one by the contract; many lines at once come through the stream beside. */
import type { BalanceFact } from '../contract/balance.ts'
import type { ContactFact, FactAnswer, ListingFact, SellerFact } from '../contract/listing.ts'
import type { ComplaintAnswer, ComplaintFact } from '../contract/complaint.ts'
import type { OrderFact } from '../contract/order.ts'
import type { SecurityEventFact } from '../contract/security-event.ts'
import type { BalanceTold } from '../core/balance.ts'
import type { OrderTold } from '../core/order.ts'
import type { SecurityEvent } from '../core/security-event.ts'
import {
  tellBalances,
  tellContacts,
  tellListings,
  tellOrders,
  tellSecurityEvents,
  tellSellers,
  type ContactTold,
  type FactStored,
  type ListingTold,
  type SellerTold,
} from '../operations/fact.ts'
import { tellComplaints, type ComplaintStored } from '../operations/complaint.ts'
import { complaintCode } from '../operations/complaint-code.ts'
import { readListingForMarketplace } from '../operations/listing.ts'
import type { Result } from '../operations/result.ts'
import { screenAhead } from '../operations/screening-ahead.ts'
import { complaintTold } from './complaint-view.ts'
import { on } from './context.ts'
import { listingForMarketplace } from './listing-view.ts'
import { refusedAs, valueOf } from './problem.ts'
import { screeningView } from './screening-view.ts'

/** All of the request is a listing, so whatever cannot be read in it is the listing. */
const onListing = on.use(async ({ next }) => {
  try {
    return await next()
  } catch (error) {
    throw refusedAs('listing_unreadable', error)
  }
})

export const factRoutes = {
  tellSeller: on.facts.tellSeller.handler(async ({ input, context: { door, who, idempotency } }) =>
    answerOf(await tellSellers(door.app, who, [sellerTold(input)], idempotency)),
  ),
  tellContact: on.facts.tellContact.handler(
    async ({ input, context: { door, who, idempotency } }) =>
      answerOf(await tellContacts(door.app, who, [contactTold(input)], idempotency)),
  ),
  tellListing: on.facts.tellListing.handler(
    async ({ input, context: { door, who, idempotency } }) =>
      answerOf(await tellListings(door.app, who, [listingTold(input)], idempotency)),
  ),
  tellBalance: on.facts.tellBalance.handler(
    async ({ input, context: { door, who, idempotency } }) =>
      answerOf(await tellBalances(door.app, who, [balanceTold(input)], idempotency)),
  ),
  tellOrder: on.facts.tellOrder.handler(async ({ input, context: { door, who, idempotency } }) =>
    answerOf(await tellOrders(door.app, who, [orderTold(input)], idempotency)),
  ),
  tellComplaint: on.facts.tellComplaint.handler(
    async ({ input, context: { door, who, idempotency } }) => {
      const { secret } = door.config
      const [told] = await tellComplaints(door.app, who, [complaintTold(input)], idempotency)
      if (!told) throw new Error('tell a complaint: no answer came')
      return complaintAnswer(valueOf(told), input, secret)
    },
  ),
  tellSecurityEvent: on.facts.tellSecurityEvent.handler(
    async ({ input, context: { door, who, idempotency } }) =>
      answerOf(await tellSecurityEvents(door.app, who, [securityEventTold(input)], idempotency)),
  ),
  getListing: on.facts.getListing.handler(async ({ input, context: { door, who } }) =>
    listingForMarketplace(valueOf(await readListingForMarketplace(door.app, who, input.id))),
  ),
  screenListing: onListing.facts.screenListing.handler(
    async ({ input, context: { door, who } }) => {
      const { id, sellerId, ...text } = input
      const listing = { id: id ?? null, sellerId: sellerId ?? null, text }
      const ahead = valueOf(await screenAhead(door.app, who, listing, door.config.jurisdiction))
      return screeningView(ahead, { isStaff: who.kind === 'staff' })
    },
  ),
}

function answerOf([result]: Result<FactStored>[]): FactAnswer {
  if (!result) throw new Error('tell a fact: no answer came')
  return valueOf(result)
}

/** What was stored, with what opens it where it was told under this very name. */
export function complaintAnswer(
  { complaint, ...stored }: ComplaintStored,
  line: ComplaintFact,
  secret: string,
): ComplaintAnswer {
  const isTheirs = complaint !== null && 'id' in line && complaint.toldId === line.id
  return isTheirs ? { ...stored, code: complaintCode(secret, complaint.id) } : stored
}

/** A seller as operations take it. */
export function sellerTold({
  id,
  name,
  locale,
  language,
  timeZone,
  updatedAt,
}: SellerFact): SellerTold {
  return { id, name, locale, language, timeZone, factAt: moment(updatedAt) }
}

/** A contact as operations take it. */
export function contactTold({
  id,
  sellerId,
  address,
  verifiedAt,
  removedAt,
  updatedAt,
}: ContactFact): ContactTold {
  return {
    id,
    sellerId,
    address,
    verifiedAt: moment(verifiedAt),
    removedAt: moment(removedAt),
    factAt: moment(updatedAt),
  }
}

/** A listing as operations take it. */
export function listingTold({ id, sellerId, updatedAt, ...text }: ListingFact): ListingTold {
  return { id, sellerId, text, factAt: moment(updatedAt) }
}

/** A balance as operations take it. */
export function balanceTold({ destinations, updatedAt, ...sums }: BalanceFact): BalanceTold {
  return {
    ...sums,
    destinations: destinations.map(({ id, label, addedAt }) => ({
      id,
      label: label ?? null,
      addedAt: new Date(addedAt),
    })),
    factAt: moment(updatedAt),
  }
}

/** An order as operations take it; one of which only the delivery was told is delivered, or open. */
export function orderTold({
  state,
  delivered = false,
  amount,
  currency,
  at,
  shipBy,
  soldBy = 'seller',
  updatedAt,
  ...ids
}: OrderFact): OrderTold {
  return {
    ...ids,
    at: new Date(at),
    state: state ?? (delivered ? 'delivered' : 'open'),
    amount: amount ?? null,
    currency: currency ?? null,
    shipBy: moment(shipBy),
    soldBy,
    factAt: moment(updatedAt),
  }
}

/** A security event as operations take it. */
export function securityEventTold({
  id,
  sellerId,
  at,
  kind,
  device = null,
  country = null,
  before = null,
  after = null,
  count = 1,
}: SecurityEventFact): SecurityEvent {
  return { id, sellerId, at: new Date(at), kind, device, country, before, after, count }
}

function moment(written: string | null | undefined): Date | null {
  return written === null || written === undefined ? null : new Date(written)
}
