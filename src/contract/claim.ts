/** Proving a claim, for who makes it: each proof by itself, what comes next and when, and what one does once it is handed over. */
import { z } from 'zod'
import { accountChangeKinds } from '../core/ability.ts'
import { claimProofKinds } from '../core/claim-proof.ts'
import { provingStates } from '../core/proving.ts'
import { At, FileForReader } from './case.ts'
import { PasskeyAnswer, PasskeyOptions } from './passkey.ts'
import { refuses, route } from './problem.ts'

/** Which claim: its number as it is quoted. The code is sent as the header `x-recourse-code`. */
export const ClaimNumber = z.string().regex(/^R-\d{1,9}$/, 'a number such as R-7012')

/** The steps of a claim in their order, as a claimant reads them; those that are not there yet say what comes. */
export const claimSteps = [
  'told',
  'first-proof',
  'safe',
  'second-proof',
  'decided',
  'waiting',
  'handed-over',
  'changes',
  'probation',
] as const

export const ClaimStep = z.object({
  step: z.enum(claimSteps),
  /** `yours`: the claimant's turn. `now`: somebody of ours, or a clock. `skipped`: it was not needed. */
  state: z.enum(['done', 'yours', 'now', 'ahead']),
  /** When it was done; else by when, or from when, it will be; null where nobody can say. */
  at: At.nullable(),
  title: z.string(),
  words: z.string(),
})
export type ClaimStep = z.infer<typeof ClaimStep>

/** One kind of proof, as it can be given now. */
export const ProofForClaimant = z.object({
  kind: z.enum(claimProofKinds),
  title: z.string(),
  /** How it goes, in a sentence or two; the same for an account that we know and one that we do not. */
  how: z.string(),
  /** `given` counts. `asked`: sent or asked for, and waiting. `possible`: nobody has begun. `closed`: no longer. */
  state: z.enum(['given', 'asked', 'possible', 'closed']),
  at: At.nullable(),
})
export type ProofForClaimant = z.infer<typeof ProofForClaimant>

/** One thing that changed in the account since the takeover; told to nobody before the hand-over. */
export const ChangeForOwner = z.object({
  id: z.string(),
  at: At,
  kind: z.enum(accountChangeKinds),
  subjectId: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  revertible: z.boolean(),
  /** `there`: as the stranger left it. `asked`: the shop is asked to return it. */
  state: z.enum(['there', 'asked', 'returned', 'refused']),
  /** Why the shop could not. */
  detail: z.string().nullable(),
})
export type ChangeForOwner = z.infer<typeof ChangeForOwner>

/** What the hand-over orders of the shop. */
export const OrderForReader = z.object({
  ability: z.enum(['endSessions', 'resetAccess', 'changesSince', 'revert']),
  words: z.string(),
  /** `cannot`: this shop does not declare it. */
  state: z.enum(['waits', 'done', 'cannot']),
  at: At.nullable(),
})
export type OrderForReader = z.infer<typeof OrderForReader>

export const ClaimProgress = z.object({
  state: z.enum(provingStates),
  /** Where it stands, in one sentence for a frightened person, with the time that matters. */
  sentence: z.string(),
  steps: z.array(ClaimStep),
  proofs: z.array(ProofForClaimant),
  /** Whether the account is shut to everybody because of this claim, and until when by one proof alone. */
  isSafe: z.boolean(),
  frozenUntil: At.nullable(),
  /** Once two kinds count: whether somebody known objected, and before when nothing is handed over. */
  isContested: z.boolean(),
  notBefore: At.nullable(),
  handOverAt: At.nullable(),
  handedOverAt: At.nullable(),
  probationUntil: At.nullable(),
  /** Since when payouts go everywhere again; null where nothing was handed over. */
  payoutsLockedUntil: At.nullable(),
  /** After the hand-over: whether the one-use link made this address the account's. */
  isBound: z.boolean(),
  /** Set after the hand-over; `isComplete` once the shop has told them, or cannot. */
  changes: z.object({ isComplete: z.boolean(), list: z.array(ChangeForOwner) }).nullable(),
  orders: z.array(OrderForReader),
  allowed: z.array(z.enum(['prove', 'addFile', 'bind', 'returnChanges'])),
})
export type ClaimProgress = z.infer<typeof ClaimProgress>

/** What a proof is answered with, whatever is known of the account: nothing but that it was looked at. */
export const ProofTaken = z.object({ progress: ClaimProgress })

const proofRoute = route.errors(refuses('claim_not_opened', 'wrong_state', 'proof_given'))
const slowly =
  'The code of the claim is the header `x-recourse-code`. The answer is the same, and takes as long, whether or not we know the account.'

export const askProofLetters = proofRoute
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/contact/letters',
    tags: ['Recovery'],
    summary: 'Ask for a letter to every address that the account has had for long',
    description: `One names no address: if we know one, it gets a letter with a link and code that count once and for a day. Asked again within ten minutes, nothing more is sent. ${slowly}`,
    successStatus: 202,
  })
  .input(z.object({ number: ClaimNumber }))
  .output(ProofTaken)

export const proveContact = proofRoute
  .errors(refuses('proof_not_taken'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/contact',
    tags: ['Recovery'],
    summary: 'Give the code of such a letter',
    description: slowly,
  })
  .input(z.object({ number: ClaimNumber, code: z.string().min(1).max(200) }))
  .output(ProofTaken)

