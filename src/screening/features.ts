/** Features are the words, and pairs of neighbouring words, that a learned weight can be tied to: those that no signal reads. */
import type { ListingText } from '../core/listing.ts'
import { fieldText, fieldsOf } from '../core/listing.ts'
import type { Policy } from '../core/policy.ts'
import { negations } from './context.ts'
import { LETTERS_BEFORE_STAR, phrasesIn, readPhrase } from './phrase.ts'
import { foldWord, nextWord, openCursor } from './words.ts'

/** So many buckets share all features; a bucket is one weight. */
export const BUCKETS = 0x10000

/** A piece of one field, in UTF-16 code units of the field as given. */
export interface Place {
  readonly field: string
  readonly start: number
  readonly end: number
}

/** A word of a listing that a learned weight may be tied to. */
export interface FreeWord extends Place {
  readonly folded: string
  /** Whether the word before it in the listing is free too and stands one space or hyphen away. */
  readonly isNext: boolean
  /** Whether it decides what some signal's words mean. Such a word may speak against a finding, never for one. */
  readonly isContext: boolean
}

export interface Feature extends Place {
  readonly bucket: number
  /** Half of all features count against the weight of their bucket, so that those that share one do not add up. */
  readonly sign: 1 | -1
  /** The folded word, or two with a space between. */
  readonly words: string
  readonly isContext: boolean
  readonly text: string
}

/** A learned word or pair in a listing, with what it adds to the sum. */
export interface LearnedTerm extends Feature {
  readonly weight: number
}

/** Who reads a folded word: a signal, as words that it looks for; or signals look at it to tell what other words mean. */
export type ReaderOf = (folded: string) => 'signal' | 'context' | null

/**
 * A word has one reader. What stands in a phrase that the policy looks for is left to signals, wherever it stands: a
 * learned weight does not catch up with a word that a signal passed over ("no germs"), and leaving out one signal's
 * words never hands those of another, which lay across them, to learning. What stands in a phrase that takes words
 * their meaning may be learned as speaking against a finding only: otherwise leaving it out would free these words.
 */
export function readersIn(policy: Policy): ReaderOf {
  const { signals, innocent = [] } = policy
  const isLookedFor = wordsOfPhrases(
    policy,
    signals.flatMap(({ phrases = [], together = [] }) => [...phrases, ...together.flat()]),
  )
  const isContext = wordsOfPhrases(policy, [
    ...innocent,
    ...Object.values(negations).flat(),
    ...signals.flatMap(({ notAfter = [], notBefore = [], unless = [] }) => [
      ...notAfter,
      ...notBefore,
      ...unless,
    ]),
  ])
  return (folded) => (isLookedFor(folded) ? 'signal' : isContext(folded) ? 'context' : null)
}

function wordsOfPhrases(policy: Policy, phrases: readonly string[]): (folded: string) => boolean {
  const whole = new Set<string>()
  const beginnings = new Map<string, Set<string>>()
  for (const phrase of phrasesIn(policy, phrases)) {
    for (const { text, isStarred } of readPhrase(phrase)) {
      if (!isStarred) whole.add(text)
      else beginnings.set(headOf(text), (beginnings.get(headOf(text)) ?? new Set()).add(text))
    }
  }
  return (folded) => {
    if (whole.has(folded)) return true
    for (const beginning of beginnings.get(headOf(folded)) ?? [])
      if (folded.startsWith(beginning)) return true
    return false
  }
}

function headOf(folded: string): string {
  return folded.slice(0, LETTERS_BEFORE_STAR)
}

/**
 * The words of a listing that may be features, in reading order: at least three letters long (one in a script without
 * spaces), no mere number, and read by no signal. The brand is no reason to take anything down, and is left out.
 */
export function freeWords(
  text: ListingText,
  { covered, readerOf }: { covered: readonly Place[]; readerOf: ReaderOf },
): FreeWord[] {
  const free: FreeWord[] = []
  for (const field of fieldsOf(text)) {
    if (field === 'brand') continue
    const content = fieldText(text, field) ?? ''
    const isCovered = coverOf(covered.filter((place) => place.field === field))
    const cursor = openCursor(content)
    let last: FreeWord | null = null
    while (nextWord(cursor)) {
      const { start, end } = cursor
      const folded = foldWord(content.slice(start, end))
      if (isCovered(start, end) || !maySpeak(folded)) continue
      const reader = readerOf(folded)
      if (reader === 'signal') continue
      const isNext: boolean =
        last !== null && isJoint(last.folded, content.slice(last.end, start), folded)
      last = { field, start, end, folded, isNext, isContext: reader === 'context' }
      free.push(last)
    }
  }
  return free
}

/** Whether a word overlaps one of these places; asked of words in the order in which they stand. */
function coverOf(places: readonly Place[]): (start: number, end: number) => boolean {
  const sorted = [...places].sort((a, b) => a.start - b.start)
  let at = 0
  let coveredTo = -1
  return (start, end) => {
    for (let next = sorted[at]; next !== undefined && next.start < end; next = sorted[++at])
      coveredTo = Math.max(coveredTo, next.end)
    return coveredTo > start
  }
}

/** Every feature of these words once, where it first stands. */
export function featuresOf(text: ListingText, free: readonly FreeWord[]): Feature[] {
  const features = new Map<number, Feature>()
  const add = (first: FreeWord, last: FreeWord) => {
    const feature = featureAt(text, first, last)
    if (!features.has(feature.bucket)) features.set(feature.bucket, feature)
  }
  for (const [index, word] of free.entries()) {
    add(word, word)
    const next = free[index + 1]
    if (next?.isNext) add(word, next)
  }
  return [...features.values()]
}

