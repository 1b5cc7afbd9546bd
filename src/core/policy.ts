/** A policy is a versioned rule of the marketplace: text for people, signals for machines, and a level. */
import { z } from 'zod'
import { Outcome } from './finding.ts'
import { Measure } from './measure.ts'

/** How far a policy may go by itself. It is set by hand and climbs one document at a time. */
export const Level = z.enum(['off', 'shadow', 'suggest', 'act-with-review', 'act'])
export type Level = z.infer<typeof Level>

export const Jurisdiction = z.enum(['us', 'eu'])
export type Jurisdiction = z.infer<typeof Jurisdiction>

/** A named piece of evidence: phrases that, where they stand in the text, move the score by `weight` log-odds. */
export const Signal = z.strictObject({
  name: z.string().min(1).max(80),
  /** Said to the seller beside the matched words, e.g. "names a face mask". */
  says: z.string().min(1).max(200),
  weight: z.number().min(-20).max(20),
  /** Whole words, compared without regard to case; however often they stand in a listing, they count once. */
  phrases: z.array(z.string().min(1).max(200)).min(1),
  /** The fields looked at; all when absent. */
  fields: z
    .array(z.enum(['title', 'description', 'bullets', 'brand', 'category', 'attributes']))
    .min(1)
    .optional(),
})
export type Signal = z.infer<typeof Signal>

export const Example = z.strictObject({
  title: z.string().min(1),
  description: z.string().optional(),
  category: z.string().optional(),
  /** What this policy says of it. */
  outcome: Outcome,
  /** What would be right, where this policy is known to be wrong. */
  shouldBe: Outcome.optional(),
})

/** A policy document (`policies/*.yaml`). */
export const Policy = z.strictObject({
  policy: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name in kebab-case, such as ppe'),
  version: z.int().min(1),
  title: z.string().min(1).max(120),
  /** Who answers for this version; may not decide appeals against what it did. */
  author: z.string().min(1).max(200),
  /** True for the policy of the story, which is wrong on purpose: pages and the command say so. */
  naive: z.boolean().default(false),
  /** The rule in words: the ground quoted in every statement. */
  text: z.string().min(1).max(20_000),
  jurisdictions: z.array(Jurisdiction).min(1),
  measure: Measure,
  /** After so many days its measure ends by itself; where absent it stays until it is lifted. Money is always held for a time. */
  endsAfterDays: z.int().min(1).max(366).optional(),
  /** The level on the day it is first adopted. */
  level: Level,
  /** Log-odds before any signal speaks. */
  base: z.number().min(-20).max(20),
  signals: z.array(Signal).min(1),
  thresholds: z.strictObject({
    review: z.number().min(0).max(1),
    deactivate: z.number().min(0).max(1),
  }),
  /** What the seller can change or show so that the measure falls; whole sentences. */
  wouldReverse: z.array(z.string().min(1).max(400)).min(1),
  examples: z.array(Example).default([]),
})
export type Policy = z.infer<typeof Policy>
