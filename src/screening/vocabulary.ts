/** A vocabulary is every word that some phrase of the policies uses, by number, however a listing may spell it. */
import { undisguise } from './disguise.ts'
import {
  findWord,
  isFirstPart as mayGoOn,
  isHeld,
  shortestPartOf,
  SHORTEST_PIECE,
  STARRED,
  WHOLE,
} from './lexicon.ts'
import type { Lexicon } from './lexicon.ts'
import { HEAD, foldWord, hashHead, hashWord, lowerOf } from './words.ts'
import type { WordCursor } from './words.ts'

/** The numbers of the words that a word in a text may be: itself, and each starred word that it begins like. */
export type Known = readonly number[]
const UNKNOWN: Known = []

/** A part of a glued word: what it is, as of words, and where it ends in the folded spelling. */
export interface Piece {
  readonly sign: number
  readonly end: number
}

/** What the vocabulary makes of a word in a text. */
export interface Word {
  readonly known: Known
  /** The same in one number: 0 for none, that of one word and one, or −1 less the place of several among all such. */
  readonly sign: number
  /** Where it is unknown as a whole and glued of known words: those. */
  readonly pieces: readonly Piece[] | null
  /** Whether some word of the vocabulary begins with it and goes on. */
  readonly isFirstPart: boolean
}

const MOST_PIECES = 4
/** Longer than any word that people write; what is longer is not taken apart. */
const LONGEST_WORD = 60
const STRANGE: Word = { known: UNKNOWN, sign: 0, pieces: null, isFirstPart: false }

export interface Vocabulary {
  /** What a word in a text is, in any spelling or disguise. */
  read(word: string): Word
  /** The same of the word where a cursor stands; null says that it is nothing to the vocabulary. */
  readAt(cursor: WordCursor): Word | null
  /** What two words of a text are when they are written as one. */
  readJoined(first: string, second: string): Known
  /** False says for certain that no word of this hash may be written in two. */
  mayBeJoined(hash: number): boolean
  /** What a sign stands for. */
  knownBy(sign: number): Known
}

