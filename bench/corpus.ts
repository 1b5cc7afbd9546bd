/** A corpus is listings made up with a seed, as NDJSON of about 1.6 KB a line, with words of the rules in a given share. */
import type { ListingText } from '../src/core/listing.ts'
import { chanceFrom } from './chance.ts'
import type { Chance } from './chance.ts'
import { categories, groupsOf, materials } from './rules.ts'
import type { Rule, RuleKind, RuleSet } from './rules.ts'
import { ordinaryWord, tellingWord } from './words.ts'

export interface Shares {
  /** Lines in which words stand that may make a finding, whatever stands around them. */
  candidates: number
  /** Lines with a backslash. */
  escapes: number
  /** Lines with a letter or sign beyond ASCII. */
  accents: number
}

/** Measured on 6,967 real listings: 41.5 % have a backslash, 3.3 % something beyond ASCII. At least that is made here. */
export const ordinaryShares: Shares = { candidates: 0.15, escapes: 0.44, accents: 0.045 }
export const heavyShares: Shares = { ...ordinaryShares, candidates: 0.5 }

export interface Corpus {
  bytes: Buffer
  lines: number
  /** As they came out. */
  shares: Shares
}

interface Making {
  rules: RuleSet
  shares: Shares
  seed?: number
}

/** Makes a corpus of so many lines. */
export function makeCorpus({ lines, ...making }: Making & { lines: number }): Corpus {
  const made = makeLines(making)
  const parts: string[] = []
  let candidates = 0
  for (let at = 0; at < lines; at++) {
    const { line, isCandidate } = made.next()
    parts.push(line, '\n')
    if (isCandidate) candidates++
  }
  const bytes = Buffer.from(parts.join(''))
  return { bytes, lines, shares: { ...sharesOf(bytes), candidates: candidates / lines } }
}

/** How many lines of NDJSON have a backslash, and how many something beyond ASCII. */
export function sharesOf(bytes: Buffer): Pick<Shares, 'escapes' | 'accents'> {
  const lines = bytes.toString('utf8').split('\n').filter(Boolean)
  const share = (holds: (line: string) => boolean) => lines.filter(holds).length / lines.length
  return {
    escapes: share((line) => line.includes('\\')),
    accents: share((line) => /[\u{80}-\u{10ffff}]/u.test(line)),
  }
}

/** Makes one line after the other, for a corpus that is not held in memory. */
export function makeLines({ rules, shares, seed = 1 }: Making): {
  next(): { line: string; isCandidate: boolean }
} {
  const chance = chanceFrom(seed)
  const byKind = groupByKind(rules.rules)
  const isCandidateNext = openQuota(shares.candidates, chance)
  const isAccentedNext = openQuota(shares.accents, chance)
  const isEscapedNext = openQuota(shares.escapes, chance)
  let number = 0
  return {
    next() {
      const draft = draftListing(chance)
      const isCandidate = isCandidateNext()
      let hidden: string | null = null
      if (isCandidate) hidden = plantFinding(draft, byKind, chance)
      else plantHint(draft, byKind, chance)
      if (isAccentedNext()) addAccents(draft, chance)
      const text = writeListing(draft, { isEscaped: isEscapedNext(), chance })
      const id = `listing-${String(++number).padStart(7, '0')}`
      const line = JSON.stringify({ id, sellerId: `seller-${number % 997}`, ...text })
      return { line: hidden === null ? line : escapeWord(line, hidden), isCandidate }
    },
  }
}

/** True by chance, in just this share of however many are asked for: what is owed is never more than three. */
function openQuota(share: number, chance: Chance): () => boolean {
  let owed = 0
  return () => {
    owed += share
    const isNext = owed > 3 || (owed > -2 && chance.in(share))
    if (isNext) owed--
    return isNext
  }
}

/** Fields as lists of words, into which more can be put. */
interface Draft {
  title: string[]
  bullets: string[][]
  description: string[]
  category: string
  attributes: ListingText['attributes']
}

function draftListing(chance: Chance): Draft {
  const words = (count: number) => Array.from({ length: count }, () => ordinaryWord(chance))
  return {
    title: words(8 + chance.below(6)),
    bullets: Array.from({ length: 4 }, () => words(11 + chance.below(8))),
    description: words(112 + chance.below(50)),
    category: chance.pick(categories),
    attributes: {
      material: chance.pick(materials),
      color: ordinaryWord(chance),
      weightGrams: 10 + chance.below(5000),
      pieces: 1 + chance.below(12),
      isWashable: chance.in(0.5),
    },
  }
}

type ByKind = Record<RuleKind, readonly Rule[]>

function groupByKind(rules: readonly Rule[]): ByKind {
  const of = (kind: RuleKind) => rules.filter((rule) => rule.kind === kind)
  return {
    strong: of('strong'),
    weak: of('weak'),
    given: of('given'),
    together: of('together'),
    'in-fields': of('in-fields'),
    against: of('against'),
  }
}

/**
 * Puts in words that make a finding, or would but for what stands around them. Gives the word that is to be written with
 * an escape, where that is its disguise.
 */
