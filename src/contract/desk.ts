/** The desk: queues, cases with everything needed to decide them, and measures imposed by hand. */
import { z } from 'zod'
import { Evidence, Finding } from '../core/finding.ts'
import { ListingText } from '../core/listing.ts'
import { Measure } from '../core/measure.ts'
import { ListingState } from '../core/state-owed.ts'
import { Statement } from '../core/statement.ts'
import { At, FileForReader, Holding, ObjectionForSeller, Restoration, ThreadEntry } from './case.ts'
import { refuses, route } from './problem.ts'

export const QueueItem = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(['appeal', 'check']),
  title: z.string(),
  subtitle: z.string(),
  sellerName: z.string(),
  desk: z.string(),
  deskTitle: z.string(),
  dueAt: At,
  overdueSince: At.nullable(),
  secondLook: z.boolean(),
  heldBy: z.string().nullable(),
  heldByMe: z.boolean(),
})
export type QueueItem = z.infer<typeof QueueItem>

export const Queue = z.object({
  desks: z.array(
    z.object({ name: z.string(), title: z.string(), open: z.int(), overdue: z.int() }),
  ),
  /** By time left, shortest first; at most 200. */
  cases: z.array(QueueItem),
  now: At,
})
export type Queue = z.infer<typeof Queue>

/** What the desk sees of one contested decision. */
export const ContestedDecision = z.object({
  objection: ObjectionForSeller,
  statement: Statement,
  /** The judged text and the text as it is now; `now` is null when nothing changed. */
  now: ListingText.nullable(),
  /** What the same policies say of the text as it is now. */
  nowOutcome: z.enum(['allow', 'review', 'deactivate']).nullable(),
  /** Why this reader may not answer it, in words; null when they may. */
  barred: z.string().nullable(),
  powers: z.array(z.enum(['grant', 'narrow', 'deny'])),
  /** What each power would do, computed before it is chosen. */
  effects: z.partialRecord(z.enum(['grant', 'narrow', 'deny']), z.string()),
})
export type ContestedDecision = z.infer<typeof ContestedDecision>

export const SellerHistory = z.object({
  id: z.string(),
  name: z.string(),
  since: At,
  listings: z.int(),
  measuresInForce: z.int(),
  measuresTakenBack: z.int(),
  appeals: z.int(),
  past: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      subjectTitle: z.string(),
      tag: z.string(),
      policyTitle: z.string(),
      takenAt: At,
      status: z.string(),
    }),
  ),
})

export const CheckForDesk = z.object({
  listingId: z.string(),
  title: z.string(),
  text: ListingText,
  listingVersion: z.int(),
  finding: Finding.nullable(),
  policyTitle: z.string().nullable(),
  policyText: z.string().nullable(),
  threshold: z.number().nullable(),
  /** What was done already, or null. */
  decisionId: z.string().nullable(),
  decisionNumber: z.string().nullable(),
  measure: Measure.nullable(),
  conclusion: z.enum(['cleared', 'acted']).nullable(),
  /** The statement that the seller would read when the reader concludes that the policy is right. */
  effects: z.object({ cleared: z.string(), acted: z.string() }),
  /** Earlier lifted decisions on the same text, which keep the policy from acting alone. */
  earlier: z.array(z.object({ decisionId: z.string(), number: z.string(), words: z.string() })),
})

export const CaseForDesk = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(['appeal', 'check']),
  title: z.string(),
  state: z.enum(['open', 'restoring', 'answered', 'closed']),
  desk: z.string(),
  deskTitle: z.string(),
  dueAt: At,
  holding: Holding,
  secondLook: z.boolean(),
  heldBy: z.string().nullable(),
  heldByMe: z.boolean(),
  heldUntil: At.nullable(),
  contested: z.array(ContestedDecision),
  check: CheckForDesk.nullable(),
  seller: SellerHistory,
  files: z.array(FileForReader),
  thread: z.array(ThreadEntry),
  restoration: Restoration.nullable(),
  allowed: z.array(z.enum(['take', 'release', 'decide', 'conclude'])),
  /** Why the reader can't decide it, when they can't; a whole sentence. */
  barred: z.string().nullable(),
})
export type CaseForDesk = z.infer<typeof CaseForDesk>

export const getQueue = route
  .route({
    method: 'GET',
    path: '/v1/desk/queue',
    tags: ['Desk'],
    summary: 'Read the queue of the desks one staffs',
  })
  .input(z.object({ desk: z.string().optional() }))
  .output(Queue)

export const getDeskCase = route
  .route({
    method: 'GET',
    path: '/v1/desk/cases/{caseId}',
    tags: ['Desk'],
    summary: 'Read a case to decide it',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForDesk)

const caseCommand = route.errors(
  refuses('wrong_state', 'not_your_desk', 'held_by_another', 'not_your_case'),
)

export const takeCase = caseCommand
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/hold',
    tags: ['Desk'],
    summary: 'Take a case: it is held for 20 minutes',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForDesk)

