/** Macros in PostgreSQL: what each desk has prepared now, and everything that was ever prepared. */
import type { Macro } from '../core/macro.ts'
import type { Tx } from './db.ts'

/** As it is kept: who wrote it, and when. */
export interface MacroRecord extends Macro {
  madeBy: string
  madeAt: Date
}

/** Keeps new words; false where the desk has some under this name already. */
export async function insertMacro(
  tx: Tx,
  { madeBy, madeAt, replaces, ...macro }: MacroRecord & { replaces: string | null },
): Promise<boolean> {
  const row = await tx
    .insertInto('macros')
    .values({
      ...macro,
      made_by: madeBy,
      made_at: madeAt,
      replaces,
      ended_by: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends words that are in use; false where they were ended, or are another desk's. */
export async function endMacro(tx: Tx, id: string, by: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('macros')
    .set({ ended_by: by, ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Words that are in use, or null. */
export async function readMacro(tx: Tx, id: string): Promise<MacroRecord | null> {
  const row = await inUse(tx).where('id', '=', id).executeTakeFirst()
  return row ?? null
}

/** The words in use at these desks, or at every one; by name. */
export async function listMacros(tx: Tx, desks: string[] | null): Promise<MacroRecord[]> {
  if (desks?.length === 0) return []
  return inUse(tx)
    .$if(desks !== null, (query) => query.where('desk', 'in', desks ?? []))
    .orderBy('desk')
    .orderBy('use')
    .orderBy('name')
    .execute()
}

/** All words that any desk has prepared or had: whatever was prepared once stays nobody's own. */
export async function everyPrepared(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('macros').select('text').distinct().execute()
  return rows.map(({ text }) => text)
}

const inUse = (tx: Tx) =>
  tx
    .selectFrom('macros')
    .select(['id', 'desk', 'use', 'name', 'text', 'made_by as madeBy', 'made_at as madeAt'])
    .where('ended_at', 'is', null)
