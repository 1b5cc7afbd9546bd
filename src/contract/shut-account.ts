/** What keeps an account shut, for who proved its mailbox: the measure, and the link that its notice has. */
import { z } from 'zod'
import { Measure } from '../core/measure.ts'
import { At } from './case.ts'
import { route } from './problem.ts'

/** The one address that a session gets an answer from whose account is shut. */
export const shutAccountPath = '/v1/shut-accounts'

export const ShutAccount = z.object({
  sellerName: z.string(),
  timeZone: z.string(),
  measure: z.object({
    decisionId: z.string(),
    number: z.string(),
    name: Measure,
    tag: z.string(),
    /** "is locked" */
    is: z.string(),
    since: At,
    effect: z.string(),
  }),
  /** The token of a link to it, as the notice has one: it opens statement, appeal and case without signing in. */
  link: z.string(),
  /** Whether the same link opens the own data, open orders and undisputed money. */
  opensBelongings: z.boolean(),
})
export type ShutAccount = z.infer<typeof ShutAccount>

export const getShutAccounts = route
  .route({
    method: 'GET',
    path: shutAccountPath,
    tags: ['Session'],
    summary: 'Read what keeps the accounts of one’s address shut',
    description:
      'For a session that was opened by a link to the mailbox within the last hour; others are told nothing but that.',
  })
  .input(z.object({}).optional())
  .output(
    z.object({
      /** Whether the mailbox was proved lately; where it was not, nothing is told. */
      isProved: z.boolean(),
      accounts: z.array(ShutAccount),
      now: At,
    }),
  )