export const releaseCase = caseCommand
  .route({
    method: 'DELETE',
    path: '/v1/desk/cases/{caseId}/hold',
    tags: ['Desk'],
    summary: 'Give a held case back to the queue',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForDesk)

export const decideCase = caseCommand
  .errors(
    refuses(
      'own_measure',
      'own_policy',
      'decided_before',
      'power_not_at_desk',
      'reasons_missing',
      'answers_missing',
      'nothing_narrower',
      'not_in_force',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/decision',
    tags: ['Desk'],
    summary: 'Decide an appeal, objection by objection',
  })
  .input(
    z.object({
      caseId: z.string(),
      answers: z.array(
        z.object({
          objectionId: z.string(),
          power: z.enum(['grant', 'narrow', 'deny']),
          reasons: z.string().max(10_000),
        }),
      ),
    }),
  )
  .output(CaseForDesk)

export const concludeCheck = caseCommand
  .errors(
    refuses(
      'reasons_missing',
      'own_measure',
      'own_policy',
      'decided_before',
      'power_not_at_desk',
      'measure_in_force',
      'statement_incomplete',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/conclusion',
    tags: ['Desk'],
    summary: 'Conclude a check',
    description:
      '`cleared`: the listing stays or comes back. `acted`: the policy is right; the measure is imposed, or stays.',
  })
  .input(
    z.object({
      caseId: z.string(),
      conclusion: z.enum(['cleared', 'acted']),
      reasons: z.string().max(10_000),
    }),
  )
  .output(CaseForDesk)

/** One flagged listing version, newest first. */
export const Flagged = z.object({
  findingId: z.string(),
  listingId: z.string(),
  listingVersion: z.int(),
  title: z.string(),
  sellerId: z.string(),
  sellerName: z.string(),
  policy: z.string(),
  policyTitle: z.string(),
  outcome: z.enum(['review', 'deactivate']),
  score: z.number(),
  evidence: z.array(Evidence),
  level: z.string(),
  foundAt: At,
  decisionId: z.string().nullable(),
  caseId: z.string().nullable(),
  /** What came of it, in words: "Off sale by machine", "A person looks by …", "Only recorded". */
  came: z.string(),
})
export type Flagged = z.infer<typeof Flagged>

export const listFlagged = route
  .route({
    method: 'GET',
    path: '/v1/desk/findings',
    tags: ['Desk'],
    summary: 'List what screening flagged',
  })
  .input(
    z.object({
      policy: z.string().optional(),
      outcome: z.enum(['review', 'deactivate']).optional(),
      search: z.string().max(200).optional(),
      cursor: z.string().optional(),
    }),
  )
  .output(
    z.object({
      findings: z.array(Flagged),
      nextCursor: z.string().nullable(),
      screened: z.int(),
      flagged: z.int(),
      byPolicy: z.array(
        z.object({ policy: z.string(), title: z.string(), review: z.int(), deactivate: z.int() }),
      ),
    }),
  )

export const ListingForDesk = z.object({
  id: z.string(),
  seller: SellerHistory,
  version: z.int(),
  text: ListingText,
  receivedAt: At,
  findings: z.array(Finding),
  owed: ListingState,
  readBack: z.enum(['agrees', 'not-in-shop', 'differs']).nullable(),
  measures: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      tag: z.string(),
      policyTitle: z.string(),
      takenBy: z.string(),
      takenAt: At,
      status: z.string(),
      undoUntil: At.nullable(),
    }),
  ),
  /** What this reader may impose here, each with the policies it can rest on. */
  imposable: z.array(z.object({ measure: Measure, tag: z.string(), effect: z.string() })),
  policies: z.array(z.object({ name: z.string(), title: z.string(), version: z.int() })),
})
export type ListingForDesk = z.infer<typeof ListingForDesk>

export const findListings = route
  .route({
    method: 'GET',
    path: '/v1/desk/listings',
    tags: ['Desk'],
    summary: 'Find listings by words of the title, id or seller',
  })
  .input(z.object({ search: z.string().max(200) }))
  .output(
    z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        sellerName: z.string(),
        tag: z.string().nullable(),
      }),
    ),
  )

export const getDeskListing = route
  .route({
    method: 'GET',
    path: '/v1/desk/listings/{listingId}',
    tags: ['Desk'],
    summary: 'Read a listing with everything on it',
  })
  .input(z.object({ listingId: z.string() }))
  .output(ListingForDesk)

export const Imposition = z.object({
  listingId: z.string(),
  measure: Measure,
  policy: z.string(),
  /** What the seller reads as the facts; in the reader's own words. */
  reasons: z.string().max(10_000),
  /** When it ends by itself; null for until lifted. */
  endsAt: At.nullable().default(null),
})

const imposing = route.errors(
  refuses('reasons_missing', 'statement_incomplete', 'measure_in_force', 'duration_invalid'),
)

export const previewMeasure = imposing
  .route({
    method: 'POST',
    path: '/v1/desk/measure-previews',
    tags: ['Desk'],
    summary: 'See what the seller would read, before anything happens',
  })
  .input(Imposition)
  .output(
    z.object({
      statement: Statement,
      mail: z.object({ subject: z.string(), text: z.string() }),
      owedBefore: ListingState,
      owedAfter: ListingState,
    }),
  )

export const imposeMeasure = imposing
  .errors(refuses('key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/desk/measures',
    tags: ['Desk'],
    summary: 'Impose a measure by hand',
    description:
      'For 60 seconds it can be undone; until then neither the seller nor the shop is told.',
    successStatus: 201,
  })
  .input(Imposition)
  .output(z.object({ decisionId: z.string(), number: z.string(), undoUntil: At }))

export const undoMeasure = route
  .errors(refuses('undo_too_late', 'not_yours_to_undo', 'not_in_force'))
  .route({
    method: 'POST',
    path: '/v1/desk/measures/{decisionId}/undo',
    tags: ['Desk'],
    summary: 'Undo a measure within its minute',
  })
  .input(z.object({ decisionId: z.string() }))
  .output(z.object({ decisionId: z.string(), number: z.string() }))
