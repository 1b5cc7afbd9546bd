/** What was kept back of how a suspicion was detected, for who may decide an appeal against it and for auditors. */
import { refuse } from '../core/refusal.ts'
import type { Withholding } from '../core/withholding.ts'
import { transact, type Tx } from '../store/db.ts'
import { readMeasure } from '../store/decision.ts'
import { readWithholding } from '../store/withholding.ts'
import type { App } from './app.ts'
import { isPermitted, permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** What a decision keeps back of how it was detected; null where it keeps nothing back. */
export async function readWithheld(
  app: App,
  who: Who,
  decisionId: string,
): Promise<Result<Withholding | null>> {
  const may = permit(app, who, 'desk.getWithholding')
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx) => {
    if ((await readMeasure(tx, decisionId)) === null) return refuse('not_found')
    return done(await readWithholding(tx, decisionId))
  })
}

/** The same beside a case: nothing for a person of staff whom it is not for. */
export async function withheldFrom(
  app: App,
  tx: Tx,
  reader: StaffReader,
  decisionId: string,
): Promise<Withholding | null> {
  return isPermitted(app, reader, 'desk.getWithholding') ? readWithholding(tx, decisionId) : null
}
