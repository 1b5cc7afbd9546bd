/** An account of old, a claim on it, and the steps by which it is proved, for tests. */
import { linkSecret, type Surroundings } from './surroundings.ts'
import { marketplace, valueOf } from './world.ts'
import { hashOfCode } from '../src/operations/claim-code.ts'
import { tellContacts } from '../src/operations/fact.ts'
import { giveOpinion } from '../src/operations/claim-desk.ts'
import { askProofLetters, proveContact, proveSavedCode } from '../src/operations/claim-proof.ts'
import { readLink } from '../src/operations/link.ts'
import { disputeClaim, fileClaim, readClaim } from '../src/operations/recovery.ts'
import type { StaffReader } from '../src/operations/who.ts'

export const hour = 3_600_000
export const day = 24 * hour
export const code = '7KQX-M2D9-R4TB-0WZE'
export const saved = 'ABCD-EFGH-JKMN-PQRS'
export const account = { kind: 'account', id: 'clay' } as const
export const payouts = { kind: 'payouts', id: 'clay' } as const
export const ownerNow = 'owner@elsewhere.example'
export const known = 'clay@old.example'
export const open = { signIn: true, sell: true, addListings: true }
export const shut = { signIn: false, sell: true, addListings: true }

/** An account of old: a known contact, saved codes, a bank account; and people at the identity desks. */
export async function owned(s: Surroundings) {
  const seller = await s.w.seller()
  await s.w.balance('clay', 300)
  await contact(s, 'clay-old', known, { verifiedAt: ago(s, 400 * day) })
  await s.w.inside((tx) =>
    tx
      .insertInto('saved_codes')
      .values({
        address: known,
        code_hash: hashOfCode(saved),
        made_at: ago(s, 100 * day),
        used_at: null,
      })
      .execute(),
  )
  const nadia = await s.w.reviewer('Nadia', ['identity'])
  const ines = await s.w.reviewer('Ines', ['identity'])
  const omar = await s.w.reviewer('Omar', ['identity-chief'])
  return { seller, nadia, ines, omar }
}

export const ago = (s: Surroundings, milliseconds: number) =>
  new Date(s.w.app.now().getTime() - milliseconds)

export function contact(
  s: Surroundings,
  id: string,
  address: string,
  { verifiedAt = null, removedAt = null }: { verifiedAt?: Date | null; removedAt?: Date | null },
) {
  return tellContacts(s.w.app, marketplace, [
    { id, sellerId: 'clay', address, verifiedAt, removedAt, factAt: null },
  ])
}

export async function claim(s: Surroundings, address = ownerNow, own = code) {
  const filed = valueOf(
    await fileClaim(
      s.w.app,
      { account: 'clay', happened: 'My telephone was stolen.', address, code: own },
      null,
    ),
  )
  const key = { number: filed.number, code: own }
  const { case: held } = valueOf(await readClaim(s.w.app, key))
  return { ...filed, key, caseId: held.id }
}

/** Lets the clocks fire and the mail go out, until nothing is left. */
export async function settle(s: Surroundings) {
  for (let round = 0; round < 8; round++) {
    const fired = await s.w.fireDue()
    const now = s.w.app.now()
    const isDue = (await s.deliveries()).some(({ due_at: dueAt }) => dueAt <= now)
    if (fired === 0 && !isDue) return
    if (!isDue) continue
    // On a busy machine a shop that answers in its own time is not taken for one that does not.
    const delivery = s.carry()
    await delivery.idle()
    await delivery.stop()
  }
}

export const stateOf = async (s: Surroundings, key: { number: number; code: string }) =>
  valueOf(await readClaim(s.w.app, key)).proving.state
export const caseOf = async (s: Surroundings, key: { number: number; code: string }) =>
  valueOf(await readClaim(s.w.app, key)).case

export const mailTo = (s: Surroundings, address: string) =>
  s.post.arrived.filter(({ to }) => to === address).map(({ mail }) => mail)

/** The code in the last letter to an address. */
export function letterTo(s: Surroundings, address: string, purpose: 'proof' | 'binding'): string {
  const found = mailTo(s, address)
    .map(({ text }) => new RegExp(`/recovery/R-\\d+/${purpose}#([0-9A-Z-]+)`).exec(text ?? '')?.[1])
    .filter((letter) => letter !== undefined)
  return found.at(-1) ?? ''
}

/** Says no by the link in the last mail about a claim to an address. */
export async function object(s: Surroundings, address: string, number: number) {
  const text = mailTo(s, address)
    .map((mail) => mail.text ?? '')
    .filter((words) => words.includes('/not-us#'))
    .at(-1)
  const token = /not-us#(\S+)/.exec(text ?? '')?.[1] ?? ''
  const link = readLink(linkSecret, token, s.w.app.now(), 'claim')
  if (!link.ok) throw new Error(link.refusal)
  return disputeClaim(s.w.app, link, { number, text: 'It was not us.' }, null)
}

export const opinion = (
  s: Surroundings,
  who: StaffReader,
  caseId: string,
  says: 'yes' | 'no' = 'yes',
  identity: 'matches' | 'not-seen' = 'not-seen',
) => giveOpinion(s.w.app, who, { caseId, says, identity, reasons: `${who.name} looked.` })

/** A claim with two kinds of proof, of which everybody known was told. */
export async function proved(s: Surroundings) {
  const filed = await claim(s)
  valueOf(await proveSavedCode(s.w.app, { ...filed.key, saved }))
  await settle(s)
  valueOf(await askProofLetters(s.w.app, filed.key))
  await settle(s)
  valueOf(
    await proveContact(s.w.app, {
      ...filed.key,
      letter: letterTo(s, known, 'proof'),
      secret: linkSecret,
    }),
  )
  await settle(s)
  return filed
}

export async function handedOver(s: Surroundings) {
  const people = await owned(s)
  const filed = await proved(s)
  valueOf(await opinion(s, people.nadia, filed.caseId))
  valueOf(await opinion(s, people.ines, filed.caseId))
  await settle(s)
  s.w.advance(24 * hour)
  await settle(s)
  return { ...people, ...filed }
}

/** A change as the shop tells it. */
export const changed = (s: Surroundings, id: string, revertible: boolean) => ({
  id,
  at: s.w.app.now().toISOString(),
  kind: 'payout-target',
  subjectId: null,
  before: 'IBAN ending 4410',
  after: 'IBAN ending 9999',
  revertible,
})
