/** A notice as its readers see what became of it: at which addresses, and when it goes out again. */
import { z } from 'zod'
import { noticeKinds } from '../core/notice.ts'
import { noticeReaches, sendingStates } from '../core/sending.ts'

const At = z.iso.datetime()

/** One address of a notice. */
export const SendingForReader = z.object({
  /** Masked (`j…@lind.example`) for whoever does not work on cases. */
  address: z.string(),
  /** Whether it is a member's, who chose to hear: what they are sent tells the seller nothing. */
  isMember: z.boolean(),
  /** `refused`: not taken, for good. `came-back`: taken, and given back later. */
  state: z.enum(sendingStates),
  at: At,
  /** What the mail server said where it did not take it. */
  why: z.string().nullable(),
  nextAt: At.nullable(),
})
export type SendingForReader = z.infer<typeof SendingForReader>

export const NoticeForReader = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  subject: z.string(),
  at: At,
  /** `unreached`: no contact of its seller has taken it, so no time runs against them. */
  reach: z.enum(noticeReaches),
  toldAt: At.nullable(),
  /** When it goes out next; null where nothing is left to try. */
  nextAt: At.nullable(),
  sendings: z.array(SendingForReader),
})
export type NoticeForReader = z.infer<typeof NoticeForReader>
