/** A proof shows that a claimant is the owner of an account: of several kinds, each once, and never one kind alone. */
import { later } from './calendar.ts'

/** Every kind, with what pages call it and what the desk reads of its worth. */
export const claimProofs = {
  contact: {
    title: 'An address that the account has had for long',
    worth: 'Shows who reads a mailbox that was the account’s before anything happened.',
  },
  'saved-code': {
    title: 'A saved code',
    worth: 'Shows who keeps the owner’s papers. It was made before anything happened.',
  },
  passkey: {
    title: 'A passkey',
    worth: 'Shows who has a device of the owner’s. It was added before anything happened.',
  },
  payout: {
    title: 'The bank account that payouts went to',
    worth: 'The shop itself asked the holder of a bank account that was named long before.',
  },
  document: {
    title: 'Papers, looked at by a specialist',
    worth:
      'Shows a face and a name that fit. A picture of papers can be stolen, so by itself it opens nothing.',
  },
} as const satisfies Record<string, { title: string; worth: string }>

export type ClaimProofKind = keyof typeof claimProofs
export const claimProofKinds = Object.keys(claimProofs) as [ClaimProofKind, ...ClaimProofKind[]] // keys of a const object are exactly its names

/** One proof as it was given. */
export interface ClaimProof {
  kind: ClaimProofKind
  at: Date
  /** The specialist who looked at papers, or the marketplace that asked a bank account; null for what the claimant showed. */
  by: string | null
}

/** How many kinds it takes. */
export const proofsNeeded = 2

const day = 24 * 60 * 60_000

/** How long before the first sign of a takeover something had to be known to speak for the owner, in milliseconds. */
export const knownFor = 30 * day

/** How long a bank account had to be known: a change of it is what a thief is after. */
export const payoutKnownFor = 90 * day

/** How long a removed contact is still told, and may still object: a hijacker removes the owner first. */
export const witnessFor = 90 * day

/** A contact as far as it can speak for who owns an account. */
export interface ProvingContact {
  verifiedAt: Date | null
  removedAt: Date | null
}

/** Whether a contact speaks for the owner: verified long before the first sign, and not removed for long. */
export function isKnownContact(
  { verifiedAt, removedAt }: ProvingContact,
  firstSign: Date,
  now: Date,
): boolean {
  if (verifiedAt === null || verifiedAt > later(firstSign, -knownFor)) return false
  return removedAt === null || removedAt >= later(now, -witnessFor)
}

/** Whether a factor was made before the first sign: one made later may be the thief's own. */
export function isOwnersFactor({ madeAt }: { madeAt: Date }, firstSign: Date): boolean {
  return madeAt < firstSign
}

/** Whether a bank account was named long enough before the first sign. */
export function isOldDestination({ addedAt }: { addedAt: Date }, firstSign: Date): boolean {
  return addedAt <= later(firstSign, -payoutKnownFor)
}

/** Whether a first proof of this kind freezes the account: papers do not, since pictures of them are stolen. */
export function freezes(kind: ClaimProofKind): boolean {
  return kind !== 'document'
}
