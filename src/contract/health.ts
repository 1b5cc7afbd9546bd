/** How an account stands, as its seller and the desk read it: what counts, since when, until when, and what would raise it. */
import { z } from 'zod'

const At = z.iso.datetime()

const Standing = z.object({
  standing: z.string(),
  title: z.string(),
  /** From so many points on. */
  from: z.number(),
})

export const ViolationState = z.enum([
  'counts',
  'same-mistake',
  'contested',
  'takeover',
  'unconfirmed',
])
export const ComplaintState = z.enum([
  'counts',
  'same-reporter',
  'too-few',
  'ring',
  'refuted',
  'undetermined',
  'unlikely',
  'unweighed',
])

export const HealthForReader = z.object({
  /** Points against the account, in tenths; none is best. */
  points: z.number(),
  standing: Standing,
  /** Every standing there is, the best first. */
  standings: z.array(Standing),
  /** Decisions that stand, the newest first; what was taken back is not among them. */
  decisions: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      title: z.string(),
      subject: z.enum(['listing', 'account', 'payouts']),
      policyTitle: z.string(),
      takenAt: At,
      state: ViolationState,
      points: z.number(),
      /** When it counts nothing any more, whatever happens. */
      overAt: At,
      /** Whether a person took it or stands behind it; what a machine did alone counts less. */
      isSeen: z.boolean(),
      /** Since when it is put right, which makes it count less; null where it is not. */
      remediedAt: At.nullable(),
      /** The number of the decision that counts in its place. */
      countsWith: z.string().nullable(),
    }),
  ),
  complaints: z.object({
    counting: z.int(),
    /** Orders of the same days. */
    orders: z.int(),
    days: z.int(),
    /** The share of which we are certain, and what is usual. */
    lower: z.number(),
    usual: z.number(),
    points: z.number(),
    /** Each of these days, the newest first. */
    each: z.array(
      z.object({ caseId: z.string(), number: z.string(), at: At, state: ComplaintState }),
    ),
  }),
  /** What would make fewer points, the most first, with the points and the standing then. */
  raises: z.array(
    z.object({
      kind: z.enum(['correct', 'orders', 'time']),
      /** For what is corrected: whether the rule looks again by itself, or a person in an appeal. */
      way: z.enum(['edit', 'appeal']).nullable(),
      decisions: z.array(
        z.object({ decisionId: z.string(), number: z.string(), title: z.string() }),
      ),
      /** How many more orders without a complaint. */
      orders: z.int().nullable(),
      /** The day, if nothing else happens. */
      at: At.nullable(),
      points: z.number(),
      standing: Standing,
    }),
  ),
  /** What follows, and from when on. */
  thresholds: z.array(
    z.object({
      threshold: z.string(),
      title: z.string(),
      /** All that has to be so, each a few words. */
      needs: z.array(z.string()),
      /** The seller is asked, or a person whether this measure is right. */
      does: z.enum(['ask', 'propose']),
      tag: z.string().nullable(),
      days: z.int().nullable(),
      isMet: z.boolean(),
    }),
  ),
})
export type HealthForReader = z.infer<typeof HealthForReader>
