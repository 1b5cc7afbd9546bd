/** Keys of the marketplace: made on the command line, shown once, kept as a hash. */
import { createHash, randomBytes } from 'node:crypto'
import { transact } from '../store/db.ts'
import { findKey, insertKey } from '../store/key.ts'
import type { App } from './app.ts'

/** Makes a key; the answer is the only time that it is seen. */
export async function makeMarketplaceKey(app: App, name: string): Promise<string> {
  const key = `rk_${randomBytes(32).toString('base64url')}`
  await transact(app.db, { inside: true }, (tx) =>
    insertKey(tx, { id: app.newId('key'), name, keyHash: hashOf(key), createdAt: app.now() }),
  )
  return key
}

/** The id of the key's record, or null for a key that we never made or that was revoked. */
export function keyHolder(app: App, key: string): Promise<string | null> {
  return transact(app.db, { entrance: true }, (tx) => findKey(tx, hashOf(key)))
}

// The key is 256 random bits, so a plain hash keeps it: there is nothing to guess.
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
