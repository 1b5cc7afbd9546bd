/** Standstills in PostgreSQL: while a claim keeps an account shut, what runs against its seller does not run. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Standstill {
  id: string
  sellerId: string
  claimId: string
  beganAt: Date
  carriedTo: Date
  isFreeze: boolean
  /** The measure that it put in force; null where another shut the account already. */
  decisionId: string | null
}

/** The standstill of a claim that runs, or null. */
export async function standstillOf(tx: Tx, claimId: string): Promise<Standstill | null> {
  const row = await tx
    .selectFrom('standstills')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row ? standstillFrom(row) : null
}

/** Those that run for a seller, kept from others until the transaction ends. */
export async function standstillsOf(tx: Tx, sellerId: string): Promise<Standstill[]> {
  const rows = await tx
    .selectFrom('standstills')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('ended_at', 'is', null)
    .orderBy('began_at')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(standstillFrom)
}

/** Begins one. */
export async function insertStandstill(tx: Tx, begun: Standstill): Promise<void> {
  await tx
    .insertInto('standstills')
    .values({
      id: begun.id,
      seller_id: begun.sellerId,
      claim_id: begun.claimId,
      began_at: begun.beganAt,
      carried_to: begun.carriedTo,
      ended_at: null,
      is_freeze: begun.isFreeze,
      decision_id: begun.decisionId,
    })
    .execute()
}

/** Notes up to when those of a seller were added to what runs. */
export async function carryStandstills(tx: Tx, sellerId: string, to: Date): Promise<void> {
  await tx
    .updateTable('standstills')
    .set({ carried_to: to })
    .where('seller_id', '=', sellerId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Ends one. */
export async function endStandstill(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('standstills').set({ ended_at: at }).where('id', '=', id).execute()
}

/** The measure that shuts the account goes on for another claim. */
export async function passMeasure(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await sql`
    update standstills set decision_id = (select decision_id from standstills where id = ${from})
    where id = ${to}`.execute(tx)
}

/** How often one proof alone froze an account since then. */
export async function countFreezes(tx: Tx, sellerId: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('standstills')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('seller_id', '=', sellerId)
    .where('is_freeze', '=', true)
    .where('began_at', '>=', since)
    .executeTakeFirstOrThrow()
  return count
}

/** Adds it to the time in which what a seller was told of can be contested, as far as that was still running at `since`. */
export async function prolongWindows(
  tx: Tx,
  sellerId: string,
  { milliseconds, informedAfter }: { milliseconds: number; informedAfter: Date },
): Promise<void> {
  await sql`
    update statements set stood_still_ms = stood_still_ms + ${milliseconds}
    where seller_id = ${sellerId} and informed_at is not null and informed_at > ${informedAfter}`.execute(
    tx,
  )
}

/** The closings that were told and do not count yet count later by so much; answers each with its new instant. */
export async function delayClosings(
  tx: Tx,
  sellerId: string,
  { milliseconds, since }: { milliseconds: number; since: Date },
): Promise<{ decisionId: string; inForceFrom: Date }[]> {
  const { rows } = await sql<{ decisionId: string; inForceFrom: Date }>`
    update actions set in_force_from = in_force_from + ${milliseconds} * interval '1 millisecond'
    where seller_id = ${sellerId} and measure = 'account.close' and ended_at is null
      and in_force_from > ${since}
    returning decision_id as "decisionId", in_force_from as "inForceFrom"`.execute(tx)
  return rows
}

/** How long what runs against a seller has stood still and was not added yet, in milliseconds; its seller may ask, too. */
export async function stoodStillSince(tx: Tx, sellerId: string, now: Date): Promise<number> {
  const row = await tx
    .selectFrom('standstills')
    .select(({ fn }) => fn.min('carried_to').as('since'))
    .where('seller_id', '=', sellerId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row?.since ? Math.max(0, now.getTime() - row.since.getTime()) : 0
}

/** When what runs against a seller stood still since an instant, in order and without overlap; its seller may ask, too. */
export async function stoodStillAt(
  tx: Tx,
  sellerId: string,
  { since, now }: { since: Date; now: Date },
): Promise<{ from: Date; to: Date }[]> {
  const { rows } = await sql<{ from: Date; to: Date }>`
    select lower(span) as "from", upper(span) as "to" from (
      select unnest(range_agg(tstzrange(greatest(began_at, ${since}), coalesce(ended_at, ${now})))) as span
      from standstills
      where seller_id = ${sellerId} and coalesce(ended_at, ${now}) > greatest(began_at, ${since})
    ) as spans order by span`.execute(tx)
  return rows
}

function standstillFrom(row: {
  id: string
  seller_id: string
  claim_id: string
  began_at: Date
  carried_to: Date
  is_freeze: boolean
  decision_id: string | null
}): Standstill {
  return {
    id: row.id,
    sellerId: row.seller_id,
    claimId: row.claim_id,
    beganAt: row.began_at,
    carriedTo: row.carried_to,
    isFreeze: row.is_freeze,
    decisionId: row.decision_id,
  }
}
