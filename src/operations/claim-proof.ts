/** Giving a proof of a claim: checked against what is known of the account, for who may see nothing of it; it counts by the claim's clock. */
import { timingSafeEqual } from 'node:crypto'
import { isOldDestination, isOwnersFactor, type ClaimProofKind } from '../core/claim-proof.ts'
import { hasProved, isBeingDecided } from '../core/proving.ts'
import { claimNumber, type Claim } from '../core/recovery.ts'
import { refuse } from '../core/refusal.ts'
import { readBalance } from '../store/balance.ts'
import {
  askLetters,
  askPayout,
  lettersOf,
  openPayoutRequests,
  payoutAskedAt,
  useLetter,
  type LetterPurpose,
} from '../store/claim-letter.ts'
import { transact, type Tx, type Wall } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { takeOwnersCode, type Passkey } from '../store/factor.ts'
import { clockClaim, insertProof, proofsOf, readProving } from '../store/proving.ts'
import { casesOfClaim, claimById, claimNumbered } from '../store/recovery.ts'
import type { App } from './app.ts'
import { hashOfCode } from './claim-code.ts'
import { firstSignOf, knownContactsOf } from './first-sign.ts'
import { letterCode } from './link.ts'
import { permit } from './permit.ts'
import { openedBy, type ClaimKey } from './recovery.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { ClaimReader, Who } from './who.ts'

/** Between two askings for letters, in milliseconds: nobody's mailbox is filled by who presses often. */
const lettersPause = 10 * 60_000

/** Asks for letters to every address that was known long before. Whether any goes out is told to nobody here. */
export function askProofLetters(app: App, key: ClaimKey): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.askProofLetters', async (tx, claim) => {
    const now = app.now()
    if (await askLetters(tx, claim.id, { at: now, pause: lettersPause }))
      await clockClaim(tx, claim.id, now)
    return done(null)
  })
}

/** The code of such a letter; it counts once, for its own claim, and for a day. */
export function proveContact(
  app: App,
  { secret, letter: given, ...key }: ClaimKey & { letter: string; secret: string },
): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.proveContact', async (tx, claim) => {
    const open = await whyNotOpen(tx, claim.id, 'contact')
    if (!open.ok) return open
    const letter = await letterOf(tx, claim.id, { purpose: 'proof', secret, code: given })
    const now = app.now()
    const isGood = letter !== null && letter.until > now && (await useLetter(tx, letter.id, now))
    return isGood ? keepProof(app, tx, claim.id, 'contact') : notTaken(app, tx, claim, 'contact')
  })
}

/** One of the saved codes of an address that was known long before, made before the first sign; used up by it. */
export function proveSavedCode(
  app: App,
  { saved, ...key }: ClaimKey & { saved: string },
): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.proveSavedCode', async (tx, claim) => {
    const open = await whyNotOpen(tx, claim.id, 'saved-code')
    if (!open.ok) return open
    const now = app.now()
    const known = await knownContactsOf(tx, claim, now)
    const { at: before } = await firstSignOf(tx, claim)
    const isGood = await takeOwnersCode(tx, {
      addresses: known.map(({ address }) => address),
      hash: hashOfCode(saved),
      before,
      at: now,
    })
    return isGood
      ? keepProof(app, tx, claim.id, 'saved-code')
      : notTaken(app, tx, claim, 'saved-code')
  })
}

/** A passkey whose ceremony was checked: it counts where it was the account's before the first sign. */
export function provePasskey(
  app: App,
  { passkey, ...key }: ClaimKey & { passkey: Pick<Passkey, 'address' | 'addedAt'> | null },
): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.provePasskey', async (tx, claim) => {
    const open = await whyNotOpen(tx, claim.id, 'passkey')
    if (!open.ok) return open
    const known = await knownContactsOf(tx, claim, app.now())
    const { at: firstSign } = await firstSignOf(tx, claim)
    const isGood =
      passkey !== null &&
      isOwnersFactor({ madeAt: passkey.addedAt }, firstSign) &&
      known.some(({ address }) => address === passkey.address.toLowerCase())
    return isGood ? keepProof(app, tx, claim.id, 'passkey') : notTaken(app, tx, claim, 'passkey')
  })
}

/** Whether a claim opens and can take a passkey, before the browser is asked for one. */
export function mayProvePasskey(app: App, key: ClaimKey): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.startPasskeyProof', (tx, claim) =>
    whyNotOpen(tx, claim.id, 'passkey'),
  )
}

/** Asks that the marketplace asks the holder of an old bank account. */
export function askPayoutProof(app: App, key: ClaimKey): Promise<Result<null>> {
  return onClaim(app, key, 'recovery.askPayoutProof', async (tx, claim) => {
    const open = await whyNotOpen(tx, claim.id, 'payout')
    if (!open.ok) return open
    await askPayout(tx, claim.id, app.now())
    return done(null)
  })
}

export interface PayoutRequestView {
  number: string
  sellerId: string
  destinations: { id: string; label: string | null }[]
  askedAt: Date
}

/** For the marketplace: whose bank account is to be asked. Where none is old enough there is nothing to ask. */
export function listPayoutRequests(app: App, who: Who): Promise<Result<PayoutRequestView[]>> {
  const may = permit(app, who, 'recovery.listPayoutRequests')
  if (!may.ok) return Promise.resolve(may)
  return transact(app.db, { inside: true }, async (tx) => {
    const views: PayoutRequestView[] = []
    for (const { claimId, number, sellerId, askedAt } of await openPayoutRequests(tx)) {
      const claim = await claimById(tx, claimId)
      const destinations = claim === null ? [] : await oldDestinations(tx, claim)
      if (destinations.length > 0)
        views.push({ number: claimNumber({ number }), sellerId, destinations, askedAt })
    }
    return done(views)
  })
}

