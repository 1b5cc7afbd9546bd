/** Letters: what somebody wrote outside our doors, put on record at the desk, with the sender's own deadline and what came of it. */
import { z } from 'zod'
import { bodyOutcomes, letterSenders, letterWishes } from '../core/letter.ts'
import { At, FileForReader } from './case.ts'
import { refuses, route } from './problem.ts'

const tags = ['Desk']
/** A day where the marketplace is. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-11-24')

export const LetterForDesk = z.object({
  id: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  sender: z.object({ kind: z.enum(letterSenders), name: z.string(), answerTo: z.string() }),
  /** "Dispute Board of Lisbon, a dispute settlement body". */
  from: z.string(),
  /** Whether an answer goes by mail from here; else a person posts it. */
  byMail: z.boolean(),
  reference: z.string().nullable(),
  writtenOn: z.string().nullable(),
  receivedOn: z.string(),
  recordedBy: z.string(),
  text: z.string(),
  showsAuthority: z.boolean(),
  sellerHears: z.boolean(),
  /** The sender's own deadline: "The body wants our file by", and when. */
  wish: z
    .object({
      words: z.string(),
      by: At,
      isPast: z.boolean(),
      met: z.object({ at: At, by: z.string() }).nullable(),
    })
    .nullable(),
  outcome: z
    .object({
      outcome: z.enum(bodyOutcomes),
      text: z.string(),
      on: z.string(),
      follows: z.boolean(),
      by: z.string(),
    })
    .nullable(),
  /** What the reader may do about it now. */
  allowed: z.array(z.enum(['answer', 'bundle', 'outcome'])),
})
export type LetterForDesk = z.infer<typeof LetterForDesk>

/** What somebody waits for, as a queue shows it: "The body wants our file by", and when. */
export const WaitedFor = z.object({ words: z.string(), by: At, isPast: z.boolean() })
export type WaitedFor = z.infer<typeof WaitedFor>

export const scanLetter = route
  .errors(refuses('file_too_large', 'file_type_refused', 'file_empty', 'too_many_files'))
  .route({
    method: 'POST',
    path: '/v1/desk/letters/scans',
    tags,
    summary: 'Upload a page of a letter',
    description:
      'multipart/form-data with one part `file`: a photo or a PDF of up to 10 MB. It belongs to nobody until the letter is recorded.',
    successStatus: 201,
  })
  .input(z.object({ file: z.file() }))
  .output(FileForReader)

export const SuggestedSeller = z.object({
  id: z.string(),
  name: z.string(),
  /** What in the letter points to them, in sentences. */
  because: z.array(z.string()),
  cases: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      /** "Appeal A-7012, with Legal department". */
      words: z.string(),
      isNamed: z.boolean(),
    }),
  ),
  measures: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      /** "“Clay mask” is off sale". */
      words: z.string(),
      isContestable: z.boolean(),
      isNamed: z.boolean(),
    }),
  ),
})
export type SuggestedSeller = z.infer<typeof SuggestedSeller>

export const suggestForLetter = route
  .route({
    method: 'POST',
    path: '/v1/desk/letters/suggestions',
    tags,
    summary: 'See whom and what a letter could be about',
    description:
      'From case and decision numbers, ids, names, addresses and references in it. Whoever records the letter chooses.',
  })
  .input(
    z.object({
      text: z.string().max(50_000),
      reference: z.string().max(200).optional(),
      sellerId: z.string().optional(),
    }),
  )
  .output(z.object({ sellers: z.array(SuggestedSeller), now: At }))

export const recordLetter = route
  .errors(
    refuses(
      'text_missing',
      'letter_dates_wrong',
      'letter_nobodys',
      'takes_no_letters',
      'wrong_state',
      'no_way_in',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/letters',
    tags,
    summary: 'Record a letter',
    description:
      'It joins the open case of its matter, contests a decision where it speaks for the seller, or is a case of its own; the earliest date counts. The day of receipt starts every clock, never that of typing.',
    successStatus: 201,
  })
  .input(
    z.object({
      sender: z.object({
        kind: z.enum(letterSenders),
        name: z.string().trim().min(1).max(200),
        answerTo: z.string().trim().min(1).max(500),
      }),
      text: z.string().max(50_000),
      receivedOn: Day,
      caseId: z.string().optional(),
      decisionId: z.string().optional(),
      sellerId: z.string().optional(),
      reference: z.string().max(200).optional(),
      writtenOn: Day.optional(),
      wants: z.enum(letterWishes).optional(),
      dueOn: Day.optional(),
      fileIds: z.array(z.string()).max(20).optional(),
      /** Of a representative: an authority to act for the seller is enclosed. */
      showsAuthority: z.boolean().optional(),
      /** Of an authority or a body: the seller may hear what it says. */
      sellerHears: z.boolean().optional(),
    }),
  )
  .output(
    z.object({
      letterId: z.string(),
      caseId: z.string(),
      became: z.enum(['joined', 'appeal', 'letter']),
    }),
  )

export const listLetters = route
  .route({
    method: 'GET',
    path: '/v1/desk/letters',
    tags,
    summary: 'See what senders of letters wait for, and the letters that came last',
  })
  .input(z.object({}).optional())
  .output(
    z.object({
      waiting: z.array(LetterForDesk),
      last: z.array(LetterForDesk),
      mayRecord: z.boolean(),
      now: At,
    }),
  )

export const answerLetter = route
  .errors(
    refuses(
      'text_missing',
      'bundle_not_made',
      'not_your_desk',
      'not_your_kind',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/letters/{letterId}/answer',
    tags,
    summary: 'Answer whoever wrote a letter',
    description:
      'By mail it goes out from here; by post a person sends it and says so here. It meets the sender’s deadline.',
  })
  .input(
    z.object({
      letterId: z.string(),
      text: z.string().max(20_000),
      /** The file of the case goes with it, as it was downloaded for this sender. */
      withFile: z.boolean().optional(),
    }),
  )
  .output(z.object({ caseId: z.string() }))

export const recordOutcome = route
  .errors(
    refuses(
      'wrong_state',
      'not_your_desk',
      'not_your_kind',
      'held_by_another',
      'not_your_case',
      'not_a_body',
      'text_missing',
      'letter_dates_wrong',
      'reasons_missing',
      'decided_before',
      'own_measure',
      'own_policy',
      'power_not_at_desk',
      'nothing_narrower',
      'not_in_force',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/body-outcome',
    tags,
    summary: 'Record what a dispute settlement body decided, and what is done with it',
    description:
      'Where the marketplace follows, it is carried out at once. It binds nobody (DSA Art. 21(2)): not to follow it takes reasons, which the seller reads.',
  })
  .input(
    z.object({
      caseId: z.string(),
      letterId: z.string(),
      outcome: z.enum(bodyOutcomes),
      on: Day,
      text: z.string().max(20_000),
      follows: z.boolean(),
      reasons: z.string().max(10_000),
    }),
  )
  .output(z.object({ caseId: z.string() }))
