/** Rings: groups of reporters that look like one hand, with what ties them and what leans on them, for who looks into them. */
import { z } from 'zod'
import { Calibration } from '../core/calibration.ts'
import { complaintFindings, complaintKinds } from '../core/complaint.ts'
import { RingOutcome, ringParts, ringStates, sharedKinds } from '../core/ring.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

const tags = ['Rings']
const Named = z.object({ id: z.string(), name: z.string() })

/** How likely it is that complaints are genuine, all taken together, and the terms of that sum in log-odds. */
export const RingLikelihood = z.object({
  likelihood: z.number(),
  terms: z.array(z.object({ part: z.enum(ringParts), words: z.string(), weight: z.number() })),
})
export type RingLikelihood = z.infer<typeof RingLikelihood>

const RingDecision = z.object({ by: z.string(), at: At, reasons: z.string() })

export const RingInList = z.object({
  id: z.string(),
  /** "ring 3" */
  number: z.string(),
  state: z.enum(ringStates),
  foundAt: At,
  reporters: z.int(),
  complaints: z.int(),
  targets: z.array(Named),
  likelihood: z.number(),
  from: At,
  to: At,
  decided: RingDecision.nullable(),
})
export type RingInList = z.infer<typeof RingInList>

export const listRings = route
  .route({
    method: 'GET',
    path: '/v1/rings',
    tags,
    summary: 'List rings to look into, and what became of those before',
  })
  .output(
    z.object({
      rings: z.array(RingInList),
      past: z.array(RingInList),
      /** The newest weighing; null where nothing was weighed yet. */
      weighing: z.object({ at: At, complaints: z.int(), counting: z.int() }).nullable(),
      /** Of complaints that people looked into in the last year: what the last weighing before had said, and what was so. */
      calibration: Calibration,
      now: At,
    }),
  )

export const RingMember = z.object({
  reporterId: z.string(),
  /** "R1", in the picture and in words. */
  label: z.string(),
  joinedAt: At.nullable(),
  /** Who took them out of the ring, and why; null where nobody did. */
  pruned: z.object({ why: z.string(), by: z.string(), at: At }).nullable(),
})
export type RingMember = z.infer<typeof RingMember>

export const RingComplaint = z.object({
  id: z.string(),
  caseId: z.string(),
  number: z.string(),
  at: At,
  sellerId: z.string(),
  sellerName: z.string(),
  reporterId: z.string(),
  kind: z.enum(complaintKinds),
  text: z.string(),
  finding: z.enum(complaintFindings).nullable(),
  /** What became of an order of this reporter with this seller; null where none is known. */
  order: z.enum(['delivered', 'ordered']).nullable(),
  /** False for what a member truly complains of elsewhere, and for who is not of the ring. */
  isOfRing: z.boolean(),
})
export type RingComplaint = z.infer<typeof RingComplaint>

export const RingShared = z.object({
  /** "D1", "P2" */
  label: z.string(),
  kind: z.enum(sharedKinds),
  reporters: z.array(z.string()),
  /** Whether the rival uses it, too. */
  isRivals: z.boolean(),
})
export type RingShared = z.infer<typeof RingShared>

const Falling = z.object({
  decisionId: z.string(),
  number: z.string(),
  /** "Off sale since 10 November", as the desk reads it. */
  standing: z.string(),
  title: z.string(),
  seller: Named,
  since: At,
})
export type Falling = z.infer<typeof Falling>

export const RingForDesk = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(ringStates),
  /** To be said with a decision: it is refused where the ring changed since. */
  version: z.int(),
  foundAt: At,
  /** The ring that people decided on before, of which more came. */
  follows: z.object({ id: z.string(), number: z.string(), state: z.enum(ringStates) }).nullable(),
  decided: RingDecision.nullable(),
  outcome: RingOutcome.nullable(),
  whole: RingLikelihood,
  /** Without whom people took out; null where nobody was. `left` is null where that is no ring any more. */
  remainder: z.object({ isDue: z.boolean(), left: RingLikelihood.nullable() }).nullable(),
  members: z.array(RingMember),
  /** Who complains of the same sellers and is not of it. */
  outside: z.array(RingMember),
  complaints: z.array(RingComplaint),
  shared: z.array(RingShared),
  targets: z.array(Named.extend({ standing: z.string().nullable(), since: At.nullable() })),
  /** The seller that members share something rare with; it is accused of nothing here. */
  rival: Named.extend({ sellsAlike: z.boolean() }).nullable(),
  /** Complaints whose words are nearly the same. */
  sayings: z.array(z.array(z.string())),
  joined: z.object({ from: At, to: At, reporters: z.int() }).nullable(),
  span: z.object({ from: At, to: At }),
  /** What confirming it does. */
  reach: z.object({
    /** Complaints that are refuted; their reporters are told, and may ask another desk to look. */
    refuted: z.array(z.string()),
    /** Closed, refuted before or looked at again: they count no more, and what was found stays on record. */
    kept: z.array(z.string()),
    falling: z.array(Falling),
    judged: z.array(Falling),
  }),
  /** What people imposed on the seller behind it because of it. */
  imposed: z.array(Falling),
  allowed: z.array(z.enum(['prune', 'put-back', 'confirm', 'dismiss'])),
  now: At,
})
export type RingForDesk = z.infer<typeof RingForDesk>

const Ring = z.object({ ringId: z.string().max(100) })

export const getRing = route
  .route({
    method: 'GET',
    path: '/v1/rings/{ringId}',
    tags,
    summary: 'Read a ring: what ties it, and what leans on it',
  })
  .errors(refuses('not_found'))
  .input(Ring)
  .output(RingForDesk)

const changes = route.errors(refuses('not_found', 'ring_decided', 'reasons_missing'))
const Reasons = z.string().max(4_000)

export const pruneRing = changes
  .errors(refuses('not_of_ring'))
  .route({
    method: 'POST',
    path: '/v1/rings/{ringId}/pruned',
    tags,
    summary: 'Take a reporter out of a ring',
    description: 'The likelihood is worked out again without them, soon after.',
  })
  .input(Ring.extend({ reporterId: z.string().max(500), reasons: Reasons }))
  .output(RingForDesk)

export const putBackIntoRing = changes
  .route({
    method: 'POST',
    path: '/v1/rings/{ringId}/put-back',
    tags,
    summary: 'Put a reporter back into a ring',
  })
  .input(Ring.extend({ reporterId: z.string().max(500) }))
  .output(RingForDesk)

const decides = changes.errors(refuses('ring_changed', 'key_reused', 'key_in_use'))
const Decision = Ring.extend({ version: z.int(), reasons: Reasons })

export const confirmRing = decides
  .route({
    method: 'POST',
    path: '/v1/rings/{ringId}/confirm',
    tags,
    summary: 'Confirm a ring and take back what leaned on it',
    description:
      'Its complaints count no more and are refuted where they are open; their reporters are told and can contest. What leaned on them alone is lifted at once; what something else may bear waits for a person in a repair. Nothing happens to the rival.',
  })
  .input(Decision)
  .output(RingForDesk)

export const dismissRing = decides
  .route({
    method: 'POST',
    path: '/v1/rings/{ringId}/dismiss',
    tags,
    summary: 'Find that it is no ring',
    description:
      'Each of its complaints stands by itself from here on, and the weights learn of it.',
  })
  .input(Decision)
  .output(RingForDesk)
