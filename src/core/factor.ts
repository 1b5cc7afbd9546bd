/** A factor is what proves who one is beside the mailbox: a passkey, an authenticator app, a saved code. */
import { refuse, type Refused } from './refusal.ts'

/** How one proved who one is: by the mailbox, by a factor, or by the word of somebody else whom we trust. */
export const proofKinds = ['link', 'passkey', 'totp', 'saved-code', 'issuer', 'hand-over'] as const
export type ProofKind = (typeof proofKinds)[number]

/** The last proof of a session. */
export interface Proof {
  kind: ProofKind
  at: Date
}

/** What a person has set up beside the mailbox. */
export interface FactorsSet {
  hasPasskey: boolean
  hasTotp: boolean
}

/** How long a proof is fresh enough to change what lets one in, in milliseconds. */
export const freshFor = 10 * 60_000

/** A saved code stands in for what was lost, so it counts as much. */
const strong: readonly ProofKind[] = ['passkey', 'totp', 'saved-code']

/** What is asked of a person who is to prove anew who they are: the strongest factor that they have. */
export function proofsAsked({ hasPasskey, hasTotp }: FactorsSet): readonly ProofKind[] {
  // What the marketplace says of its seller was proved there, not here, so it never counts.
  return hasPasskey || hasTotp ? strong : ['link', 'issuer', ...strong]
}

/** Refuses unless who asks proved lately, and by the strongest factor they have, who they are. */
export function requireFresh(
  proof: Proof | null,
  factors: FactorsSet,
  now: Date,
): Refused | { ok: true } {
  const isFresh =
    proof !== null &&
    proofsAsked(factors).includes(proof.kind) &&
    now.getTime() - proof.at.getTime() < freshFor
  return isFresh ? { ok: true } : refuse('proof_needed')
}

/** How many saved codes are made at once. */
export const savedCodesMade = 10

/** How many passkeys one address may have. */
export const mostPasskeys = 20

/** What was done to the factors of a person. */
export type FactorChange =
  | { kind: 'passkey_added' | 'passkey_removed'; name: string }
  | { kind: 'totp_set' | 'totp_removed' | 'codes_made' }
  | { kind: 'code_used'; left: number }
  /** Many codes in a row were wrong: somebody who can read the mail may be guessing. */
  | { kind: 'codes_wrong'; tries: number }