/**
 * The terms that learned weights make of these words. From left to right a pair that has a weight is taken before its
 * words, so that no two terms share a word; a feature counts once, where it first stands. Leaving out a term's words
 * therefore takes away its weight, or nothing where it stands again further on, and makes no new neighbours: words that
 * a gap parts are no pair.
 */
export function learnedTerms(
  text: ListingText,
  free: readonly FreeWord[],
  weightOf: (bucket: number) => number | undefined,
): LearnedTerm[] {
  const terms = new Map<number, LearnedTerm>()
  const take = (first: FreeWord, last: FreeWord): boolean => {
    const { bucket, sign } = hashFeature(wordsOf(first, last))
    const weight = sign * (weightOf(bucket) ?? 0)
    if (weight === 0 || (weight > 0 && (first.isContext || last.isContext))) return false
    if (!terms.has(bucket)) terms.set(bucket, { ...featureAt(text, first, last), weight })
    return true
  }
  for (let index = 0; index < free.length; index++) {
    const [word, next] = [free[index], free[index + 1]]
    if (word === undefined) break
    if (next?.isNext && take(word, next)) index++
    else take(word, word)
  }
  return [...terms.values()]
}

function featureAt(text: ListingText, first: FreeWord, last: FreeWord): Feature {
  const { field, start } = first
  const { end } = last
  const words = wordsOf(first, last)
  return {
    ...hashFeature(words),
    words,
    isContext: first.isContext || last.isContext,
    field,
    start,
    end,
    text: (fieldText(text, field) ?? '').slice(start, end),
  }
}

function wordsOf(first: FreeWord, last: FreeWord): string {
  return first === last ? first.folded : `${first.folded} ${last.folded}`
}

/**
 * The bucket and sign of a folded word, or of two with a space between: 32-bit FNV-1a over UTF-16 code units, stirred
 * as in MurmurHash3. The lowest bit is the sign, the next sixteen the bucket. Learned files hold bucket numbers, so
 * this must never change.
 */
export function hashFeature(words: string): { bucket: number; sign: 1 | -1 } {
  let hash = 0x811c9dc5
  for (let at = 0; at < words.length; at++)
    hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  hash ^= hash >>> 16
  return { bucket: (hash >>> 1) % BUCKETS, sign: (hash & 1) === 0 ? 1 : -1 }
}

/** Shorter words are mostly grammar and units. */
const SHORTEST = 3

/** Longer words of grammar, in the languages of the shipped policies: no seller is told that "and" speaks for them. */
const grammar = new Set([
  ...[
    'the',
    'and',
    'for',
    'with',
    'you',
    'your',
    'yours',
    'this',
    'that',
    'these',
    'those',
    'are',
    'was',
  ],
  ...[
    'not',
    'can',
    'from',
    'all',
    'any',
    'our',
    'its',
    'has',
    'have',
    'had',
    'but',
    'will',
    'than',
    'then',
  ],
  ...[
    'when',
    'who',
    'which',
    'what',
    'how',
    'why',
    'each',
    'into',
    'out',
    'also',
    'they',
    'them',
    'their',
  ],
  ...[
    'may',
    'more',
    'most',
    'other',
    'some',
    'such',
    'very',
    'just',
    'only',
    'per',
    'one',
    'two',
    'too',
  ],
  ...[
    'los',
    'las',
    'una',
    'uno',
    'unos',
    'unas',
    'del',
    'que',
    'por',
    'para',
    'con',
    'sus',
    'como',
    'mas',
  ],
  ...[
    'este',
    'esta',
    'estos',
    'estas',
    'sin',
    'muy',
    'son',
    'tus',
    'todo',
    'toda',
    'todos',
    'cada',
  ],
  ...[
    'der',
    'die',
    'das',
    'den',
    'dem',
    'des',
    'und',
    'mit',
    'fur',
    'von',
    'ist',
    'sind',
    'ein',
    'eine',
  ],
  ...[
    'einen',
    'einem',
    'einer',
    'auf',
    'aus',
    'bei',
    'zum',
    'zur',
    'nicht',
    'auch',
    'oder',
    'als',
    'wie',
  ],
  ...[
    'sie',
    'ihr',
    'ihre',
    'ihren',
    'wird',
    'durch',
    'nach',
    'uber',
    'sich',
    'nur',
    'kann',
    'vor',
    'kein',
  ],
  ...[
    'les',
    'une',
    'est',
    'sont',
    'pour',
    'avec',
    'dans',
    'sur',
    'par',
    'que',
    'qui',
    'vos',
    'votre',
  ],
  ...[
    'nos',
    'notre',
    'aux',
    'ces',
    'cette',
    'pas',
    'plus',
    'sans',
    'leur',
    'tout',
    'tous',
    'toute',
  ],
])

function maySpeak(folded: string): boolean {
  if (/^\p{N}*$/u.test(folded)) return false
  return isUnspaced(folded) || (folded.length >= SHORTEST && !grammar.has(folded))
}

/** Neighbours stand one space or hyphen apart, so that leaving out what is between two words never makes them such. */
function isJoint(before: string, between: string, after: string): boolean {
  if (isUnspaced(before) || isUnspaced(after)) return between === ''
  return /^[\s\p{Pd}]$/u.test(between)
}

/** Of a script that leaves no space between words. */
function isUnspaced(folded: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(
    folded,
  )
}
