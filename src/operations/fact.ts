/** Facts that the marketplace tells: stored before they are answered, and never older over newer. */
import { createHash } from 'node:crypto'
import type { Balance } from '../core/balance.ts'
import { canonicalText, type ListingText } from '../core/listing.ts'
import { refuse } from '../core/refusal.ts'
import { saveBalance } from '../store/balance.ts'
import { json, transact, type Tx } from '../store/db.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { saveListing } from '../store/listing.ts'
import { wakeWaitingNotices } from '../store/notice.ts'
import { ensureSeller, saveContact, saveSeller, type FactResult } from '../store/seller.ts'
import type { App } from './app.ts'
import { once } from './once.ts'
import { done, refusalOf, type Result } from './result.ts'
import { type Who, refuseReader } from './who.ts'

export interface SellerTold {
  id: string
  name?: string | undefined
  locale?: string | undefined
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

/** A balance as told: always whole. */
export type BalanceTold = Omit<Balance, 'updatedAt'> & { factAt: Date | null }

export interface FactStored {
  id: string
  result: FactResult
  version?: number
}

/** Stores what the marketplace says of sellers, in order, in one transaction. */
export function tellSellers(
  app: App,
  who: Who,
  facts: SellerTold[],
  idempotency: Idempotency | null = null,
) {
  return tell(app, who, facts, idempotency, async (tx, fact, now) => {
    const result = await saveSeller(tx, { ...fact, factAt: fact.factAt ?? now }, now)
    return done({ id: fact.id, result })
  })
}

/** Stores contacts; a notice that waited for one goes out now. */
export function tellContacts(
  app: App,
  who: Who,
  facts: ContactTold[],
  idempotency: Idempotency | null = null,
) {
  return tell(app, who, facts, idempotency, async (tx, fact, now) => {
    const result = await saveContact(tx, { ...fact, factAt: fact.factAt ?? now }, now)
    if (result === 'stored' && fact.removedAt === null)
      await wakeWaitingNotices(tx, fact.sellerId, now)
    return done({ id: fact.id, result })
  })
}

/** Stores listings; each new text is a version of its own and waits for screening. */
export function tellListings(
  app: App,
  who: Who,
  facts: ListingTold[],
  idempotency: Idempotency | null = null,
) {
  return tell(app, who, facts, idempotency, async (tx, fact, now) => {
    await ensureSeller(tx, fact.sellerId, new Date(0), now)
    const saved = await saveListing(
      tx,
      { ...fact, textKey: textKey(fact.text), factAt: fact.factAt ?? now },
      now,
    )
    if (saved.result === 'seller_mismatch') return refuse('seller_mismatch')
    return done({ id: fact.id, ...saved })
  })
}

/** Stores balances; each takes the place of the one told before. */
export function tellBalances(
  app: App,
  who: Who,
  facts: BalanceTold[],
  idempotency: Idempotency | null = null,
) {
  return tell(app, who, facts, idempotency, async (tx, { factAt, ...fact }, now) => {
    const result = await saveBalance(tx, { ...fact, updatedAt: factAt ?? now }, now)
    return done({ id: fact.sellerId, result })
  })
}

/** SHA-256 of the canonical text, in hex. */
export function textKey(text: ListingText): string {
  return createHash('sha256').update(canonicalText(text)).digest('hex')
}

async function tell<Fact>(
  app: App,
  who: Who,
  facts: Fact[],
  idempotency: Idempotency | null,
  store: (tx: Tx, fact: Fact, now: Date) => Promise<Result<FactStored>>,
): Promise<Result<FactStored>[]> {
  if (who.kind !== 'marketplace') return facts.map(() => refuseReader(who))
  const [only] = facts
  if (facts.length === 1 && only !== undefined) {
    const work = transact(app.db, { inside: true }, (tx) =>
      once(app, tx, idempotency, () => store(tx, only, app.now())),
    )
    return [await refusalOf(work)]
  }
  return transact(app.db, { inside: true }, async (tx) => {
    const results: Result<FactStored>[] = []
    for (const fact of facts) results.push(await store(tx, fact, app.now()))
    return results
  })
}

/** The hash that an idempotency key is held against. */
export function requestKey(method: string, path: string, body: unknown): string {
  return createHash('sha256')
    .update(json([method, path, body]))
    .digest('hex')
}
