/** A question that goes on in an appeal: what the database lets whoever holds the question do to the other case. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

/** Locks the appeal and counts it from then, where that is earlier; false where it is no longer open. */
export async function joinAppeal(tx: Tx, appealId: string, since: Date): Promise<boolean> {
  const { rows } = await sql<{ joins: boolean }>`
    select joins_appeal(${appealId}, ${since}) as joins`.execute(tx)
  return rows[0]?.joins ?? false
}

/** Moves the files of a question to the appeal that it goes on in. */
export async function moveFiles(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.updateTable('files').set({ case_id: to }).where('case_id', '=', from).execute()
}
