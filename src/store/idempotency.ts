/** Idempotency keys in PostgreSQL: a request told twice has one effect and one answer. */
import { json, type Tx } from './db.ts'

export interface Idempotency {
  caller: string
  key: string
  /** A hash of method, path and body: the same key with another request is refused. */
  requestKey: string
}

export type Once = { first: true } | { first: false; sameRequest: boolean; answer: unknown }

/**
 * Claims a key in the transaction of its effect. A second request with the key waits here
 * until the first has committed, and then reads its answer; if the first failed, it goes ahead.
 */
export async function claimOnce(
  tx: Tx,
  { caller, key, requestKey }: Idempotency,
  now: Date,
): Promise<Once> {
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({ caller, key, request_key: requestKey, answer: null, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return { first: true }
  const held = await tx
    .selectFrom('idempotency_keys')
    .select(['request_key', 'answer'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return { first: false, sameRequest: held.request_key === requestKey, answer: held.answer }
}

/** Keeps the answer beside the key, in the same transaction. */
export async function keepAnswer(
  tx: Tx,
  { caller, key }: Idempotency,
  answer: unknown,
): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ answer: json(answer) })
    .where('caller', '=', caller)
    .where('key', '=', key)
    .execute()
}