/** The marketplace says that the holder of an old bank account confirmed a claim; it counts once. */
export function confirmPayout(
  app: App,
  who: Who,
  { number, destinationId }: { number: number; destinationId: string },
): Promise<Result<{ taken: boolean }>> {
  const may = permit(app, who, 'recovery.confirmPayout')
  if (!may.ok) return Promise.resolve(may)
  const by = may.reader.keyId
  return transact(app.db, { inside: true }, async (tx): Promise<Result<{ taken: boolean }>> => {
    const claim = await claimNumbered(tx, number)
    if (claim === null || (await payoutAskedAt(tx, claim.id)) === null) return refuse('not_found')
    const open = await whyNotOpen(tx, claim.id, 'payout')
    if (!open.ok) return open
    const isOld = (await oldDestinations(tx, claim)).some(({ id }) => id === destinationId)
    if (!isOld) return refuse('proof_not_taken')
    const now = app.now()
    if (!(await insertProof(tx, claim.id, { kind: 'payout', at: now, by, said: destinationId })))
      return refuse('proof_given')
    await clockClaim(tx, claim.id, now)
    return done({ taken: true })
  })
}

async function oldDestinations(
  tx: Tx,
  claim: Claim,
): Promise<{ id: string; label: string | null }[]> {
  const balance = claim.sellerId === null ? null : await readBalance(tx, claim.sellerId)
  if (balance === null) return []
  const { at } = await firstSignOf(tx, claim)
  return balance.destinations
    .filter((destination) => isOldDestination(destination, at))
    .map(({ id, label }) => ({ id, label }))
}

/** The letter of a claim whose code this is; every one is looked at, so that a near miss takes no longer. */
export async function letterOf(
  tx: Tx,
  claimId: string,
  { purpose, secret, code }: { purpose: LetterPurpose; secret: string; code: string },
): Promise<{ id: string; until: Date; usedAt: Date | null } | null> {
  const given = Buffer.from(hashOfCode(code), 'hex')
  let found: Awaited<ReturnType<typeof lettersOf>>[number] | null = null
  for (const letter of await lettersOf(tx, claimId, purpose)) {
    const expected = Buffer.from(hashOfCode(letterCode(secret, letter.id)), 'hex')
    if (timingSafeEqual(given, expected)) found = letter
  }
  return found
}

type ProofCommand =
  | 'recovery.askProofLetters'
  | 'recovery.proveContact'
  | 'recovery.proveSavedCode'
  | 'recovery.startPasskeyProof'
  | 'recovery.provePasskey'
  | 'recovery.askPayoutProof'

/** Does something for whoever has the claim's code, at the small door: it finds what is known, and tells none of it. */
async function onClaim<T>(
  app: App,
  key: ClaimKey,
  command: ProofCommand,
  work: (tx: Tx, claim: Claim) => Promise<Result<T>>,
): Promise<Result<T>> {
  const may = permit(app, await openedBy(app, key), command)
  if (!may.ok) return refuse('claim_not_opened')
  const claim = await claimBehind(app, may)
  if (claim === null) return refuse('claim_not_opened')
  return refusalOf(transact(app.db, { recovery: true }, (tx) => work(tx, claim)))
}

/** The claim as its own wall shows it: whoever has no code for it sees none, whatever they were permitted. */
export function claimBehind(
  app: App,
  { reader, wall }: { reader: ClaimReader; wall: Wall },
): Promise<Claim | null> {
  return transact(app.db, wall, (tx) => claimById(tx, reader.claimId))
}

/** Whether a claim still takes a proof of this kind. */
async function whyNotOpen(tx: Tx, claimId: string, kind: ClaimProofKind): Promise<Result<null>> {
  const record = await readProving(tx, claimId)
  if (record === null || !isBeingDecided(record.proving)) return refuse('wrong_state')
  const isGiven =
    hasProved(record.proving, kind) ||
    (await proofsOf(tx, claimId)).some((proof) => proof.kind === kind)
  return isGiven ? refuse('proof_given') : done(null)
}

async function keepProof(
  app: App,
  tx: Tx,
  claimId: string,
  kind: ClaimProofKind,
): Promise<Result<null>> {
  const now = app.now()
  if (!(await insertProof(tx, claimId, { kind, at: now, by: null }))) return refuse('proof_given')
  await clockClaim(tx, claimId, now)
  return done(null)
}

/** What was wrong is on record for whoever decides; a refusal value keeps what this transaction wrote. */
async function notTaken(
  app: App,
  tx: Tx,
  claim: Claim,
  kind: ClaimProofKind,
): Promise<Result<null>> {
  app.log('a proof of a claim was not taken', { claim: claimNumber(claim), kind })
  const caseId = (await casesOfClaim(tx, claim.id)).at(-1) ?? null
  await recordEvents(tx, [
    {
      at: app.now(),
      kind: 'claim.proof_refused',
      sellerId: claim.sellerId,
      caseId,
      decisionId: null,
      by: null,
      detail: { proof: kind },
    },
  ])
  return refuse('proof_not_taken')
}
