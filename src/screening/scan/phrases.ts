/** Phrases as the fast pass looks for them: words by the hash that it gives them, and every way to write each set. */
import type { CompiledPolicies } from '../compile.ts'
import { spellWord, STARRED, WHOLE } from '../lexicon.ts'
import { waysIn } from '../phrase-tree.ts'
import { plainLetters } from './code-points.ts'
import { BLOOM_LOG } from './layout.ts'

/** What gives 64-bit hashes of words, low and high half by turns; the same that are asked for while scanning. */
export type HashWords = (words: readonly string[]) => Uint32Array

/** How often a word of the vocabulary stands in listings, as far as anybody counted. */
export type Frequency = (text: string) => number

/** A word of the vocabulary as the fast pass meets it. */
export interface Word {
  letters: string
  isStarred: boolean
  isWhole: boolean
  low: number
  high: number
  /** Whether some phrase is looked for in which it stands. */
  isUsed: boolean
  /** How often it is met. */
  frequency: number
}

/** One way to write a phrase: its words by number, each once, the rarest first. */
export type Way = readonly number[]

export interface Phrases {
  readonly words: readonly Word[]
  /** Of each set of phrases every way to write one; of sets that find nothing, none. */
  readonly ways: readonly (readonly Way[])[]
}

/** Reads the words of the policies, and the sets of phrases by which something is found. */
export function readPhrases(
  compiled: CompiledPolicies,
  { hashWords, frequency }: { hashWords: HashWords; frequency: Frequency },
): Phrases {
  const words = readWords(compiled, hashWords, frequency)
  const ways = readWays(compiled, words)
  for (const own of ways) for (const way of own) for (const word of way) markUsed(words[word])
  return { words, ways }
}

/** The place that its hash gives a word among those that stand in a field. */
export function placeOf({ words }: Phrases, word: number): number {
  return (words[word]?.high ?? 0) >>> (32 - BLOOM_LOG)
}

function readWords(
  { tree: { lexicon } }: CompiledPolicies,
  hashWords: HashWords,
  frequency: Frequency,
): Word[] {
  const words = Array.from(lexicon.traits, (traits, number) => {
    const text = spellWord(lexicon, number)
    return {
      // A word that cannot be written plainly stands in no line that the fast pass reads to its end.
      letters: plainLetters(text) ?? '',
      isStarred: (traits & STARRED) !== 0,
      isWhole: traits === WHOLE,
      low: 0,
      high: 0,
      isUsed: false,
      frequency: frequency(text),
    }
  })
  // A starred word is marked as a word of its own, not as the letters before its star.
  const hashes = hashWords(
    words.map(({ letters, isStarred }) => (isStarred ? `${letters}*` : letters)),
  )
  words.forEach((word, index) => {
    word.low = hashes[index * 2] ?? 0
    word.high = hashes[index * 2 + 1] ?? 0
  })
  return words
}

function readWays({ tree, policies }: CompiledPolicies, words: readonly Word[]): Way[][] {
  // By the other sets, such as negations, things are only not found.
  const asked = new Set(
    policies.flatMap(({ onlyIn, signals }) => [
      onlyIn,
      ...signals.flatMap(({ phrases, together }) => [phrases, ...together]),
    ]),
  )
  const found = [...waysIn(tree)].flatMap((way) => {
    const isPlain = way.words.every((word) => words[word]?.letters !== '')
    const slots = way.slots.filter((slot) => asked.has(slot))
    return isPlain && slots.length > 0 ? [{ slots, words: way.words }] : []
  })
  const uses = new Uint32Array(words.length)
  for (const way of found) for (const word of way.words) uses[word] = (uses[word] ?? 0) + 1
  // Where nobody counted, words that many phrases share are common, and long ones rare.
  const byRarity = (one: number, other: number) =>
    (words[one]?.frequency ?? 0) - (words[other]?.frequency ?? 0) ||
    (uses[one] ?? 0) - (uses[other] ?? 0) ||
    (words[other]?.letters.length ?? 0) - (words[one]?.letters.length ?? 0)
  const ways: Way[][] = Array.from({ length: tree.slots }, () => [])
  for (const one of found) {
    const way = [...new Set(one.words)].sort(byRarity)
    for (const slot of one.slots) ways[slot]?.push(way)
  }
  return ways
}

function markUsed(word: Word | undefined): void {
  if (word) word.isUsed = true
}
