/** Moves of a demo's clock: each says how far it is ahead of the real one from then on. */
import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

export interface TimeMove {
  /** By the real clock. */
  movedAt: Date
  /** In milliseconds. */
  ahead: number
}

/** The latest moves, newest first; none where time was never moved. */
export async function readTimeMoves(db: Db | Tx): Promise<TimeMove[]> {
  const rows = await db
    .selectFrom('time_moves')
    .select(['moved_at', 'ahead_ms'])
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({ movedAt: row.moved_at, ahead: row.ahead_ms }))
}

/** Keeps others from moving the clock until this transaction ends: each move starts from the one before. */
export async function holdTime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('recourse time', 0))`.execute(tx)
}

/** Moves the clock for every process on this database. */
export async function insertTimeMove(tx: Tx, { movedAt, ahead }: TimeMove): Promise<void> {
  await tx.insertInto('time_moves').values({ moved_at: movedAt, ahead_ms: ahead }).execute()
}
