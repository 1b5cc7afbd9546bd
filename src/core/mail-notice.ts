/** Answers to mails: that one is in its matter, that one waits for a person, and what a person did with it. */
import type { HoldingWords } from './case-notice.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'
import { wordsIn } from './words.ts'

/** What stands at the head of an answer to a message of which we do not know who sent it: nothing of the message, and nothing of ours. */
export interface HeldWords {
  /** M-1001. */
  number: string
  deskTitle: string
  dueAt: Date
  timeZone: string
}

/** The receipt of a mail that waits for a person. It says nothing of any seller, case or measure. */
export function heldNotice({ number, deskTitle, dueAt, timeZone }: HeldWords): Worded {
  const by = sayTime(dueAt, timeZone)
  return {
    kind: 'mail-held',
    subject: `Your message is here as ${number}. ${deskTitle} looks at it by ${by}`,
    body: {
      opening: `A message that names your address as its sender came to us, and we keep it as ${number}.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: [
            'We could not tell by ourselves which account it is about, or that it comes from its owner. So a person reads it and puts it where it belongs, or answers.',
            sayZone(timeZone),
          ],
        },
        {
          heading: 'What is faster',
          paragraphs: [
            'Answer the notice that you want to write about, from the address that it came to: that goes straight to its matter. Or open the link in that notice.',
            'Whoever has lost both account and mailbox is helped at the recovery page.',
            'If you sent us nothing, do nothing: somebody used your address.',
          ],
        },
      ],
      statement: null,
      link: { label: 'Open the recovery page', decisionId: null, caseId: null, page: '/recovery' },
    },
  }
}

/** What a person did with a mail that waited: put it where it belongs, or answered that there is nothing to do. */
export function settledNotice({
  number,
  by,
  reason,
}: {
  number: string
  /** The first name of the person. */
  by: string
  /** In the person's words; null where it went to a matter. */
  reason: string | null
}): Worded {
  return {
    kind: 'mail-settled',
    subject:
      reason === null
        ? `Your message ${number} is where it belongs`
        : `An answer to your message ${number}`,
    body: {
      opening:
        reason === null
          ? `${by} read your message ${number} and put it into the matter that it is about.`
          : `${by} read your message ${number} and found nothing in it that we can do something about.`,
      sections: [
        reason === null
          ? {
              heading: 'What happens next',
              paragraphs: [
                'It has a desk and a date there. What there is to say about an account goes to the addresses that are on file for it, and to nobody else.',
              ],
            }
          : { heading: 'Why', paragraphs: [reason] },
        ...(reason === null
          ? []
          : [
              {
                heading: 'If that is not right',
                paragraphs: ['Write again and say what was missed: a person reads that, too.'],
              },
            ]),
      ],
      statement: null,
      link: { label: 'Open the recovery page', decisionId: null, caseId: null, page: '/recovery' },
    },
  }
}

/** By what it came to us, as its sender is told. */
export type CameAs = 'mail' | 'letter'

/** To the seller: a mail or a letter was put into a case that is open, and its clock runs as before. */
export function filedNotice(holding: HoldingWords, cameAs: CameAs = 'mail'): Worded {
  const { kind, number, caseId, deskTitle, dueAt, ifLate, timeZone, language } = holding
  const { filed: words, holding: said } = wordsIn(language)
  const by = sayTime(dueAt, timeZone, { language })
  return {
    kind: 'case-received',
    subject: words.subject(kind, number, deskTitle, by),
    body: {
      language,
      opening: cameAs === 'mail' ? words.opening(kind, number) : words.letterOpening(kind, number),
      sections: [
        {
          heading: said.whoHasIt(deskTitle, by),
          paragraphs: [words.neverMoves, ifLate, sayZone(timeZone, language)],
        },
      ],
      statement: null,
      link: { label: said.open(kind), decisionId: null, caseId },
    },
  }
}

/** To the seller: what they wrote is kept with a case that was decided; what a mail cannot do, the link can. */
export function filedAfterNotice({
  kind,
  number,
  caseId,
  contest,
  cameAs = 'mail',
  timeZone,
  language,
}: Pick<HoldingWords, 'kind' | 'number' | 'caseId' | 'timeZone' | 'language'> & {
  /** Whom the seller can ask to look again, and until when; null where it cannot be asked for. */
  contest: { deskTitle: string; until: Date | null } | null
  cameAs?: CameAs
}): Worded {
  const { filed: words, holding: said } = wordsIn(language)
  const until = contest?.until && sayTime(contest.until, timeZone, { withYear: true, language })
  return {
    kind: 'case-received',
    subject:
      contest === null ? words.keptSubject(kind, number) : words.keptSubjectStep(kind, number),
    body: {
      language,
      opening:
        cameAs === 'mail' ? words.keptOpening(kind, number) : words.letterKeptOpening(kind, number),
      sections: [
        contest === null
          ? { heading: said.next, paragraphs: [words.takesItsCourse] }
          : {
              heading: words.lookAgain(contest.deskTitle),
              paragraphs: [
                words.confirm,
                ...(until ? [words.timeUntil(until)] : []),
                sayZone(timeZone, language),
              ],
            },
      ],
      statement: null,
      link: {
        label: contest === null ? said.open(kind) : words.linkAgain,
        decisionId: null,
        caseId,
      },
    },
  }
}

/** To the officer: a mail waits longer than was promised. */
export function mailOverdueNotice({
  number,
  deskTitle,
  overdueSince,
  dueAt,
  timeZone,
}: HeldWords & { overdueSince: Date }): Worded {
  const since = sayTime(overdueSince, timeZone)
  return {
    kind: 'overdue',
    subject: `Mail ${number} was due ${since} and nobody has looked at it`,
    body: {
      opening: `Mail ${number} waits for ${deskTitle} and was due ${since}. No clock may decide what it is about, so a person must.`,
      sections: [
        {
          heading: 'What to do',
          paragraphs: [
            `See that somebody opens the page of mail that waits. Its clock runs again until ${sayTime(dueAt, timeZone)}; then you hear from us again.`,
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}
