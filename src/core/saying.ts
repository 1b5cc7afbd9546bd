/** Saying puts times, lengths, counts and titles into the words that every notice uses. */
import type { SubjectKind } from './measure.ts'

/** "Tuesday 24 November 14:00" in that zone; with the year where the day is far off. An unknown zone reads as UTC. */
export function sayTime(
  at: Date,
  timeZone: string,
  { withYear = false }: { withYear?: boolean } = {},
): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
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
  const year = withYear ? ` ${part('year')}` : ''
  return `${part('weekday')} ${part('day')} ${part('month')}${year} ${part('hour')}:${part('minute')}`
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
export function plainTitle(text: string): string {
  const plain = text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').trim()
  return plain === '' ? 'a listing without a readable title' : plain
}

/** A title short enough for a subject line and a sentence. */
export function shortTitle(text: string): string {
  const characters = [...plainTitle(text).replaceAll(/\s+/g, ' ')]
  return characters.length <= 80 ? characters.join('') : `${characters.slice(0, 79).join('')}…`
}

/** A subject inside a sentence to its seller: its title in quotes, "your account", "your payouts". */
export function saySubject({ kind, title }: { kind: SubjectKind; title: string }): string {
  const words = {
    listing: `“${shortTitle(title)}”`,
    account: 'your account',
    payouts: 'your payouts',
  } as const satisfies Record<SubjectKind, string>
  return words[kind]
}

/** The same inside a sentence to people of the marketplace, where the title names the seller. */
export function saySubjectAtDesk({ kind, title }: { kind: SubjectKind; title: string }): string {
  const words = {
    listing: `“${shortTitle(title)}”`,
    account: `the account of ${shortTitle(title)}`,
    payouts: `the payouts of ${shortTitle(title)}`,
  } as const satisfies Record<SubjectKind, string>
  return words[kind]
}

/** A sentence as it reads in the middle of another: its first word small where that is no name, and no full stop. */
export function midSentence(sentence: string): string {
  const words = sentence.trim().replace(/\.$/, '')
  return /^(The|Our|Every|Everything|All|It|A|An|Nothing|Your|We|They|Nobody|Only|What)\b/.test(
    words,
  )
    ? words.charAt(0).toLowerCase() + words.slice(1)
    : words
}

/** "1,240.50 EUR"; a currency nobody told is left out. */
export function sayMoney(amount: number, currency: string | null): string {
  const figure = new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(amount)
  return currency === null ? figure : `${figure} ${currency}`
}

/** "one, two and three". */
export function sayList(parts: string[]): string {
  if (parts.length <= 1) return parts[0] ?? 'your matter'
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** "two", "ten", "11". */
export function sayCount(count: number): string {
  return (
    ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ??
    String(count)
  )
}

/** "16 seconds", "3 minutes", "5 hours". */
export function sayLength(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const
  const whole = Math.max(1, Math.round(seconds))
  const [length, name] = units.find(([unit]) => whole >= unit * (unit === 1 ? 1 : 2)) ?? [
    1,
    'second',
  ]
  const count = Math.round(whole / length)
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

/** In which zone the times above are; said wherever a notice names one. */
export function sayZone(timeZone: string): string {
  return `Times are those of ${knownZone(timeZone).replaceAll('_', ' ')}.`
}
