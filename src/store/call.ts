/** Calls in PostgreSQL: which times are free, who has booked which, and what became of it. */
import { sql, type Selectable } from 'kysely'
import type { Call, Slot } from '../core/call.ts'
import type { Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** The times that are taken from now on, by nobody in particular. */
export async function takenSlots(tx: Tx, now: Date): Promise<Slot[]> {
  const { rows } = await sql<Slot>`select * from calls_taken(${now})`.execute(tx)
  return rows
}

/** Books a call at its seat; false where that seat, or the seller's one call, is taken in the same moment. */
export async function insertCall(tx: Tx, call: Call): Promise<boolean> {
  const row = await tx
    .insertInto('calls')
    .values({
      id: call.id,
      case_id: call.caseId,
      seller_id: call.sellerId,
      starts_at: call.startsAt,
      ends_at: call.endsAt,
      seat: call.seat,
      number: call.number,
      state: call.state,
      said: call.said,
      by_id: call.byId,
      booked_at: call.bookedAt,
      ended_at: call.endedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Locks a call until the transaction ends, or null behind this wall. */
export async function lockCall(tx: Tx, id: string): Promise<Call | null> {
  const row = await tx
    .selectFrom('calls')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? callOf(row) : null
}

/** Reads a call, or null behind this wall. */
export async function readCall(tx: Tx, id: string): Promise<Call | null> {
  const row = await tx.selectFrom('calls').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? callOf(row) : null
}

/** Saves what became of a call that this transaction locked. */
export async function saveCall(tx: Tx, { id, state, said, byId, endedAt }: Call): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ state, said, by_id: byId, ended_at: endedAt })
    .where('id', '=', id)
    .execute()
}

/** The calls of a case, the one booked first first. */
export async function callsOfCase(tx: Tx, caseId: string): Promise<Call[]> {
  const rows = await tx
    .selectFrom('calls')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('booked_at')
    .execute()
  return rows.map(callOf)
}

/** The call that a seller has booked, or null. */
export async function bookedCall(tx: Tx, sellerId: string): Promise<Call | null> {
  const row = await tx
    .selectFrom('calls')
    .selectAll()
    .where('seller_id', '=', sellerId)
    .where('state', '=', 'booked')
    .executeTakeFirst()
  return row ? callOf(row) : null
}

/** The calls at these desks that are booked until then, or that nobody made since: what is to be done, by time. */
export async function callsAtDesks(
  tx: Tx,
  { desks, since, until }: { desks: string[]; since: Date; until: Date },
): Promise<Call[]> {
  if (desks.length === 0) return []
  const rows = await tx
    .selectFrom('calls')
    .innerJoin('cases', 'cases.id', 'calls.case_id')
    .selectAll('calls')
    .where('cases.desk', 'in', desks)
    .where('calls.starts_at', '<', until)
    .where((row) =>
      row.or([
        row('calls.state', '=', 'booked'),
        row.and([row('calls.state', '=', 'lapsed'), row('calls.starts_at', '>=', since)]),
      ]),
    )
    .orderBy('calls.starts_at')
    .orderBy('calls.seat')
    .limit(200)
    .execute()
  return rows.map(callOf)
}

/** Moves what is booked with a question on to the appeal that it was turned into. */
export async function moveBookedCall(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx
    .updateTable('calls')
    .set({ case_id: to })
    .where('case_id', '=', from)
    .where('state', '=', 'booked')
    .execute()
}

function callOf(row: Selectable<Tables['calls']>): Call {
  return {
    id: row.id,
    caseId: row.case_id,
    sellerId: row.seller_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    seat: row.seat,
    number: row.number,
    state: row.state,
    said: row.said,
    byId: row.by_id,
    bookedAt: row.booked_at,
    endedAt: row.ended_at,
  }
}
