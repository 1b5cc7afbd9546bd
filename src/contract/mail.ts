/** Mail that waits for a person: read as text, put where it belongs, or answered. */
import { z } from 'zod'
import { authenticities } from '../core/mail.ts'
import { At, FileForReader } from './case.ts'
import { refuses, route } from './problem.ts'

export const HeldMail = z.object({
  id: z.string(),
  /** What people quote: M-1001. */
  number: z.string(),
  arrivedAt: At,
  /** As it says of itself; nobody has shown that it is so. */
  from: z.string().nullable(),
  envelopeFrom: z.string(),
  /** The addresses of ours that it came to. */
  to: z.array(z.string()),
  subject: z.string(),
  /** Its words as text; markup is taken out. */
  words: z.string(),
  authentication: z.object({
    result: z.enum(authenticities),
    spf: z.string(),
    dkim: z.string(),
    dmarc: z.string(),
  }),
  because: z.string(),
  desk: z.string(),
  dueAt: At.nullable(),
  overdueSince: At.nullable(),
  /** The message as it came, and the files that it brought. */
  raw: FileForReader.nullable(),
  files: z.array(FileForReader),
  leftIn: z.array(z.string()),
  /** Sellers for whom the address that it names is a contact. */
  sellers: z.array(z.object({ id: z.string(), name: z.string() })),
  settled: z
    .object({
      by: z.string(),
      at: At,
      caseId: z.string().nullable(),
      /** What its sender was told where there was nothing to do. */
      reason: z.string().nullable(),
    })
    .nullable(),
})
export type HeldMail = z.infer<typeof HeldMail>

const tags = ['Desk']
const One = z.object({ mailId: z.string().min(1) })

export const listHeldMail = route
  .route({
    method: 'GET',
    path: '/v1/desk/mail',
    tags,
    summary: 'See mail that waits for a person, and what was settled last',
  })
  .input(z.object({}).optional())
  .output(
    z.object({
      held: z.array(HeldMail),
      settled: z.array(HeldMail),
      /** Whether the reader may settle it, or only look. */
      maySort: z.boolean(),
      at: At,
    }),
  )

export const attachMail = route
  .errors(refuses('wrong_state', 'not_your_desk', 'not_your_kind'))
  .route({
    method: 'POST',
    path: '/v1/desk/mail/{mailId}/attachment',
    tags,
    summary: 'Put a mail into a case',
    description:
      'Where the seller was asked something, or a matter is answered, people of its desk do it.',
  })
  .input(One.extend({ caseNumber: z.string().min(1).max(30) }))
  .output(z.object({ caseId: z.string() }))

export const openMail = route
  .errors(refuses('wrong_state', 'no_way_in'))
  .route({
    method: 'POST',
    path: '/v1/desk/mail/{mailId}/case',
    tags,
    summary: 'Open a case for a seller out of a mail',
    description:
      'The seller hears of it at every address on file; the sender hears only that it is where it belongs.',
    successStatus: 201,
  })
  .input(One.extend({ sellerId: z.string().min(1) }))
  .output(z.object({ caseId: z.string() }))

export const settleMail = route
  .errors(refuses('wrong_state', 'reasons_missing'))
  .route({
    method: 'POST',
    path: '/v1/desk/mail/{mailId}/answer',
    tags,
    summary: 'Answer that there is nothing to do, with a reason that its sender reads',
  })
  .input(One.extend({ reason: z.string().min(1).max(5_000) }))
  .output(z.object({ mailId: z.string() }))
