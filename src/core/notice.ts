/** A notice is a message from us to a seller (or our officer) about a statement, case or deadline. */
import { saySubject, sayTime, shortTitle } from './saying.ts'
import {
  countsLater,
  statementSections,
  statementTitle,
  type Statement,
  type StatementSection,
} from './statement.ts'

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
  factor: 'Change of a way to sign in',
  invited: 'Invitation',
  member: 'Change of who may act',
  'mail-held': 'Mail that waits for a person',
  'mail-settled': 'What became of a mail',
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

/** What a notice says; the carrier adds the signed link and sets it as text and HTML. */
export interface NoticeBody {
  opening: string
  sections: StatementSection[]
  /** The statement it carries, so that mail shows the same matched words as the page. */
  statement: Statement | null
  /** The matter its link opens, and what the link says; null for notices to our own officer. */
  link: {
    label: string
    decisionId: string | null
    caseId: string | null
    /** Set where it opens a claim: for the claimant, who has its code, or for whom the account is known by. */
    claim?: { number: string; reader: 'claimant' | 'account' }
    /** Set where it opens a page of ours and no matter: then it carries nothing. */
    page?: '/recovery' | '/security' | '/sign-in'
  } | null
}

/** A notice in words, before it is anybody's mail. */
export interface Worded {
  kind: NoticeKind
  subject: string
  body: NoticeBody
}

/** The statement of reasons itself, with its matched words and the way to contest it. */
export function statementNotice(statement: Statement): Worded {
  const { subject, number } = statement
  return {
    kind: 'statement',
    subject: statementTitle({
      ...statement,
      subject: { ...subject, title: shortTitle(subject.title) },
    }),
    body: {
      opening: [
        statementTitle(statement),
        ...(countsLater(statement) ? [statement.duration.words] : []),
        `This is decision ${number}: what happened, why, and the way back.`,
      ].join(' '),
      sections: statementSections(statement),
      statement,
      link: {
        label:
          statement.facts.evidence.length > 0
            ? 'Read it with the matched words, or appeal'
            : 'Read it whole, or appeal',
        decisionId: statement.decisionId,
        caseId: null,
      },
    },
  }
}

/** A measure came off outside an appeal; `statement` is the one that imposed it, `reasons` says in a sentence why. */
export function liftedNotice({
  statement,
  reasons,
}: {
  statement: Statement
  reasons: string
}): Worded {
  const title = saySubject(statement.subject)
  return {
    kind: 'lifted',
    subject: `The measure on ${title} is lifted`,
    body: {
      opening: `The measure on ${title} (decision ${statement.number}) is lifted.`,
      sections: [
        { heading: 'Why', paragraphs: [reasons] },
        {
          heading: 'What happens next',
          paragraphs: [
            'The shop is told now, and you need do nothing. If it does not show the change within the hour, we write to you and keep at it.',
            'Should another measure hold it too, its own statement says how to contest that one.',
          ],
        },
      ],
      statement: null,
      link: { label: 'See how it stands', decisionId: statement.decisionId, caseId: null },
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
}: {
  statement: Statement
  /** Why it does not wait, in the words of the exception. */
  exception: string
  /** The first name of the second person. */
  agreedBy: string
  at: Date
  timeZone: string
}): Worded {
  return {
    kind: 'hastened',
    subject: `Your account is closed from now on (decision ${statement.number})`,
    body: {
      opening: `${agreedBy}, a second person, agreed that decision ${statement.number} counts from ${sayTime(at, timeZone)} and not after 30 days.`,
      sections: [
        { heading: 'Why it does not wait', paragraphs: [exception] },
        {
          heading: 'What you can do',
          paragraphs: [
            'Nothing about your right to appeal changes. The link below needs no sign-in.',
            statement.measure.effect,
          ],
        },
      ],
      statement: null,
      link: {
        label: 'Read the decision, or appeal',
        decisionId: statement.decisionId,
        caseId: null,
      },
    },
  }
}
