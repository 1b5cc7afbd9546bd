/** Files of sellers: kept inert, given back only to who may see the case. */
import { createHash } from 'node:crypto'
import { refuse } from '../core/refusal.ts'
import { readCase } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import {
  insertFile,
  looseBytes,
  looseScans,
  readFileBytes,
  readFileRecord,
  type FileRecord,
} from '../store/file.ts'
import type { App } from './app.ts'
import { isOwn, maySeeCase } from './matter.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

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
  const may = permit(app, who, 'seller.uploadFile')
  if (!may.ok) return may
  const { sellerId } = may.reader
  if (file.bytes.length === 0) return refuse('file_empty')
  if (file.bytes.length > largestFile) return refuse('file_too_large')
  return transact(app.db, may.wall, async (tx) => {
    if ((await looseBytes(tx, sellerId)) + file.bytes.length > mostLoose)
      return refuse('too_many_files')
    const record: FileRecord = {
      id: app.newId('fil'),
      sellerId,
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

/** Keeps a scan of a letter until the letter is recorded. */
export async function keepScan(
  app: App,
  who: Who,
  file: { name: string; mediaType: string; bytes: Buffer },
): Promise<Result<FileRecord>> {
  const may = permit(app, who, 'letters.scan')
  if (!may.ok) return may
  const { id: scannedBy } = may.reader
  if (file.bytes.length === 0) return refuse('file_empty')
  if (file.bytes.length > largestFile) return refuse('file_too_large')
  return transact(app.db, may.wall, async (tx) => {
    if ((await looseScans(tx, scannedBy)) + file.bytes.length > mostLoose)
      return refuse('too_many_files')
    const record: FileRecord = {
      id: app.newId('fil'),
      sellerId: null,
      caseId: null,
      name: file.name,
      mediaType: file.mediaType,
      size: file.bytes.length,
      receivedAt: app.now(),
    }
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    await insertFile(tx, { ...record, bytes: file.bytes, sha256, scannedBy })
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
  const may = permit(app, who, 'seller.readFile')
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx) => {
    const file = await read(tx)
    if (file === null) return refuse('not_found')
    if (reader.kind === 'seller') {
      const asked = { reader, command: 'seller.readFile' } as const
      if (!isOwn(app, asked, file.sellerId) || file.isKept) return refuse('not_found')
      const held = file.caseId === null ? null : await readCase(tx, file.caseId)
      if (held !== null && !(await maySeeCase(app, tx, asked, held))) return refuse('not_found')
    }
    return done(file)
  })
}
