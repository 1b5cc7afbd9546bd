/** Withholdings in PostgreSQL: apart from decisions, so that no seller's wall has them among what it shows. */
import type { Decision } from '../core/decision.ts'
import type { Withholding } from '../core/withholding.ts'
import type { Tx } from './db.ts'

/** Keeps what a decision keeps back. */
export async function insertWithholding(
  tx: Tx,
  { id, sellerId }: Pick<Decision, 'id' | 'sellerId'>,
  { byMachine, method, reason }: Withholding,
): Promise<void> {
  await tx
    .insertInto('withholdings')
    .values({ decision_id: id, seller_id: sellerId, by_machine: byMachine, method, reason })
    .execute()
}

/** What a decision keeps back; null where it keeps nothing back, or behind a wall that may not know. */
export async function readWithholding(tx: Tx, decisionId: string): Promise<Withholding | null> {
  const row = await tx
    .selectFrom('withholdings')
    .select(['by_machine as byMachine', 'method', 'reason'])
    .where('decision_id', '=', decisionId)
    .executeTakeFirst()
  return row ?? null
}
