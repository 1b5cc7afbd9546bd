/** The fact of a security event: a sign-in, or a change of what guards an account and its money. */
import { z } from 'zod'
import { SecurityEventKind } from '../core/security-event.ts'
import { at, fact, FactAnswer, id, readable } from './listing.ts'
import { refuses } from './problem.ts'

const words = readable(500).nullable().optional()

export const SecurityEventFact = z.object({
  id,
  sellerId: id,
  at,
  kind: SecurityEventKind,
  device: readable(200)
    .min(1)
    .nullable()
    .optional()
    .describe('Your name for the browser or telephone, always the same for the same one'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'a country of ISO 3166-1, such as PT')
    .nullable()
    .optional(),
  before: words.describe('What was there before, in words; never a secret'),
  after: words,
  count: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('How many changed at once, such as listings; 1 unless told'),
  updatedAt: at.optional().describe('Taken and not needed: what happened does not change'),
})
export type SecurityEventFact = z.infer<typeof SecurityEventFact>

export const tellSecurityEvent = fact
  .errors(refuses('event_told_otherwise', 'event_ahead'))
  .route({
    method: 'POST',
    path: '/v1/security-events',
    tags: ['Facts'],
    summary: 'Tell what happened to an account',
    description:
      'A sign-in, or a change of contacts, of ways to sign in, of payout targets or of listings. `device` and `country` say by what and from where; without them nothing can be seen to be strange. What happened does not change: the same `id` twice counts once, and with other words it is refused. Where what happens looks like a stranger at work, the account is secured within seconds, and nothing is held against it.',
  })
  .input(SecurityEventFact)
  .output(FactAnswer)
