/** A case as its seller sees it: where it is, who has it, until when, and what happens by itself. */
import { Exhibit } from '../core/exhibit.ts'
import { z } from 'zod'
import { callStates } from '../core/call.ts'
import { caseKinds } from '../core/case.ts'
import { complaintFindings, complaintKinds } from '../core/complaint.ts'
import { Measure, SubjectKind } from '../core/measure.ts'
import { AccountState, PayoutsState, Terms } from '../core/state-owed.ts'
import { Statement } from '../core/statement.ts'
import { HealthForReader } from './health.ts'
import { NoticeForReader } from './notice.ts'
import { refuses, route } from './problem.ts'

export const At = z.iso.datetime()

/** The holding line: who has it, until when, what happens by itself if they are late. */
export const Holding = z.object({
  /** `stands-still`: a question waits for the seller, and our clock with it. */
  state: z.enum(['running', 'stands-still', 'overdue', 'restoring', 'done']),
  who: z.string(),
  whoDetail: z.string(),
  startedAt: At,
  dueAt: At.nullable(),
  /** "If nobody has looked by then" → what happens by itself. */
  ifLate: z.string(),
  ifLateDetail: z.string(),
})
export type Holding = z.infer<typeof Holding>

export const ObjectionOutcome = z.enum([
  'measure_lifted',
  'measure_narrowed',
  'measure_stands',
  'withdrawn',
])

/** Where a case is, for its seller: what a desk may still take back is open to everybody else. */
export const CaseStateForSeller = z.enum(['open', 'asking', 'restoring', 'answered', 'closed'])
export type CaseStateForSeller = z.infer<typeof CaseStateForSeller>

/** A question that waits for the seller, and until when there is time. */
export const AskForReader = z.object({
  question: z.string(),
  /** The first name of who asked. */
  by: z.string(),
  at: At,
  until: At,
})

export const FileForReader = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  receivedAt: At,
})
export type FileForReader = z.infer<typeof FileForReader>

/** Proof that the shop shows again what is owed, as far as we have it. */
export const Restoration = z.object({
  state: z.enum(['not-yet-back', 'back', 'not-in-shop']),
  since: At,
  seenAt: At.nullable(),
})
export type Restoration = z.infer<typeof Restoration>

/** One measure on the seller's account, in force or not, with its way out beside it. */
export const MeasureForSeller = z.object({
  decisionId: z.string(),
  number: z.string(),
  measure: Measure,
  tag: z.string(),
  subject: z.object({ kind: SubjectKind, id: z.string(), title: z.string() }),
  policyTitle: z.string(),
  byMachine: z.boolean(),
  /** What it says about money; null where it says nothing. */
  terms: Terms.nullable(),
  /** From when it counts: a closing is told 30 days before. */
  since: At,
  endsAt: At.nullable(),
  status: z.enum(['in-force', 'lifted', 'narrowed', 'expired']),
  endedAt: At.nullable(),
  /** What was last decided about it, with reasons: that it was lifted, or that it stays after it was judged anew. */
  lastWord: z
    .object({
      is: z.enum(['lifted', 'kept']),
      at: At,
      by: z.string().nullable(),
      reasons: z.string(),
    })
    .nullable(),
  restoration: Restoration.nullable(),
  informedAt: At.nullable(),
  /** What its policy asks for, to help the appeal; none of it is needed. */
  exhibits: z.array(Exhibit),
  /** Last moment to appeal; null while the window has not begun to run, so it is open. */
  appealBy: At.nullable(),
  caseId: z.string().nullable(),
  caseNumber: z.string().nullable(),
  holding: Holding.nullable(),
  allowed: z.array(z.enum(['appeal', 'open_case', 'read_statement'])),
})
export type MeasureForSeller = z.infer<typeof MeasureForSeller>

export const StatementForSeller = z.object({
  statement: Statement,
  measure: MeasureForSeller,
  /** How an appeal against it would go: desks and last dates, from the procedure in force. */
  way: z.object({
    desk: z.string(),
    within: z.string(),
    answerBy: z.string(),
    secondLook: z.string().nullable(),
  }),
  /** Holes of the procedure that touch this measure, accepted by the operator, each a sentence. */
  knownGaps: z.array(z.string()),
  /** What we sent about it, the newest first, and what became of it at each address. */
  notices: z.array(NoticeForReader),
})
export type StatementForSeller = z.infer<typeof StatementForSeller>

