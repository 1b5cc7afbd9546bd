/** Notices of a complaint: to its reporter, who is told nothing of the seller, and to the seller, who is told nothing of the reporter. */
import {
  complaintNumber,
  type Complaint,
  type ComplaintFinding,
  type ComplaintKind,
} from './complaint.ts'
import type { Language } from './language.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone, shortTitle } from './saying.ts'
import { wordsIn } from './words.ts'

type Numbered = Pick<Complaint, 'id' | 'number'>

/** Who has a complaint and until when, as its reporter is told. */
export interface ReporterHolding {
  complaint: Numbered
  deskTitle: string
  dueAt: Date
  /** What happens by itself when the desk is late; whole sentences. */
  ifLate: string
  timeZone: string
}

/** The receipt: its number, who looks at it, and by when there is an answer. */
export function complaintReceived(told: ReporterHolding & { promisedBy: Date }): Worded {
  const { complaint, deskTitle, dueAt, timeZone, promisedBy } = told
  const number = complaintNumber(complaint)
  const by = sayTime(dueAt, timeZone)
  return toReporter(complaint, {
    kind: 'case-received',
    subject: `Your complaint ${number} is here. ${deskTitle} answers by ${by}`,
    opening: `Your complaint ${number} is here, and nothing of it can be lost.`,
    sections: [
      {
        heading: `Who has it: ${deskTitle}, until ${by}`,
        paragraphs: [
          'A person reads it and finds out what is so. They may ask the seller, who does not learn who you are.',
          told.ifLate,
        ],
      },
      {
        heading: 'When you hear from us',
        paragraphs: [
          `We write to you when we know. If the seller is asked, they have some time to answer and our clock stands still; without that, the last answer is promised by ${sayTime(promisedBy, timeZone)}.`,
          sayZone(timeZone),
        ],
      },
    ],
  })
}

/** Another desk has it now: the first was late, passed it on, or is looked at again. */
export function complaintMoved(
  told: ReporterHolding & {
    fromDeskTitle: string
    why: 'late' | 'forward' | 'second-look' | 'again'
  },
): Worded {
  const { complaint, deskTitle, dueAt, ifLate, timeZone, fromDeskTitle, why } = told
  const number = complaintNumber(complaint)
  const by = sayTime(dueAt, timeZone)
  const because = {
    late: `${fromDeskTitle} did not answer in time, so ${deskTitle} has your complaint ${number} now.`,
    forward: `${fromDeskTitle} handed your complaint ${number} to ${deskTitle}. The last date for your answer stays as it was.`,
    'second-look': `${deskTitle} looks again at your complaint ${number}. Nobody who decided it before takes part.`,
    again: `Your complaint ${number} is open again, and ${deskTitle} has it.`,
  } as const
  return toReporter(complaint, {
    kind: 'handed-over',
    subject: `${deskTitle} has your complaint ${number} now and answers by ${by}`,
    opening: because[why],
    sections: [
      { heading: `Who has it: ${deskTitle}, until ${by}`, paragraphs: [ifLate, sayZone(timeZone)] },
    ],
  })
}

/** Every clock ran out and nobody had found anything. */
export function complaintOverdue(told: ReporterHolding & { overdueSince: Date }): Worded {
  const { complaint, deskTitle, dueAt, timeZone, overdueSince } = told
  const number = complaintNumber(complaint)
  return toReporter(complaint, {
    kind: 'overdue',
    subject: `Your complaint ${number} was due and is not answered yet. Our officer has been told`,
    opening: `Your complaint ${number} was due ${sayTime(overdueSince, timeZone)}, and nobody has answered. That is our fault and not yours.`,
    sections: [
      {
        heading: `Who has it: ${deskTitle}, and our officer`,
        paragraphs: [
          `The officer of the marketplace has been told, and is told again on ${sayTime(dueAt, timeZone)} and so on until a person has answered.`,
          sayZone(timeZone),
        ],
      },
    ],
  })
}