/** Reads words by a lexicon. */
export function openVocabulary(lexicon: Lexicon): Vocabulary {
  const { traits, known, parted, starredHeads, pieceHeads } = lexicon

  const find = (folded: string): Known => {
    let found: number[] | null = null
    const isLike = isHeld(starredHeads, hashHead(folded))
    let hash = 0
    for (let to = 1; to <= folded.length; to++) {
      hash = (Math.imul(hash, 31) + folded.charCodeAt(to - 1)) | 0
      if (!isLike || (to < HEAD && to < folded.length)) continue
      const number = findWord(lexicon, { folded, from: 0, to, hash }, STARRED)
      if (number >= 0) (found ??= []).push(number)
    }
    // In the order in which the policies name them.
    if (found !== null && found.length > 1) found.sort((a, b) => a - b)
    const number = isHeld(known, hash)
      ? findWord(lexicon, { folded, from: 0, to: folded.length, hash }, 0)
      : -1
    if (number < 0) return found ?? UNKNOWN
    return found === null ? [number] : [number, ...found]
  }

  const several: Known[] = []
  const places = new Map<string, number>()
  const signOf = (known: Known): number => {
    if (known.length < 2) return (known[0] ?? -1) + 1
    const key = known.join(' ')
    const place = places.get(key) ?? several.push(known) - 1
    places.set(key, place)
    return -1 - place
  }

  const isPiece = (piece: string): boolean => {
    const hash = hashWord(piece)
    if (!isHeld(known, hash)) return false
    const number = findWord(lexicon, { folded: piece, from: 0, to: piece.length, hash }, 0)
    return number >= 0 && ((traits[number] ?? 0) & WHOLE) !== 0
  }

  const takeApart = (folded: string): Piece[] | null => {
    if (folded.length < SHORTEST_PIECE * 2) return null
    const partsFrom = (start: number, left: number): Piece[] | null => {
      if (start === folded.length) return []
      if (left === 0) return null
      if (!isHeld(pieceHeads, hashWord(folded.slice(start, start + HEAD)))) return null
      for (let end = folded.length; end >= start + SHORTEST_PIECE; end--) {
        const piece = folded.slice(start, end)
        if (!isPiece(piece)) continue
        const rest = partsFrom(end, left - 1)
        if (rest !== null) return [{ sign: signOf(find(piece)), end }, ...rest]
      }
      return null
    }
    return partsFrom(0, MOST_PIECES)
  }

  const readNew = (word: string): Word => {
    const folded = foldWord(word)
    const isFirstPart = mayGoOn(lexicon, folded, hashWord(folded))
    // Both as it stands and undisguised: of "disinfectаnt" with a foreign a, "disinfect*" is not all that it may be.
    const known = [folded, ...undisguise(folded)].map(find).reduce(union)
    if (known.length > 0) return { known, sign: signOf(known), pieces: null, isFirstPart }
    return { known, sign: 0, pieces: takeApart(folded), isFirstPart }
  }

  const memory = new Memory()
  const met = new Map<string, Word>()
  return {
    mayBeJoined: (hash) => isHeld(parted, hash),
    knownBy: (sign) => (sign > 0 ? [sign - 1] : (several[-1 - sign] ?? UNKNOWN)),
    readJoined: (first, second) => {
      const [one, other] = [foldWord(first), foldWord(second)]
      const hash = hashWord(other, hashWord(one))
      if (!isHeld(parted, hash)) return UNKNOWN
      const folded = one + other
      const shortest = shortestPartOf(folded)
      if (shortest === 0 || one.length < shortest || other.length < shortest) return UNKNOWN
      const number = findWord(lexicon, { folded, from: 0, to: folded.length, hash }, 0)
      return number >= 0 && ((traits[number] ?? 0) & WHOLE) !== 0 ? [number] : UNKNOWN
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
    readAt(cursor) {
      const { start, end } = cursor
      const length = end - start
      if (!cursor.isAscii) return this.read(cursor.text.slice(start, end))
      if (
        cursor.isPlain &&
        !isHeld(known, cursor.hash) &&
        !isHeld(starredHeads, cursor.head) &&
        (length < 2 * SHORTEST_PIECE || !isHeld(pieceHeads, cursor.head))
      )
        return null
      if (length > LONGEST_WORD) return STRANGE
      return memory.recall(cursor) ?? memory.keep(cursor, readNew(cursor.text.slice(start, end)))
    },
  }
}

const REMEMBERED = 50_000

/** ASCII words that were met before, found without cutting them out of the text; the same few thousand come again and again. */
class Memory {
  #words: Word[] = []
  /** Open addressing by hash, four numbers each: the hash, where the letters begin, how many they are (0 is none), which word. */
  #table = new Int32Array(1 << 19)
  /** In lower case, one word after another. */
  #letters = new Uint8Array(REMEMBERED * 12)
  #lettersUsed = 0

  recall({ units, start, end, hash }: WordCursor): Word | null {
    const table = this.#table
    const letters = this.#letters
    const length = end - start
    for (let at = firstPlace(hash); ; at = (at + 4) & LAST_PLACE) {
      const kept = table[at + 2] ?? 0
      if (kept === 0) return null
      if (kept !== length || table[at] !== hash) continue
      const begin = (table[at + 1] ?? 0) - start
      let letter = start
      while (letter < end && lowerOf(units[letter] ?? 0) === letters[begin + letter]) letter++
      if (letter === end) return this.#words[table[at + 3] ?? 0] ?? null
    }
  }

  keep({ units, start, end, hash }: WordCursor, word: Word): Word {
    const length = end - start
    if (this.#words.length >= REMEMBERED || this.#lettersUsed + length > this.#letters.length) {
      this.#words = []
      this.#table.fill(0)
      this.#lettersUsed = 0
    }
    let at = firstPlace(hash)
    while (this.#table[at + 2] !== 0) at = (at + 4) & LAST_PLACE
    this.#table.set([hash, this.#lettersUsed, length, this.#words.length], at)
    this.#words.push(word)
    for (let letter = start; letter < end; letter++)
      this.#letters[this.#lettersUsed++] = lowerOf(units[letter] ?? 0)
    return word
  }
}

const LAST_PLACE = (1 << 19) - 4

function firstPlace(hash: number): number {
  return ((hash ^ (hash >>> 15)) << 2) & LAST_PLACE
}

function union(some: Known, others: Known): Known {
  if (some.length === 0) return others
  return others.length === 0 ? some : [...new Set([...some, ...others])]
}
