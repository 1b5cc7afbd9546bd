/** A vocabulary is every word that some phrase of the policies uses, by number, however a listing may spell it. */
import { undisguise } from './disguise.ts'
import type { PhraseWord } from './phrase.ts'
import { HEAD, foldWord, hashHead } from './words.ts'

/** The numbers of the words that a word in a text may be: itself, and each starred word that it begins like. */
export type Known = readonly number[]
const UNKNOWN: Known = []

/** A part of a glued word: what it is, and where it ends in the folded spelling. */
export interface Piece {
  readonly known: Known
  readonly end: number
}

/** Shorter words stand within too many others by chance, as "germ" and "any" in Germany. */
const SHORTEST_PIECE = 4
const MOST_PIECES = 4
/** Longer than any word that people write; what is longer is not taken apart. */
const LONGEST_WORD = 60
/** Of a word written in two parts, the shortest part. */
const SHORTEST_PART = 2
const SHORTEST_PARTED = 5

export interface Vocabulary {
  /** False says for certain that a plain word with this head is neither in it nor the first part of one that is. */
  mayHold(head: number): boolean
  /** What a word in a text is, in any spelling or disguise. */
  lookUp(word: string): Known
  /** As `lookUp`, of a folded word as it stands. */
  find(folded: string): Known
  /** Whether some word of it begins with this one and goes on. */
  isFirstPart(folded: string): boolean
  /** A glued word as the words that it is made of; null where a part is unknown. */
  takeApart(folded: string): Piece[] | null
}

export class VocabularyMaker {
  #numbers = new Map<string, number>()
  #starred = new Map<string, number>()
  #pieces = new Set<string>()

  /** The number of a word, new or known; `isWhole` for one that a policy writes, not one made by gluing. */
  add({ text, isStarred }: PhraseWord, { isWhole }: { isWhole: boolean }): number {
    if (isWhole && !isStarred && text.length >= SHORTEST_PIECE) this.#pieces.add(text)
    const numbers = isStarred ? this.#starred : this.#numbers
    const known = numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size + this.#starred.size
    numbers.set(text, number)
    return number
  }

  make(): Vocabulary {
    return makeVocabulary(this.#numbers, this.#starred, this.#pieces)
  }
}

function makeVocabulary(
  numbers: ReadonlyMap<string, number>,
  starred: ReadonlyMap<string, number>,
  pieces: ReadonlySet<string>,
): Vocabulary {
  const starredByHead = new Map<string, { text: string; number: number }[]>()
  for (const [text, number] of starred) {
    const head = text.slice(0, HEAD)
    starredByHead.set(head, [...(starredByHead.get(head) ?? []), { text, number }])
  }
  const firstParts = new Set<string>()
  for (const text of numbers.keys()) {
    if (text.length < SHORTEST_PARTED) continue
    for (let at = SHORTEST_PART; at <= text.length - SHORTEST_PART; at++)
      firstParts.add(text.slice(0, at))
  }
  const heads = new Uint8Array(0x10000)
  for (const text of [...numbers.keys(), ...starred.keys(), ...firstParts])
    heads[hashHead(text) & 0xffff] = 1

  const find = (folded: string): Known => {
    const whole = numbers.get(folded)
    const like = starredByHead.get(folded.slice(0, HEAD))
    if (like === undefined) return whole === undefined ? UNKNOWN : [whole]
    const found = like.filter(({ text }) => folded.startsWith(text)).map(({ number }) => number)
    return whole === undefined ? found : [whole, ...found]
  }

  /** Spelled words that were met before; the same few thousand come again and again. */
  const met = new Map<string, Known>()
  const lookUp = (word: string): Known => {
    if (word.length > LONGEST_WORD) return UNKNOWN
    const known = met.get(word)
    if (known !== undefined) return known
    const folded = foldWord(word)
    let found = find(folded)
    if (found.length === 0) {
      for (const plain of undisguise(folded)) {
        found = find(plain)
        if (found.length > 0) break
      }
    }
    if (met.size >= 50_000) met.clear()
    met.set(word, found)
    return found
  }

  const takeApart = (folded: string): Piece[] | null => {
    if (folded.length < SHORTEST_PIECE * 2 || folded.length > LONGEST_WORD) return null
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

  return {
    mayHold: (head) => heads[head & 0xffff] === 1,
    lookUp,
    find,
    isFirstPart: (folded) => firstParts.has(folded),
    takeApart,
  }
}
