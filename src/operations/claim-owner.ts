/** What a claimant does beside proving: papers for the specialists and, once it is handed over, the new sign-in and what is returned. */
import { createHash } from 'node:crypto'
import { isBeingDecided } from '../core/proving.ts'
import type { Claim } from '../core/recovery.ts'
import { refuse } from '../core/refusal.ts'
import { useLetter } from '../store/claim-letter.ts'
import {
  changesOf,
  insertOrder,
  lastHandOver,
  markChanges,
  type ChangeRecord,
} from '../store/claim-order.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { filesOfCase, insertFile, type FileRecord } from '../store/file.ts'
import { addContact } from '../store/hand-over.ts'
import { lockProving, markBound, type ProvingRecord } from '../store/proving.ts'
import { casesOfClaim, claimById } from '../store/recovery.ts'
import type { App } from './app.ts'
import { claimBehind, letterOf } from './claim-proof.ts'
import { largestFile } from './file.ts'
import { permit } from './permit.ts'
import { openedBy, type ClaimKey } from './recovery.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { Who } from './who.ts'

/** How many files a claim takes. */
const mostFiles = 20

/** How many changes are returned by one order. */
const mostAtOnce = 1_000

/** Papers that a specialist looks at; they prove nothing by themselves. */
export function addClaimFile(
  app: App,
  { file, ...key }: ClaimKey & { file: { name: string; mediaType: string; bytes: Buffer } },
): Promise<Result<FileRecord>> {
  const { bytes } = file
  if (bytes.length === 0) return Promise.resolve(refuse('file_empty'))
  if (bytes.length > largestFile) return Promise.resolve(refuse('file_too_large'))
  return asOwner(app, key, 'recovery.addFile', async (tx, claim, { proving }) => {
    if (!isBeingDecided(proving)) return refuse('wrong_state')
    const caseId = (await casesOfClaim(tx, claim.id)).at(-1)
    if (caseId === undefined) return refuse('claim_not_opened')
    if ((await filesOfCase(tx, caseId)).length >= mostFiles) return refuse('too_many_files')
    const record: FileRecord = {
      id: app.newId('fil'),
      // Whose account it is is not known yet, and whoever has the account never sees it.
      sellerId: null,
      caseId,
      name: file.name,
      mediaType: file.mediaType,
      size: bytes.length,
      receivedAt: app.now(),
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await insertFile(tx, { ...record, bytes, sha256 })
    return done(record)
  })
}

/** The one-use link makes the claimant's address the account's: from now on it signs in. */
export function bindClaim(
  app: App,
  { token, secret, ...key }: ClaimKey & { token: string; secret: string },
): Promise<Result<null>> {
  return asOwner(app, key, 'recovery.bindAddress', async (tx, claim, { proving, boundAt }) => {
    const { sellerId } = claim
    const isTheirs = proving.state === 'handed-over' || proving.state === 'settled'
    if (!isTheirs || sellerId === null) return refuse('wrong_state')
    const now = app.now()
    const letter = await letterOf(tx, claim.id, { purpose: 'binding', secret, code: token })
    if (letter === null || letter.until <= now) return refuse('link_invalid')
    if (boundAt !== null || !(await useLetter(tx, letter.id, now))) return refuse('link_used')
    await addContact(tx, { id: claim.id, sellerId, address: claim.address, at: now })
    await markBound(tx, claim.id, now)
    await recordEvents(tx, [
      {
        at: now,
        kind: 'claim.bound',
        sellerId,
        caseId: null,
        decisionId: null,
        by: null,
        detail: { claim: claim.id },
      },
    ])
    return done(null)
  })
}

/** Orders that the marketplace returns what was changed: all that it can and was not asked for yet, or what is named. */
export function returnChanges(
  app: App,
  { changes: named, ...key }: ClaimKey & { changes: string[] | null },
): Promise<Result<null>> {
  return asOwner(app, key, 'recovery.returnChanges', (tx, claim, record) =>
    orderReturns(app, tx, { claim, record, named }),
  )
}

/** What was changed while somebody else had the account, for the owner who is signed in; null where it was never given back. */
export async function readOwnChanges(app: App, who: Who): Promise<Result<OwnChanges | null>> {
  const may = permit(app, who, 'seller.getChanges')
  if (!may.ok) return may
  const { sellerId } = may.reader
  return transact(app.db, may.wall, async (tx) => {
    const over = await lastHandOver(tx, sellerId)
    return done(over && { ...over, list: await changesOf(tx, over.claimId) })
  })
}

export interface OwnChanges {
  number: number
  isComplete: boolean
  list: ChangeRecord[]
}

/** The same return, ordered by the owner who is signed in. */
export async function returnOwnChanges(
  app: App,
  who: Who,
  { changes: named }: { changes: string[] | null },
): Promise<Result<null>> {
  const may = permit(app, who, 'seller.returnChanges')
  if (!may.ok) return may
  const { sellerId } = may.reader
  // Behind the seller's own wall first: only what they may read is ever ordered.
  const over = await transact(app.db, may.wall, (tx) => lastHandOver(tx, sellerId))
  if (over === null) return refuse('wrong_state')
  return refusalOf(
    transact(app.db, { inside: true }, async (tx): Promise<Result<null>> => {
      const record = await lockProving(tx, over.claimId)
      const claim = await claimById(tx, over.claimId)
      if (record === null || claim?.sellerId !== sellerId) return refuse('wrong_state')
      return orderReturns(app, tx, { claim, record, named })
    }),
  )
}

async function orderReturns(
  app: App,
  tx: Tx,
  {
    claim,
    record: { proving, boundAt },
    named,
  }: { claim: Claim; record: ProvingRecord; named: string[] | null },
): Promise<Result<null>> {
  const { sellerId } = claim
  const isTheirs = proving.state === 'handed-over' || proving.state === 'settled'
  if (!isTheirs || boundAt === null || sellerId === null) return refuse('wrong_state')
  const possible = (await changesOf(tx, claim.id)).filter(
    ({ revertible, state }) => revertible && state !== 'asked' && state !== 'returned',
  )
  const wanted = possible.filter(({ id }) => named?.includes(id) ?? true).map(({ id }) => id)
  if (named !== null && wanted.length < new Set(named).size) return refuse('not_found')
  for (let from = 0; from < wanted.length; from += mostAtOnce) {
    const changes = wanted.slice(from, from + mostAtOnce)
    await insertOrder(tx, {
      id: app.newId('ord'),
      claimId: claim.id,
      sellerId,
      ability: 'revert',
      detail: { changes },
      madeAt: app.now(),
    })
    await markChanges(tx, claim.id, changes, { state: 'asked' })
  }
  return done(null)
}

/** For whoever has the claim's code; what it may do to the account is for its state to say. */
async function asOwner<T>(
  app: App,
  key: ClaimKey,
  command: 'recovery.addFile' | 'recovery.bindAddress' | 'recovery.returnChanges',
  work: (tx: Tx, claim: Claim, record: ProvingRecord) => Promise<Result<T>>,
): Promise<Result<T>> {
  const may = permit(app, await openedBy(app, key), command)
  if (!may.ok) return refuse('claim_not_opened')
  const claim = await claimBehind(app, may)
  if (claim === null) return refuse('claim_not_opened')
  return refusalOf(
    transact(app.db, { inside: true }, async (tx): Promise<Result<T>> => {
      const record = await lockProving(tx, claim.id)
      return record === null ? refuse('claim_not_opened') : work(tx, claim, record)
    }),
  )
}
