/** The desk: cases with everything needed to decide them. */
import { z } from 'zod'
import { caseKinds, caseStates } from '../core/case.ts'
import { Finding } from '../core/finding.ts'
import { ListingText } from '../core/listing.ts'
import { Measure } from '../core/measure.ts'
import { Statement } from '../core/statement.ts'
import { Withholding } from '../core/withholding.ts'
import {
  AskForReader,
  At,
  CallForReader,
  ComplaintFinding,
  FileForReader,
  Holding,
  ObjectionForSeller,
  ObjectionOutcome,
  Restoration,
  ThreadEntry,
} from './case.ts'
import { ComplaintForDesk } from './complaint.ts'
import { HealthForReader } from './health.ts'
import { LetterForDesk, WaitedFor } from './letter.ts'
import { ProvingForDesk } from './desk-claim.ts'
import { RepairForDesk } from './desk-repair.ts'
import { NoticeForReader } from './notice.ts'
import { refuses, route } from './problem.ts'

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
  /** What the seller was not told of how it was detected; null where nothing is kept back, or from this reader. */
  withholding: Withholding.nullable(),
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
  /** The listing that was judged; null where it is about how an account stands. */
  judged: z
    .object({
      listingId: z.string(),
      listingVersion: z.int(),
      title: z.string(),
      text: ListingText,
    })
    .nullable(),
  /** How the account stands, and the threshold that was met; null where a listing was judged. */
  account: z
    .object({
      sellerId: z.string(),
      /** What the threshold is called; null where the document does not name it any more. */
      title: z.string().nullable(),
      isMet: z.boolean(),
      health: HealthForReader,
    })
    .nullable(),
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

/** What a claim on an account says, and what is known of it. */
export const ClaimForDesk = z.object({
  number: z.string(),
  /** The account in the claimant's own words, and where the claimant can be reached. */
  account: z.string(),
  address: z.string(),
  /** The seller it was found to mean, or linked with; null while nobody knows. */
  seller: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Who linked it; null where the claimant's words named exactly one seller. */
  linkedBy: z.string().nullable(),
  linkedAt: At.nullable(),
  /** What somebody whom the account is known by said against it, each with the question that it opened. */
  disputes: z.array(
    z.object({
      at: At,
      text: z.string(),
      caseId: z.string(),
      caseNumber: z.string(),
      /** Whether a contact said it that was known long before the first sign: then it counts. */
      isKnown: z.boolean(),
    }),
  ),
  /** How far it is proved; null while it is linked with no seller. */
  proving: ProvingForDesk.nullable(),
})
export type ClaimForDesk = z.infer<typeof ClaimForDesk>

/** What is so of a seller beside what they ask: measures with who has them, and other open cases. */
export const BesideCase = z.object({
  measures: z.array(
    z.object({
      decisionId: z.string(),
      number: z.string(),
      /** "“Clay mask” is off sale". */
      standing: z.string(),
      policyTitle: z.string(),
      takenAt: At,
      /** What was found, as the seller reads it. */
      why: z.string(),
      /** The case in which it is contested; null where it is not. */
      case: z.object({ id: z.string(), number: z.string(), words: z.string() }).nullable(),
      /** Whether what is asked can go on as an appeal against it; else why not, in words. */
      mayTurn: z.boolean(),
      whyNot: z.string().nullable(),
    }),
  ),
  cases: z.array(
    z.object({ id: z.string(), number: z.string(), title: z.string(), words: z.string() }),
  ),
})
export type BesideCase = z.infer<typeof BesideCase>

/** What a colleague noted; no door of a seller has it. */
export const NoteForDesk = z.object({
  id: z.string(),
  by: z.string(),
  at: At,
  /** Null once it was taken back. */
  text: z.string().nullable(),
  /** The question that it was noted on, where that goes on in this case. */
  caseNumber: z.string().nullable(),
  /** Until when the reader may take it back; null where they may not. */
  takeBackUntil: At.nullable(),
})
export type NoteForDesk = z.infer<typeof NoteForDesk>

