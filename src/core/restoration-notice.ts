/** Notices about what was given back: seen in the shop, or not yet there and who is on it. */
import type { Subject, SubjectKind } from './measure.ts'
import type { Worded } from './notice.ts'
import {
  sayLength,
  sayList,
  sayMoney,
  saySubject,
  saySubjectAtDesk,
  sayTime,
  sayZone,
  shortTitle,
} from './saying.ts'
import type { AccountState, ListingState, PayoutsState, State } from './state-owed.ts'

/** Proof of restoration: what the shop itself answered, and how soon. */
export interface Restored {
  subject: { kind: SubjectKind; title: string }
  /** What the shop shows; null when it does not have the subject at all. */
  shows: State | null
  /** From the change of what is owed to the shop showing it. */
  seconds: number
  decisionId: string | null
  caseId: string | null
}

/** What was taken has been seen back in the shop, or as far back as it is owed. */
export function restoredNotice({ subject, shows, seconds, decisionId, caseId }: Restored): Worded {
  const title = saySubject(subject)
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
  subject: { kind: SubjectKind; title: string }
  decisionId: string | null
  caseId: string | null
  since: Date
  timeZone: string
}

const notYet = {
  listing: (title) => `${title} is not yet back in the shop`,
  account: () => 'Your account is not yet as it should be',
  payouts: () => 'Your payouts are not yet as they should be',
} as const satisfies Record<SubjectKind, (title: string) => string>

/** An hour has passed and the shop does not show what is owed: said once to the seller, with who is on it. */
export function notYetBackNotice({
  subject,
  decisionId,
  caseId,
  since,
  timeZone,
}: NotYetBack): Worded {
  const title = saySubject(subject)
  return {
    kind: 'not-yet-back',
    subject: `${notYet[subject.kind](title)}, and we are on it`,
    body: {
      opening: `The decision about ${title} was taken ${sayTime(since, timeZone)}. The shop does not show it yet.`,
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
  sequence,
  since,
  error,
  timeZone,
}: {
  subject: Subject & { title: string }
  sequence: number
  since: Date
  error: string | null
  timeZone: string
}): Worded {
  return {
    kind: 'not-yet-back',
    subject: `Not yet back: ${subject.kind} ${shortTitle(subject.id)} since ${sayTime(since, timeZone)}`,
    body: {
      opening: `The shop does not show what is owed to ${subject.kind} ${subject.id} (${saySubjectAtDesk(subject)}).`,
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

function restoredWords(
  title: string,
  shows: State | null,
  after: string,
): { subject: string; opening: string } {
  if (shows === null) {
    return {
      subject: `The measure on ${title} is off`,
      opening: `The measure on ${title} is off, and the shop has taken that in. It is not in the shop at the moment; when it is put there again, it is as it is owed.`,
    }
  }
  if ('offered' in shows) return listingWords(title, shows, after)
  return 'signIn' in shows ? accountWords(shows, after) : payoutsWords(shows, after)
}

function listingWords(title: string, { offered, searchable }: ListingState, after: string) {
  if (!offered) {
    return {
      subject: `The measure on ${title} is off; another still holds it`,
      opening: `The measure you contested on ${title} is off. Another one still keeps the listing off sale; its own statement says how to contest it.`,
    }
  }
  if (!searchable) {
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

function accountWords({ signIn, sell, addListings }: AccountState, after: string) {
  const left = [
    ...(signIn ? [] : ['sign-in']),
    ...(sell ? [] : ['selling']),
    ...(addListings ? [] : ['adding listings']),
  ]
  if (left.length === 0) {
    return {
      subject: 'Your account is free again',
      opening: `Your account is free again: the shop was seen to let you sign in and sell ${after}.`,
    }
  }
  return {
    subject: sell ? 'Your listings are for sale again' : 'A measure on your account is off',
    opening: `The shop was seen to show the change ${after}. Still shut by a measure in force: ${sayList(left)}. Its own statement says how to contest it.`,
  }
}

function payoutsWords({ held, onlyTo }: PayoutsState, after: string) {
  if (held === null && onlyTo === null) {
    return {
      subject: 'Your payouts are free again',
      opening: `Your payouts are free again: the shop was seen to hold nothing ${after}.`,
    }
  }
  return {
    subject: 'A measure on your payouts is off',
    opening:
      held === null
        ? `The shop was seen to hold nothing ${after}. Payouts still go only to the accounts you named before; the statement of that measure says how to contest it.`
        : `The shop was seen to hold no more than ${sayMoney(held.amount, null)} ${after}. The statement of that measure says how to contest it.`,
  }
}
