/** Answers to mails: that one is in its matter, that one waits for a person, and what a person did with it. */
import type { HoldingWords } from './case-notice.ts'
import { caseNoun } from './case.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'

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

/** To the seller: a mail was put into a case that is open, and its clock runs as before. */
export function filedNotice(holding: HoldingWords): Worded {
  const { number, caseId, deskTitle, dueAt, ifLate, timeZone } = holding
  const by = sayTime(dueAt, timeZone)
  const noun = caseNoun(holding.kind)
  return {
    kind: 'case-received',
    subject: `Your message is in ${noun} ${number}. ${deskTitle} answers by ${by}`,
    body: {
      opening: `Your e-mail is in your ${noun} ${number}, with every file that it brought.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: ['Writing never moves that date.', ifLate, sayZone(timeZone)],
        },
      ],
      statement: null,
      link: { label: `Open your ${noun}`, decisionId: null, caseId },
    },
  }
}

/** To the seller: what they wrote is kept with a case that was decided; what a mail cannot do, the link can. */
export function filedAfterNotice({
  kind,
  number,
  caseId,
  contest,
  timeZone,
}: Pick<HoldingWords, 'kind' | 'number' | 'caseId' | 'timeZone'> & {
  /** Whom the seller can ask to look again, and until when; null where it cannot be asked for. */
  contest: { deskTitle: string; until: Date | null } | null
}): Worded {
  const noun = caseNoun(kind)
  return {
    kind: 'case-received',
    subject:
      contest === null
        ? `Your message is kept with ${noun} ${number}`
        : `Your message is kept with ${noun} ${number}. One step is left if you want it looked at again`,
    body: {
      opening: `Your e-mail is kept with your ${noun} ${number}, which was decided before it came.`,
      sections: [
        contest === null
          ? {
              heading: 'What happens next',
              paragraphs: [
                'What was decided takes its course. If something new has happened, open the case and say so there.',
              ],
            }
          : {
              heading: `If you want ${contest.deskTitle} to look again`,
              paragraphs: [
                'Open the link and confirm it. A mail alone never does that: anybody can write one, and there is one second look.',
                ...(contest.until === null
                  ? []
                  : [
                      `There is time until ${sayTime(contest.until, timeZone, { withYear: true })}.`,
                    ]),
                sayZone(timeZone),
              ],
            },
      ],
      statement: null,
      link: {
        label: contest === null ? `Open your ${noun}` : 'Have it looked at again',
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
