/** Notices about what was given back: seen in the shop, or not yet there and who is on it. */
import type { Language } from './language.ts'
import type { Subject, SubjectKind } from './measure.ts'
import type { Worded } from './notice.ts'
import {
  named,
  sayLength,
  sayMoney,
  saySubjectAtDesk,
  sayTime,
  sayZone,
  shortTitle,
} from './saying.ts'
import type { AccountState, ListingState, PayoutsState, State } from './state-owed.ts'
import { wordsIn, type Words } from './words.ts'

/** Proof of restoration: what the shop itself answered, and how soon. */
export interface Restored {
  subject: { kind: SubjectKind; title: string }
  /** What the shop shows; null when it does not have the subject at all. */
  shows: State | null
  /** From the change of what is owed to the shop showing it. */
  seconds: number
  decisionId: string | null
  caseId: string | null
  language: Language
}

/** What was taken has been seen back in the shop, or as far back as it is owed. */
export function restoredNotice({
  subject,
  shows,
  seconds,
  decisionId,
  caseId,
  language,
}: Restored): Worded {
  const { restored: words, lifted } = wordsIn(language)
  const after = words.after(sayLength(seconds, language))
  const said = restoredWords({ words, subject: named(subject, language), after, language }, shows)
  return {
    kind: 'restored',
    subject: said.subject,
    body: {
      language,
      opening: said.opening,
      sections: [{ heading: words.how, paragraphs: [words.asked(after)] }],
      statement: null,
      link: { label: lifted.link, decisionId, caseId },
    },
  }
}

export interface NotYetBack {
  subject: { kind: SubjectKind; title: string }
  decisionId: string | null
  caseId: string | null
  since: Date
  timeZone: string
  language: Language
}

/** An hour has passed and the shop does not show what is owed: said once to the seller, with who is on it. */
export function notYetBackNotice({
  subject,
  decisionId,
  caseId,
  since,
  timeZone,
  language,
}: NotYetBack): Worded {
  const { notYetBack: words, lifted } = wordsIn(language)
  const of = named(subject, language)
  return {
    kind: 'not-yet-back',
    subject: words.subject(of),
    body: {
      language,
      opening: words.opening(of, sayTime(since, timeZone, { language })),
      sections: [
        {
          heading: words.who,
          paragraphs: [words.called, words.goOn, sayZone(timeZone, language)],
        },
      ],
      statement: null,
      link: { label: lifted.link, decisionId, caseId },
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

interface Seen {
  words: Words['restored']
  subject: Restored['subject']
  after: string
  language: Language
}

function restoredWords(seen: Seen, shows: State | null): { subject: string; opening: string } {
  const { words, subject } = seen
  if (shows === null)
    return { subject: words.offSubject(subject), opening: words.notInShop(subject) }
  if ('offered' in shows) return listingWords(seen, shows)
  return 'signIn' in shows ? accountWords(seen, shows) : payoutsWords(seen, shows)
}

function listingWords({ words, subject, after }: Seen, { offered, searchable }: ListingState) {
  if (!offered) return { subject: words.heldSubject(subject), opening: words.held(subject) }
  if (!searchable)
    return { subject: words.hiddenSubject(subject), opening: words.hidden(subject, after) }
  return { subject: words.backSubject(subject), opening: words.back(subject, after) }
}

function accountWords({ words, after }: Seen, levers: AccountState) {
  const { signIn, sell, addListings } = levers
  if (signIn && sell && addListings)
    return { subject: words.accountSubject, opening: words.account(after) }
  return {
    subject: sell ? words.listingsSubject : words.accountOffSubject,
    opening: words.accountLeft(after, levers),
  }
}

function payoutsWords({ words, after, language }: Seen, { held, onlyTo }: PayoutsState) {
  if (held === null && onlyTo === null)
    return { subject: words.payoutsSubject, opening: words.payouts(after) }
  return {
    subject: words.payoutsOffSubject,
    opening:
      held === null
        ? words.payoutsBound(after)
        : words.payoutsHeld(sayMoney(held.amount, null, language), after),
  }
}
