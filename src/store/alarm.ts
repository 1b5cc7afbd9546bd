/** Alarms in the database: what the watchdog sees of the clocks, and the one alarm that may be open. */
import { sql } from 'kysely'
import type { Alarm, Overdue } from '../core/alarm.ts'
import type { Tx } from './db.ts'

/** Keeps every other watchdog waiting until this transaction ends, so that several raise one alarm. */
export async function holdWatch(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('recourse watchdog', 0))`.execute(tx)
}

/** The clocks that were due before then and are still there; a lock on one of them hides nothing. */
export async function overdueClocks(tx: Tx, dueBefore: Date): Promise<Overdue> {
  const { rows } = await sql<{ kind: string; ref: string; due_at: Date; clocks: number }>`
    select kind, ref, due_at, count(*) over () as clocks
    from clocks
    where due_at <= ${dueBefore}
    order by due_at
    limit 5`.execute(tx)
  return {
    clocks: rows[0]?.clocks ?? 0,
    since: rows[0]?.due_at ?? null,
    first: rows.map(({ kind, ref, due_at: dueAt }) => ({ kind, ref, dueAt })),
  }
}

/** The open alarm, with when the first mail about it went out; null when all is well. */
export async function openAlarm(tx: Tx): Promise<(Alarm & { officerToldAt: Date | null }) | null> {
  const row = await tx
    .selectFrom('alarms')
    .innerJoin('notices', 'notices.id', 'alarms.notice_id')
    .selectAll('alarms')
    .select('notices.sent_at')
    .where('alarms.ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    raisedAt: row.raised_at,
    clocks: row.clocks,
    since: row.since,
    toldAt: row.told_at,
    endedAt: row.ended_at,
    officerToldAt: row.sent_at,
  }
}

/** Writes a new alarm down with the mail that tells of it. */
export async function insertAlarm(tx: Tx, alarm: Alarm, noticeId: string): Promise<void> {
  const { id, raisedAt, clocks, since, toldAt } = alarm
  await tx
    .insertInto('alarms')
    .values({ id, raised_at: raisedAt, clocks, since, notice_id: noticeId, told_at: toldAt })
    .execute()
}

/** Writes down how an alarm stands after a look. */
export async function saveAlarm(tx: Tx, alarm: Alarm): Promise<void> {
  const { id, clocks, since, toldAt, endedAt } = alarm
  await tx
    .updateTable('alarms')
    .set({ clocks, since, told_at: toldAt, ended_at: endedAt })
    .where('id', '=', id)
    .execute()
}
