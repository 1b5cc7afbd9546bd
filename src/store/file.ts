/** Files of sellers in PostgreSQL: bytes kept inert beside what was read from them. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface FileRecord {
  id: string
  /** Null for a message that came by mail, and for what it brought, while nobody knows whose it is. */
  sellerId: string | null
  caseId: string | null
  name: string
  mediaType: string
  size: number
  receivedAt: Date
  /** A scan of what its sender keeps from the seller. */
  isKept?: boolean
}

/** Keeps a file; it belongs to a seller before it belongs to a case. */
export async function insertFile(
  tx: Tx,
  file: FileRecord & { sha256: string; bytes: Buffer; scannedBy?: string },
): Promise<void> {
  await tx
    .insertInto('files')
    .values({
      id: file.id,
      seller_id: file.sellerId,
      case_id: file.caseId,
      name: file.name,
      media_type: file.mediaType,
      size: file.size,
      sha256: file.sha256,
      bytes: file.bytes,
      received_at: file.receivedAt,
      ...(file.scannedBy === undefined ? {} : { scanned_by: file.scannedBy }),
    })
    .execute()
}

/** Puts uploaded files into a case; answers how many of the ids were this seller's and free. */
export async function attachFiles(
  tx: Tx,
  { ids, sellerId, caseId }: { ids: string[]; sellerId: string; caseId: string },
): Promise<number> {
  if (ids.length === 0) return 0
  const result = await tx
    .updateTable('files')
    .set({ case_id: caseId })
    .where('id', 'in', ids)
    .where('seller_id', '=', sellerId)
    .where('case_id', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Gives files of a mail that were nobody's to a case, as far as it has room for more. */
export async function giveFiles(
  tx: Tx,
  { ids, sellerId, caseId }: { ids: readonly string[]; sellerId: string | null; caseId: string },
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('files')
    .set({ case_id: caseId, seller_id: sellerId })
    .where('id', 'in', ids)
    .where('seller_id', 'is', null)
    .where('case_id', 'is', null)
    .execute()
}

/** The files of a case, in the order they came. */
export async function filesOfCase(tx: Tx, caseId: string): Promise<FileRecord[]> {
  const rows = await described(tx)
    .where('case_id', '=', caseId)
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map(fileOf)
}

/** One file without its bytes, or null behind this wall. */
export async function readFileRecord(tx: Tx, id: string): Promise<FileRecord | null> {
  const row = await described(tx).where('id', '=', id).executeTakeFirst()
  return row ? fileOf(row) : null
}

/** One file with its bytes, or null behind this wall. */
export async function readFileBytes(
  tx: Tx,
  id: string,
): Promise<(FileRecord & { bytes: Buffer }) | null> {
  const row = await described(tx).select('bytes').where('id', '=', id).executeTakeFirst()
  return row ? { ...fileOf(row), bytes: row.bytes } : null
}

/** How many bytes that this person scanned lie in no case yet. */
export async function looseScans(tx: Tx, person: string): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(sum(size), 0)::bigint as size from files where scanned_by = ${person} and case_id is null`.execute(
    tx,
  )
  return rows[0]?.size ?? 0
}

/** The fingerprints of the files of a case, by id. */
export async function fingerprintsOfCase(tx: Tx, caseId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('files')
    .select(['id', 'sha256'])
    .where('case_id', '=', caseId)
    .execute()
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]))
}

/** How many bytes of a seller lie in no case yet: what an upload counts against. */
export async function looseBytes(tx: Tx, sellerId: string): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(sum(size), 0)::bigint as size from files where seller_id = ${sellerId} and case_id is null`.execute(
    tx,
  )
  return rows[0]?.size ?? 0
}

const described = (tx: Tx) =>
  tx
    .selectFrom('files')
    .select([
      'id',
      'seller_id',
      'case_id',
      'name',
      'media_type',
      'size',
      'received_at',
      'kept_from_seller',
    ])

function fileOf(
  row: Awaited<ReturnType<ReturnType<typeof described>['executeTakeFirstOrThrow']>>,
): FileRecord {
  return {
    id: row.id,
    sellerId: row.seller_id,
    caseId: row.case_id,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    receivedAt: row.received_at,
    isKept: row.kept_from_seller,
  }
}
