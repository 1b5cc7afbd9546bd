/** Clocks in the database: what is due by itself, one row per kind and matter. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Clock {
  kind: string
  /** What it is about, such as a case id or `listing:ID`. */
  ref: string
  dueAt: Date
}

/** Sets a clock, or moves the one that is there. */
export async function setClock(tx: Tx, kind: string, ref: string, dueAt: Date): Promise<void> {
  await tx
    .insertInto('clocks')
    .values({ kind, ref, due_at: dueAt })
    .onConflict((conflict) => conflict.columns(['kind', 'ref']).doUpdateSet({ due_at: dueAt }))
    .execute()
}

/** Takes a clock off; one that is not there is none the less off. */
export async function clearClock(tx: Tx, kind: string, ref: string): Promise<void> {
  await tx.deleteFrom('clocks').where('kind', '=', kind).where('ref', '=', ref).execute()
}

/**
 * Takes the clock that has been due longest out of the table, for this transaction to carry out:
 * a commit has fired it, a rollback leaves it due. Clocks that another worker holds, and those in `except`, are passed over.
 */
export async function claimDueClock(
  tx: Tx,
  now: Date,
  except: readonly Pick<Clock, 'kind' | 'ref'>[] = [],
): Promise<Clock | null> {
  // A command locks its case and then sets the clock; a firing clock goes the other way round.
  // Where the two meet, this one gives way well before the database would call it a deadlock.
  await sql`select set_config('lock_timeout', '500ms', true)`.execute(tx)
  // Materialized, so that one is chosen once: a plan that asked again for each row would take several, and fire one.
  const { rows } = await sql<{ kind: string; ref: string; due_at: Date }>`
    with next as materialized (
      select kind, ref
      from clocks
      where due_at <= ${now}
        and (kind, ref) not in (
          select * from unnest(${except.map((clock) => clock.kind)}::text[], ${except.map((clock) => clock.ref)}::text[])
        )
      order by due_at
      for update skip locked
      limit 1
    )
    delete from clocks
    using next
    where clocks.kind = next.kind and clocks.ref = next.ref
    returning clocks.kind, clocks.ref, clocks.due_at`.execute(tx)
  const row = rows[0]
  return row ? { kind: row.kind, ref: row.ref, dueAt: row.due_at } : null
}

/** When the next clock runs out after an instant; null when none is running. */
export async function nextDueAfter(tx: Tx, now: Date): Promise<Date | null> {
  const row = await tx
    .selectFrom('clocks')
    .select('due_at')
    .where('due_at', '>', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** How many clocks are due and have not fired. */
export async function countDue(tx: Tx, now: Date): Promise<number> {
  const row = await tx
    .selectFrom('clocks')
    .select((select) => select.fn.countAll<number>().as('due'))
    .where('due_at', '<=', now)
    .executeTakeFirstOrThrow()
  return row.due
}
