/** A delivery is something committed that must still leave the building: a notice, the state owed, what a webhook hears, that sessions end, or an order of a hand-over. */
import { sql, type Expression } from 'kysely'
import { later } from '../core/calendar.ts'
import type { Tx } from './db.ts'

export type DeliveryKind = 'notice' | 'state' | 'webhook' | 'sessions' | 'order'

/** How long a carrier has for one delivery; when it is killed meanwhile, another takes the work up after this. */
export const leaseFor = 30_000

/** How long the marketplace is told nothing while the seller's statement has not yet gone out. */
export const noticeFirstFor = 10_000

/** One delivery in a carrier's hands. Its due time and count tell whether it is still this carrier's. */
export interface DeliveryClaim {
  kind: DeliveryKind
  ref: string
  leasedUntil: Date
  /** 1 for the first attempt. */
  attempt: number
}

/** Where a delivery stands among those that set out one after another. */
export interface Turn {
  line: string
  place: number | Expression<number>
}

/** Makes something due; if it was due already it starts anew, so that what is in flight does not count as done. */
export async function queueDelivery(
  tx: Tx,
  {
    kind,
    ref,
    dueAt,
    turn = null,
  }: { kind: DeliveryKind; ref: string; dueAt: Date; turn?: Turn | null },
): Promise<void> {
  const { line, place } = turn ?? { line: null, place: null }
  const afresh = { due_at: dueAt, attempts: 0, last_error: null, line, place }
  await tx
    .insertInto('deliveries')
    .values({ kind, ref, ...afresh })
    .onConflict((conflict) => conflict.columns(['kind', 'ref']).doUpdateSet(afresh))
    .execute()
}

/**
 * Leases the delivery of a kind that has been due longest and whose turn it is, or answers null when there is none.
 * A first attempt waits for that of what stands before it in its line and is due, and for one of its line that is under
 * way: until it succeeded or failed, or its lease is over. What is held back or tried again holds up nothing.
 */
export async function claimDelivery(
  tx: Tx,
  kind: DeliveryKind,
  now: Date,
): Promise<DeliveryClaim | null> {
  // Most looks find nothing, and asking that alone is a tenth of the work.
  const { rows: due } = await sql`
    select from deliveries where kind = ${kind} and due_at <= ${now} limit 1`.execute(tx)
  if (due.length === 0) return null
  const leasedUntil = later(now, leaseFor)
  // Materialized, so that one is chosen once: a plan that asked again for each row would lease several, and carry one.
  const { rows } = await sql<{ ref: string; attempts: number }>`
    with next as materialized (
      select d.kind, d.ref
      from deliveries d
      where d.kind = ${kind}
        and d.due_at <= ${now}
        -- The seller hears of a decision before, or with, the shop acting on it; but of a door that is shut before a
        -- thief only once it is shut, for the thief may be reading.
        and not (d.kind = 'state' and exists (
          select from subjects s
          join notices n on s.because ? n.decision_id
          join decisions c on c.id = n.decision_id and c.measure <> 'account.secure'
          where s.kind = split_part(d.ref, ':', 1)
            and s.id = substr(d.ref, strpos(d.ref, ':') + 1)
            and s.changed_at > ${later(now, -noticeFirstFor)}
            and n.kind = 'statement'
            and n.state in ('held', 'queued')
            and n.attempted_at is null
        ))
        and (d.line is null or d.attempts > 0 or (
          -- A set that is worked out once, so that a long line behind one delivery costs little to pass.
          d.line not in (
            select under_way.line
            from deliveries under_way
            where under_way.line is not null
              and under_way.attempts = 1
              and under_way.last_error is null
              and under_way.due_at > ${now}
          )
          -- Asked for in this way, it is one probe of the index of the line, whatever the planner thinks of lines.
          and d.place = (
            select first.place
            from deliveries first
            where first.line = d.line
              and first.attempts = 0
              and first.due_at <= ${now}
            order by first.place
            limit 1
          )
        ))
      order by d.due_at, d.place
      for update of d skip locked
      limit 1
    )
    update deliveries
    set due_at = ${leasedUntil}, attempts = attempts + 1
    from next
    where deliveries.kind = next.kind and deliveries.ref = next.ref
    returning deliveries.ref, deliveries.attempts`.execute(tx)
  const row = rows[0]
  return row ? { kind, ref: row.ref, leasedUntil, attempt: row.attempts } : null
}

/** When the next delivery of a kind is due, or was; null when there is none. */
export async function nextDelivery(tx: Tx, kind: DeliveryKind): Promise<Date | null> {
  const row = await tx
    .selectFrom('deliveries')
    .select('due_at')
    .where('kind', '=', kind)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** Takes a delivered thing out, unless it was made due again meanwhile. Answers whether it was still this carrier's. */
export async function finishDelivery(tx: Tx, claim: DeliveryClaim): Promise<boolean> {
  const done = await tx
    .deleteFrom('deliveries')
    .where('kind', '=', claim.kind)
    .where('ref', '=', claim.ref)
    .where('due_at', '=', claim.leasedUntil)
    .where('attempts', '=', claim.attempt)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Puts a delivery off after an attempt, with what went wrong, unless it was made due again meanwhile. */
export async function retryDelivery(
  tx: Tx,
  claim: DeliveryClaim,
  { dueAt, error }: { dueAt: Date; error: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('deliveries')
    .set({ due_at: dueAt, last_error: error.slice(0, 1_000) })
    .where('kind', '=', claim.kind)
    .where('ref', '=', claim.ref)
    .where('due_at', '=', claim.leasedUntil)
    .where('attempts', '=', claim.attempt)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** What went wrong at the last attempt; null when it is not due, or nothing has. */
export async function lastError(tx: Tx, kind: DeliveryKind, ref: string): Promise<string | null> {
  const row = await tx
    .selectFrom('deliveries')
    .select('last_error')
    .where('kind', '=', kind)
    .where('ref', '=', ref)
    .executeTakeFirst()
  return row?.last_error ?? null
}
