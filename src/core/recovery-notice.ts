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

/** How far a claim has come, for whom the account is known by: each time it moves on they hear of it, and can say no. */
export type ClaimNews =
  | { stage: 'filed'; deskTitle: string; dueAt: Date }
  /** One kind was proved, and the account is shut until then. */
  | { stage: 'frozen'; until: Date }
  /** No second kind followed. */
  | { stage: 'thawed' }
  /** Two kinds, and two people decide; it is not handed over before then. */
  | { stage: 'proved'; notBefore: Date }
  | { stage: 'handed-over'; until: Date }

/** To everybody whom the account is known by: somebody claims it, and what to do if it was none of them. */
export function accountClaimed({
  claim,
  caseId,
  news,
  timeZone,
  language,
}: {
  claim: Pick<Claim, 'number'>
  caseId: string
  news: ClaimNews
  timeZone: string
  language: Language
}): Worded {
  const words = wordsIn(language).claimed
  const number = claimNumber(claim)
  const { subject, opening, follows } = newsWords(news, { number, timeZone, language })
  return {
    kind: 'account-claimed',
    subject,
    body: {
      language,
      opening,
      sections: [
        { heading: words.itWasYou, paragraphs: [words.nothingToDo] },
        { heading: words.itWasNot, paragraphs: [words.sayIt, follows] },
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

function newsWords(
  news: ClaimNews,
  { number, timeZone, language }: { number: string; timeZone: string; language: Language },
): { subject: string; opening: string; follows: string } {
  const words = wordsIn(language).claimed
  const say = (at: Date) => sayTime(at, timeZone, { language })
  switch (news.stage) {
    case 'filed':
      return {
        subject: words.subject(number),
        opening: words.opening(number, news.deskTitle, say(news.dueAt)),
        follows: words.changesNothing,
      }
    case 'frozen':
      return {
        subject: words.frozenSubject(number),
        opening: words.frozen(number, say(news.until)),
        follows: words.isHeard,
      }
    case 'thawed':
      return {
        subject: words.thawedSubject(number),
        opening: words.thawed(number),
        follows: words.isHeard,
      }
    case 'proved':
      return {
        subject: words.provedSubject(number),
        opening: words.proved(number, say(news.notBefore)),
        follows: words.isHeard,
      }
    case 'handed-over':
      return {
        subject: words.handedOverSubject(number),
        opening: words.handedOver(number, say(news.until)),
        follows: words.shutsAgain,
      }
  }
}

/** To an address that was known long before: what shows, on the page of the claim, that one reads it. */
export function proofLetter({
  claim,
  letterId,
  until,
  timeZone,
  language,
}: {
  claim: Pick<Claim, 'number'>
  letterId: string
  until: Date
  timeZone: string
  language: Language
}): Worded {
  const words = wordsIn(language).claimLetter
  const number = claimNumber(claim)
  return {
    kind: 'claim-letter',
    subject: words.subject(number),
    body: {
      language,
      opening: words.opening(number),
      sections: [
        {
          heading: words.itWasYou,
          paragraphs: [words.use, words.until(sayTime(until, timeZone, { language }))],
        },
        { heading: words.itWasNot, paragraphs: [words.doNothing] },
      ],
      statement: null,
      link: {
        label: words.link,
        decisionId: null,
        caseId: null,
        claim: { number, reader: 'proof', letterId },
      },
    },
  }
}

/** To the claimant, who is the owner now: the link that makes their address the account's, once. */
export function bindingLetter({
  claim,
  letterId,
  until,
  timeZone,
}: {
  claim: Pick<Claim, 'number'>
  letterId: string
  until: Date
  timeZone: string
}): Worded {
  const number = claimNumber(claim)
  return {
    kind: 'claim-letter',
    subject: `The account is yours again. One step is left (claim ${number})`,
    body: {
      opening: `The account is handed over to you. Everybody who was signed in is signed out, and the ways in that were made lately are gone.`,
      sections: [
        {
          heading: 'The step that is left',
          paragraphs: [
            'Open the link below and type the code of your claim. It makes this address the account’s, and from then on you sign in with it. The link works once.',
            `It can be used until ${sayTime(until, timeZone)}. The page also lists what was changed meanwhile, and returns it in one step.`,
          ],
        },
        {
          heading: 'For the next weeks',
          paragraphs: [
            'Payouts go only to bank accounts that were named long ago, for seven days. For thirty days everybody by whom the account was known can still say that this was wrong; then it is shut again and people look once more.',
          ],
        },
      ],
      statement: null,
      link: {
        label: 'Make this address the account’s',
        decisionId: null,
        caseId: null,
        claim: { number, reader: 'binding', letterId },
      },
    },
  }
}

/** To the claimant: two people say yes, and when it is theirs. */
export function claimAgreed({
  claim,
  handOverAt,
  caseId,
  timeZone,
}: {
  claim: Pick<Claim, 'number'>
  handOverAt: Date
  caseId: string
  timeZone: string
}): Worded {
  const number = claimNumber(claim)
  return toClaimant(
    {
      kind: 'message',
      subject: `Two people say yes to your claim ${number}`,
      body: {
        opening: `Two people looked at your claim ${number}, each without knowing what the other thought, and both say that the account is yours.`,
        sections: [
          {
            heading: 'When it is yours',
            paragraphs: [
              `On ${sayTime(handOverAt, timeZone)}, by itself. Until then everybody by whom the account is known can still say that it was not them; so nobody can take it in silence.`,
              'You need do nothing. We write again then.',
            ],
          },
        ],
        statement: null,
        link: { label: `Open your claim ${number}`, decisionId: null, caseId },
      },
    },
    claim,
  )
}
