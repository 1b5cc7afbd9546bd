/** Complaints: as the marketplace tells them, as anybody files them on the public page, and as each side reads them. */
import { z } from 'zod'
import { ScoreTerm } from '../core/complaint-score.ts'
import { longestComplaint, reporterKinds } from '../core/complaint.ts'
import { measureNames } from '../core/measure.ts'
import { misuseFactors, reporterMeasureKinds } from '../core/misuse.ts'
import {
  At,
  CaseStateForSeller,
  ComplaintAbout,
  ComplaintFinding,
  ComplaintKind,
  FileForReader,
  Holding,
} from './case.ts'
import { at, fact, FactAnswer, id, readable } from './listing.ts'
import { refuses, route } from './problem.ts'

const ReporterKind = z.enum(reporterKinds)

const said = readable(longestComplaint).refine(
  (text) => text.trim() !== '',
  'says what is wrong, in at most 20,000 characters',
)

/** Names of devices, networks, payment means and addresses that may be shared: at most 200 of each. */
const shared = z.array(readable(200)).max(200, 'at most 200 of them').default([])
const traces = { devices: shared, ipPrefixes: shared, paymentHashes: shared, addressHashes: shared }

export const ComplaintLine = z.object({
  id,
  at,
  sellerId: id.optional(),
  listingId: id.optional(),
  reporterId: id,
  orderId: id.optional(),
  kind: ComplaintKind.default('other'),
  text: said,
  /** Where the outcome may be told: by us, if an address is given. */
  reporter: z
    .object({
      as: ReporterKind.default('customer'),
      name: readable(200).optional(),
      address: z.email().max(254).optional(),
      createdAt: at.optional(),
      orders: z.int().min(0).optional(),
      ...traces,
    })
    .prefault({}),
})

export const SellerLine = z.object({
  seller: z.object({
    id,
    createdAt: at.optional(),
    categories: z.array(readable(200)).max(200, 'at most 200 of them').default([]),
    ...traces,
  }),
})

export const OrderLine = z.object({
  order: z.object({
    id,
    sellerId: id,
    listingId: id,
    reporterId: id,
    at,
    delivered: z.boolean().default(false),
  }),
})

/** A line as `recourse complaints score` reads it: a complaint, or what stands around complaints. */
export const ComplaintFact = z.union([ComplaintLine, SellerLine, OrderLine])
export type ComplaintFact = z.infer<typeof ComplaintFact>

export const ComplaintAnswer = FactAnswer.extend({
  /** The number that the reporter quotes, and the code that opens its page for them. */
  number: z.string().optional(),
  code: z.string().optional(),
})
export type ComplaintAnswer = z.infer<typeof ComplaintAnswer>

export const tellComplaint = fact
  .errors(refuses('seller_mismatch', 'place_unknown', 'no_way_in'))
  .route({
    method: 'POST',
    path: '/v1/complaints',
    tags: ['Facts'],
    summary: 'Tell a complaint, or what stands around complaints',
    description:
      'A complaint line, or a context line `{"seller": …}` or `{"order": …}`, as `recourse complaints score` reads them. Of `sellerId`, `listingId` and `orderId` at least one must lead to the seller. Everything under `reporter` is kept for weighing and for the desk, and is never shown to the seller. A complaint stays as it was told first: the same one again, by its `id` or by the same words of the same reporter about the same listing, is answered `unchanged` with the number of the first. `code` opens its page for the reporter and is answered for the same `id` only.',
  })
  .input(ComplaintFact)
  .output(ComplaintAnswer)

const ComplaintNumber = z.string().regex(/^K-\d{1,9}$/, 'a number such as K-7012')

/** What was imposed on a reporter, and lifted again. */
const ReporterMeasure = z.object({
  kind: z.enum(reporterMeasureKinds),
  /** The complaint at which it was decided. */
  number: z.string(),
  at: At,
  until: At.nullable(),
  reasons: z.string(),
  lifted: z.object({ at: At, by: z.string(), reasons: z.string() }).nullable(),
})