export const ObjectionForSeller = z.object({
  id: z.string(),
  decisionId: z.string(),
  decisionNumber: z.string(),
  measure: Measure,
  subject: z.object({ kind: SubjectKind, title: z.string() }),
  tag: z.string(),
  policyTitle: z.string(),
  track: z.enum(['dispute', 'remedy']),
  text: z.string(),
  remedy: z
    .object({ cause: z.string(), correction: z.string(), prevention: z.string() })
    .nullable(),
  /** What was shown of the evidence that the policy asks for. */
  exhibits: z.array(
    z.object({
      exhibit: z.string(),
      title: z.string(),
      words: z.string().nullable(),
      /** Whether the words have the form that the policy names; null where it names none, and for files. */
      fits: z.boolean().nullable(),
      fileIds: z.array(z.string()),
    }),
  ),
  outcome: ObjectionOutcome.nullable(),
  answer: z.string().nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: At.nullable(),
})
export type ObjectionForSeller = z.infer<typeof ObjectionForSeller>

/** One step of the thread, oldest first; `quote` is what somebody wrote. */
export const ThreadEntry = z.object({
  at: At,
  who: z.enum(['you', 'reporter', 'person', 'machine', 'clock', 'shop']),
  words: z.string(),
  quote: z.string().nullable(),
  decisionId: z.string().nullable(),
  /** Another case, to which it leads. */
  caseId: z.string().nullable(),
})
export type ThreadEntry = z.infer<typeof ThreadEntry>

export const WayStep = z.object({
  title: z.string(),
  words: z.string(),
  state: z.enum(['done', 'now', 'ahead']),
})

/** A call that was picked, and what came of it. */
export const CallForReader = z.object({
  id: z.string(),
  startsAt: At,
  endsAt: At,
  number: z.string(),
  state: z.enum(callStates),
})
export type CallForReader = z.infer<typeof CallForReader>

export const ComplaintKind = z.enum(complaintKinds)
export const ComplaintFinding = z.enum(complaintFindings)

/** What a case carries of a complaint, as its seller reads it. */
export const ComplaintAbout = z.object({
  kind: ComplaintKind,
  listingId: z.string().nullable(),
  /** The listing's title then, or the seller's name. */
  title: z.string(),
  /** The decision that holds, or held, the listing until a person had looked. */
  decisionId: z.string().nullable(),
  finding: ComplaintFinding.nullable(),
  reasons: z.string().nullable(),
})
export type ComplaintAbout = z.infer<typeof ComplaintAbout>

export const CaseForSeller = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(caseKinds),
  title: z.string(),
  state: CaseStateForSeller,
  outcome: ObjectionOutcome.nullable(),
  holding: Holding,
  openedAt: At,
  closedAt: At.nullable(),
  ask: AskForReader.nullable(),
  /** By when the last answer was promised, with the time in which our clock stood still; null once it is over. */
  promisedBy: At.nullable(),
  /** Whether a desk handed it on by choice; that never moves `promisedBy`. */
  isForwarded: z.boolean(),
  objections: z.array(ObjectionForSeller),
  /** Set for a complaint about the seller. */
  complaint: ComplaintAbout.nullable(),
  thread: z.array(ThreadEntry),
  files: z.array(FileForReader),
  way: z.array(WayStep),
  restoration: Restoration.nullable(),
  /** Until when what stands can be contested, or an answered question written to again. */
  contestBy: At.nullable(),
  secondLookDesk: z.string().nullable(),
  /** Holes of the procedure that this case follows, each a sentence. */
  knownGaps: z.array(z.string()),
  /** The appeal that this question goes on in. */
  joinedTo: z.object({ caseId: z.string(), number: z.string() }).nullable(),
  /** Every call that was picked, oldest first. */
  calls: z.array(CallForReader),
  /** What we sent about it, the newest first, and what became of it at each address. */
  notices: z.array(NoticeForReader),
  allowed: z.array(z.enum(['write', 'contest', 'reopen', 'withdraw', 'call'])),
})
export type CaseForSeller = z.infer<typeof CaseForSeller>

