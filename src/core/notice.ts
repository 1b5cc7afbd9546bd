/** A notice is a message from us to a seller (or our officer) about a statement, case or deadline. */
import type { ObjectionOutcome } from './objection.ts'
import type { Subject } from './measure.ts'
import { sayCount, sayLength, sayList, sayTime, sayZone, shortTitle } from './saying.ts'
import type { State } from './state-owed.ts'
import {
  statementSections,
  statementTitle,
  type Statement,
  type StatementSection,
} from './statement.ts'

export { sayTime } from './saying.ts'

export type NoticeKind =
  | 'statement'
  | 'appeal-received'
  | 'handed-over'
  | 'outcome'
  | 'lifted'
  | 'restored'
  | 'not-yet-back'
  | 'overdue'
  | 'alarm'
  | 'unreached'
  | 'seller-sought'

/** What a notice says; the carrier adds the signed link and sets it as text and HTML. */
export interface NoticeBody {
  opening: string
  sections: StatementSection[]
  /** The statement it carries, so that mail shows the same matched words as the page. */
  statement: Statement | null
  /** The matter its link opens, and what the link says; null for notices to our own officer. */
  link: { label: string; decisionId: string | null; caseId: string | null } | null
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
      opening: `${statementTitle(statement)} This is decision ${number}: what happened, why, and the way back.`,
      sections: statementSections(statement),
      statement,
      link: {
        label: 'Read it with the matched words, or appeal',
        decisionId: statement.decisionId,
        caseId: null,
      },
    },
  }
}

/** Who has a case, until when, and what happens by itself: what every notice of an open case says. */
export interface HoldingWords {
  /** The number to quote, such as A-7004. */
  number: string
  caseId: string
  deskTitle: string
  dueAt: Date
  /** What happens by itself when the desk is late; a whole sentence. */
  ifLate: string
  timeZone: string
  subjectTitles: string[]
}

