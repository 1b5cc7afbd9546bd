/** Who the reader is, and which pages are theirs. */
import { z } from 'zod'
import { route } from './problem.ts'

export const Me = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nobody') }),
  z.object({
    kind: z.literal('seller'),
    name: z.string(),
    email: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
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
