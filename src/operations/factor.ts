/** What a person may do with their own factors; whoever knows the account hears of every change. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  mostPasskeys,
  requireFresh,
  savedCodesMade,
  type FactorChange,
  type FactorsSet,
  type Proof,
} from '../core/factor.ts'
import { factorNotice } from '../core/factor-notice.ts'
import type { Language } from '../core/language.ts'
import { refuse, type Refused } from '../core/refusal.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  deleteAuthenticator,
  deletePasskey,
  deleteSavedCodes,
  insertAuthenticator,
  insertPasskey,
  lockFactors,
  passkeyOfCredential,
  readFactors,
  readFactorsSet,
  replaceSavedCodes,
  takeSavedCode,
  takeStep,
  touchPasskey,
  type Factors,
  type Passkey,
} from '../store/factor.ts'
import { insertNotice } from '../store/notice.ts'
import { membershipsOf } from '../store/member.ts'
import { sellersOfAddress } from '../store/seller.ts'
import { staffByEmail } from '../store/staff.ts'
import type { App } from './app.ts'
import { codeBytes, codeOf, hashOfCode } from './claim-code.ts'
import { done, type Result } from './result.ts'
import { seal, unseal } from './seal.ts'
import { stepOfCode, totpAddress } from './totp.ts'
export type { Factors, Passkey } from '../store/factor.ts'

/** A signed-in person who wants to change something: whose factors, and how they last proved who they are. */
export interface Prover {
  address: string
  proof: Proof | null
}

/** Everything that is set up for an address. */
export function factorsOf(app: App, address: string): Promise<Factors> {
  return transact(app.db, { inside: true }, (tx) => readFactors(tx, address))
}

/** Which factors an address has, in one look. */
export function factorsSetOf(app: App, address: string): Promise<FactorsSet> {
  return transact(app.db, { inside: true }, (tx) => readFactorsSet(tx, address))
}

/** Refuses unless this person proved lately, by the strongest factor they have, who they are. For whatever changes who can come in or be paid. */
export async function requireProof(
  app: App,
  { address, proof }: Prover,
): Promise<Refused | { ok: true }> {
  // Proofs are made in the real time, however far a demo's clock has gone.
  return requireFresh(proof, await factorsSetOf(app, address), new Date())
}

/** Does a change of one's own factors in one transaction, if the proof is fresh; others wait, so that a rule holds for two at once. */
function change<T>(
  app: App,
  { address, proof }: Prover,
  work: (tx: Tx, factors: Factors) => Promise<Result<T>>,
): Promise<Result<T>> {
  return transact(app.db, { inside: true }, async (tx) => {
    await lockFactors(tx, address)
    const fresh = requireFresh(proof, await readFactorsSet(tx, address), new Date())
    if (!fresh.ok) return fresh
    return work(tx, await readFactors(tx, address))
  })
}

/** Keeps a passkey whose ceremony was checked. */
export function addPasskey(
  app: App,
  prover: Prover,
  passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'signCount' | 'transports' | 'name'>,
): Promise<Result<Passkey>> {
  return change(app, prover, async (tx, { passkeys }) => {
    if (passkeys.length >= mostPasskeys) return refuse('too_many_factors')
    const name = passkey.name.trim() || 'Passkey'
    const added = {
      ...passkey,
      name,
      id: app.newId('pky'),
      address: prover.address,
      addedAt: app.now(),
    }
    if (!(await insertPasskey(tx, added))) return refuse('passkey_refused')
    await tellChange(app, tx, prover.address, { kind: 'passkey_added', name })
    return done({ ...added, lastUsedAt: null })
  })
}

/** Takes one of one's passkeys out. */
export function removePasskey(app: App, prover: Prover, id: string): Promise<Result<null>> {
  return change(app, prover, async (tx) => {
    const name = await deletePasskey(tx, { id, address: prover.address })
    if (name === null) return refuse('not_found')
    await forgetCodesOfNothing(tx, prover.address)
    await tellChange(app, tx, prover.address, { kind: 'passkey_removed', name })
    return done(null)
  })
}

/** What a passkey signed with is kept here; null for a credential of nobody's. */
export function findPasskey(app: App, credentialId: string): Promise<Passkey | null> {
  return transact(app.db, { inside: true }, (tx) => passkeyOfCredential(tx, credentialId))
}

/** Notes that a passkey was used. */
export function usedPasskey(
  app: App,
  { id }: Passkey,
  { signCount }: { signCount: number },
): Promise<void> {
  return transact(app.db, { inside: true }, (tx) =>
    touchPasskey(tx, { id, signCount, at: app.now() }),
  )
}

/** What is sealed between showing the picture and the first code of the app. */
const Setup = z.object({ secret: z.string(), address: z.string(), until: z.number() })

/** How long one may take to set up an app, in milliseconds. */
const setupFor = 15 * 60_000

export interface TotpSetup {
  uri: string
  /** The same, to type in. */
  key: string
  /** Comes back with the first code; nothing is kept before that. */
  setup: string
}

/** Begins setting up an authenticator app. */
export async function startTotp(
  app: App,
  prover: Prover,
  { secret: own }: { secret: string },
): Promise<Result<TotpSetup>> {
  const fresh = await requireProof(app, prover)
  if (!fresh.ok) return fresh
  const { address } = prover
  if ((await factorsSetOf(app, address)).hasTotp) return refuse('factor_exists')
  const secret = randomBytes(20)
  const until = Date.now() + setupFor
  const kept: z.infer<typeof Setup> = { secret: secret.toString('base64url'), address, until }
  return done({
    ...totpAddress(secret, { issuer: app.marketplace, account: address }),
    setup: await seal(own, 'authenticator setup', kept),
  })
}

