/** Saying puts times, lengths, counts and titles into the words that every notice uses; in English where no language is named. */
import type { Language } from './language.ts'
import type { SubjectKind } from './measure.ts'
import { wordsIn } from './words.ts'
export { midSentence } from './words/en.ts'

/** "Tuesday 24 November 14:00" in that zone; with the year where the day is far off. An unknown zone reads as UTC. */
export function sayTime(
  at: Date,
  timeZone: string,
  { withYear = false, language = 'en' }: { withYear?: boolean; language?: Language } = {},
): string {
  const { saying } = wordsIn(language)
  const parts = new Intl.DateTimeFormat(saying.locale, {
    timeZone: knownZone(timeZone),
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(withYear ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return saying.moment({
    weekday: part('weekday'),
    day: part('day'),
    month: part('month'),
    year: withYear ? part('year') : '',
    time: `${part('hour')}:${part('minute')}`,
  })
}

/** The zone itself when it is one, otherwise UTC: a marketplace may tell us any word as a seller's zone. */
export function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone
  } catch {
    // The only failure is an unknown zone, and a notice is not held up by that.
    return 'UTC'
  }
}

/**
 * A title as it may stand within our sentences: without the controls that would turn around the words beside it.
 * The judged text itself is quoted elsewhere as it was.
 */
export function plainTitle(text: string, language: Language = 'en'): string {
  const plain = text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').trim()
  return plain === '' ? wordsIn(language).saying.unreadableTitle : plain
}

/** A title short enough for a subject line and a sentence. */
export function shortTitle(text: string, language: Language = 'en'): string {
  const characters = [...plainTitle(text, language).replaceAll(/\s+/g, ' ')]
  return characters.length <= 80 ? characters.join('') : `${characters.slice(0, 79).join('')}…`
}

interface Titled {
  kind: SubjectKind
  title: string
}

/** A subject as the words of a language take it: its title short, and plain. */
export function named({ kind, title }: Titled, language: Language): Titled {
  return { kind, title: kind === 'listing' ? shortTitle(title, language) : title }
}

/** A subject inside a sentence to its seller: its title in quotes, "your account", "your payouts". */
export function saySubject(subject: Titled, language: Language = 'en'): string {
  return wordsIn(language).saying.subject(named(subject, language))
}

/** The same inside a sentence to people of the marketplace, where the title names the seller. */
export function saySubjectAtDesk({ kind, title }: Titled): string {
  const words = {
    listing: `“${shortTitle(title)}”`,
    account: `the account of ${shortTitle(title)}`,
    payouts: `the payouts of ${shortTitle(title)}`,
  } as const satisfies Record<SubjectKind, string>
  return words[kind]
}

/** "1,240.50 EUR"; a currency nobody told is left out. */
export function sayMoney(
  amount: number,
  currency: string | null,
  language: Language = 'en',
): string {
  const { saying } = wordsIn(language)
  const figure = new Intl.NumberFormat(saying.locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(amount)
  return saying.money(figure, currency)
}

/** "one, two and three". */
export function sayList(parts: readonly string[], language: Language = 'en'): string {
  return wordsIn(language).saying.list(parts)
}

/** "two", "ten", "11". */
export function sayCount(count: number, language: Language = 'en'): string {
  return wordsIn(language).saying.count(count)
}

/** "16 seconds", "3 minutes", "5 hours". */
export function sayLength(seconds: number, language: Language = 'en'): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const
  const whole = Math.max(1, Math.round(seconds))
  const [length, unit] = units.find(([unit]) => whole >= unit * (unit === 1 ? 1 : 2)) ?? [
    1,
    'second',
  ]
  return wordsIn(language).saying.length(Math.round(whole / length), unit)
}

/** In which zone the times above are; said wherever a notice names one. */
export function sayZone(timeZone: string, language: Language = 'en'): string {
  return wordsIn(language).saying.zone(knownZone(timeZone).replaceAll('_', ' '))
}
