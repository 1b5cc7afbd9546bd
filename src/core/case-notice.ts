/** Notices about a case: that it is here, who has it now, what is asked, and what became of it. */
import { capital } from './capital.ts'
import type { CaseKind } from './case.ts'
import type { SubjectKind } from './measure.ts'
import type { Worded } from './notice.ts'
import type { ObjectionOutcome } from './objection.ts'
import type { StatementSection } from './statement.ts'
import { caseNoun } from './case.ts'
import type { Language } from './language.ts'
import { sayOwnReasons } from './own-reasons.ts'
import { named, sayTime, sayZone } from './saying.ts'
import { wordsIn } from './words.ts'

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
  language: Language
  /** What it is about, as it stands behind "about"; empty for what is about nothing in particular. */
  about: string[]
}

/** The receipt of a case. */
export function caseReceived(holding: HoldingWords): Worded {
  const { kind, number, deskTitle, ifLate } = holding
  const { words, by, about, zone, linkTo } = saidOf(holding)
  return {
    kind: 'case-received',
    subject: words.received.subject(kind, number, deskTitle, by),
    body: {
      language: holding.language,
      opening: words.received.opening(kind, number, about),
      sections: [
        {
          heading: words.holding.whoHasIt(deskTitle, by),
          paragraphs: [
            kind === 'appeal' ? words.received.eachPoint : words.received.answers,
            ifLate,
          ],
        },
        {
          heading: words.holding.whatYouCanDo,
          paragraphs: [words.received.nothingToDo, zone],
        },
      ],
      ...linkTo(),
    },
  }
}

/** The desk was late, it forwarded the case, the seller asked for a second look, or the case is open again. */
export type HandOver =
  | { why: 'late' | 'second-look' | 'again'; fromDeskTitle: string }
  | { why: 'forward'; fromDeskTitle: string; by: string; reason: string; promisedBy: Date }

/** A case went on to another desk, or is open again. */
export function handedOver(holding: HoldingWords & { handOver: HandOver }): Worded {
  const { kind, number, deskTitle, ifLate, timeZone, language, handOver } = holding
  const { words, by, about, zone, linkTo } = saidOf(holding)
  return {
    kind: 'handed-over',
    subject: words.handedOver.subject(deskTitle, kind, number, by),
    body: {
      language,
      opening: handOverWords(holding),
      sections: [
        ...(handOver.why === 'forward'
          ? [{ heading: words.handedOver.why, paragraphs: [handOver.reason], written: [0] }]
          : []),
        {
          heading: words.holding.whoHasIt(deskTitle, by),
          paragraphs: [
            ...(about === '' ? [] : [words.holding.itIs(about)]),
            ...(handOver.why === 'forward'
              ? [words.handedOver.promised(sayTime(handOver.promisedBy, timeZone, { language }))]
              : []),
            ifLate,
            zone,
          ],
        },
      ],
      ...linkTo(),
    },
  }
}

function handOverWords({
  kind,
  number,
  deskTitle,
  language,
  handOver,
}: HoldingWords & { handOver: HandOver }): string {
  const words = wordsIn(language).handedOver
  switch (handOver.why) {
    case 'late':
      return words.late(handOver.fromDeskTitle, deskTitle, kind, number)
    case 'second-look':
      return words.secondLook(deskTitle, kind, number)
    case 'again':
      return words.again(deskTitle, kind, number)
    case 'forward':
      return words.forward(handOver.by, handOver.fromDeskTitle, deskTitle, kind, number)
  }
}

/** A question goes on as an appeal, or in one that was there: where it went, and that nothing was lost on the way. */
export function turnedNotice(
  appeal: HoldingWords & { question: string; by: string; promisedBy: Date; isNew: boolean },
): Worded {
  const { number, deskTitle, ifLate, timeZone, language, question, isNew, promisedBy } = appeal
  const { words, by: until, about, zone, linkTo } = saidOf(appeal)
  return {
    kind: 'handed-over',
    subject: words.turned.subject(question, isNew, number, deskTitle),
    body: {
      language,
      opening: words.turned.opening(appeal.by, question, isNew, number, about),
      sections: [
        {
          heading: words.holding.whoHasIt(deskTitle, until),
          paragraphs: [
            words.turned.canLift,
            words.turned.promised(sayTime(promisedBy, timeZone, { language })),
            ifLate,
            zone,
          ],
        },
      ],
      ...linkTo(),
    },
  }
}

/** A call is booked, or did not come about; whose fault it was is said. */
export function callNotice(
  call: HoldingWords & { startsAt: Date; to: string; became: 'booked' | 'missed' | 'lapsed' },
): Worded {
  const { kind, number, deskTitle, ifLate, timeZone, language, startsAt, to, became } = call
  const { words, by, zone, linkTo } = saidOf(call)
  const at = sayTime(startsAt, timeZone, { language })
  const said = words.call[became]
  return {
    kind: `call-${became}`,
    subject: said.subject(at, kind, number),
    body: {
      language,
      opening: said.opening(deskTitle, to, at),
      sections: [
        {
          heading: words.call.heading(kind, number, deskTitle, by),
          paragraphs: [said.next, ifLate, zone],
        },
      ],
      ...linkTo(),
    },
  }
}

