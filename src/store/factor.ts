/** Factors in PostgreSQL: passkeys, authenticator apps and saved codes, by address. */
import { sql } from 'kysely'
import { json, type Tx } from './db.ts'

export interface Passkey {
  id: string
  address: string
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  signCount: number
  transports: string[]
  name: string
  addedAt: Date
  lastUsedAt: Date | null
}

export interface Authenticator {
  /** Sealed. */
  secret: string
  lastStep: number
  addedAt: Date
  lastUsedAt: Date | null
}

export interface SavedCodes {
  left: number
  madeAt: Date
}

/** Everything that is set up for an address. */
export interface Factors {
  passkeys: Passkey[]
  authenticator: Authenticator | null
  savedCodes: SavedCodes | null
}

/** Reads it. */
export async function readFactors(tx: Tx, address: string): Promise<Factors> {
  const passkeys = await tx
    .selectFrom('passkeys')
    .selectAll()
    .where('address', '=', address)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
  const app = await tx
    .selectFrom('authenticators')
    .selectAll()
    .where('address', '=', address)
    .executeTakeFirst()
  const codes = await tx
    .selectFrom('saved_codes')
    .select(({ fn }) => fn.min('made_at').as('made_at'))
    .select(sql<number>`count(*) filter (where used_at is null)`.as('left'))
    .where('address', '=', address)
    .executeTakeFirst()
  return {
    passkeys: passkeys.map(passkeyOf),
    authenticator: app
      ? {
          secret: app.secret,
          lastStep: app.last_step,
          addedAt: app.added_at,
          lastUsedAt: app.last_used_at,
        }
      : null,
    savedCodes: codes?.made_at ? { left: codes.left, madeAt: codes.made_at } : null,
  }
}

/** Which factors are set up, in one look. */
export async function readFactorsSet(
  tx: Tx,
  address: string,
): Promise<{ hasPasskey: boolean; hasTotp: boolean }> {
  const { rows } = await sql<{ passkey: boolean; totp: boolean }>`
    select exists (select from passkeys where address = ${address}) as passkey,
      exists (select from authenticators where address = ${address}) as totp`.execute(tx)
  return { hasPasskey: rows[0]?.passkey === true, hasTotp: rows[0]?.totp === true }
}

/** Those of these addresses, in small letters, that have a passkey. */
export async function addressesWithPasskey(tx: Tx, addresses: string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set()
  const rows = await tx
    .selectFrom('passkeys')
    .select('address')
    .distinct()
    .where('address', 'in', addresses)
    .execute()
  return new Set(rows.map(({ address }) => address))
}

/** Changes of one address's factors wait for each other until the transaction ends. */
export async function lockFactors(tx: Tx, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`factors ${address}`}, 0))`.execute(tx)
}

/** Keeps a passkey; false when this credential is kept already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Omit<Passkey, 'lastUsedAt'>,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('passkeys')
    .values({
      id: passkey.id,
      address: passkey.address,
      credential_id: passkey.credentialId,
      public_key: Buffer.from(passkey.publicKey),
      sign_count: passkey.signCount,
      transports: json(passkey.transports),
      name: passkey.name,
      added_at: passkey.addedAt,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The passkey with this credential, or null. */
export async function passkeyOfCredential(tx: Tx, credentialId: string): Promise<Passkey | null> {
  const row = await tx
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return row ? passkeyOf(row) : null
}

/** Notes that a passkey was used. */
export async function touchPasskey(
  tx: Tx,
  { id, signCount, at }: { id: string; signCount: number; at: Date },
): Promise<void> {
  await tx
    .updateTable('passkeys')
    .set({ sign_count: signCount, last_used_at: at })
    .where('id', '=', id)
    .execute()
}

/** Takes a passkey of this address out; answers its name, or null when it has none such. */
export async function deletePasskey(
  tx: Tx,
  { id, address }: { id: string; address: string },
): Promise<string | null> {
  const row = await tx
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('address', '=', address)
    .returning('name')
    .executeTakeFirst()
  return row?.name ?? null
}

/** Keeps an authenticator app, the code of this step already taken; false where there is one. */
export async function insertAuthenticator(
  tx: Tx,
  { address, secret, step, at }: { address: string; secret: string; step: number; at: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('authenticators')
    .values({ address, secret, last_step: step, added_at: at, last_used_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Takes the code of a step; false when it, or a later one, was taken before. Of two at once one gets it. */
export async function takeStep(
  tx: Tx,
  { address, step, at }: { address: string; step: number; at: Date },
): Promise<boolean> {
  const updated = await tx
    .updateTable('authenticators')
    .set({ last_step: step, last_used_at: at })
    .where('address', '=', address)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** Takes the authenticator app out; false where there is none. */
export async function deleteAuthenticator(tx: Tx, address: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('authenticators')
    .where('address', '=', address)
    .executeTakeFirst()
  return deleted.numDeletedRows > 0n
}

/** Puts new saved codes in the place of all older ones. */
export async function replaceSavedCodes(
  tx: Tx,
  { address, hashes, at }: { address: string; hashes: string[]; at: Date },
): Promise<void> {
  await deleteSavedCodes(tx, address)
  await tx
    .insertInto('saved_codes')
    .values(hashes.map((hash) => ({ address, code_hash: hash, made_at: at, used_at: null })))
    .execute()
}

/** Takes all saved codes out. */
export async function deleteSavedCodes(tx: Tx, address: string): Promise<void> {
  await tx.deleteFrom('saved_codes').where('address', '=', address).execute()
}

/** Uses a saved code up; answers how many are left, or null when it is none, or was used. Of two at once one gets it. */
export async function takeSavedCode(
  tx: Tx,
  { address, hash, at }: { address: string; hash: string; at: Date },
): Promise<number | null> {
  const taken = await tx
    .updateTable('saved_codes')
    .set({ used_at: at })
    .where('address', '=', address)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return null
  return (await readFactors(tx, address)).savedCodes?.left ?? 0
}

/** Uses up a saved code that one of these addresses had before an instant; false when there is none such. Of two at once one gets it. */
export async function takeOwnersCode(
  tx: Tx,
  { addresses, hash, before, at }: { addresses: string[]; hash: string; before: Date; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update saved_codes set used_at = ${at}
    where lower(address) = any(${addresses}::text[])
      and code_hash = ${hash}
      and made_at < ${before}
      and used_at is null
    returning 1`.execute(tx)
  return rows.length > 0
}

function passkeyOf(row: {
  id: string
  address: string
  credential_id: string
  public_key: Buffer
  sign_count: number
  transports: string[]
  name: string
  added_at: Date
  last_used_at: Date | null
}): Passkey {
  return {
    id: row.id,
    address: row.address,
    credentialId: row.credential_id,
    publicKey: new Uint8Array(row.public_key),
    signCount: row.sign_count,
    transports: row.transports,
    name: row.name,
    addedAt: row.added_at,
    lastUsedAt: row.last_used_at,
  }
}

/** Forgets all that lets a person of the marketplace in; the database lets administrators alone, and for others than themselves. */
export async function forgetFactors(tx: Tx, personId: string): Promise<void> {
  await sql`select forget_factors(${personId})`.execute(tx)
}
