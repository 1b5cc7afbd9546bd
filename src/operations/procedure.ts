/** Adopting a procedure: new cases follow it, open ones stay on the version they started with. */
import { createHash } from 'node:crypto'
import type { Procedure } from '../core/procedure.ts'
import { transact } from '../store/db.ts'
import { saveProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'

/** Adopts a document as read; the same document again is the same version. */
export async function adoptProcedure(
  app: App,
  { procedure, source }: { procedure: Procedure; source: string },
): Promise<string> {
  const id = `${procedure.procedure}-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`
  await transact(app.db, { inside: true }, (tx) =>
    saveProcedure(tx, { id, procedure, source, now: app.now() }),
  )
  return id
}
