/** Sign-in and security: what lets a person in, where they are signed in, and how they prove anew that it is them. */
import { z } from 'zod'
import { proofKinds } from '../core/factor.ts'
import { At } from './case.ts'
import { PasskeyAnswer, PasskeyCreated, PasskeyOptions } from './passkey.ts'
import { refuses, route } from './problem.ts'

const tags = ['Sign-in and security']

/** How one can prove anew who one is; several may be open, and one is enough. */
export const ProofWays = z.object({
  passkey: z.boolean(),
  /** A code of the app, or a saved one. */
  code: z.boolean(),
  link: z.boolean(),
  /** The name of the organisation's sign-in, where that counts. */
  issuer: z.string().nullable(),
})
export type ProofWays = z.infer<typeof ProofWays>

export const SessionSeen = z.object({
  id: z.string(),
  openedAt: At,
  /** To within ten minutes. */
  seenAt: At,
  openedBy: z.enum(proofKinds),
  /** What the browser says it is. */
  agent: z.string(),
  isThis: z.boolean(),
})
export type SessionSeen = z.infer<typeof SessionSeen>

export const Security = z.object({
  address: z.string(),
  passkeys: z.array(
    z.object({ id: z.string(), name: z.string(), addedAt: At, lastUsedAt: At.nullable() }),
  ),
  totp: z.object({ addedAt: At, lastUsedAt: At.nullable() }).nullable(),
  savedCodes: z.object({ left: z.int(), madeAt: At }).nullable(),
  sessions: z.array(SessionSeen),
  /** Until when one can change these without being asked again; null when one would be asked now. */
  freshUntil: At.nullable(),
  prove: ProofWays,
  /** Whether a link to the mailbox signs this person in. */
  hasLinks: z.boolean(),
  /** False where the address of these pages is a number. */
  canHavePasskeys: z.boolean(),
  now: At,
})
export type Security = z.infer<typeof Security>

export const getSecurity = route
  .route({
    method: 'GET',
    path: '/v1/me/security',
    tags,
    summary: 'Read what lets one in, and where one is signed in',
  })
  .input(z.object({}).optional())
  .output(Security)

export const startPasskey = route
  .errors(refuses('proof_needed', 'passkeys_off', 'too_many_factors'))
  .route({
    method: 'POST',
    path: '/v1/me/passkeys/options',
    tags,
    summary: 'Begin to add a passkey',
    description:
      'The answer goes to `navigator.credentials.create` (parseCreationOptionsFromJSON).',
  })
  .input(z.object({}).optional())
  .output(PasskeyOptions)

export const addPasskey = route
  .errors(refuses('proof_needed', 'passkey_refused', 'passkeys_off', 'too_many_factors'))
  .route({
    method: 'POST',
    path: '/v1/me/passkeys',
    tags,
    summary: 'Add the passkey that the browser made',
    successStatus: 201,
  })
  .input(z.object({ name: z.string().max(80).default(''), passkey: PasskeyCreated }))
  .output(Security)

export const removePasskey = route
  .errors(refuses('proof_needed'))
  .route({
    method: 'DELETE',
    path: '/v1/me/passkeys/{id}',
    tags,
    summary: 'Remove a passkey',
  })
  .input(z.object({ id: z.string().max(100) }))
  .output(Security)

export const startTotp = route
  .errors(refuses('proof_needed', 'factor_exists'))
  .route({
    method: 'POST',
    path: '/v1/me/authenticator/options',
    tags,
    summary: 'Begin to set up an authenticator app',
    description: 'Nothing is kept until its first code comes back with `setup`.',
  })
  .input(z.object({}).optional())
  .output(z.object({ uri: z.string(), key: z.string(), setup: z.string() }))

export const setTotp = route
  .errors(refuses('proof_needed', 'code_wrong', 'wrong_state', 'factor_exists', 'rate_limited'))
  .route({
    method: 'PUT',
    path: '/v1/me/authenticator',
    tags,
    summary: 'Set the authenticator app up with its first code',
  })
  .input(z.object({ setup: z.string().max(2_000), code: z.string().max(40) }))
  .output(Security)

export const removeTotp = route
  .errors(refuses('proof_needed'))
  .route({
    method: 'DELETE',
    path: '/v1/me/authenticator',
    tags,
    summary: 'Remove the authenticator app',
  })
  .input(z.object({}).optional())
  .output(Security)

export const makeSavedCodes = route
  .errors(refuses('proof_needed', 'wrong_state'))
  .route({
    method: 'POST',
    path: '/v1/me/saved-codes',
    tags,
    summary: 'Make ten saved codes in the place of all older ones',
    description: 'They are shown this once; only hashes are kept. Each is good once.',
    successStatus: 201,
  })
  .input(z.object({}).optional())
  .output(z.object({ codes: z.array(z.string()), security: Security }))

export const endSession = route
  .errors(refuses('proof_needed'))
  .route({
    method: 'DELETE',
    path: '/v1/me/sessions/{id}',
    tags,
    summary: 'End one of one’s sessions',
    description: 'It bites on the next request of that session.',
  })
  .input(z.object({ id: z.string().max(100) }))
  .output(Security)

export const endOtherSessions = route
  .errors(refuses('proof_needed'))
  .route({
    method: 'POST',
    path: '/v1/me/sessions/others-end',
    tags,
    summary: 'End every session but this one',
  })
  .input(z.object({}).optional())
  .output(Security)

export const startProof = route
  .errors(refuses('passkeys_off'))
  .route({
    method: 'POST',
    path: '/v1/me/proofs/options',
    tags,
    summary: 'Begin to prove by a passkey that it is you',
  })
  .input(z.object({}).optional())
  .output(PasskeyOptions)

export const prove = route
  .errors(refuses('passkey_refused', 'code_wrong', 'rate_limited'))
  .route({
    method: 'POST',
    path: '/v1/me/proofs',
    tags,
    summary: 'Prove that it is you, by a passkey or a code',
    description: 'For ten minutes the session may then change what lets one in.',
  })
  .input(z.union([z.object({ passkey: PasskeyAnswer }), z.object({ code: z.string().max(40) })]))
  .output(Security)

export const sendProofLink = route
  .errors(refuses('rate_limited', 'wrong_state'))
  .route({
    method: 'POST',
    path: '/v1/me/proofs/link',
    tags,
    summary: 'Ask for a link to one’s own mailbox that proves it is you',
    description:
      'For who has neither a passkey nor an authenticator app. It opens a new session in the browser in which it is opened.',
  })
  .input(z.object({}).optional())
  .output(z.object({ address: z.string() }))