/** Keeps the authenticator app once its first code is right. */
export async function setTotp(
  app: App,
  prover: Prover,
  { secret: own, setup, code }: { secret: string; setup: string; code: string },
): Promise<Result<null>> {
  const begun = Setup.safeParse(await unseal(own, 'authenticator setup', setup))
  if (!begun.success || begun.data.address !== prover.address || begun.data.until < Date.now())
    return refuse('wrong_state', 'This took too long. Start again with a new picture.')
  const step = await stepOfCode(Buffer.from(begun.data.secret, 'base64url'), code, new Date())
  if (step === null) return refuse('code_wrong')
  const secret = await seal(own, 'authenticator', begun.data.secret)
  return change(app, prover, async (tx) => {
    const { address } = prover
    if (!(await insertAuthenticator(tx, { address, secret, step, at: app.now() })))
      return refuse('factor_exists')
    await tellChange(app, tx, address, { kind: 'totp_set' })
    return done(null)
  })
}

/** Takes the authenticator app out. */
export function removeTotp(app: App, prover: Prover): Promise<Result<null>> {
  return change(app, prover, async (tx) => {
    if (!(await deleteAuthenticator(tx, prover.address))) return refuse('not_found')
    await forgetCodesOfNothing(tx, prover.address)
    await tellChange(app, tx, prover.address, { kind: 'totp_removed' })
    return done(null)
  })
}

/** Makes ten saved codes in the place of all older ones; this answer is the only time that they are seen. */
export function makeSavedCodes(app: App, prover: Prover): Promise<Result<string[]>> {
  return change(app, prover, async (tx, { passkeys, authenticator }) => {
    if (passkeys.length === 0 && authenticator === null)
      return refuse(
        'wrong_state',
        'Saved codes stand in for a passkey or an authenticator app. Add one of them first.',
      )
    const codes = Array.from({ length: savedCodesMade }, () => codeOf(randomBytes(codeBytes)))
    const { address } = prover
    await replaceSavedCodes(tx, { address, hashes: codes.map(hashOfCode), at: app.now() })
    await tellChange(app, tx, address, { kind: 'codes_made' })
    return done(codes)
  })
}

/** Takes a code of the app, or a saved one; each counts once. */
export async function takeCode(
  app: App,
  address: string,
  { secret: own, code }: { secret: string; code: string },
): Promise<Result<'totp' | 'saved-code'>> {
  const { authenticator } = await factorsOf(app, address)
  const opened = authenticator && (await unseal(own, 'authenticator', authenticator.secret))
  // Under another secret of the installation it cannot be opened; saved codes go on.
  if (authenticator && opened === null) app.log('an authenticator app cannot be read')
  const secret = z.string().nullable().parse(opened)
  const step =
    secret === null ? null : await stepOfCode(Buffer.from(secret, 'base64url'), code, new Date())
  return transact(app.db, { inside: true }, async (tx) => {
    const at = app.now()
    if (step !== null)
      return (await takeStep(tx, { address, step, at })) ? done('totp') : refuse('code_wrong')
    const left = await takeSavedCode(tx, { address, hash: hashOfCode(code), at })
    if (left === null) return refuse('code_wrong')
    await tellChange(app, tx, address, { kind: 'code_used', left })
    return done('saved-code')
  })
}

/** Many wrong codes in a row: whoever knows the account hears that somebody may be guessing. */
export function tellWrongCodes(app: App, address: string, tries: number): Promise<void> {
  return transact(app.db, { inside: true }, (tx) =>
    tellChange(app, tx, address, { kind: 'codes_wrong', tries }),
  )
}

/** Saved codes stand in for another factor; without one they are nothing but a risk. */
async function forgetCodesOfNothing(tx: Tx, address: string): Promise<void> {
  const { hasPasskey, hasTotp } = await readFactorsSet(tx, address)
  if (!hasPasskey && !hasTotp) await deleteSavedCodes(tx, address)
}

/** To whom a change is told, and how. */
interface Reader {
  sellerId: string | null
  to: string | null
  timeZone: string
  language: Language
}

/** Writes a change down and tells it to every contact of each seller that the address owns, to the member, or to the person of staff. */
async function tellChange(app: App, tx: Tx, address: string, change: FactorChange): Promise<void> {
  const at = app.now()
  const { kind, ...detail } = change
  const person = await staffByEmail(tx, address)
  const sellers = person === null ? await sellersOfAddress(tx, address) : []
  // A member's way in is theirs: it is told to their own mailbox, and not to all for whom they act.
  const [membership] = person === null ? await membershipsOf(tx, address) : []
  const readers: Reader[] = person
    ? [{ sellerId: null, to: person.email, timeZone: app.timeZone, language: 'en' }]
    : sellers.map(({ id, timeZone, language }) => ({ sellerId: id, to: null, timeZone, language }))
  if (membership)
    readers.push({
      sellerId: null,
      to: membership.member.email,
      timeZone: membership.seller.timeZone,
      language: membership.seller.language,
    })
  for (const { sellerId, to, timeZone, language } of readers) {
    const reader = person !== null ? 'staff' : sellerId === null ? 'member' : 'seller'
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId,
      decisionId: null,
      caseId: null,
      address: to,
      createdAt: at,
      releaseAt: at,
      ...factorNotice({ change, address, at, timeZone, reader, language }),
    })
  }
  await recordEvents(
    tx,
    readers.map(({ sellerId }) => ({
      at,
      kind: `factor.${kind}`,
      sellerId,
      caseId: null,
      decisionId: null,
      by: person?.id ?? address,
      detail,
    })),
  )
}
