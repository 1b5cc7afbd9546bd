/** Listings at the desk: what was flagged, found by words, and one with everything on it. */
import { z } from 'zod'
import { Evidence, Finding } from '../core/finding.ts'
import { ListingText } from '../core/listing.ts'
import { Measure } from '../core/measure.ts'
import { ListingState } from '../core/state-owed.ts'
import { At } from './case.ts'
import { SellerHistory } from './desk.ts'
import { route } from './problem.ts'

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
