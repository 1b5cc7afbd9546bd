/** A screening tells what would happen to a listing and what to change, before it is offered; it changes nothing. */
import { z } from 'zod'
import { Evidence, Outcome, Verdict } from '../core/finding.ts'
import { Following } from '../core/following.ts'
import { listingLimits } from '../core/listing.ts'
import { Measure } from '../core/measure.ts'
import { Jurisdiction, Level } from '../core/policy.ts'
import { At } from './case.ts'
import { id, ListingFact, readable } from './listing.ts'
import { refuses, route } from './problem.ts'

/** A listing as it would be told; with its `id`, people's decisions about this text are known too. */
export const ListingToScreen = ListingFact.omit({ updatedAt: true }).extend({
  id: id.optional(),
  /** Whose listing it is. A seller speaks for itself; the marketplace may leave it out. */
  sellerId: readable(listingLimits.id).optional(),
})
export type ListingToScreen = z.infer<typeof ListingToScreen>

/** Words that speak for a finding, where they stand. */
export const Words = z.object({ field: z.string(), start: z.int(), end: z.int(), text: z.string() })
export type Words = z.infer<typeof Words>

/** What one policy makes of the text: also of a text that it lets pass, if it found anything in it. */
export const RuleScreening = z.object({
  policy: z.string(),
  version: z.int(),
  title: z.string(),
  /** The rule in words. */
  text: z.string(),
  naive: z.boolean(),
  level: Level,
  outcome: Outcome,
  score: z.number(),
  thresholds: z.object({ review: z.number(), deactivate: z.number() }),
  /** Every term of the sum. */
  evidence: z.array(Evidence),
  wouldReverse: z.array(z.string()),
  /**
   * What would follow at the level where the policy stands: `measure` by machine, `measure-and-check` also looked at
   * by a person, `check` only that, `note` only recorded, `protected` left alone because people said so of this very
   * text, `nothing` where it passes.
   */
  would: Following,
  /** The measure that the policy imposes. */
  measure: z.object({ name: Measure, tag: z.string(), effect: z.string() }),
  /** The fewest words that, left out, would let it pass; null where it passes. */
  remedy: z
    .object({
      leaveOut: z.array(Words),
      /** What the policy would say then. `allow`, unless words alone do not decide it. */
      outcome: Outcome,
      score: z.number(),
    })
    .nullable(),
  /**
   * What was said of this very text under this rule before: a measure was lifted (`D-1004`), or a check cleared it
   * (`C-7012`). The latest; null when nothing was.
   */
  earlier: z
    .object({
      number: z.string(),
      at: At,
      by: z.enum(['person', 'machine', 'clock']),
      reasons: z.string(),
    })
    .nullable(),
})
export type RuleScreening = z.infer<typeof RuleScreening>

export const Screening = z.object({
  /** As `recourse screen` would say it. */
  verdict: Verdict,
  /** The most severe that would follow from any policy. */
  would: Following,
  /** The policies that found anything, the most severe first. */
  rules: z.array(RuleScreening),
  jurisdiction: Jurisdiction,
  screenedAt: At,
})
export type Screening = z.infer<typeof Screening>

export const screenListing = route
  .errors(refuses('listing_unreadable', 'seller_mismatch'))
  .route({
    method: 'POST',
    path: '/v1/screenings',
    tags: ['Facts'],
    summary: 'Tell what would happen to a listing, and what to change',
    description:
      'Stores nothing and changes nothing. For the marketplace by its key, staff, and a signed-in seller’s own goods. Only `title` is required. Or application/x-ndjson with a verdict per line, at the speed of all cores.',
  })
  .input(ListingToScreen)
  .output(Screening)
