/** A repair at the desk: why decisions are judged anew, and what a stranger did around them. */
import { z } from 'zod'
import { SecurityEventKind } from '../core/security-event.ts'
import { At } from './case.ts'

/** What was done in the account while a stranger had it. */
export const ActForDesk = z.object({
  at: At,
  /** When it was done last. */
  until: At,
  kind: SecurityEventKind,
  device: z.string().nullable(),
  country: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  count: z.int(),
})
export type ActForDesk = z.infer<typeof ActForDesk>

export const RepairForDesk = z.object({
  cause: z.enum(['takeover', 'ring']),
  /** Why it is there, in words. */
  words: z.string(),
  claim: z.object({ caseId: z.string().nullable(), number: z.string() }).nullable(),
  /** From the first sign of the takeover until the hand-over; null for another cause. */
  window: z.object({ from: At, to: At }).nullable(),
  acts: z.array(ActForDesk),
})
export type RepairForDesk = z.infer<typeof RepairForDesk>
