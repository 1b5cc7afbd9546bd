/** Notices of a claim: to the claimant, who is told nothing of the account, and to whoever the account is known by. */
import type { Language } from './language.ts'
import type { Worded } from './notice.ts'
import { claimNumber, type Claim, type ClaimStanding } from './recovery.ts'
import { sayTime, sayZone } from './saying.ts'
import { wordsIn } from './words.ts'

/** A notice of a case as the claimant gets it: it opens the claim, and the claim asks for its code. */
export function toClaimant(worded: Worded, claim: Pick<Claim, 'number'>): Worded {
  const { body } = worded
  return {
    ...worded,
    body: {
      ...body,
      statement: null,
      sections: [
        ...body.sections,
        {
          heading: 'Your code opens it',
          paragraphs: [
            'The page asks for the code that we showed you once. We never ask for it by phone or e-mail.',
          ],
        },
      ],
      link: {
        label: `Open your claim ${claimNumber(claim)}`,
        decisionId: null,
        caseId: null,
        claim: { number: claimNumber(claim), reader: 'claimant' },
      },
    },
  }
}

export interface ClaimOutcome {
  claim: Pick<Claim, 'number'>
  outcome: NonNullable<ClaimStanding['outcome']>
  /** The first name of the person who decided. */
  by: string
  deskTitle: string
  reasons: string
  /** The desk that looks again if the claimant writes; null where none does. */
  secondLook: string | null
}

/** What a person decided of a claim. A no says only what we could not see: it says nothing about the account. */
export function claimOutcome(told: ClaimOutcome): Worded {
  const { claim, outcome, by, deskTitle, reasons, secondLook } = told
  const words = outcomeWords[outcome]
  return toClaimant(
    {
      kind: 'outcome',
      subject: `${words.result} The answer to your claim ${claimNumber(claim)}`,
      body: {
        opening: `${words.result} ${by} of ${deskTitle} read everything that you wrote in your claim ${claimNumber(claim)}.`,
        sections: [
          { heading: `What ${by} writes`, paragraphs: [reasons] },
          {
            heading: 'What comes next',
            paragraphs: outcome === 'no' ? noWords(secondLook) : [words.next],
          },
        ],
        statement: null,
        link: null,
      },
    },
    claim,
  )
}

const outcomeWords = {
  yes: {
    result: 'Yes: what kept you out is lifted.',
    next: 'The shop is asked to let you sign in again. We look there ourselves, and write once we have seen it. Then sign in as you did before.',
  },
  part: {
    result: 'What kept you out is eased, and sign-in stays shut for now.',
    next: 'The shop is told now. Write on the page of your claim if you need more than this.',
  },
  no: { result: 'We could not see that you are the owner.', next: '' },
} as const satisfies Record<ClaimOutcome['outcome'], { result: string; next: string }>

function noWords(secondLook: string | null): string[] {
  return [
    'It is not held against you, and nothing that is yours has changed.',
    secondLook === null
      ? 'If you find something else that shows it, start again on the recovery page at any time.'
      : `If this is wrong, write on the page of your claim: ${secondLook} looks again, and nobody who decided before takes part. You have six months for that.`,
  ]
}

/** What kept the owner out was seen open again. */
export function claimRestored(claim: Pick<Claim, 'number'>): Worded {
  return toClaimant(
    {
      kind: 'restored',
      subject: `You can sign in again. Your claim ${claimNumber(claim)} is closed`,
      body: {
        opening:
          'You can sign in again: we asked the shop itself, and it answered that it is open.',
        sections: [
          {
            heading: 'What you can do',
            paragraphs: [
              'Sign in as you did before. If that does not work, start again on the recovery page, and say so.',
            ],
          },
        ],
        statement: null,
        link: null,
      },
    },
    claim,
  )
}

/** To everybody whom the account is known by: somebody claims it, and what to do if it was none of them. */
export function accountClaimed({
  claim,
  caseId,
  deskTitle,
  dueAt,
  timeZone,
  language,
}: {
  claim: Pick<Claim, 'number'>
  caseId: string
  deskTitle: string
  dueAt: Date
  timeZone: string
  language: Language
}): Worded {
  const words = wordsIn(language).claimed
  const number = claimNumber(claim)
  return {
    kind: 'account-claimed',
    subject: words.subject(number),
    body: {
      language,
      opening: words.opening(number, deskTitle, sayTime(dueAt, timeZone, { language })),
      sections: [
        { heading: words.itWasYou, paragraphs: [words.nothingToDo] },
        { heading: words.itWasNot, paragraphs: [words.sayIt, words.changesNothing] },
        { heading: words.whyHeading, paragraphs: [words.why, sayZone(timeZone, language)] },
      ],
      statement: null,
      link: {
        label: words.link,
        decisionId: null,
        caseId,
        claim: { number, reader: 'account' },
      },
    },
  }
}
