/** Notices about a case: that it is here, who has it now, what is asked, and what became of it. */
import type { CaseKind } from './case.ts'
import type { SubjectKind } from './measure.ts'
import type { Worded } from './notice.ts'
import type { ObjectionOutcome } from './objection.ts'
import { caseNoun } from './case.ts'
import { sayCount, sayList, saySubject, sayTime, sayZone } from './saying.ts'

/** Who has a case, until when, and what happens by itself: what every notice of an open case says. */
export interface HoldingWords {
  kind: CaseKind
  /** The number to quote, such as A-7004. */
  number: string
  caseId: string
  deskTitle: string
  dueAt: Date
  /** What happens by itself when the desk is late; a whole sentence. */
  ifLate: string
  timeZone: string
  /** What it is about, as it stands in a sentence; empty for what is about nothing in particular. */
  about: string[]
}

/** The receipt of a case. */
export function caseReceived(holding: HoldingWords): Worded {
  const { number, deskTitle, dueAt, ifLate, timeZone } = holding
  const noun = caseNoun(holding.kind)
  const by = sayTime(dueAt, timeZone)
  return {
    kind: 'case-received',
    subject: `Your ${noun} ${number} is here. ${deskTitle} answers by ${by}`,
    body: {
      opening: `Your ${noun} ${number}${sayAbout(holding)} is here, and nothing of it can be lost.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: [
            holding.kind === 'appeal'
              ? 'A person reads it and answers each of your points.'
              : 'A person reads it and answers.',
            ifLate,
          ],
        },
        {
          heading: 'What you can do',
          paragraphs: [
            'You need do nothing. Waiting is never held against you.',
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(holding),
    },
  }
}

/** The desk was late, it forwarded the case, the seller asked for a second look, or the case is open again. */
export type HandOver =
  | { why: 'late' | 'second-look' | 'again'; fromDeskTitle: string }
  | { why: 'forward'; fromDeskTitle: string; by: string; reason: string; promisedBy: Date }

/** A case went on to another desk, or is open again. */
export function handedOver(holding: HoldingWords & { handOver: HandOver }): Worded {
  const { number, deskTitle, dueAt, ifLate, timeZone, handOver } = holding
  const by = sayTime(dueAt, timeZone)
  const about = sayAbout(holding)
  return {
    kind: 'handed-over',
    subject: `${deskTitle} has your ${caseNoun(holding.kind)} ${number} now and answers by ${by}`,
    body: {
      opening: handOverWords(holding),
      sections: [
        ...(handOver.why === 'forward' ? [{ heading: 'Why', paragraphs: [handOver.reason] }] : []),
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: [
            ...(about === '' ? [] : [`It is${about}.`]),
            ...(handOver.why === 'forward'
              ? [
                  `The last date for your answer stays as it was: ${sayTime(handOver.promisedBy, timeZone)}.`,
                ]
              : []),
            ifLate,
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(holding),
    },
  }
}

function handOverWords({
  kind,
  number,
  deskTitle,
  handOver,
}: HoldingWords & { handOver: HandOver }): string {
  const noun = caseNoun(kind)
  switch (handOver.why) {
    case 'late':
      return `${handOver.fromDeskTitle} did not answer in time, so ${deskTitle} has your ${noun} ${number} now.`
    case 'second-look':
      return `${deskTitle} looks again at what stands in your ${noun} ${number}. Nobody who decided it before takes part.`
    case 'again':
      return `Your ${noun} ${number} is open again, and ${deskTitle} has it.`
    case 'forward':
      return `${handOver.by} of ${handOver.fromDeskTitle} handed your ${noun} ${number} to ${deskTitle}.`
  }
}

/** A question goes on as an appeal, or in one that was there: where it went, and that nothing was lost on the way. */
export function turnedNotice(
  appeal: HoldingWords & { question: string; by: string; promisedBy: Date; isNew: boolean },
): Worded {
  const { number, deskTitle, dueAt, ifLate, timeZone, question, by, isNew } = appeal
  const until = sayTime(dueAt, timeZone)
  return {
    kind: 'handed-over',
    subject: `Your question ${question} is ${isNew ? 'an' : 'in your'} appeal now: ${number}, with ${deskTitle}`,
    body: {
      opening: `${by} read your question ${question} and saw that it contests a measure, so it goes on as ${isNew ? '' : 'a part of '}your appeal ${number}${sayAbout(appeal)}. What you wrote is in it, word for word.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${until}`,
          paragraphs: [
            'An appeal goes to people who can lift the measure.',
            `Your date counts from the day that you first wrote: the last answer is promised by ${sayTime(appeal.promisedBy, timeZone)}.`,
            ifLate,
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(appeal),
    },
  }
}

/** A call is booked, or did not come about; whose fault it was is said. */
export function callNotice(
  call: HoldingWords & { startsAt: Date; to: string; became: 'booked' | 'missed' | 'lapsed' },
): Worded {
  const { number, deskTitle, dueAt, ifLate, timeZone, startsAt, to, became } = call
  const noun = caseNoun(call.kind)
  const at = sayTime(startsAt, timeZone)
  const words = {
    booked: {
      subject: `A person calls you ${at}. Your ${noun} ${number} is here`,
      opening: `A person of ${deskTitle} calls ${to} ${at}.`,
      next: 'You can cancel the call in the case. The case goes on by itself, called or not.',
    },
    missed: {
      subject: `We called and did not reach you. Choose another time: ${number}`,
      opening: `We called ${to} as we had agreed for ${at}, and did not reach you.`,
      next: 'Choose another time in the case. A call that does not reach you closes nothing and never counts against you.',
    },
    lapsed: {
      subject: `We did not call you as we had promised. Choose another time: ${number}`,
      opening: `We had promised to call ${to} ${at}, and did not. That is our fault.`,
      next: 'Choose another time in the case. Nothing else has changed there.',
    },
  }[became]
  return {
    kind: `call-${became}`,
    subject: words.subject,
    body: {
      opening: words.opening,
      sections: [
        {
          heading: `Your ${noun} ${number}: ${deskTitle}, until ${sayTime(dueAt, timeZone)}`,
          paragraphs: [words.next, ifLate, sayZone(timeZone)],
        },
      ],
      ...linkTo(call),
    },
  }
}

/** A question to the seller, with the day until which there is time. */
export function askedNotice(
  asked: HoldingWords & { by: string; question: string; until: Date },
): Worded {
  const { number, deskTitle, timeZone, by, question, until } = asked
  const noun = caseNoun(asked.kind)
  const day = sayTime(until, timeZone, { withYear: true })
  return {
    kind: 'asked',
    subject: `${deskTitle} asks you something about your ${noun} ${number}. There is time until ${day}`,
    body: {
      opening: `${by} of ${deskTitle} has a question about your ${noun} ${number}${sayAbout(asked)}.`,
      sections: [
        { heading: 'The question', paragraphs: [question] },
        {
          heading: `Until ${day}`,
          paragraphs: [
            'Our clock stands still until you have answered. If you do not, we go on with what there is, and silence is never held against you.',
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(asked, 'Answer the question'),
    },
  }
}

/** A message from the desk: it answers a matter, or informs about a case that goes on. */
export function messageNotice(
  message: HoldingWords & { by: string; text: string; writeAgainUntil: Date | null },
): Worded {
  const { number, deskTitle, dueAt, timeZone, by, text, writeAgainUntil } = message
  const noun = caseNoun(message.kind)
  const isAnswer = writeAgainUntil !== null
  return {
    kind: isAnswer ? 'answered' : 'message',
    subject: isAnswer
      ? `The answer to your ${noun} ${number}`
      : `${by} wrote to you about your ${noun} ${number}`,
    body: {
      opening: `${by} of ${deskTitle} ${isAnswer ? 'answers' : 'wrote about'} your ${noun} ${number}${sayAbout(message)}.`,
      sections: [
        { heading: isAnswer ? 'The answer' : 'What they wrote', paragraphs: [text] },
        {
          heading: 'What comes next',
          paragraphs: [
            isAnswer
              ? `If this is not what you needed, write again until ${sayTime(writeAgainUntil, timeZone, { withYear: true })} and it opens again. After that it is closed, and a new one can be sent at any time.`
              : `This ends nothing: ${deskTitle} has it until ${sayTime(dueAt, timeZone)}, as before.`,
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(message),
    },
  }
}

/** To the sender: every clock ran out, and no clock may answer this; a person is on it. */
export function overdueToSender(holding: HoldingWords & { overdueSince: Date }): Worded {
  const { number, deskTitle, dueAt, overdueSince, timeZone } = holding
  const noun = caseNoun(holding.kind)
  return {
    kind: 'overdue',
    subject: `Your ${noun} ${number} was due and is not answered yet. Our officer has been told`,
    body: {
      opening: `Your ${noun} ${number}${sayAbout(holding)} was due ${sayTime(overdueSince, timeZone)}, and nobody has answered. That is our fault and not yours.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, and our officer`,
          paragraphs: [
            `The officer of the marketplace has been told, and is told again on ${sayTime(dueAt, timeZone)} and so on until a person has answered. No clock may end this one.`,
            'It is counted as overdue where anybody can see it. You need do nothing.',
            sayZone(timeZone),
          ],
        },
      ],
      ...linkTo(holding),
    },
  }
}

function linkTo(
  { kind, number, caseId }: HoldingWords,
  label = `See where ${caseNoun(kind)} ${number} is`,
): Pick<Worded['body'], 'statement' | 'link'> {
  return { statement: null, link: { label, decisionId: null, caseId } }
}

/** " about “Kaolin mask” and your account", or nothing. */
function sayAbout({ about }: Pick<HoldingWords, 'about'>): string {
  if (about.length === 0) return ''
  const named = about.slice(0, 3)
  const more = about.length - named.length
  return ` about ${sayList(more > 0 ? [...named, `${sayCount(more)} more`] : named)}`
}

export interface AnsweredObjection {
  subject: { kind: SubjectKind; title: string }
  outcome: ObjectionOutcome
  answer: string
  /** The first name of the person who answered; null when a machine or a clock did. */
  answeredBy: string | null
}

export interface Outcome {
  kind: CaseKind
  caseNumber: string
  caseId: string
  objections: AnsweredObjection[]
  /** The desk that can look again; `contestBy` is null until the seller has been told, which is what this notice does. */
  secondLook: { deskTitle: string; contestBy: Date | null } | null
  timeZone: string
}

/** What became of each objection, with the reasons that answer it. */
export function outcomeNotice({
  kind,
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
    heading: `${capital(saySubject(objection.subject))}: ${outcomeWords[objection.outcome]}`,
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
    subject: `${result} The answer to your ${caseNoun(kind)} ${caseNumber}`,
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

/** To our officer: every clock of a case ran out, and nothing may happen by itself. */
export function overdueNotice({
  kind,
  caseNumber,
  deskTitle,
  overdueSince,
  dueAt,
  timeZone,
}: {
  kind: CaseKind
  caseNumber: string
  deskTitle: string
  overdueSince: Date
  dueAt: Date
  timeZone: string
}): Worded {
  return {
    kind: 'overdue',
    subject: `${capital(caseNoun(kind))} ${caseNumber} was due ${sayTime(overdueSince, timeZone)} and nobody has answered`,
    body: {
      opening: `${capital(caseNoun(kind))} ${caseNumber} at ${deskTitle} was due ${sayTime(overdueSince, timeZone)}. No clock may decide it, so a person must.`,
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
