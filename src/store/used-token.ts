/** Tokens that are good once, in PostgreSQL: what was shown is remembered by its hash for as long as it could be shown again. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

/** Uses a token up; false when it was used before. Those that have run out are forgotten on the way. */
export async function useToken(
  tx: Tx,
  { kind, hash, expiresAt, now }: { kind: string; hash: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  // A few at a time and around whoever forgets at this moment, so that nobody waits for it.
  await sql`
    delete from used_tokens
    where (kind, token_hash) in (
      select kind, token_hash from used_tokens
      where expires_at < ${now}
      for update skip locked
      limit 100
    )`.execute(tx)
  const inserted = await tx
    .insertInto('used_tokens')
    .values({ kind, token_hash: hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}
