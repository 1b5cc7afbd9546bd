/** Facts that the marketplace tells: stored before they are answered, and never older over newer. */
import { createHash } from 'node:crypto'
import type { BalanceTold } from '../core/balance.ts'
import { later } from '../core/calendar.ts'
import { canonicalText, type ListingText } from '../core/listing.ts'
import { refuse } from '../core/refusal.ts'
import type { OrderTold } from '../core/order.ts'
import type { SecurityEvent } from '../core/security-event.ts'
import { saveBalance } from '../store/balance.ts'
import { json, transact, type Tx } from '../store/db.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { saveListings } from '../store/listing.ts'
import { wakeWaitingNotices } from '../store/notice.ts'
import { saveOrder } from '../store/order.ts'
import { insertSecurityEvent } from '../store/security-event.ts'
import { ensureSellers, saveContact, saveSeller, type FactResult } from '../store/seller.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { permit } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

export interface SellerTold {
  id: string
  name?: string | undefined
  locale?: string | undefined
  language?: string | undefined
  timeZone?: string | undefined
  /** Null for "as of now". */
  factAt: Date | null
}

export interface ContactTold {
  id: string
  sellerId: string
  address: string
  verifiedAt: Date | null
  removedAt: Date | null
  factAt: Date | null
}

export interface ListingTold {
  id: string
  sellerId: string
  text: ListingText
  factAt: Date | null
}

export interface FactStored {
  id: string
  result: FactResult
  version?: number
  /** Of a complaint: the number that its reporter quotes, and the code that opens it. */
  number?: string
  code?: string
}

/** Stores what the marketplace says of sellers, in order, in one transaction. */
export function tellSellers(
  app: App,
  who: Who,
  facts: SellerTold[],
  idempotency: Idempotency | null = null,
) {
  return tellEach(
    app,
    { who, command: 'facts.tellSeller' },
    facts,
    idempotency,
    async (tx, fact, now) => {
      const result = await saveSeller(tx, fact, now)
      return done({ id: fact.id, result })
    },
  )
}

/** Stores contacts; a notice that waited for one goes out now. */
export function tellContacts(
  app: App,
  who: Who,
  facts: ContactTold[],
  idempotency: Idempotency | null = null,
) {
  return tellEach(
    app,
    { who, command: 'facts.tellContact' },
    facts,
    idempotency,
    async (tx, fact, now) => {
      const result = await saveContact(tx, fact, now)
      if (result === 'stored' && fact.removedAt === null)
        await wakeWaitingNotices(tx, fact.sellerId, now)
      return done({ id: fact.id, result })
    },
  )
}

/** Stores listings; each new text is a version of its own and waits for screening. */
export function tellListings(
  app: App,
  who: Who,
  facts: ListingTold[],
  idempotency: Idempotency | null = null,
) {
  return tell(app, { who, command: 'facts.tellListing' }, facts, idempotency, async (tx, told) => {
    await ensureSellers(
      tx,
      told.map(({ sellerId }) => sellerId),
      new Date(0),
      app.now(),
    )
    const listings = told.map((fact) => ({
      ...fact,
      textKey: textKey(fact.text),
      receivedAt: app.now(),
    }))
    const saved = await saveListings(tx, listings)
    return saved.map((one, place) =>
      one.result === 'seller_mismatch'
        ? refuse('seller_mismatch')
        : done({ id: told[place]?.id ?? '', ...one }),
    )
  })
}

/** Stores balances; each takes the place of the one told before. */
export function tellBalances(
  app: App,
  who: Who,
  facts: BalanceTold[],
  idempotency: Idempotency | null = null,
) {
  return tellEach(
    app,
    { who, command: 'facts.tellBalance' },
    facts,
    idempotency,
    async (tx, fact, now) => {
      const result = await saveBalance(tx, fact, now)
      return done({ id: fact.sellerId, result })
    },
  )
}

/** Stores orders; each takes the place of what was told of it before. */
export function tellOrders(
  app: App,
  who: Who,
  facts: OrderTold[],
  idempotency: Idempotency | null = null,
) {
  return tellEach(
    app,
    { who, command: 'facts.tellOrder' },
    facts,
    idempotency,
    async (tx, fact, now) => {
      const result = await saveOrder(tx, fact, now)
      if (result === 'seller_mismatch')
        return refuse('seller_mismatch', 'This order was told for another seller before.')
      return done({ id: fact.id, result })
    },
  )
}

/** How far the marketplace's clock may be ahead of ours. */
const clocksDiffer = 5 * 60_000

/** Stores what happened to accounts; each is weighed right after, in a transaction of its own. */
export function tellSecurityEvents(
  app: App,
  who: Who,
  facts: SecurityEvent[],
  idempotency: Idempotency | null = null,
) {
  return tellEach(
    app,
    { who, command: 'facts.tellSecurityEvent' },
    facts,
    idempotency,
    async (tx, fact, now) => {
      if (fact.at > later(now, clocksDiffer)) return refuse('event_ahead')
      const result = await insertSecurityEvent(tx, fact, now)
      return result === 'differs' ? refuse('event_told_otherwise') : done({ id: fact.id, result })
    },
  )
}

/** SHA-256 of the canonical text, in hex. */
export function textKey(text: ListingText): string {
  return createHash('sha256').update(canonicalText(text)).digest('hex')
}

/** Tells facts of which each is stored by itself. */
function tellEach<Fact>(
  app: App,
  { who, command }: Telling,
  facts: Fact[],
  idempotency: Idempotency | null,
  store: (tx: Tx, fact: Fact, now: Date) => Promise<Result<FactStored>>,
): Promise<Result<FactStored>[]> {
  return tell(app, { who, command }, facts, idempotency, async (tx, told) => {
    const results: Result<FactStored>[] = []
    for (const fact of told) results.push(await store(tx, fact, app.now()))
    return results
  })
}

interface Telling {
  who: Who
  command:
    | 'facts.tellSeller'
    | 'facts.tellContact'
    | 'facts.tellListing'
    | 'facts.tellBalance'
    | 'facts.tellOrder'
    | 'facts.tellSecurityEvent'
}

async function tell<Fact>(
  app: App,
  { who, command }: Telling,
  facts: Fact[],
  idempotency: Idempotency | null,
  store: (tx: Tx, facts: Fact[]) => Promise<Result<FactStored>[]>,
): Promise<Result<FactStored>[]> {
  const may = permit(app, who, command)
  if (!may.ok) return facts.map(() => may)
  if (facts.length !== 1) return transact(app.db, may.wall, (tx) => store(tx, facts))
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      const [only] = await store(tx, facts)
      if (!only) throw new Error('tell a fact: no answer came')
      return only
    }),
  )
  return [await refusalOf(work)]
}

/** The hash that an idempotency key is held against. */
export function requestKey(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(json([method, path, body]))
    .digest('hex')
}
