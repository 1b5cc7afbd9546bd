/** The door for who has neither account nor mailbox: claims on an account, opened by a number and a code. */
import { z } from 'zod'
import { AskForReader, At, Holding, ThreadEntry } from './case.ts'
import { ClaimNumber, ClaimProgress } from './claim.ts'
import { refuses, route } from './problem.ts'

/** A claim as its claimant sees it. None of it is about the account. */
export const ClaimForClaimant = z.object({
  /** The number to quote, such as R-7012. */
  number: z.string(),
  /** What the claimant wrote as the account, and where they can be reached. */
  account: z.string(),
  address: z.string(),
  state: z.enum(['open', 'asking', 'restoring', 'answered', 'closed']),
  /** `yes`: what kept the owner out was lifted. `part`: it was eased. `no`: we could not see that it is theirs. */
  outcome: z.enum(['yes', 'part', 'no']).nullable(),
  desk: z.string(),
  holding: Holding,
  openedAt: At,
  closedAt: At.nullable(),
  /** By when the last answer was promised; null once there is one. */
  promisedBy: At.nullable(),
  ask: AskForReader.nullable(),
  thread: z.array(ThreadEntry),
  /** How far it is proved, and what comes next. */
  progress: ClaimProgress,
  allowed: z.array(z.enum(['write'])),
  /** Until when one can write again; null where that does not end, or has not begun to run. */
  writeUntil: At.nullable(),
  /** The desk that looks again when one writes after a no. */
  secondLookDesk: z.string().nullable(),
  now: At,
})
export type ClaimForClaimant = z.infer<typeof ClaimForClaimant>

export const RecoveryWay = z.object({
  desk: z.string(),
  /** How long that desk may take: "2 days". */
  within: z.string(),
  ifLate: z.string(),
  ifLateDetail: z.string(),
})
export type RecoveryWay = z.infer<typeof RecoveryWay>

export const getRecoveryWay = route
  .errors(refuses('no_way_in'))
  .route({
    method: 'GET',
    path: '/v1/recovery',
    tags: ['Recovery'],
    summary: 'Read how a claim made now would go',
  })
  .input(z.object({}).optional())
  .output(RecoveryWay)

export const NewClaim = z.object({
  /** Which account: a shop's name, a seller's id or an address once used. */
  account: z.string().max(1_000),
  happened: z.string().max(20_000),
  /** An address that the claimant can read now. */
  address: z.email().max(254),
})
export type NewClaim = z.infer<typeof NewClaim>

export const fileClaim = route
  .errors(refuses('claim_incomplete', 'no_way_in', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/claims',
    tags: ['Recovery'],
    summary: 'Say that an account is yours and that you cannot get in',
    description:
      'Needs no sign-in. The answer is the same whether or not we know such an account. `code` is shown this once; with the same Idempotency-Key and words it is the same.',
    successStatus: 201,
  })
  .input(NewClaim)
  .output(z.object({ code: z.string(), claim: ClaimForClaimant }))

export const getClaim = route
  .errors(refuses('claim_not_opened'))
  .route({
    method: 'GET',
    path: '/v1/claims/{number}',
    tags: ['Recovery'],
    summary: 'Read a claim',
    description:
      'The code is the header `x-recourse-code`. Wrong codes are answered more and more slowly; none locks a claim.',
  })
  .input(z.object({ number: ClaimNumber }))
  .output(ClaimForClaimant)

export const writeInClaim = route
  .errors(refuses('claim_not_opened', 'text_missing', 'wrong_state', 'window_closed', 'key_reused'))
  .errors(refuses('key_in_use', 'nothing_to_contest'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/messages',
    tags: ['Recovery'],
    summary: 'Answer the question, or write to the desk',
    description:
      'The code is the header `x-recourse-code`. After a no it asks another desk to look again. It never restarts a running clock.',
  })
  .input(z.object({ number: ClaimNumber, text: z.string().max(20_000) }))
  .output(ClaimForClaimant)

export const disputeClaim = route
  .errors(refuses('link_invalid', 'link_expired', 'no_way_in', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/claims/{number}/disputes',
    tags: ['Recovery'],
    summary: 'Say that a claim on your account was not yours',
    description:
      'For whom the account is known by: the token of the mail is the header `x-recourse-claim-link`. It opens a question at the desk that decides such claims, and the desk reads it beside the claim.',
    successStatus: 201,
  })
  .input(z.object({ number: ClaimNumber, text: z.string().max(20_000).default('') }))
  .output(z.object({ caseNumber: z.string() }))