/** What was found, as its reporter reads it first. */
export const findingToReporter = {
  confirmed: 'We looked into it, and it is so.',
  refuted: 'We looked into it, and it is not so.',
  undetermined: 'We looked into it, and could not find out what is so.',
} as const satisfies Record<ComplaintFinding, string>

/** What became of it, in the words of the person who found it. */
export function complaintAnswered(told: {
  complaint: Numbered
  finding: ComplaintFinding
  /** The first name of the person who found it. */
  by: string
  deskTitle: string
  words: string
  /** The desk that looks again if the reporter asks; null where none does. */
  secondLook: string | null
}): Worded {
  const { complaint, finding, by, deskTitle, words, secondLook } = told
  const number = complaintNumber(complaint)
  return toReporter(complaint, {
    kind: 'outcome',
    subject: `${findingToReporter[finding]} The answer to your complaint ${number}`,
    opening: `${findingToReporter[finding]} ${by} of ${deskTitle} answers your complaint ${number}.`,
    sections: [
      { heading: `What ${by} writes`, paragraphs: [words], written: [0] },
      {
        heading: 'If you think that this is wrong',
        paragraphs: [
          secondLook === null
            ? 'It was looked at twice. A dispute body or a court can still look at it (DSA Art. 21).'
            : `Ask ${secondLook} to look again, on the page of your complaint: a person does who has not decided it before. You have six months for that, and it costs nothing.`,
        ],
      },
    ],
  })
}

/** To whoever complained, with the link to the page of their complaint. */
export function toReporter(
  complaint: Numbered,
  {
    kind,
    subject,
    ...body
  }: Pick<Worded, 'kind' | 'subject'> & Pick<Worded['body'], 'opening' | 'sections'>,
): Worded {
  const number = complaintNumber(complaint)
  const link = {
    label: `Open your complaint ${number}`,
    decisionId: null,
    caseId: null,
    complaint: { number, id: complaint.id },
  }
  // A reporter is nobody whose language is known.
  return { kind, subject, body: { ...body, statement: null, link } }
}

interface ToSeller {
  number: string
  caseId: string
  title: string
  by: string
  deskTitle: string
  timeZone: string
  language: Language
}

/** To the seller: what is said, without who says it, and a question with its date. */
export function complaintAsked(
  asked: ToSeller & {
    kind: ComplaintKind
    substance: string
    question: string
    until: Date
    /** False where nothing waits for the answer, because somebody may be in danger. */
    waits: boolean
  },
): Worded {
  const { number, caseId, by, deskTitle, timeZone, language, question, until, substance } = asked
  const words = wordsIn(language)
  const said = words.complaint.asked
  const day = sayTime(until, timeZone, { withYear: true, language })
  return {
    kind: 'asked',
    subject: said.subject(deskTitle, number, day),
    body: {
      language,
      opening: said.opening(
        by,
        deskTitle,
        shortTitle(asked.title, language),
        words.complaint.kind(asked.kind),
      ),
      sections: [
        { heading: said.substance, paragraphs: [substance, said.withheld], written: [0] },
        { heading: words.asked.question, paragraphs: [question], written: [0] },
        {
          heading: words.asked.until(day),
          paragraphs: [
            asked.waits ? words.asked.standsStill : said.notWaited,
            sayZone(timeZone, language),
          ],
        },
      ],
      statement: null,
      link: { label: words.asked.link, decisionId: null, caseId },
    },
  }
}

/** To a seller who was asked, or whose listing was held: what was found. */
export function complaintFound(
  found: Omit<ToSeller, 'timeZone'> & { finding: ComplaintFinding; reasons: string },
): Worded {
  const { number, caseId, by, deskTitle, language, finding, reasons } = found
  const said = wordsIn(language).complaint.found
  return {
    kind: 'message',
    subject: said.subject(number, finding),
    body: {
      language,
      opening: said.opening(by, deskTitle, shortTitle(found.title, language), finding),
      sections: [
        { heading: wordsIn(language).handedOver.why, paragraphs: [reasons], written: [0] },
        { heading: wordsIn(language).holding.next, paragraphs: [said.next(finding)] },
      ],
      statement: null,
      link: { label: said.link(number), decisionId: null, caseId },
    },
  }
}