function plantFinding(draft: Draft, byKind: ByKind, chance: Chance): string | null {
  const strong = () => chance.pick(byKind.strong)
  const draw = chance.share()
  if (draw < 0.1) plant(draft, chance, ['no', ...termOf(strong(), chance)])
  else if (draw < 0.15) plant(draft, chance, ['free', 'of', ...termOf(strong(), chance)])
  else if (draw < 0.23) plant(draft, chance, innocentOf(strong(), chance))
  else if (draw < 0.31) plant(draft, chance, termOf(chance.pick(byKind.given), chance))
  else if (draw < 0.37) {
    const rule = chance.pick(byKind.together)
    const [one = [], other = []] = groupsOf(rule).map((group) => wordsOf(chance.pick(group)))
    const between = chance.in(0.7) ? 3 : 30
    const gap = Array.from({ length: between }, () => ordinaryWord(chance))
    insert(draft.description, chance, [...one, ...gap, ...other])
  } else if (draw < 0.41)
    insert(draft.title, chance, termOf(chance.pick(byKind['in-fields']), chance))
  else if (draw < 0.44) {
    plant(draft, chance, termOf(strong(), chance))
    plant(draft, chance, termOf(chance.pick(byKind.against), chance))
  } else if (draw < 0.47) {
    plant(draft, chance, [disguise(termOf(strong(), chance).join(' '), chance)])
  } else if (draw < 0.49) {
    const term = termOf(strong(), chance).join(' ')
    plant(draft, chance, [term])
    return term
  } else {
    plant(draft, chance, termOf(strong(), chance))
    // Some violate several rules, and say so more than once.
    if (chance.in(0.3)) plant(draft, chance, termOf(strong(), chance))
  }
  return null
}

/** Puts in what looks like a finding and makes none: a weak word, or a part of what a rule looks for. */
function plantHint(draft: Draft, byKind: ByKind, chance: Chance): void {
  if (chance.in(0.25)) plant(draft, chance, termOf(chance.pick(byKind.weak), chance))
  if (chance.in(0.25)) plant(draft, chance, [chance.pick(chance.pick(byKind.strong).partWords)])
}

function plant(draft: Draft, chance: Chance, words: readonly string[]): void {
  insert(chance.pick([draft.title, draft.description, ...draft.bullets]), chance, words)
}

function insert(field: string[], chance: Chance, words: readonly string[]): void {
  field.splice(chance.below(field.length), 0, ...words)
}

function termOf(rule: Rule, chance: Chance): string[] {
  return wordsOf(chance.pick(rule.signal.phrases ?? ['']))
}

/** A starred word as a seller may end it. */
function wordsOf(term: string): string[] {
  return term.replace('*', 'ing').split(' ')
}

function innocentOf(rule: Rule, chance: Chance): string[] {
  return wordsOf(chance.pick(rule.policy.innocent ?? ['']))
}

/** The same word to people: an accent, a wide letter, a digit that looks alike. */
function disguise(term: string, chance: Chance): string {
  const letter = chance.pick([...new Set(term.match(/[aeiou]/g) ?? ['a'])])
  const [accented, wide, digit] = disguises[letter] ?? ['á', 'ａ', '4']
  return term.replaceAll(letter, chance.pick([accented, wide, digit]))
}

const disguises: Record<string, [string, string, string]> = {
  a: ['á', 'ａ', '4'],
  e: ['é', 'ｅ', '3'],
  i: ['í', 'ｉ', '1'],
  o: ['ö', 'ｏ', '0'],
  u: ['ü', 'ｕ', 'ú'],
}

function addAccents(draft: Draft, chance: Chance): void {
  const field = chance.pick([draft.title, draft.description, ...draft.bullets])
  insert(field, chance, [
    chance.pick(['café', 'décor', '–', 'Größe', '18 × 24', 'Ultra™', 'niño’s']),
  ])
}

/** Sentences of about ten words; escaped ones have new lines, quotes or inches in them. */
function writeListing(
  draft: Draft,
  { isEscaped, chance }: { isEscaped: boolean; chance: Chance },
): ListingText {
  const how = isEscaped ? chance.share() : 1
  const breaks = how < 0.55 ? '.\n' : '. '
  const size = isEscaped && how >= 0.55 ? [`${2 + chance.below(40)}"`] : []
  return {
    title: [...draft.title, ...size].map(capital).join(' '),
    bullets: draft.bullets.map((words) => sentence(words, chance)),
    description: sentences(draft.description, chance, breaks),
    brand: capital(tellingWord(chance)),
    category: draft.category,
    attributes: draft.attributes,
  }
}

function sentences(words: readonly string[], chance: Chance, breaks: string): string {
  const parts: string[] = []
  for (let at = 0; at < words.length;) {
    const length = 6 + chance.below(10)
    parts.push(sentence(words.slice(at, at + length), chance))
    at += length
  }
  // At least one break, whatever the length.
  return `${parts.join(breaks)}${breaks.trimEnd()}${breaks === '.\n' ? '\nThank you.' : ''}`
}

function sentence(words: readonly string[], chance: Chance): string {
  const comma = chance.below(words.length)
  return words
    .map(
      (word, at) =>
        (at === 0 ? capital(word) : word) +
        (at === comma && at > 2 && at < words.length - 1 ? ',' : ''),
    )
    .join(' ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Writes one letter of a word as JSON may write any: \u0061 for a. */
function escapeWord(line: string, word: string): string {
  const at = line.toLowerCase().indexOf(word, line.indexOf('"title"'))
  if (at < 0) return line
  const code = line
    .charCodeAt(at + 1)
    .toString(16)
    .padStart(4, '0')
  return `${line.slice(0, at + 1)}\\u${code}${line.slice(at + 2)}`
}
