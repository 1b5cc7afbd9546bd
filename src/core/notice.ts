/** A notice is a message from us to a seller (or our officer) about a statement, case or deadline. */
import type { Language } from './language.ts'
import type { ClosingException } from './measure.ts'
import { sayOwnReasons } from './own-reasons.ts'
import { named, sayTime, shortTitle } from './saying.ts'
import {
  countsLater,
  statementSections,
  statementTitle,
  type Statement,
  type StatementSection,
} from './statement.ts'
import { wordsIn } from './words.ts'
import { unfilled } from './words/say.ts'

/** Every kind, with what pages call such a notice. */
export const noticeNames = {
  statement: 'Statement of reasons',
  hastened: 'A closing that counts at once',
  'case-received': 'Receipt',
  'handed-over': 'Hand-over to another desk',
  asked: 'Question to the seller',
  'call-booked': 'Call booked',
  'call-missed': 'Call not taken',
  'call-lapsed': 'Call not made',
  message: 'Message from the desk',
  answered: 'Answer',
  outcome: 'Outcome',
  lifted: 'Measure lifted',
  restored: 'Seen back in the shop',
  'not-yet-back': 'Not yet back in the shop',
  overdue: 'Overdue',
  alarm: 'Alarm of the clocks',
  unreached: 'Something waits',
  'account-claimed': 'Claim on the account',
  'claim-letter': 'Letter of a claim',
  factor: 'Change of a way to sign in',
  invited: 'Invitation',
  member: 'Change of who may act',
  'mail-held': 'Mail that waits for a person',
  'mail-settled': 'What became of a mail',
  letter: 'To whoever wrote a letter',
  'letter-told': 'What somebody else wrote',
  'letter-due': 'Somebody’s deadline',
} as const
export type NoticeKind = keyof typeof noticeNames
export const noticeKinds = Object.keys(noticeNames) as [NoticeKind, ...NoticeKind[]] // keys of a const object are exactly its names

/**
 * What a seller must not miss: what was decided, and a question that is answered by a day. It goes to members too who
 * chose to hear, and where no contact takes it the others who act for the seller learn that it waits.
 */
export function isImportant(kind: NoticeKind): boolean {
  return ['statement', 'hastened', 'asked', 'answered', 'outcome'].includes(kind)
}

/** A part of a notice; where it is about a decision of its own, the mail opens that there. */
export interface NoticeSection extends StatementSection {
  opens?: { label: string; decisionId: string }
}

/** What a notice says; the carrier adds the signed link and sets it as text and HTML. */
export interface NoticeBody {
  /** In which our words are written here; English where a stored notice does not say. */
  language?: Language
  opening: string
  sections: NoticeSection[]
  /** The statement it carries, so that mail shows the same matched words as the page. */
  statement: Statement | null
  /** The matter its link opens, and what the link says; null for notices to our own officer. */
  link: {
    label: string
    decisionId: string | null
    caseId: string | null
    /**
     * Set where it opens a claim: for the claimant, who has its code, for whom the account is known by, or by a letter
     * that counts once.
     */
    claim?: {
      number: string
      reader: 'claimant' | 'account' | 'proof' | 'binding'
      letterId?: string
    }
    /** Set where it opens a complaint for its reporter; the address that is mailed brings its code. */
    complaint?: { number: string; id: string }
    /** Set where it opens a page of ours and no matter: then it carries nothing. */
    page?: '/recovery' | '/security' | '/seller' | '/sign-in'
  } | null
}

/** A notice in words, before it is anybody's mail. */
export interface Worded {
  kind: NoticeKind
  subject: string
  body: NoticeBody
}

/** Whether every value stands in its place: where one is missing its words hold a mark that no text of anybody's can hold. */
export function isFilled({ subject, body }: Pick<Worded, 'subject' | 'body'>): boolean {
  const { opening, sections, link } = body
  const words = sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs])
  return ![subject, opening, link?.label ?? '', ...words].some((text) => text.includes(unfilled))
}

/** The statement of reasons itself, with its matched words and the way to contest it. */
export function statementNotice(statement: Statement): Worded {
  const { subject, number, language, facts, decisionId } = statement
  const words = wordsIn(language).statement
  return {
    kind: 'statement',
    subject: statementTitle({
      ...statement,
      subject: { ...subject, title: shortTitle(subject.title, language) },
    }),
    body: {
      language,
      opening: [
        statementTitle(statement),
        ...(countsLater(statement) ? [statement.duration.words] : []),
        words.opening(number),
      ].join(' '),
      sections: statementSections(statement),
      statement,
      link: {
        label: facts.evidence.length > 0 ? words.linkMatched : words.link,
        decisionId,
        caseId: null,
      },
    },
  }
}

/** A measure came off outside an appeal; `statement` is the one that imposed it, `reasons` says in a sentence why. */
export function liftedNotice({
  statement,
  reasons,
  language,
}: {
  statement: Statement
  /** In somebody's words; null where its time ran out. */
  reasons: string | null
  language: Language
}): Worded {
  const words = wordsIn(language).lifted
  const subject = named(statement.subject, language)
  const own = reasons === null ? words.timeIsUp : sayOwnReasons(reasons, language)
  return {
    kind: 'lifted',
    subject: words.subject(subject),
    body: {
      language,
      opening: words.opening(subject, statement.number),
      sections: [
        {
          heading: words.why,
          paragraphs: [own ?? reasons ?? ''],
          ...(own === null ? { written: [0] } : {}),
        },
        { heading: words.next, paragraphs: [words.shopIsTold, words.others] },
      ],
      statement: null,
      link: { label: words.link, decisionId: statement.decisionId, caseId: null },
    },
  }
}

/** A closing counts at once: an exception was named, and a second person agreed to it. */
export function hastenedNotice({
  statement,
  exception,
  agreedBy,
  at,
  timeZone,
  language,
}: {
  statement: Statement
  exception: ClosingException
  /** The first name of the second person. */
  agreedBy: string
  at: Date
  timeZone: string
  language: Language
}): Worded {
  const { hastened: words, measure } = wordsIn(language)
  const { number, decisionId } = statement
  return {
    kind: 'hastened',
    subject: words.subject(number),
    body: {
      language,
      opening: words.opening(agreedBy, number, sayTime(at, timeZone, { language })),
      sections: [
        { heading: words.why, paragraphs: [measure.exception(exception)] },
        {
          heading: words.whatYouCanDo,
          paragraphs: [words.right, measure.effect(statement.measure.name)],
        },
      ],
      statement: null,
      link: { label: words.link, decisionId, caseId: null },
    },
  }
}
