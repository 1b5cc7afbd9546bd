/** Notices of members: whoever the account is known by hears who may act for it, and who is let in hears how to come in. */
import type { Language } from './language.ts'
import type { MemberEvent, MemberFacts, MemberPart } from './member.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'
import { wordsIn } from './words.ts'

export interface MemberNews {
  event: MemberEvent
  sellerName: string
  at: Date
  timeZone: string
  language: Language
}

/** Who was let in, changed or removed, by whom, in what and until when; and what to do if it was none of them. */
export function memberNotice({ event, sellerName, at, timeZone, language }: MemberNews): Worded {
  const { detail, by } = event
  const words = wordsIn(language).member
  const what = whatWords(event, sellerName, language)
  return {
    kind: 'member',
    subject: words.subject(what, detail.email),
    body: {
      language,
      opening: words.opening(what, detail.email, by, sayTime(at, timeZone, { language })),
      sections: [
        ...(detail.after === null
          ? []
          : [
              {
                heading: words.may,
                paragraphs: [partSentence(detail.after.part, { timeZone, language })],
              },
            ]),
        {
          heading: words.itWasYou,
          paragraphs: [detail.after === null ? words.removedNothingToDo : words.nothingToDo],
        },
        { heading: words.itWasNot, paragraphs: [words.recovery, words.signIn] },
        {
          heading: words.whyHeading,
          paragraphs: [`${words.why} ${sayZone(timeZone, language)}`],
        },
      ],
      statement: null,
      link: { label: words.link, decisionId: null, caseId: null, page: '/recovery' },
    },
  }
}

export interface MemberInvitation extends MemberFacts {
  /** The owner's address. */
  by: string
  sellerName: string
  marketplace: string
  address: string
  timeZone: string
  language: Language
}

/** Carries nothing that lets anybody in: the sign-in page sends its link to this mailbox alone. */
export function memberInvitation({
  by,
  sellerName,
  marketplace,
  address,
  part,
  timeZone,
  language,
}: MemberInvitation): Worded {
  const words = wordsIn(language).invitation
  return {
    kind: 'invited',
    subject: words.subject(sellerName, marketplace),
    body: {
      language,
      opening: words.opening(by, sellerName, marketplace),
      sections: [
        { heading: words.may, paragraphs: [partSentence(part, { timeZone, language })] },
        { heading: words.how, paragraphs: [words.open(address), words.name] },
        { heading: words.unknown, paragraphs: [words.nothing] },
      ],
      statement: null,
      link: { label: words.link, decisionId: null, caseId: null, page: '/sign-in' },
    },
  }
}

function whatWords(
  { kind, detail: { before, after } }: MemberEvent,
  sellerName: string,
  language: Language,
): string {
  const words = wordsIn(language).member
  const name = (after ?? before)?.name ?? words.somebody
  switch (kind) {
    case 'member.invited':
      return words.invited(name, sellerName)
    case 'member.changed':
      return words.changed(name, sellerName)
    case 'member.removed':
      return words.removed(name, sellerName)
  }
}

/** "A representative who reads and writes in 2 named matters, until Friday 18 December 23:59." */
function partSentence(
  part: MemberPart,
  { timeZone, language }: { timeZone: string; language: Language },
): string {
  const words = wordsIn(language).member
  if (part.role === 'staff') return words.staff
  const { matters, mayWrite, until } = part
  const amount = matters && matters.decisions.length + matters.cases.length
  return words.representative(mayWrite, amount, sayTime(until, timeZone, { language }))
}
