/** A trial screens the listings of the last month against a policy that does not act: what would it have done? */
import { z } from 'zod'
import { Evidence, Outcome } from '../core/finding.ts'
import { Share } from '../core/likely-range.ts'
import { Policy } from '../core/policy.ts'
import { PeopleSay } from '../core/precision.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const TrialSummary = z.object({
  id: z.string(),
  policy: z.string(),
  version: z.int(),
  title: z.string(),
  /** False where a document was handed in; true where the version in force was tried as it is. */
  isInForce: z.boolean(),
  /** The version in force that it is compared with; null where there was none. */
  against: z.int().nullable(),
  askedBy: z.string(),
  askedAt: At,
  /** Listing versions received from here to here. */
  since: At,
  until: At,
  /** `stopped` where somebody ended it, or a newer trial of the policy took its place. */
  state: z.enum(['running', 'done', 'stopped']),
  endedAt: At.nullable(),
  listings: z.int(),
  screened: z.int(),
  allowed: z.array(z.enum(['stop'])),
})
export type TrialSummary = z.infer<typeof TrialSummary>

const Flagged = z.object({ deactivate: z.int(), review: z.int() })

/** How often a policy and people say the same, over the listings of the trial that people decided about. */
export const Agreement = z.object({
  /** All of them, rightly flagged or rightly passed. */
  agrees: Share,
  /** Of what it flags. */
  precision: Share,
  /** Of what people said breaks the rule. */
  found: Share,
  violationsFlagged: z.int(),
  violationsMissed: z.int(),
  innocentsFlagged: z.int(),
  innocentsPassed: z.int(),
})
export type Agreement = z.infer<typeof Agreement>

/** A listing version of which the tried document says something else than the version in force. */
export const TriedListing = z.object({
  listingId: z.string(),
  version: z.int(),
  title: z.string(),
  sellerId: z.string(),
  sellerName: z.string(),
  receivedAt: At,
  outcome: Outcome,
  /** Null where it finds nothing at all, or too little to ask. */
  score: z.number().nullable(),
  evidence: z.array(Evidence),
  /** What the version in force says. */
  before: z.object({ outcome: Outcome, score: z.number().nullable() }),
  people: PeopleSay.nullable(),
})
export type TriedListing = z.infer<typeof TriedListing>

/** How many, and the first hundred of them, the highest score first. */
const Difference = z.object({ count: z.int(), listings: z.array(TriedListing) })

export const TrialReport = z.object({
  flagged: Flagged,
  /** Null where no version is in force. */
  flaggedBefore: Flagged.nullable(),
  newlyFlagged: Difference,
  noLongerFlagged: Difference,
  /** From review to deactivate, and back. */
  moreSevere: Difference,
  lessSevere: Difference,
  people: Agreement,
  peopleBefore: Agreement.nullable(),
  /** By the UTC day on which the listing version came, oldest first; only days on which any came. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      listings: z.int(),
      flagged: Flagged,
      flaggedBefore: Flagged.nullable(),
    }),
  ),
})
export type TrialReport = z.infer<typeof TrialReport>

/** A trial; while it runs its report is of what has been screened so far. */
export const Trial = z.object({
  ...TrialSummary.shape,
  document: Policy,
  report: TrialReport,
})
export type Trial = z.infer<typeof Trial>

export const startTrial = route
  .errors(refuses('policy_unreadable', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/policies/{name}/trials',
    tags: ['Studio'],
    summary: 'Try a policy on the listings of the last month',
    description:
      'Screens in the background what was received in the last `days` and keeps what it finds as shadow: nothing acts, and no seller hears of it. `source` is a policy document (YAML) with the same name, adopted or not; without it the version in force is tried. A mistake in the document is answered with its line and column. A newer trial of the same policy stops the one that runs.',
    successStatus: 201,
  })
  .input(
    z.object({
      name: z.string(),
      source: z.string().max(1_000_000).optional(),
      days: z.int().min(1).max(366).default(30),
    }),
  )
  .output(TrialSummary)

export const stopTrial = route
  .route({
    method: 'POST',
    path: '/v1/policies/{name}/trials/{id}/stop',
    tags: ['Studio'],
    summary: 'Stop a trial that runs',
    description:
      'What it has screened so far stays with its report. One that has ended stays as it is.',
  })
  .input(z.object({ name: z.string(), id: z.string() }))
  .output(TrialSummary)

export const listTrials = route
  .route({
    method: 'GET',
    path: '/v1/policies/{name}/trials',
    tags: ['Studio'],
    summary: 'List the trials of a policy, newest first',
  })
  .input(z.object({ name: z.string() }))
  .output(z.array(TrialSummary))

export const getTrial = route
  .route({
    method: 'GET',
    path: '/v1/policies/{name}/trials/{id}',
    tags: ['Studio'],
    summary: 'Read a trial with its report',
  })
  .input(z.object({ name: z.string(), id: z.string() }))
  .output(Trial)
