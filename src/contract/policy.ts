/** Policies as the studio shows them, with the level that rules what they may do alone. */
import { z } from 'zod'
import { Evidence, Outcome } from '../core/finding.ts'
import { Share } from '../core/likely-range.ts'
import { Example, Jurisdiction, Level, Policy } from '../core/policy.ts'
import { PrecisionPoint, Scored } from '../core/precision.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

/** How far a changed policy has come through the listings on sale; new listings never wait for it. */
export const Rescreening = z.object({
  version: z.int(),
  /** Why: a new version was adopted, or the policy left the level `off`. */
  because: z.enum(['version', 'level']),
  startedAt: At,
  /** Null while it goes on. */
  endedAt: At.nullable(),
  /** A newer one took its place, or the policy was switched off, before it was through. */
  isCutShort: z.boolean(),
  listings: z.int(),
  screened: z.int(),
  found: z.int(),
  /** What followed: measures imposed, people asked, measures lifted. */
  acted: z.int(),
  asked: z.int(),
  lifted: z.int(),
})
export type Rescreening = z.infer<typeof Rescreening>

/** Which policy it is; its words for people and its thousands of phrases for machines are in its record. */
export const PolicyHead = z.object(
  Policy.pick({
    policy: true,
    version: true,
    title: true,
    author: true,
    naive: true,
    measure: true,
    thresholds: true,
  }).shape,
)
export type PolicyHead = z.infer<typeof PolicyHead>

export const PolicyForStudio = z.object({
  policy: PolicyHead,
  /** Whether people alone judge by it: it has no signals, and no level but `off`. */
  isForPeople: z.boolean(),
  level: Level,
  levelSetBy: z.string(),
  levelSetAt: At,
  levelReason: z.string(),
  counts: z.object({ deactivate: z.int(), review: z.int(), actedAlone: z.int(), lifted: z.int() }),
  /** How many listing versions it has screened since ever, first or anew, and of how many of them it said which. */
  screened: z.object({ versions: z.int(), review: z.int(), deactivate: z.int() }),
  /** The latest; null where there never was one. */
  rescreening: Rescreening.nullable(),
  allowed: z.array(z.enum(['set_level', 'try'])),
})
export type PolicyForStudio = z.infer<typeof PolicyForStudio>

export const listPolicies = route
  .route({
    method: 'GET',
    path: '/v1/policies',
    tags: ['Studio'],
    summary: 'List the policies in force',
    description:
      'Each with its level and what it has done. Its whole document is at `/v1/policies/{name}/versions/{version}`.',
  })
  .input(z.object({}).optional())
  .output(z.array(PolicyForStudio))

/** One version as it was adopted; its whole document is at `/v1/policies/{name}/versions/{version}`. */
export const PolicyVersion = z.object({
  version: z.int(),
  title: z.string(),
  author: z.string(),
  adoptedAt: At,
  /** Whether its text for people reads otherwise than in the version before. */
  hasNewText: z.boolean(),
  /** Whether its weights were learned. */
  isLearned: z.boolean(),
  isInForce: z.boolean(),
})
export type PolicyVersion = z.infer<typeof PolicyVersion>

export const LevelSet = z.object({ level: Level, setBy: z.string(), reason: z.string(), setAt: At })

/** One week, from Monday 00:00 UTC. */
export const PolicyWeek = z.object({
  start: At,
  /** Listing versions that it found something in for the first time. */
  found: z.int(),
  /** Measures that it imposed by itself. */
  acted: z.int(),
  /** What people decided about its findings and measures: checks concluded and objections answered. */
  looked: z.int(),
  /** Measures of its own that people lifted in this week, on appeal or after a check. */
  overturned: z.int(),
  /** Of what it imposed in this week, what people have lifted since. */
  overturnedSince: z.int(),
})
export type PolicyWeek = z.infer<typeof PolicyWeek>

/** An example of the document, with what the engine says of it. */
export const ExampleResult = z.object({
  example: Example,
  jurisdiction: Jurisdiction,
  outcome: Outcome,
  /** Null where the policy finds nothing at all. */
  score: z.number().nullable(),
  evidence: z.array(Evidence),
  /** Whether it is what the document expects (`example.outcome`). */
  passes: z.boolean(),
})
export type ExampleResult = z.infer<typeof ExampleResult>

/** One policy with its record. */
export const PolicyRecord = z.object({
  ...PolicyForStudio.shape,
  /** As it reads where it is in force. */
  policy: Policy,
  /** Where that is; null for what was adopted before documents differed by place. */
  jurisdiction: Jurisdiction.nullable(),
  /** Newest first. */
  versions: z.array(PolicyVersion),
  /** Newest first. */
  levels: z.array(LevelSet),
  /** The last 12, oldest first; the last is the one that runs. */
  weeks: z.array(PolicyWeek),
  /** Of its findings that people decided about, the share that does break the rule. */
  precision: Share,
  /** The same of those findings on which it would act by itself (outcome `deactivate`). */
  precisionToAct: Share,
  /** The score of each listing version that it found something in within these weeks, at most 5,000, newest first. */
  scores: z.array(Scored),
  /** Precision and volume by threshold, from `scores`. */
  curve: z.array(PrecisionPoint),
  /** Run by the server with the engine that screens listings. */
  examples: z.array(ExampleResult),
})
export type PolicyRecord = z.infer<typeof PolicyRecord>

export const getPolicy = route
  .route({
    method: 'GET',
    path: '/v1/policies/{name}',
    tags: ['Studio'],
    summary: 'Read a policy with its record',
    description:
      'Its versions and levels, what it did in the last 12 weeks and what people said of it, precision by threshold, and the results of its own examples.',
  })
  .input(z.object({ name: z.string() }))
  .output(PolicyRecord)

export const getPolicyVersion = route
  .route({
    method: 'GET',
    path: '/v1/policies/{name}/versions/{version}',
    tags: ['Studio'],
    summary: 'Read one version of a policy, whole as it was adopted',
  })
  .input(z.object({ name: z.string(), version: z.coerce.number().int().min(1).max(2_147_483_647) }))
  .output(z.object({ policy: Policy, adoptedAt: At, isInForce: z.boolean() }))

export const setPolicyLevel = route
  .errors(refuses('reasons_missing', 'policy_for_people'))
  .route({
    method: 'PUT',
    path: '/v1/policies/{name}/level',
    tags: ['Studio'],
    summary: 'Set how far a policy may go by itself',
    description:
      'Counts for listings screened from now on. A policy that leaves `off` screens every listing on sale anew, in the background.',
  })
  .input(z.object({ name: z.string(), level: Level, reason: z.string().max(1_000) }))
  .output(PolicyForStudio)
