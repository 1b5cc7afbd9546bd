/** A standing says what is so of a subject under a measure, as page and mail open with it. */
import { measures, type Measure, type SubjectKind } from './measure.ts'
import type { Language } from './language.ts'
import { named, sayMoney, saySubjectAtDesk } from './saying.ts'
import { wordsIn } from './words.ts'
import type { Terms } from './state-owed.ts'

export interface Imposed {
  measure: Measure
  subject: { kind: SubjectKind; title: string }
  terms: Terms | null
}

/** "“Kaolin mask” is off sale", "your account is suspended", "300.00 EUR of your payouts are held". */
export function sayStanding(
  { measure, subject, terms }: Imposed,
  { isAhead = false, language = 'en' }: { isAhead?: boolean; language?: Language } = {},
): string {
  const words = wordsIn(language).measure
  const of = named(subject, language)
  // Of all measures a closing alone is told long before it counts.
  if (isAhead) return words.standingAhead(of)
  const held = subject.kind === 'payouts' && terms?.amount ? money(terms, language) : ''
  return words.standing(of, measure, held)
}

/** The same for the desk: "the account of Clay & Clover is suspended". */
export function sayStandingAtDesk({ measure, subject, terms }: Imposed): string {
  const of = subject.kind === 'payouts' && terms?.amount ? `${money(terms)} of ` : ''
  return `${of}${saySubjectAtDesk(subject)} ${measures[measure].is}`
}

/** How much is held; an empty text where nothing is. */
export function money(terms: Terms | null, language: Language = 'en'): string {
  return terms?.amount == null ? '' : sayMoney(terms.amount, terms.currency, language)
}
