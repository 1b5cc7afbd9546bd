/** Files of sellers: kept inert, given back only to who may see the case. */
import { createHash } from 'node:crypto'
import { refuse } from '../core/refusal.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  insertFile,
  looseBytes,
  readFileBytes,
  readFileRecord,
  type FileRecord,
} from '../store/file.ts'
import type { App } from './app.ts'
import { maySeeCase, wallOf } from './matter.ts'
import { done, type Result } from './result.ts'
import { type Who, refuseReader } from './who.ts'

/** The largest file taken, in bytes. */
export const largestFile = 10 * 1024 * 1024

/** What a seller may have uploaded without filing it, in bytes. */
const mostLoose = 20 * largestFile

/** Keeps a file of a seller until an appeal takes it up. Its type was read from its bytes. */
export async function keepFile(
  app: App,
  who: Who,
  file: { name: string; mediaType: string; bytes: Buffer },
): Promise<Result<FileRecord>> {
  if (who.kind !== 'seller') return refuseReader(who)
  if (file.bytes.length === 0) return refuse('file_empty')
  if (file.bytes.length > largestFile) return refuse('file_too_large')
  return transact(app.db, { sellerId: who.sellerId }, async (tx) => {
    if ((await looseBytes(tx, who.sellerId)) + file.bytes.length > mostLoose)
      return refuse('too_many_files')
    const record: FileRecord = {
      id: app.newId('fil'),
      sellerId: who.sellerId,
      caseId: null,
      name: file.name,
      mediaType: file.mediaType,
      size: file.bytes.length,
      receivedAt: app.now(),
    }
    await insertFile(tx, {
      ...record,
      bytes: file.bytes,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    })
    return done(record)
  })
}

/** What is known of one file; another seller's, or one outside the link's matter, is `not_found`. */
export function describeFile(app: App, who: Who, id: string): Promise<Result<FileRecord>> {
  return seekFile(app, who, (tx) => readFileRecord(tx, id))
}

/** The same file with its bytes. */
export function readFile(
  app: App,
  who: Who,
  id: string,
): Promise<Result<FileRecord & { bytes: Buffer }>> {
  return seekFile(app, who, (tx) => readFileBytes(tx, id))
}

async function seekFile<F extends FileRecord>(
  app: App,
  who: Who,
  read: (tx: Tx) => Promise<F | null>,
): Promise<Result<F>> {
  const wall = wallOf(who)
  if (wall === null) return refuse(who.kind === 'nobody' ? 'not_signed_in' : 'not_found')
  return transact(app.db, wall, async (tx) => {
    const file = await read(tx)
    if (file === null) return refuse('not_found')
    if (who.kind === 'seller' && who.matter !== null) {
      const held = file.caseId === null ? null : await readCase(tx, file.caseId)
      if (held !== null && !(await maySeeCase(tx, who, held))) return refuse('not_found')
    }
    return done(file)
  })
}
