/** A fact is what the bazaar tells Recourse about a seller, its contacts, listings, orders and balance: an outbox row beside the change. */
import { randomUUID } from 'node:crypto'
import type { Asker, Database } from './database.ts'

export interface Fact {
  path:
    | '/v1/sellers'
    | '/v1/contacts'
    | '/v1/listings'
    | '/v1/orders'
    | '/v1/balances'
    | '/v1/security-events'
  /** The id of what it is about. */
  about: string
  sellerId: string
  body: Record<string, unknown>
}

export interface WaitingFact {
  place: string
  id: string
  path: string
  body: string
  attempts: number
}

/** Writes the fact down in the transaction of the change, so that neither is ever there alone. */
export async function recordFact(tx: Asker, fact: Fact, now: Date): Promise<void> {
  await tx.query(
    `insert into facts (id, path, about, seller_id, body, recorded_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [randomUUID(), fact.path, fact.about, fact.sellerId, JSON.stringify(fact.body), now],
  )
}

/** The oldest fact that is neither sent nor refused. */
export async function nextFact(tx: Asker): Promise<WaitingFact | null> {
  const { rows } = await tx.query<WaitingFact>(
    `select place, id, path, body, attempts from facts
     where sent_at is null and refused_at is null
     order by place
     limit 1`,
  )
  return rows[0] ?? null
}

export type FactEnd = { end: 'sent' } | { end: 'refused' | 'later'; problem: string }

/** Notes how sending the fact went. */
export async function noteFact(
  tx: Asker,
  place: string,
  result: FactEnd,
  now: Date,
): Promise<void> {
  await tx.query(
    `update facts
     set attempts = attempts + 1,
         sent_at = case when $2 = 'sent' then $3::timestamptz end,
         refused_at = case when $2 = 'refused' then $3::timestamptz end,
         problem = $4
     where place = $1`,
    [place, result.end, now, result.end === 'sent' ? null : result.problem],
  )
}

/** What Recourse did not take from a seller, while it is still the last word on its subject. */
export async function refusedFacts(
  db: Database,
  sellerId: string,
): Promise<{ about: string; title: string | null; problem: string }[]> {
  const { rows } = await db.query<{ about: string; title: string | null; problem: string }>(
    `select f.about, case when f.path = '/v1/balances' then 'Your balance' when f.path = '/v1/orders' then 'An order' when f.path = '/v1/contacts' then 'An address of yours' else l.title end as title, coalesce(f.problem, '') as problem
     from facts f
     left join listings l on l.id = f.about and f.path = '/v1/listings'
     where f.seller_id = $1
       and f.refused_at is not null
       -- What happened is no word of the seller's that could be mended.
       and f.path <> '/v1/security-events'
       and not exists (
         select from facts later
         where later.path = f.path and later.about = f.about and later.place > f.place)
     order by f.place`,
    [sellerId],
  )
  return rows
}

/** How many of a seller's changes have waited for longer than the given number of seconds. */
export async function lateFacts(db: Database, sellerId: string, before: Date): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from facts
     where seller_id = $1 and sent_at is null and refused_at is null and recorded_at < $2
       and path <> '/v1/security-events'`,
    [sellerId, before],
  )
  return rows[0]?.count ?? 0
}
