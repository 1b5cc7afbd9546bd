/** A claim at the desk: what each proof is worth, contacts and factors on one line of time, both stories, and two opinions. */
import { z } from 'zod'
import { claimProofKinds } from '../core/claim-proof.ts'
import { provingStates } from '../core/proving.ts'
import { At } from './case.ts'
import { ChangeForOwner, OrderForReader } from './claim.ts'
import { refuses, route } from './problem.ts'

/** What one specialist thinks. */
export const OpinionForDesk = z.object({
  by: z.string(),
  byMe: z.boolean(),
  says: z.enum(['yes', 'no']),
  identity: z.enum(['matches', 'differs', 'not-seen']),
  reasons: z.string(),
  at: At,
})
export type OpinionForDesk = z.infer<typeof OpinionForDesk>

/** One moment in the life of the account's contacts and ways in. */
export const ClaimMoment = z.object({
  at: At,
  what: z.enum([
    'contact-verified',
    'contact-removed',
    'passkey-added',
    'app-added',
    'codes-made',
    'member-added',
    'payout-target-named',
    'first-sign',
    'measure-taken',
    'claim-filed',
    'proof-given',
    'objection',
  ]),
  /** What it is about, in words: an address, "iPhone", "IBAN ending 4410". */
  words: z.string(),
  /** Whether it was there long before the first sign, and so speaks for the owner; null where that is no question. */
  isOwners: z.boolean().nullable(),
})
export type ClaimMoment = z.infer<typeof ClaimMoment>

export const ProvingForDesk = z.object({
  state: z.enum(provingStates),
  /** Where it stands and what is needed, in a sentence. */
  sentence: z.string(),
  proofs: z.array(
    z.object({
      kind: z.enum(claimProofKinds),
      title: z.string(),
      worth: z.string(),
      givenAt: At.nullable(),
      /** When the marketplace was asked for it; null where nobody asked, and for every kind but a bank account. */
      askedAt: At.nullable(),
      by: z.string().nullable(),
      /** What the specialist looked at, in their own words; null for every other kind. */
      seen: z.string().nullable(),
    }),
  ),
  moments: z.array(ClaimMoment),
  /** The first sign of a takeover, and who says so; what was known 30 days before it speaks for the owner. */
  firstSignAt: At,
  firstSignBy: z.string().nullable(),
  isContested: z.boolean(),
  /** Whether papers have to be seen by each who says yes. */
  needsCare: z.boolean(),
  frozenUntil: At.nullable(),
  coolingUntil: At.nullable(),
  handOverAt: At.nullable(),
  handedOverAt: At.nullable(),
  probationUntil: At.nullable(),
  /** The reader's own; null while they have given none. What others think is shown once it is decided, never before. */
  mine: OpinionForDesk.nullable(),
  opinions: z.array(OpinionForDesk),
  /** Other claims on the same account, newest first. */
  otherClaims: z.array(
    z.object({ caseId: z.string(), number: z.string(), state: z.enum(provingStates) }),
  ),
  orders: z.array(OrderForReader),
  changes: z.array(ChangeForOwner),
  /** The repair of what was decided in the window; null where there is none. */
  repair: z.object({ caseId: z.string(), number: z.string() }).nullable(),
  allowed: z.array(z.enum(['opine', 'recordPapers', 'setFirstSign'])),
  /** What the reader may say now. */
  maySay: z.array(z.enum(['yes', 'no'])),
  /** Why the reader may not say yes, or nothing at all; a whole sentence. */
  whyNot: z.string().nullable(),
})
export type ProvingForDesk = z.infer<typeof ProvingForDesk>

const onClaim = route.errors(
  refuses('wrong_state', 'not_your_desk', 'seller_unknown', 'own_measure', 'handled_before'),
)
const Done = z.object({ caseId: z.string() })

export const giveOpinion = onClaim
  .errors(refuses('reasons_missing', 'both_parts', 'decided_before', 'head_decides'))
  .errors(refuses('proofs_missing', 'document_needed', 'identity_not_seen', 'not_your_kind'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/opinion',
    tags: ['Desk'],
    summary: 'Say what one thinks of a claim, without seeing what another thinks',
    description:
      'Two specialists who agree decide it; where they differ the head of identity has the third word. A yes takes effect at the end of the cooling-off, and reasons of a no are read by the claimant.',
    successStatus: 201,
  })
  .input(
    z.object({
      caseId: z.string(),
      says: z.enum(['yes', 'no']),
      identity: z.enum(['matches', 'differs', 'not-seen']),
      reasons: z.string().max(10_000),
    }),
  )
  .output(Done)

export const recordPapers = onClaim
  .errors(refuses('proof_given', 'reasons_missing', 'not_your_kind'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/papers',
    tags: ['Desk'],
    summary: 'Record that one looked at papers and at who showed them, and that they match',
    description: 'Counts as one proof. By itself it freezes nothing and opens nothing.',
    successStatus: 201,
  })
  .input(z.object({ caseId: z.string(), reasons: z.string().max(10_000) }))
  .output(Done)

export const setFirstSign = onClaim
  .errors(refuses('reasons_missing', 'first_sign_later', 'not_your_kind'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/first-sign',
    tags: ['Desk'],
    summary: 'Say when the first sign of the takeover was',
    description:
      'Not later than what is known already. What was known of the account 30 days before it speaks for the owner; what was decided since then is judged anew after a hand-over.',
  })
  .input(z.object({ caseId: z.string(), at: z.coerce.date(), reasons: z.string().max(10_000) }))
  .output(Done)
