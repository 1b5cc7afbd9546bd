/** Notices of factors: everybody whom the account is known by hears when a way in changes, and what to do if it was none of them. */
import type { FactorChange } from './factor.ts'
import type { Language } from './language.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'
import { wordsIn } from './words.ts'

export interface FactorNews {
  change: FactorChange
  /** Whose way in it is. */
  address: string
  at: Date
  timeZone: string
  /** Whether a seller's contacts read it, a member whom a seller let in, or the person of the marketplace. */
  reader: 'seller' | 'member' | 'staff'
  language: Language
}

/** What changed, when, for whom, and what to do if it was not them. */
export function factorNotice(news: FactorNews): Worded {
  const { change, address, at, timeZone, reader, language } = news
  const words = wordsIn(language).factor
  const what = whatWords(change, language)
  const why = reader === 'seller' ? words.whySeller : words.whyYou
  return {
    kind: 'factor',
    subject: words.subject(what, address),
    body: {
      language,
      opening: words.opening(what, address, sayTime(at, timeZone, { language })),
      sections: [
        {
          heading: words.itWasYou,
          paragraphs: [change.kind === 'codes_wrong' ? words.waitBetween : words.nothingToDo],
        },
        { heading: words.itWasNot, paragraphs: waysOut(news) },
        { heading: words.whyHeading, paragraphs: [`${why} ${sayZone(timeZone, language)}`] },
      ],
      statement: null,
      link: {
        label: words.link,
        decisionId: null,
        caseId: null,
        page: reader === 'seller' ? '/recovery' : '/security',
      },
    },
  }
}

function whatWords(change: FactorChange, language: Language): string {
  const words = wordsIn(language).factor
  switch (change.kind) {
    case 'passkey_added':
      return words.passkeyAdded(change.name)
    case 'passkey_removed':
      return words.passkeyRemoved(change.name)
    case 'totp_set':
      return words.totpSet
    case 'totp_removed':
      return words.totpRemoved
    case 'codes_made':
      return words.codesMade
    case 'code_used':
      return words.codeUsed(change.left)
    case 'codes_wrong':
      return words.codesWrong(change.tries)
  }
}

/** Tries let nobody in, but say who reads the mailbox; a change let somebody in. */
function waysOut({ change, reader, language }: FactorNews): string[] {
  const words = wordsIn(language).factor
  const isTry = change.kind === 'codes_wrong'
  switch (reader) {
    case 'seller':
      return [words.sellerRecovery, isTry ? words.sellerTry : words.sellerChange]
    case 'member':
      return [isTry ? words.memberTry : words.memberChange]
    case 'staff':
      return [isTry ? words.staffTry : words.staffChange]
  }
}
