/** A freeze shuts an account to everybody while a claim on it is proved: no fault of anybody's, and what it sells is left alone. */
import type { ClaimProofKind } from './claim-proof.ts'
import type { Finding } from './finding.ts'
import type { Measure } from './measure.ts'
import type { Policy } from './policy.ts'

/** Sign-in is shut and payouts go only to old bank accounts; listings stay live and orders ship. */
export const freezing: Measure = 'account.secure.narrowed'

/** What holds payouts to old bank accounts for a while after a hand-over, when sign-in is open again. */
export const protecting: Measure = 'payout.protect'

/** The rule that a freeze quotes. It ships with the system and not as a document: without it nobody could be kept out. */
export const freezePolicy: Policy = {
  policy: 'account-recovery',
  version: 1,
  title: 'Who owns an account',
  author: 'recourse',
  naive: false,
  text: `Whoever cannot get into their account may claim it, and shows by two kinds of proof that it is theirs. From the first
proof on nobody signs in to the account until it is decided, for 72 hours at most where no second proof follows, and
at most twice in thirty days. Payouts go only to bank accounts that were named more than thirty days before. Listings
stay for sale and orders ship. Nothing is held against anybody, and no clock runs against the seller meanwhile.

Everybody by whom the account is known is told, and can say that it was not them. Two specialists decide, each without
seeing what the other thinks. For seven days after a hand-over payouts go only to old bank accounts.`,
  jurisdictions: ['us', 'eu'],
  measure: freezing,
  level: 'off',
  base: 0,
  signals: [],
  thresholds: { review: 1, deactivate: 1 },
  wouldReverse: [
    'It ends by itself if no second kind of proof follows within 72 hours.',
    'If you own the account and did not make this claim, say so by the link in our mail about it.',
    'If you made the claim, show a second kind of proof on its page.',
  ],
  examples: [],
}

/** Whether a rule is the one that freezes. */
export function isFreezing({ policy }: Pick<Policy, 'policy'>): boolean {
  return policy === freezePolicy.policy
}

/** What a machine saw when it froze an account: a proof, and not whose. */
export function freezeFinding(kinds: readonly ClaimProofKind[]): Finding {
  const noPlace = { field: null, start: null, end: null } as const
  const text = kinds.length === 1 ? 'one kind of proof' : `${kinds.length} kinds of proof`
  return {
    policy: freezePolicy.policy,
    version: freezePolicy.version,
    outcome: 'review',
    score: 1,
    evidence: [{ ...noPlace, text, signal: 'a claim is proved', weight: 1 }],
    wouldReverse: freezePolicy.wouldReverse,
  }
}