/** The receipt of an appeal. */
export function appealReceived({
  number,
  caseId,
  deskTitle,
  dueAt,
  ifLate,
  timeZone,
  subjectTitles,
}: HoldingWords): Worded {
  const by = sayTime(dueAt, timeZone)
  return {
    kind: 'appeal-received',
    subject: `Your appeal ${number} is here. ${deskTitle} answers by ${by}`,
    body: {
      opening: `Your appeal ${number} about ${sayTitles(subjectTitles)} is here, and nothing of it can be lost.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: ['A person reads it and answers each of your points.', ifLate],
        },
        {
          heading: 'What you can do',
          paragraphs: [
            'You need do nothing. Waiting is never held against you.',
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: { label: `See where appeal ${number} is`, decisionId: null, caseId },
    },
  }
}

/** A case went on to another desk: because the first was late, or because the seller asked for a second look. */
export function handedOver({
  number,
  caseId,
  fromDeskTitle,
  why,
  deskTitle,
  dueAt,
  ifLate,
  timeZone,
  subjectTitles,
}: HoldingWords & { fromDeskTitle: string; why: 'late' | 'second-look' }): Worded {
  const by = sayTime(dueAt, timeZone)
  const opening = {
    late: `${fromDeskTitle} did not answer in time, so ${deskTitle} has your appeal ${number} now.`,
    'second-look': `${deskTitle} looks again at what stands in your appeal ${number}. Nobody who decided it before takes part.`,
  }[why]
  return {
    kind: 'handed-over',
    subject: `${deskTitle} has your appeal ${number} now and answers by ${by}`,
    body: {
      opening,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: [`It is about ${sayTitles(subjectTitles)}.`, ifLate, sayZone(timeZone)],
        },
      ],
      statement: null,
      link: { label: `See where appeal ${number} is`, decisionId: null, caseId },
    },
  }
}

export interface AnsweredObjection {
  subjectTitle: string
  outcome: ObjectionOutcome
  answer: string
  /** The first name of the person who answered; null when a machine or a clock did. */
  answeredBy: string | null
}

export interface Outcome {
  caseNumber: string
  caseId: string
  objections: AnsweredObjection[]
  /** The desk that can look again; `contestBy` is null until the seller has been told, which is what this notice does. */
  secondLook: { deskTitle: string; contestBy: Date | null } | null
  timeZone: string
}

/** What became of each objection, with the reasons that answer it. */
export function outcomeNotice({
  caseNumber,
  caseId,
  objections,
  secondLook,
  timeZone,
}: Outcome): Worded {
  const result = sayOutcome(objections)
  const opening = [`${result} ${sayAnswered(objections)}`]
  if (secondLook) opening.push(saySecondLook(secondLook, timeZone))
  const sections = objections.map((objection) => ({
    heading: `“${shortTitle(objection.subjectTitle)}”: ${outcomeWords[objection.outcome]}`,
    paragraphs:
      objection.outcome === 'withdrawn' ? ['You took this point back.'] : [objection.answer],
  }))
  const returns = objections.some(
    ({ outcome }) => outcome === 'measure_lifted' || outcome === 'measure_narrowed',
  )
  if (returns) {
    sections.push({
      heading: 'What happens next',
      paragraphs: [
        'The shop is told now. We look there ourselves, and write again once we have seen it.',
      ],
    })
  }
  return {
    kind: 'outcome',
    subject: `${result} The answer to your appeal ${caseNumber}`,
    body: {
      opening: opening.join(' '),
      sections,
      statement: null,
      link: {
        label: secondLook ? 'Read the answer, or ask for a second look' : 'Read the answer',
        decisionId: null,
        caseId,
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
  const title = `“${shortTitle(statement.subject.title)}”`
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
            'Should another measure hold the same listing, its own statement says how to contest that one.',
          ],
        },
      ],
      statement: null,
      link: { label: 'See how it stands', decisionId: statement.decisionId, caseId: null },
    },
  }
}

/** Proof of restoration: what the shop itself answered, and how soon. */
export interface Restored {
  subjectTitle: string
  /** What the shop shows; null when it does not have the subject at all. */
  shows: State | null
  /** From the change of what is owed to the shop showing it. */
  seconds: number
  decisionId: string | null
  caseId: string | null
}

/** What was taken has been seen back in the shop, or as far back as it is owed. */
export function restoredNotice({
  subjectTitle,
  shows,
  seconds,
  decisionId,
  caseId,
}: Restored): Worded {
  const title = `“${shortTitle(subjectTitle)}”`
  const after = `${sayLength(seconds)} after the decision`
  const words = restoredWords(title, shows, after)
  return {
    kind: 'restored',
    subject: words.subject,
    body: {
      opening: words.opening,
      sections: [
        {
          heading: 'How we know',
          paragraphs: [
            `We asked the shop itself: it answered ${after}. That answer is kept with the decision.`,
          ],
        },
      ],
      statement: null,
      link: { label: 'See how it stands', decisionId, caseId },
    },
  }
}

export interface NotYetBack {
  subjectTitle: string
  decisionId: string | null
  caseId: string | null
  since: Date
  timeZone: string
}

/** An hour has passed and the shop does not show what is owed: said once to the seller, with who is on it. */
export function notYetBackNotice({
  subjectTitle,
  decisionId,
  caseId,
  since,
  timeZone,
}: NotYetBack): Worded {
  const title = `“${shortTitle(subjectTitle)}”`
  return {
    kind: 'not-yet-back',
    subject: `${title} is not yet back in the shop, and we are on it`,
    body: {
      opening: `The decision to bring ${title} back was taken ${sayTime(since, timeZone)}. The shop does not show it yet.`,
      sections: [
        {
          heading: 'Who has it',
          paragraphs: [
            'A person of the marketplace has been called and is called again every hour until the shop shows it.',
            'We go on telling the shop meanwhile. The decision stands; you need do nothing, and you hear from us when we have seen it.',
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: { label: 'See how it stands', decisionId, caseId },
    },
  }
}

/** To our officer: the shop does not show what is owed. */
export function notBackOfficer({
  subject,
  subjectTitle,
  sequence,
  since,
  error,
  timeZone,
}: {
  subject: Subject
  subjectTitle: string
  sequence: number
  since: Date
  error: string | null
  timeZone: string
}): Worded {
  return {
    kind: 'not-yet-back',
    subject: `Not yet back: ${subject.kind} ${shortTitle(subject.id)} since ${sayTime(since, timeZone)}`,
    body: {
      opening: `The shop does not show what is owed to ${subject.kind} ${subject.id} (“${shortTitle(subjectTitle)}”).`,
      sections: [
        {
          heading: 'What is so',
          paragraphs: [
            `State number ${sequence} has been owed since ${sayTime(since, timeZone)}.`,
            error === null
              ? 'The shop answers, and shows something else.'
              : `The last attempt ended with: ${error}`,
          ],
        },
        {
          heading: 'What to do',
          paragraphs: [
            'See that the shop takes the state and shows it. We go on telling it, and write again in an hour until it does.',
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}

/** To our officer: every clock of a case ran out, and nothing may happen by itself. */
export function overdueNotice({
  caseNumber,
  deskTitle,
  overdueSince,
  dueAt,
  timeZone,
}: {
  caseNumber: string
  deskTitle: string
  overdueSince: Date
  dueAt: Date
  timeZone: string
}): Worded {
  return {
    kind: 'overdue',
    subject: `Appeal ${caseNumber} was due ${sayTime(overdueSince, timeZone)} and nobody has answered`,
    body: {
      opening: `Appeal ${caseNumber} at ${deskTitle} was due ${sayTime(overdueSince, timeZone)}. No clock may decide it, so a person must.`,
      sections: [
        {
          heading: 'What to do',
          paragraphs: [
            `See that somebody takes it. Its clock runs again until ${sayTime(dueAt, timeZone)}; then you hear from us again.`,
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}

const outcomeWords = {
  measure_lifted: 'the measure is lifted',
  measure_narrowed: 'the measure is narrowed',
  measure_stands: 'the measure stands',
  withdrawn: 'taken back',
} as const satisfies Record<ObjectionOutcome, string>

/** "The measure stands." for one, "The measures are lifted." for several alike, otherwise each with its count. */
function sayOutcome(objections: AnsweredObjection[]): string {
  const kinds = (['measure_lifted', 'measure_narrowed', 'measure_stands'] as const)
    .map((outcome) => ({
      outcome,
      count: objections.filter((objection) => objection.outcome === outcome).length,
    }))
    .filter(({ count }) => count > 0)
  const [only] = kinds
  if (only === undefined) return 'Your appeal is over.'
  if (kinds.length === 1) return `The ${sayFate(only.outcome, only.count)}.`
  return `${capital(sayList(kinds.map(({ outcome, count }) => `${sayCount(count)} ${sayFate(outcome, count)}`)))}.`
}

function sayFate(outcome: Exclude<ObjectionOutcome, 'withdrawn'>, count: number): string {
  const [one, many] = {
    measure_lifted: ['measure is lifted', 'measures are lifted'],
    measure_narrowed: ['measure is narrowed', 'measures are narrowed'],
    measure_stands: ['measure stands', 'measures stand'],
  }[outcome]
  return (count === 1 ? one : many) ?? ''
}

function sayAnswered(objections: AnsweredObjection[]): string {
  const answered = objections.filter(({ outcome }) => outcome !== 'withdrawn')
  const people = [
    ...new Set(answered.map(({ answeredBy }) => answeredBy).filter((name) => name !== null)),
  ]
  const points =
    answered.length === 1 ? 'your point' : `each of your ${sayCount(answered.length)} points`
  if (people.length > 0)
    return `${sayList(people)} ${people.length === 1 ? 'answers' : 'answer'} ${points} below.`
  return answered.length === 1 ? 'The reasons are below.' : 'The reasons for each are below.'
}

function saySecondLook(
  { deskTitle, contestBy }: NonNullable<Outcome['secondLook']>,
  timeZone: string,
): string {
  const until =
    contestBy === null
      ? 'for six months from the day this reaches you'
      : `until ${sayTime(contestBy, timeZone, { withYear: true })}`
  return `You can ask another desk, ${deskTitle}, to look again ${until}.`
}

function restoredWords(
  title: string,
  shows: State | null,
  after: string,
): { subject: string; opening: string } {
  if (shows === null) {
    return {
      subject: `The measure on ${title} is off`,
      opening: `The measure on ${title} is off, and the shop has taken that in. The listing itself is not in the shop at the moment; when it is put there again, it is shown.`,
    }
  }
  if (!('offered' in shows))
    return {
      subject: `${title} is as it should be again`,
      opening: `${title} was seen as it is owed ${after}.`,
    }
  if (!shows.offered) {
    return {
      subject: `The measure on ${title} is off; another still holds it`,
      opening: `The measure you contested on ${title} is off. Another one still keeps the listing off sale; its own statement says how to contest it.`,
    }
  }
  if (!shows.searchable) {
    return {
      subject: `${title} is for sale again, outside search`,
      opening: `${title} was seen for sale at its own address ${after}. Search and shelves do not show it while the narrower measure is in force.`,
    }
  }
  return {
    subject: `${title} is back on sale`,
    opening: `${title} is back on sale: seen back in the shop ${after}.`,
  }
}

function sayTitles(titles: string[]): string {
  const named = titles.slice(0, 3).map((title) => `“${shortTitle(title)}”`)
  const more = titles.length - named.length
  return sayList(more > 0 ? [...named, `${sayCount(more)} more`] : named)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