/** A question to the seller, with the day until which there is time. */
export function askedNotice(
  asked: HoldingWords & { by: string; question: string; until: Date },
): Worded {
  const { kind, number, deskTitle, timeZone, language, by, question, until } = asked
  const { words, about, zone, linkTo } = saidOf(asked)
  const day = sayTime(until, timeZone, { withYear: true, language })
  return {
    kind: 'asked',
    subject: words.asked.subject(deskTitle, kind, number, day),
    body: {
      language,
      opening: words.asked.opening(by, deskTitle, kind, number, about),
      sections: [
        { heading: words.asked.question, paragraphs: [question], written: [0] },
        { heading: words.asked.until(day), paragraphs: [words.asked.standsStill, zone] },
      ],
      ...linkTo(words.asked.link),
    },
  }
}

/** A message from the desk: it answers a matter, or informs about a case that goes on. */
export function messageNotice(
  message: HoldingWords & { by: string; text: string; writeAgainUntil: Date | null },
): Worded {
  const { kind, number, deskTitle, timeZone, language, by, text, writeAgainUntil } = message
  const { words, by: until, about, zone, linkTo } = saidOf(message)
  const said = words.message
  const isAnswer = writeAgainUntil !== null
  return {
    kind: isAnswer ? 'answered' : 'message',
    subject: isAnswer ? said.subjectAnswer(kind, number) : said.subject(by, kind, number),
    body: {
      language,
      opening: (isAnswer ? said.openingAnswer : said.opening)(by, deskTitle, kind, number, about),
      sections: [
        { heading: isAnswer ? said.answer : said.wrote, paragraphs: [text], written: [0] },
        {
          heading: said.next,
          paragraphs: [
            isAnswer
              ? said.writeAgain(sayTime(writeAgainUntil, timeZone, { withYear: true, language }))
              : said.endsNothing(deskTitle, until),
            zone,
          ],
        },
      ],
      ...linkTo(),
    },
  }
}

/** To the sender: every clock ran out, and no clock may answer this; a person is on it. */
export function overdueToSender(holding: HoldingWords & { overdueSince: Date }): Worded {
  const { kind, number, deskTitle, overdueSince, timeZone, language } = holding
  const { words, by, about, zone, linkTo } = saidOf(holding)
  const since = sayTime(overdueSince, timeZone, { language })
  return {
    kind: 'overdue',
    subject: words.overdue.subject(kind, number),
    body: {
      language,
      opening: words.overdue.opening(kind, number, about, since),
      sections: [
        {
          heading: words.overdue.who(deskTitle),
          paragraphs: [words.overdue.officer(by), words.overdue.counted, zone],
        },
      ],
      ...linkTo(),
    },
  }
}

/** What all notices of an open case say alike, in its seller's language. */
function saidOf({ kind, number, caseId, dueAt, timeZone, language, about }: HoldingWords) {
  const words = wordsIn(language)
  return {
    words,
    by: sayTime(dueAt, timeZone, { language }),
    zone: sayZone(timeZone, language),
    /** " about “Kaolin mask” and your account", or nothing. */
    about:
      about.length === 0
        ? ''
        : words.saying.aboutSome(about.slice(0, 3), Math.max(0, about.length - 3)),
    linkTo: (
      label = words.holding.link(kind, number),
    ): Pick<Worded['body'], 'statement' | 'link'> => ({
      statement: null,
      link: { label, decisionId: null, caseId },
    }),
  }
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
  language: Language
}

/** What became of each objection, with the reasons that answer it. */
export function outcomeNotice({
  kind,
  caseNumber,
  caseId,
  objections,
  secondLook,
  timeZone,
  language,
}: Outcome): Worded {
  const words = wordsIn(language).outcome
  const result = resultOf(objections, language)
  const opening = [result, answeredWords(objections, language)]
  if (secondLook) {
    const { deskTitle, contestBy } = secondLook
    const until = contestBy && sayTime(contestBy, timeZone, { withYear: true, language })
    opening.push(words.secondLook(deskTitle, until))
  }
  const sections: StatementSection[] = objections.map(
    ({ subject, outcome, answer, answeredBy }) => {
      const heading = words.heading(named(subject, language), outcome)
      if (outcome === 'withdrawn') return { heading, paragraphs: [words.withdrawn] }
      const own = answeredBy === null ? sayOwnReasons(answer, language) : null
      return own === null
        ? { heading, paragraphs: [answer], written: [0] }
        : { heading, paragraphs: [own] }
    },
  )
  const returns = objections.some(
    ({ outcome }) => outcome === 'measure_lifted' || outcome === 'measure_narrowed',
  )
  if (returns)
    sections.push({ heading: wordsIn(language).holding.next, paragraphs: [words.shopIsTold] })
  return {
    kind: 'outcome',
    subject: words.subject(result, kind, caseNumber),
    body: {
      language,
      opening: opening.join(' '),
      sections,
      statement: null,
      link: {
        label: secondLook ? words.linkSecondLook : words.link,
        decisionId: null,
        caseId,
      },
    },
  }
}

/** "The measure stands." for one, "The measures are lifted." for several alike, otherwise each with its count. */
function resultOf(objections: AnsweredObjection[], language: Language): string {
  const words = wordsIn(language).outcome
  const fates = (['measure_lifted', 'measure_narrowed', 'measure_stands'] as const)
    .map((fate) => ({ fate, count: objections.filter(({ outcome }) => outcome === fate).length }))
    .filter(({ count }) => count > 0)
  return fates.length === 0 ? words.over : words.result(fates)
}

function answeredWords(objections: AnsweredObjection[], language: Language): string {
  const words = wordsIn(language).outcome
  const answered = objections.filter(({ outcome }) => outcome !== 'withdrawn')
  const people = [
    ...new Set(answered.map(({ answeredBy }) => answeredBy).filter((name) => name !== null)),
  ]
  return people.length > 0
    ? words.answeredBy(people, answered.length)
    : words.reasonsBelow(answered.length)
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