export const CaseSummary = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(caseKinds),
  title: z.string(),
  state: CaseStateForSeller,
  outcome: ObjectionOutcome.nullable(),
  openedAt: At,
  holding: Holding,
  ask: AskForReader.nullable(),
})
export type CaseSummary = z.infer<typeof CaseSummary>

export const SellerHome = z.object({
  seller: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), locale: z.string() }),
  now: At,
  listings: z.object({ total: z.int(), offSale: z.int(), outOfSearch: z.int() }),
  /** What the account and its payouts may do now, all measures taken together. */
  account: AccountState,
  payouts: PayoutsState,
  measures: z.array(MeasureForSeller),
  cases: z.array(CaseSummary),
  /** Holes of the procedure that touch a measure in force or an open case here, each a sentence. */
  knownGaps: z.array(z.string()),
  /** What counts against the account, and what would raise it; null for who sees named matters only. */
  health: HealthForReader.nullable(),
})
export type SellerHome = z.infer<typeof SellerHome>

export const getSellerHome = route
  .route({
    method: 'GET',
    path: '/v1/seller',
    tags: ['Seller'],
    summary: 'Read how the account stands',
    description:
      'Every measure with its way out, every case with who has it, and what counts against the account. A link from a notice answers with its own matter only.',
  })
  .input(z.object({}).optional())
  .output(SellerHome)

/** How many listings were on sale, over time, with the measures that took some off. */
export const OnSale = z.object({
  from: At,
  until: At,
  /** The count from each moment on, until the next; the last one is of now. */
  steps: z.array(z.object({ at: At, count: z.int() })),
  /** The measures that took a listing, or all of them, off sale in this time, oldest first. */
  dips: z.array(
    z.object({
      decisionId: z.string(),
      at: At,
      title: z.string(),
      /** Taken back in an appeal or by hand, so that it leaves no mark. */
      isTakenBack: z.boolean(),
    }),
  ),
})
export type OnSale = z.infer<typeof OnSale>

export const getOnSale = route
  .route({
    method: 'GET',
    path: '/v1/seller/on-sale',
    tags: ['Seller'],
    summary: 'Read how many listings were on sale in the last 90 days',
    description:
      'From the first listing on where that is later. Listings that were told, less those that a measure held off sale; none while the whole account may not sell.',
  })
  .input(z.object({}).optional())
  .output(OnSale)

export const getStatement = route
  .route({
    method: 'GET',
    path: '/v1/statements/{decisionId}',
    tags: ['Seller'],
    summary: 'Read a statement of reasons',
    description:
      'The one object behind page, mail and print. Reading it as the seller counts as being informed.',
  })
  .input(z.object({ decisionId: z.string() }))
  .output(StatementForSeller)

export const NewAppeal = z.object({
  objections: z
    .array(
      z.object({
        decisionId: z.string(),
        track: z.enum(['dispute', 'remedy']),
        /** What is wrong, or a summary of what was fixed; at most 20,000 characters. */
        text: z.string().max(20_000),
        remedy: z
          .object({
            cause: z.string().max(10_000),
            correction: z.string().max(10_000),
            prevention: z.string().max(10_000),
          })
          .nullable()
          .default(null),
        /** What is shown of the evidence that the statement asks for (`exhibits`), by name; all of it may be left out. */
        exhibits: z
          .array(
            z.object({
              exhibit: z.string().max(63),
              words: z.string().max(300).nullable().default(null),
              /** Files uploaded before; they are attached as those of `fileIds` are. */
              fileIds: z.array(z.string()).max(20).default([]),
            }),
          )
          .max(8)
          .default([]),
      }),
    )
    .max(50),
  /** Files uploaded before, by their ids. */
  fileIds: z.array(z.string()).max(20).default([]),
})
export type NewAppeal = z.infer<typeof NewAppeal>

