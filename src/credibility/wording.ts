/** A wording is what a text says, kept as a small sketch: near-same texts have near-same sketches, and no text is kept. */

/**
 * Numbers in a sketch. Each is the least hash of the pairs of words, so that two sketches agree in about the share of
 * pairs that the texts have in common (A. Broder: On the resemblance and containment of documents, 1997).
 */
export const SKETCH = 24
/** Shorter texts are too much alike to prove anything. */
export const FEWEST_WORDS = 5
/** What comes after so many words is not read. */
const MOST_WORDS = 400
const SPACE = 32

const salts = Int32Array.from({ length: SKETCH }, (_, at) => Math.imul(at + 1, 0x9e3779b1) | 0)
const factors = Int32Array.from(
  { length: SKETCH },
  (_, at) => (Math.imul(at + 7, 0x85ebca6b) ^ 0x27d4eb2f) | 1,
)

export interface Wording {
  /** Words that were read. */
  words: number
  /** Of the words as they follow each other, case and numbers aside; 0 where there is none. */
  exact: number
  /** The numbers of its sketch, where it is long enough to have one; the next text overwrites them. */
  sketch: Int32Array | null
}

const least = new Int32Array(SKETCH)
/** Of the text that is read: a number for each word, and for each word but the first with the one before. */
const heard = new Int32Array(MOST_WORDS + 1)
const pairs = new Int32Array(MOST_WORDS + 1)

/** Reads a text. */
export function sketchText(text: string | null): Wording {
  const words = text === null ? 0 : hearWords(text.toLowerCase())
  let exact = 0
  let before = 0
  for (let at = 0; at < words; at++) {
    const word = heard[at] ?? 0
    pairs[at] = stir(Math.imul(before, 31) + word)
    exact = stir(Math.imul(exact, 31) + word)
    before = word
  }
  if (words >= FEWEST_WORDS) sketchPairs(words)
  return { words, exact: words === 0 ? 0 : exact | 0, sketch: words < FEWEST_WORDS ? null : least }
}

/** Puts a number for each word of a text in small letters where words are heard, and says how many there are. */
function hearWords(text: string): number {
  let words = 0
  let word = 0
  let isNumber = true
  for (let at = 0; at <= text.length && words < MOST_WORDS; at++) {
    // Beyond the end is no sign of a word.
    const code = at < text.length ? text.charCodeAt(at) : SPACE
    const isDigit = code >= 48 && code <= 57
    const isLetter = (code >= 97 && code <= 122) || (code >= 0xaa && !isMark(code))
    // Scripts without spaces: each sign is a word.
    const isWhole = isLetter && code >= 0x2e80 && code < 0xd800
    // What is within a word, as in "don't".
    const isWithin = code === 39 || code === 0x2019
    if (word !== 0 && (isWhole || (!isDigit && !isLetter && !isWithin))) {
      // Numbers of orders and prices differ where the words do not.
      heard[words++] = isNumber ? 1 : stir(word)
      word = 0
      isNumber = true
    }
    if (!isDigit && !isLetter) continue
    word = Math.imul((word === 0 ? 0x811c9dc5 : word) ^ code, 0x01000193)
    if (!isDigit) isNumber = false
    if (isWhole && word !== 0) {
      heard[words++] = stir(word)
      word = 0
      isNumber = true
    }
  }
  return words
}

/** Signs that stand between words beyond ASCII: general punctuation, and the wide comma and stop. */
function isMark(code: number): boolean {
  return (code >= 0x2000 && code < 0x2070) || (code >= 0x3000 && code <= 0x3003)
}

/** Pairs are stirred already, so that a multiplication and a sum order them all in another way for each number. */
function sketchPairs(words: number): void {
  // Two numbers at a time, so that the pairs are gone through half as often.
  for (let at = 0; at < SKETCH; at += 2) {
    const factor = factors[at] ?? 0
    const salt = salts[at] ?? 0
    const nextFactor = factors[at + 1] ?? 0
    const nextSalt = salts[at + 1] ?? 0
    let lowest = 0x7fffffff
    let nextLowest = 0x7fffffff
    for (let word = 1; word < words; word++) {
      const pair = pairs[word] ?? 0
      lowest = Math.min(lowest, (Math.imul(pair, factor) + salt) | 0)
      nextLowest = Math.min(nextLowest, (Math.imul(pair, nextFactor) + nextSalt) | 0)
    }
    least[at] = lowest
    least[at + 1] = nextLowest
  }
}

/** As MurmurHash3 ends: every bit has a say in every other. */
function stir(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) | 0
}

/** A number for a word that is no text of a complaint, such as an id. */
export function hashWord(word: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return stir(hash)
}

/** In how many of the numbers two sketches agree; fewer than `least` need not be counted to the end. */
export function agreement(sketches: Int32Array, one: number, other: number, least: number): number {
  let same = 0
  let left = SKETCH - least
  const first = one * SKETCH
  const second = other * SKETCH
  for (let at = 0; at < SKETCH; at++) {
    if ((sketches[first + at] ?? 0) === (sketches[second + at] ?? 0)) same++
    else if (--left < 0) return same
  }
  return same
}
