/** A vocabulary is every word that some phrase of the policies uses, by number, however a listing may spell it. */
import { undisguise } from './disguise.ts'
import type { PhraseWord } from './phrase.ts'
import { HEAD, foldWord, hashHead, hashWord } from './words.ts'

/** The numbers of the words that a word in a text may be: itself, and each starred word that it begins like. */
export type Known = readonly number[]
const UNKNOWN: Known = []

/** A part of a glued word: what it is, and where it ends in the folded spelling. */
export interface Piece {
  readonly known: Known
  readonly end: number
}

/** What the vocabulary makes of a word in a text. */
export interface Word {
  readonly known: Known
  /** Where it is unknown as a whole and glued of known words: those. */
  readonly pieces: readonly Piece[] | null
  /** Whether some word of the vocabulary begins with it and goes on. */
  readonly isFirstPart: boolean
}

/** Shorter words stand within too many others by chance, as "germ" and "any" in Germany. */
const SHORTEST_PIECE = 4
const MOST_PIECES = 4
/** Longer than any word that people write; what is longer is not taken apart. */
const LONGEST_WORD = 60
const REMEMBERED = 50_000
const STRANGE: Word = { known: UNKNOWN, pieces: null, isFirstPart: false }
/** Of a word written in two parts, the shortest part. */
const SHORTEST_PART = 3
const SHORTEST_PARTED = 6

/** A word as the vocabulary has it. */
export interface VocabularyWord extends PhraseWord {
  /** Whether a policy writes it so; others were glued of a phrase's words. */
  readonly isWhole: boolean
}

export interface Vocabulary {
  /** All words, by number. */
  readonly words: readonly VocabularyWord[]
  /** False says for certain that a plain word of these hashes and length is nothing to it: neither known nor a part. */
  mayHold(word: { hash: number; head: number; length: number }): boolean
  /** What a word in a text is, in any spelling or disguise. */
  read(word: string): Word
  /** What two words of a text are when they are written as one. */
  readJoined(first: string, second: string): Known
}

export class VocabularyMaker {
  #numbers = new Map<string, number>()
  #starred = new Map<string, number>()
  #whole = new Set<string>()

  /** The number of a word, new or known; `isWhole` for one that a policy writes, not one made by gluing. */
  add({ text, isStarred }: PhraseWord, { isWhole }: { isWhole: boolean }): number {
    if (isWhole && !isStarred) this.#whole.add(text)
    const numbers = isStarred ? this.#starred : this.#numbers
    const known = numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size + this.#starred.size
    numbers.set(text, number)
    return number
  }

  make(): Vocabulary {
    return makeVocabulary(this.#numbers, this.#starred, this.#whole)
  }
}

const MASK = 0xfffff

/** One byte for each hash: 0 says for certain that none of them has it. */
function bitmapOf(hashes: readonly number[]): Uint8Array {
  const bitmap = new Uint8Array(MASK + 1)
  for (const hash of hashes) bitmap[hash & MASK] = 1
  return bitmap
}

function makeVocabulary(
  numbers: ReadonlyMap<string, number>,
  starred: ReadonlyMap<string, number>,
  whole: ReadonlySet<string>,
): Vocabulary {
  const pieces = new Set([...whole].filter(({ length }) => length >= SHORTEST_PIECE))
  const starredByHead = new Map<string, { text: string; number: number }[]>()
  for (const [text, number] of starred) {
    const head = text.slice(0, HEAD)
    starredByHead.set(head, [...(starredByHead.get(head) ?? []), { text, number }])
  }
  /** Of each first part, what may follow it, and the word that both make. */
  const partedWords = new Map<string, Map<string, Known>>()
  for (const [text, number] of numbers) {
    // Words that were glued from a phrase are found in their parts anyhow.
    if (!whole.has(text)) continue
    // A rating or a count is often written apart: N 95, 3 ply.
    const isRated = /\d/.test(text)
    const shortest = isRated ? 1 : SHORTEST_PART
    if (text.length < SHORTEST_PARTED && !isRated) continue
    for (let at = shortest; at <= text.length - shortest; at++) {
      const first = text.slice(0, at)
      const seconds = partedWords.get(first) ?? new Map<string, Known>()
      partedWords.set(first, seconds.set(text.slice(at), [number]))
    }
  }
  const known = bitmapOf([...numbers.keys(), ...partedWords.keys()].map(hashWord))
  const starredHeads = bitmapOf([...starred.keys()].map(hashHead))
  const pieceHeads = bitmapOf([...pieces].map(hashHead))

  const find = (folded: string): Known => {
    const whole = numbers.get(folded)
    const like = starredByHead.get(folded.slice(0, HEAD))
    if (like === undefined) return whole === undefined ? UNKNOWN : [whole]
    let found: number[] | null = whole === undefined ? null : [whole]
    for (const { text, number } of like) {
      if (!folded.startsWith(text)) continue
      if (found === null) found = [number]
      else found.push(number)
    }
    return found ?? UNKNOWN
  }

  const takeApart = (folded: string): Piece[] | null => {
    if (folded.length < SHORTEST_PIECE * 2) return null
    const partsFrom = (start: number, left: number): Piece[] | null => {
      if (start === folded.length) return []
      if (left === 0) return null
      for (let end = folded.length; end >= start + SHORTEST_PIECE; end--) {
        const piece = folded.slice(start, end)
        if (!pieces.has(piece)) continue
        const rest = partsFrom(end, left - 1)
        if (rest !== null) return [{ known: find(piece), end }, ...rest]
      }
      return null
    }
    return partsFrom(0, MOST_PIECES)
  }

  const readNew = (word: string): Word => {
    const folded = foldWord(word)
    const isFirstPart = partedWords.has(folded)
    // Both as it stands and undisguised: of "disinfectаnt" with a foreign a, "disinfect*" is not all that it may be.
    const known = [folded, ...undisguise(folded)].map(find).reduce(union)
    if (known.length > 0) return { known, pieces: null, isFirstPart }
    return { known, pieces: takeApart(folded), isFirstPart }
  }

  /** Words that were met before; the same few thousand come again and again. */
  const met = new Map<string, Word>()
  const words: VocabularyWord[] = []
  for (const [text, number] of numbers) words[number] = { text, isStarred: false, isWhole: whole.has(text) }
  for (const [text, number] of starred) words[number] = { text, isStarred: true, isWhole: false }
  return {
    words,
    mayHold: ({ hash, head, length }) =>
      known[hash & MASK] === 1 ||
      starredHeads[head & MASK] === 1 ||
      (length >= 2 * SHORTEST_PIECE && pieceHeads[head & MASK] === 1),
    readJoined: (first, second) => {
      const seconds = partedWords.get(foldWord(first))
      return seconds?.get(foldWord(second)) ?? UNKNOWN
    },
    read: (word) => {
      if (word.length > LONGEST_WORD) return STRANGE
      const before = met.get(word)
      if (before !== undefined) return before
      const read = readNew(word)
      if (met.size >= REMEMBERED) met.clear()
      met.set(word, read)
      return read
    },
  }
}

function union(some: Known, others: Known): Known {
  if (some.length === 0) return others
  return others.length === 0 ? some : [...new Set([...some, ...others])]
}