export const proveSavedCode = proofRoute
  .errors(refuses('proof_not_taken'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/saved-code',
    tags: ['Recovery'],
    summary: 'Give one of the saved codes of the account',
    description: `A code counts once. ${slowly}`,
  })
  .input(z.object({ number: ClaimNumber, code: z.string().min(1).max(200) }))
  .output(ProofTaken)

export const startPasskeyProof = proofRoute
  .errors(refuses('passkeys_off'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/passkey/options',
    tags: ['Recovery'],
    summary: 'Begin to show a passkey of the account',
    description: `The browser is asked for any passkey that it has for us, so that it learns of none. ${slowly}`,
  })
  .input(z.object({ number: ClaimNumber }))
  .output(PasskeyOptions)

export const provePasskey = proofRoute
  .errors(refuses('proof_not_taken', 'passkeys_off'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/passkey',
    tags: ['Recovery'],
    summary: 'Show a passkey of the account',
    description: slowly,
  })
  .input(z.object({ number: ClaimNumber, answer: PasskeyAnswer }))
  .output(ProofTaken)

export const askPayoutProof = proofRoute
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/proofs/payout/requests',
    tags: ['Recovery'],
    summary: 'Ask that the shop asks the holder of the bank account that payouts went to',
    description: slowly,
    successStatus: 202,
  })
  .input(z.object({ number: ClaimNumber }))
  .output(ProofTaken)

export const addClaimFile = route
  .errors(refuses('claim_not_opened', 'wrong_state', 'file_too_large', 'file_type_refused'))
  .errors(refuses('file_empty', 'too_many_files'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/files',
    tags: ['Recovery'],
    summary: 'Show papers to the specialists',
    description:
      'multipart/form-data with one part `file`, at most 10 MB. Papers prove nothing by themselves: a specialist looks at them and at who shows them.',
    successStatus: 201,
  })
  .input(z.object({ number: ClaimNumber, file: z.file() }))
  .output(FileForReader)

export const bindClaim = route
  .errors(refuses('claim_not_opened', 'wrong_state', 'link_invalid', 'link_used'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/binding',
    tags: ['Recovery'],
    summary: 'Make the claimant’s address the account’s',
    description:
      'After the hand-over, once: with the token of the link in our mail, and the code of the claim as `x-recourse-code`. From then on that address signs in.',
  })
  .input(z.object({ number: ClaimNumber, token: z.string().min(1).max(200) }))
  .output(ProofTaken)

export const returnChanges = route
  .errors(refuses('claim_not_opened', 'wrong_state', 'not_found'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/returns',
    tags: ['Recovery'],
    summary: 'Have the shop return what was changed since the takeover',
    description:
      'After the address was bound. Without `changes`, everything that can be returned and was not.',
    successStatus: 202,
  })
  .input(
    z.object({
      number: ClaimNumber,
      changes: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
    }),
  )
  .output(ProofTaken)

/** What was changed while somebody else had the account; `isComplete` once the shop has told them, or cannot. */
export const ChangesForOwner = z.object({
  /** The claim in which the account was given back. */
  number: z.string(),
  isComplete: z.boolean(),
  list: z.array(ChangeForOwner),
})
export type ChangesForOwner = z.infer<typeof ChangesForOwner>

export const getChanges = route
  .route({
    method: 'GET',
    path: '/v1/seller/changes',
    tags: ['Seller'],
    summary: 'Read what was changed while somebody else had the account',
    description: 'Of the last hand-over; null where the account was never given back.',
  })
  .input(z.object({}).optional())
  .output(z.object({ changes: ChangesForOwner.nullable() }))

export const returnOwnChanges = route
  .errors(refuses('wrong_state', 'not_found'))
  .route({
    method: 'POST',
    path: '/v1/seller/changes/returns',
    tags: ['Seller'],
    summary: 'Have the shop return what was changed while somebody else had the account',
    description: 'Without `changes`, everything that can be returned and was not.',
    successStatus: 202,
  })
  .input(
    z.object({
      changes: z.array(z.string().min(1).max(200)).min(1).max(1_000).optional(),
    }),
  )
  .output(z.object({ changes: ChangesForOwner.nullable() }))

/** A claim whose claimant asked that the holder of the old bank account is asked. */
export const PayoutRequest = z.object({
  number: z.string(),
  sellerId: z.string(),
  /** The bank accounts that were named long enough before; one of them is asked. */
  destinations: z.array(z.object({ id: z.string(), label: z.string().nullable() })),
  askedAt: At,
})
export type PayoutRequest = z.infer<typeof PayoutRequest>

export const listPayoutRequests = route
  .route({
    method: 'GET',
    path: '/v1/payout-requests',
    tags: ['Facts'],
    summary: 'Read which holders of old bank accounts are to be asked',
    description: 'For the marketplace: pay a few cents there with a word, and hear it back.',
  })
  .input(z.object({}).optional())
  .output(z.object({ requests: z.array(PayoutRequest) }))

export const confirmPayout = route
  .errors(refuses('proof_not_taken', 'proof_given', 'wrong_state'))
  .route({
    method: 'POST',
    path: '/v1/payout-requests/{number}/confirmation',
    tags: ['Facts'],
    summary: 'Say that the holder of an old bank account confirmed a claim',
    description:
      'For the marketplace. Counts as one proof, and only for a bank account that was named long before the first sign of a takeover.',
  })
  .input(z.object({ number: ClaimNumber, destinationId: z.string().min(1).max(200) }))
  .output(z.object({ taken: z.boolean() }))