/** A complaint as its reporter reads it. None of it is about the seller but what the reporter wrote. */
export const ComplaintForReporter = z.object({
  number: z.string(),
  kind: ComplaintKind,
  /** What it is about, in the words of the shop: a listing's title or a seller's name. */
  title: z.string(),
  text: z.string(),
  orderId: z.string().nullable(),
  address: z.string().nullable(),
  state: z.enum(['open', 'asking', 'answered', 'closed']),
  desk: z.string(),
  holding: Holding,
  openedAt: At,
  /** By when the last answer was promised; null once there is one. */
  promisedBy: At.nullable(),
  files: z.array(FileForReader),
  /** What was found, and the words of the person who found it; null while nobody has. */
  finding: ComplaintFinding.nullable(),
  words: z.string().nullable(),
  foundBy: z.string().nullable(),
  foundAt: At.nullable(),
  /** What the reporter wrote against it. */
  contested: z.string().nullable(),
  allowed: z.array(z.enum(['add-file', 'contest'])),
  /** Until when it can be contested; null where that time has not begun to run. */
  contestBy: At.nullable(),
  secondLookDesk: z.string().nullable(),
  /** What was imposed on the reporter at this complaint; it is contested with it. */
  measures: z.array(ReporterMeasure.extend({ by: z.string() })),
  /** Until when it is set aside, and at which complaint that was decided; null where it is not. */
  setAside: z.object({ until: At, number: z.string() }).nullable(),
  now: At,
})
export type ComplaintForReporter = z.infer<typeof ComplaintForReporter>

export const getReportPlace = route
  .errors(refuses('place_unknown'))
  .route({
    method: 'GET',
    path: '/v1/reports/place',
    tags: ['Complaints'],
    summary: 'See what an address of the shop, an id or a name is taken for',
  })
  .input(z.object({ where: z.string().max(2_000) }))
  .output(z.object({ title: z.string().nullable(), sellerName: z.string() }))

export const NewReport = z.object({
  /** A page of the shop, the id of a listing, or a seller's name. */
  where: z.string().max(2_000),
  kind: ComplaintKind,
  text: z.string().max(longestComplaint),
  orderId: z.string().max(200).nullable().default(null),
  /** Where the answer goes. */
  address: z.email().max(254),
  name: z.string().max(200).nullable().default(null),
  as: ReporterKind.default('customer'),
})
export type NewReport = z.infer<typeof NewReport>

export const fileReport = route
  .errors(refuses('complaint_incomplete', 'place_unknown', 'no_way_in', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/reports',
    tags: ['Complaints'],
    summary: 'Complain about a listing or a seller',
    description:
      'Needs no sign-in. The seller reads what is wrong and never who says it. The same complaint again is answered with the number of the first, and without a code: that went to whoever sent it first.',
    successStatus: 201,
  })
  .input(NewReport)
  .output(
    z.object({
      number: z.string(),
      isNew: z.boolean(),
      code: z.string().nullable(),
      complaint: ComplaintForReporter.nullable(),
    }),
  )

const opened = route.errors(refuses('complaint_not_opened'))

export const getReport = opened
  .route({
    method: 'GET',
    path: '/v1/reports/{number}',
    tags: ['Complaints'],
    summary: 'Read what became of a complaint',
    description:
      'The code is the header `x-recourse-code`. Wrong codes are answered more and more slowly; none locks a complaint.',
  })
  .input(z.object({ number: ComplaintNumber }))
  .output(ComplaintForReporter)

export const addReportFile = opened
  .errors(
    refuses('file_too_large', 'file_type_refused', 'file_empty', 'too_many_files', 'wrong_state'),
  )
  .route({
    method: 'POST',
    path: '/v1/reports/{number}/files',
    tags: ['Complaints'],
    summary: 'Add a photo or a paper to a complaint',
    description:
      'multipart/form-data with one part `file`, and the code as the header `x-recourse-code`. Only people of the marketplace read it.',
    successStatus: 201,
  })
  .input(z.object({ number: ComplaintNumber, file: z.file() }))
  .output(z.object({ id: z.string() }))

export const contestReport = opened
  .errors(refuses('nothing_to_contest', 'window_closed', 'text_missing', 'wrong_state'))
  .errors(refuses('key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/reports/{number}/second-look',
    tags: ['Complaints'],
    summary: 'Ask another desk to look again',
    description:
      'Within six months of the answer. Only a person answers, and only a person imposes what follows.',
  })
  .input(z.object({ number: ComplaintNumber, text: z.string().max(longestComplaint) }))
  .output(ComplaintForReporter)

export const FoundCounts = z.object({
  open: z.int(),
  confirmed: z.int(),
  refuted: z.int(),
  undetermined: z.int(),
})
export type FoundCounts = z.infer<typeof FoundCounts>