export const CaseForDesk = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(caseKinds),
  title: z.string(),
  state: z.enum(caseStates),
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
  /** Set for a claim on an account. */
  claim: ClaimForDesk.nullable(),
  /** Set for a complaint, for who works on cases or audits them. */
  complaint: ComplaintForDesk.nullable(),
  /** Set for a repair: each of its decisions may be judged by itself. */
  repair: RepairForDesk.nullable(),
  /** Null for a claim that is linked with no seller yet. */
  seller: SellerHistory.nullable(),
  /** For what contests nothing, such as a question; null otherwise. */
  beside: BesideCase.nullable(),
  calls: z.array(CallForReader),
  /** The letters that it has, oldest first. */
  letters: z.array(LetterForDesk),
  /** The same as in the queue. */
  waitedFor: WaitedFor.nullable(),
  /** Whom the answer of a desk goes to where that is not the seller: whoever wrote a letter. */
  answersTo: z.string().nullable(),
  /** What we sent about it, the newest first, and what became of it at each address. */
  notices: z.array(NoticeForReader),
  /** The appeal that it goes on in. */
  joinedTo: z.object({ caseId: z.string(), number: z.string() }).nullable(),
  files: z.array(FileForReader),
  thread: z.array(ThreadEntry),
  /** For people of the marketplace only, oldest first. */
  notes: z.array(NoteForDesk),
  restoration: Restoration.nullable(),
  /** By when the last answer was promised; forwarding never moves it. Null once it is over. */
  promisedBy: At.nullable(),
  /** The question that waits for the seller; null when none does. */
  ask: AskForReader.nullable(),
  /** What was decided and may still be taken back; null when nothing is. */
  pending: z.object({ by: z.string(), byMe: z.boolean(), until: At }).nullable(),
  /** How the same rule was applied before, most alike first. */
  similar: z.array(
    z.object({
      caseId: z.string(),
      number: z.string(),
      title: z.string(),
      outcome: ObjectionOutcome,
      answer: z.string(),
      answeredAt: At,
      /** How alike it is, in words: "3 of the same words", "The same rule". */
      alike: z.string(),
    }),
  ),
  /** Where it may be forwarded now. */
  forwardTo: z.array(z.object({ desk: z.string(), title: z.string() })),
  /** Until when a question asked now would wait; null when none may be asked. */
  askUntil: At.nullable(),
  /** Of the limited number that the procedure gives a case: what this desk could do, were it not used up. */
  spent: z.array(z.enum(['forwards', 'asks'])),
  allowed: z.array(
    z.enum([
      'take',
      'release',
      'decide',
      'conclude',
      'find',
      'forward',
      'ask',
      'answer',
      'turn',
      'link',
      'undo',
      'note',
      'bundle',
    ]),
  ),
  /** Why the reader can't decide it, when they can't; a whole sentence. */
  barred: z.string().nullable(),
})
export type CaseForDesk = z.infer<typeof CaseForDesk>

export const getDeskCase = route
  .route({
    method: 'GET',
    path: '/v1/desk/cases/{caseId}',
    tags: ['Desk'],
    summary: 'Read a case to decide it',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForDesk)

/** What every command to a case at a desk may be refused for. */
export const caseCommand = route.errors(
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

export const takeNextCase = route
  .errors(refuses('nothing_waiting'))
  .route({
    method: 'POST',
    path: '/v1/desk/next',
    tags: ['Desk'],
    summary: 'Take the case that is due first and that one may decide',
  })
  .input(z.object({ desk: z.string().optional() }))
  .output(CaseForDesk)

export const forwardCase = caseCommand
  .errors(refuses('reasons_missing', 'not_a_forward', 'forwards_spent', 'field_unfilled'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/forward',
    tags: ['Desk'],
    summary: 'Hand a held case to another desk',
    description: 'Its seller reads the reason. The promised date stays as it was.',
  })
  .input(z.object({ caseId: z.string(), to: z.string(), reason: z.string().max(2_000) }))
  .output(CaseForDesk)

export const askSeller = caseCommand
  .errors(refuses('question_missing', 'asks_spent', 'power_not_at_desk', 'field_unfilled'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/question',
    tags: ['Desk'],
    summary: 'Ask the seller; the desk’s clock stands still until the answer or its date',
  })
  .input(z.object({ caseId: z.string(), question: z.string().max(10_000) }))
  .output(CaseForDesk)

export const answerCase = caseCommand
  .errors(refuses('reasons_missing', 'power_not_at_desk', 'field_unfilled'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/answer',
    tags: ['Desk'],
    summary: 'Write to the seller',
    description:
      'It ends a question or a letter. Where a measure is contested it informs, and the case goes on.',
  })
  .input(z.object({ caseId: z.string(), text: z.string().max(20_000) }))
  .output(CaseForDesk)

export const undoCase = caseCommand
  .errors(refuses('undo_too_late', 'not_yours_to_undo'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/undo',
    tags: ['Desk'],
    summary: 'Take back what one decided, within its minute',
  })
  .input(z.object({ caseId: z.string() }))
  .output(CaseForDesk)

export const linkSeller = caseCommand
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/seller',
    tags: ['Desk'],
    summary: 'Say whose account a claim is about',
    description:
      'For a held claim. What shuts that account becomes what the desk decides on, and everybody whom the account is known by is told that it is claimed. Linking again corrects it.',
  })
  .input(z.object({ caseId: z.string(), sellerId: z.string() }))
  .output(CaseForDesk)

export const turnIntoAppeal = caseCommand
  .errors(refuses('already_appealed', 'window_closed', 'decision_not_contestable', 'no_way_in'))
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/appeal',
    tags: ['Desk'],
    summary: 'Turn a held question into an appeal against a decision',
    description:
      'What the seller wrote becomes the objection, word for word, or is added to the appeal that is open against that decision. The question closes as joined, and the earlier of the two dates counts.',
  })
  .input(z.object({ caseId: z.string(), decisionId: z.string() }))
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
      'field_unfilled',
      'prepared_words_only',
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

export const findComplaint = caseCommand
  .errors(
    refuses(
      'reasons_missing',
      'words_missing',
      'decided_before',
      'power_not_at_desk',
      'field_unfilled',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/desk/cases/{caseId}/finding',
    tags: ['Desk'],
    summary: 'Say what looking into a complaint found',
    description:
      'What leans on the complaint stands or falls with it. `reasons` are for the seller and must not tell who complained; `words` are for the reporter and must not tell anything of the seller. `isUnfounded` says of what is refuted that anybody sees at once that it is not so; it weighs only on what the reporter may expect, and no seller reads it.',
  })
  .input(
    z.object({
      caseId: z.string(),
      finding: ComplaintFinding,
      reasons: z.string().max(10_000),
      words: z.string().max(10_000),
      isUnfounded: z.boolean().default(false),
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
      'field_unfilled',
      'prepared_words_only',
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