export const fileAppeal = route
  .errors(
    refuses(
      'objection_missing',
      'text_missing',
      'remedy_incomplete',
      'already_appealed',
      'window_closed',
      'decision_not_contestable',
      'no_way_in',
      'too_many_files',
      'link_expired',
      'link_invalid',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/appeals',
    tags: ['Seller'],
    summary: 'Contest decisions',
    description:
      'One objection per decision. Answered when it is stored, with its number, desk and date.',
    successStatus: 201,
  })
  .input(NewAppeal)
  .output(CaseForSeller)

export const getCase = route
  .route({ method: 'GET', path: '/v1/cases/{caseId}', tags: ['Seller'], summary: 'Read a case' })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForSeller)

const Written = z.object({
  caseId: z.string(),
  text: z.string().max(20_000),
  /** Files uploaded before, by their ids. */
  fileIds: z.array(z.string()).max(20).default([]),
})

const writing = route.errors(
  refuses('wrong_state', 'text_missing', 'too_many_files', 'key_reused', 'key_in_use'),
)

export const writeInCase = writing
  .route({
    method: 'POST',
    path: '/v1/cases/{caseId}/messages',
    tags: ['Seller'],
    summary: 'Answer the question, or write to the desk',
    description:
      'Answers the question that waits, opens an answered question again, or adds to the thread. It never restarts a running clock.',
  })
  .input(Written)
  .output(CaseForSeller)

export const contestCase = writing
  .errors(refuses('nothing_to_contest', 'window_closed', 'already_appealed'))
  .route({
    method: 'POST',
    path: '/v1/cases/{caseId}/second-look',
    tags: ['Seller'],
    summary: 'Ask another desk to look again at what stands',
  })
  .input(Written)
  .output(CaseForSeller)

export const reopenCase = writing
  .errors(
    refuses(
      'nothing_to_contest',
      'reopened_before',
      'no_new_facts',
      'window_closed',
      'already_appealed',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/cases/{caseId}/reopening',
    tags: ['Seller'],
    summary: 'Open a decided case again because of something new',
    description:
      'Once, within six months of its end, when there is something that nobody had seen: a file that comes with it, or a listing that was changed since.',
  })
  .input(Written)
  .output(CaseForSeller)

export const askQuestion = route
  .errors(refuses('text_missing', 'no_way_in', 'too_many_files', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/questions',
    tags: ['Seller'],
    summary: 'Ask the marketplace something',
    description: 'A person answers. It never counts against a seller.',
    successStatus: 201,
  })
  .input(
    Written.omit({ caseId: true }).extend({
      /** The topic of the help by which one came: the desk reads it. */
      topic: z.string().max(100).nullable().default(null),
    }),
  )
  .output(CaseForSeller)

export const withdrawCase = route
  .errors(refuses('wrong_state'))
  .route({
    method: 'POST',
    path: '/v1/cases/{caseId}/withdrawal',
    tags: ['Seller'],
    summary: 'Take an appeal back',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForSeller)

/** Uploads one file: a photo or a PDF of up to 10 MB. It is kept inert and given out from an address of its own. */
export const uploadFile = route
  .errors(refuses('file_too_large', 'file_type_refused', 'file_empty'))
  .route({
    method: 'POST',
    path: '/v1/files',
    tags: ['Seller'],
    summary: 'Upload evidence',
    description:
      'multipart/form-data with one part `file`. Its type is read from its bytes, not from its name. `GET /v1/files/{fileId}` says where it can be read.',
    successStatus: 201,
  })
  .input(z.object({ file: z.file() }))
  .output(FileForReader)

/** Where a file can be read for some minutes: an address for this one file and this one reader, on an origin of its own. */
export const FileAddress = FileForReader.extend({
  address: z.string(),
  /** From then on a new address has to be asked for. */
  until: At,
  /** What a browser makes of it there. */
  opens: z.enum(['picture', 'document', 'download']),
})
export type FileAddress = z.infer<typeof FileAddress>

export const readFile = route
  .route({
    method: 'GET',
    path: '/v1/files/{fileId}',
    tags: ['Seller', 'Desk'],
    summary: 'Get an address at which evidence can be read',
    description:
      'The address opens this file for some minutes, without a sign-in and for nothing else. Photos and PDF open in a browser; everything else is an attachment.',
  })
  .input(z.object({ fileId: z.string().min(1) }))
  .output(FileAddress)