export const ComplaintsForSeller = z.object({
  complaints: z.array(
    ComplaintAbout.extend({
      caseId: z.string(),
      number: z.string(),
      substance: z.string(),
      state: CaseStateForSeller,
      openedAt: At,
      /** Until when an answer of the seller is waited for; null where none is. */
      answerBy: At.nullable(),
      decidedAt: At.nullable(),
    }),
  ),
  found: FoundCounts,
  nextCursor: z.string().nullable(),
  now: At,
})
export type ComplaintsForSeller = z.infer<typeof ComplaintsForSeller>

export const listComplaints = route
  .route({
    method: 'GET',
    path: '/v1/seller/complaints',
    tags: ['Seller'],
    summary: 'Read the complaints about one, and what became of each',
    description: 'What is said, and never who says it.',
  })
  .input(z.object({ cursor: z.string().max(100).optional() }).optional())
  .output(ComplaintsForSeller)

const OtherComplaint = z.object({
  caseId: z.string(),
  number: z.string(),
  kind: ComplaintKind,
  sellerName: z.string(),
  /** When it was made, as told; and when it came. */
  at: At,
  receivedAt: At,
  finding: ComplaintFinding.nullable(),
  text: z.string(),
})
const Others = z.object({ complaints: z.array(OtherComplaint), found: FoundCounts })

const Possible = z.object({ may: z.boolean(), why: z.string() })

/** A complaint with everything a person needs to find out what is so. The reporter is the desk's to know, and nobody else's. */
export const ComplaintForDesk = z.object({
  number: z.string(),
  kind: ComplaintKind,
  /** In the reporter's own words, and as the seller reads them. */
  text: z.string(),
  substance: z.string(),
  door: z.string(),
  at: At,
  receivedAt: At,
  listingId: z.string().nullable(),
  title: z.string(),
  sellerId: z.string(),
  reporter: z.object({
    id: z.string(),
    kind: ReporterKind,
    name: z.string().nullable(),
    address: z.string().nullable(),
    firstAt: At,
    /** Since when the marketplace knows them, and how many orders they placed; null where it did not tell. */
    createdAt: At.nullable(),
    orders: z.int().nullable(),
  }),
  /** The order that it names: as we know it, or only as it was named. */
  order: z
    .object({
      id: z.string(),
      isKnown: z.boolean(),
      /** Whether it is the reporter's, of this seller, and of this listing, as far as that is known. */
      byReporter: z.boolean(),
      ofSeller: z.boolean(),
      ofListing: z.boolean(),
      state: z.string().nullable(),
      at: At.nullable(),
    })
    .nullable(),
  byReporter: Others,
  aboutSeller: Others,
  finding: ComplaintFinding.nullable(),
  words: z.string().nullable(),
  contested: z.string().nullable(),
  contestedAt: At.nullable(),
  /** What was put on the strength of it, by a machine or by a person. */
  measures: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      measure: z.enum(measureNames),
      standing: z.string(),
      at: At,
      byMachine: z.boolean(),
      inForce: z.boolean(),
    }),
  ),
  /** What it was worth at the newest weighing, as a sum; null where it is still to be weighed. */
  score: z
    .object({
      credibility: z.number(),
      /** Whether it may weigh against the seller now, with what people found. */
      counts: z.boolean(),
      reasons: z.array(ScoreTerm),
      weighedAt: At,
      /** The ring that it is in, for who looks into rings. */
      ring: z.object({ id: z.string(), number: z.string() }).nullable(),
    })
    .nullable(),
  /** Whether the person who refuted it said that it was manifestly unfounded. */
  isUnfounded: z.boolean(),
  /** Until when it was set aside as it came; null where it was not, or that is lifted. */
  setAsideUntil: At.nullable(),
  /** How its reporter complains (DSA Art. 23), and what may be done about it. */
  misuse: z.object({
    factors: z.array(
      z.object({ factor: z.enum(misuseFactors), value: z.number(), words: z.string() }),
    ),
    warning: Possible,
    setAside: Possible.extend({ longestDays: z.int() }),
    measures: z.array(
      ReporterMeasure.extend({ id: z.string(), by: z.string(), isHere: z.boolean() }),
    ),
    /** What the reader may do at this complaint; null for nothing. */
    may: z.enum(['act', 'lift']).nullable(),
    whyNotHere: z.string().nullable(),
  }),
  /** Whether the reader may impose something that leans on it. */
  mayImpose: z.boolean(),
})
export type ComplaintForDesk = z.infer<typeof ComplaintForDesk>
