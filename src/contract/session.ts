/** Who the reader is, and which pages are theirs. */
import { z } from 'zod'
import { At } from './case.ts'
import { MemberRole } from './member.ts'
import { PasskeyAnswer, PasskeyOptions } from './passkey.ts'
import { refuses, route } from './problem.ts'

export const Me = z.discriminatedUnion('kind', [
  /** `awaitsCode`: a link was opened, and the code of an app is asked next. */
  z.object({ kind: z.literal('nobody'), awaitsCode: z.literal(true).optional() }),
  z.object({
    kind: z.literal('seller'),
    name: z.string(),
    email: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    /** The owner, or what the owner let them in as. */
    role: MemberRole,
    /** When a representative's time is over; null for everybody else. */
    until: At.nullable(),
    /** Whether they were let in for named matters only. */
    isNamed: z.boolean(),
    allowed: z.array(z.enum(['write', 'ask', 'see_belongings', 'export', 'see_members'])),
    /** For which sellers else they act, and whether they have said for which one now. */
    others: z.array(z.object({ id: z.string(), name: z.string() })),
    isChosen: z.boolean(),
  }),
  /** Came by a signed link from a notice: sees that one matter, without a sign-in. */
  z.object({
    kind: z.literal('link'),
    sellerId: z.string(),
    sellerName: z.string(),
    decisionId: z.string().nullable(),
    caseId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('staff'),
    name: z.string(),
    email: z.string(),
    id: z.string(),
    roles: z.array(z.string()),
    desks: z.array(z.string()),
  }),
])
export type Me = z.infer<typeof Me>

export const getMe = route
  .route({ method: 'GET', path: '/v1/me', tags: ['Session'], summary: 'Read who one is here' })
  .input(z.object({}).optional())
  .output(
    z.object({
      me: Me,
      marketplace: z.string(),
      isDemo: z.boolean(),
      /** By how many milliseconds the demo's clock is ahead; null where there is no clock to move. */
      clockAhead: z.int().nullable(),
    }),
  )

const tags = ['Session']

export const getSignInWays = route
  .route({
    method: 'GET',
    path: '/v1/sign-in',
    tags,
    summary: 'Read how one can sign in here',
  })
  .input(z.object({}).optional())
  .output(
    z.object({
      /** Whether passkeys work at this address. */
      passkeys: z.boolean(),
      /** The name of the sign-in of the marketplace's own organisation, for its people; null where there is none. */
      issuer: z.string().nullable(),
    }),
  )

export const startPasskeySignIn = route
  .errors(refuses('passkeys_off'))
  .route({
    method: 'POST',
    path: '/v1/sign-in/passkey/options',
    tags,
    summary: 'Begin to sign in by a passkey',
    description: 'No address is asked: the browser knows whose passkeys it has.',
  })
  .input(z.object({}).optional())
  .output(PasskeyOptions)

export const signInByPasskey = route
  .errors(refuses('passkey_refused', 'passkeys_off'))
  .route({
    method: 'POST',
    path: '/v1/sign-in/passkey',
    tags,
    summary: 'Sign in by the passkey that the browser shows',
    description: 'The session comes as a cookie.',
  })
  .input(z.object({ passkey: PasskeyAnswer }))
  .output(z.object({ ok: z.literal(true) }))

export const signInByCode = route
  .errors(refuses('code_wrong', 'rate_limited'))
  .route({
    method: 'POST',
    path: '/v1/sign-in/code',
    tags,
    summary: 'Take the second step after a link: a code of the app, or a saved one',
    description: 'Wrong codes are answered more and more slowly; none locks anything.',
  })
  .input(z.object({ code: z.string().max(40) }))
  .output(z.object({ ok: z.literal(true) }))
