/** Procedures in PostgreSQL: every adopted version is kept, because cases stay on the one they started with. */
import { Procedure } from '../core/procedure.ts'
import { json, type Tx } from './db.ts'

export interface AdoptedProcedure {
  id: string
  procedure: Procedure
}

/** Keeps a version; adopting the same document again makes it the newest. */
export async function saveProcedure(
  tx: Tx,
  adopted: AdoptedProcedure & { source: string; now: Date },
): Promise<void> {
  const { id, procedure, source, now } = adopted
  const known = await tx
    .selectFrom('procedures')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (known) return
  await tx
    .insertInto('procedures')
    .values({ id, name: procedure.procedure, source, document: json(procedure), adopted_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The procedure that new cases follow. */
export async function currentProcedure(tx: Tx): Promise<AdoptedProcedure> {
  const row = await tx
    .selectFrom('procedures')
    .select(['id', 'document'])
    .orderBy('adopted_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow(() => new Error('read the procedure in force: none was ever adopted'))
  return { id: row.id, procedure: Procedure.parse(row.document) }
}

/** The version that a case started with. */
export async function procedureOf(tx: Tx, id: string): Promise<Procedure> {
  const row = await tx
    .selectFrom('procedures')
    .select('document')
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => new Error(`read procedure ${id}: it is not kept`))
  return Procedure.parse(row.document)
}
