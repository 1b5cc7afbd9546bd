/** Keys of the marketplace in PostgreSQL: only their hashes are kept. */
import type { Tx } from './db.ts'

/** Keeps a key by its hash. */
export async function insertKey(
  tx: Tx,
  key: { id: string; name: string; keyHash: string; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto('marketplace_keys')
    .values({
      id: key.id,
      name: key.name,
      key_hash: key.keyHash,
      created_at: key.createdAt,
      revoked_at: null,
    })
    .execute()
}

/** The id of the key with this hash that was not revoked, or null. */
export async function findKey(tx: Tx, keyHash: string): Promise<string | null> {
  const row = await tx
    .selectFrom('marketplace_keys')
    .select('id')
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}
