/** A lexicon is the folded words of the policies by number, laid out flat: one after another, and a table to look them up in. */
import { Column } from './column.ts'
import { HEAD, hashWord } from './words.ts'

/** Numbers in rows that any thread can read as they lie. */
export interface Lexicon {
  /** The letters of all words in UTF-16, and where each word begins; one beginning more than words. */
  readonly letters: Uint16Array
  readonly begins: Int32Array
  /** What each word is: any of `STARRED` and `WHOLE`. */
  readonly traits: Uint8Array
  /** Open addressing by hash: the number of a word and one, 0 where none is. */
  readonly table: Int32Array
  /** First parts of words that may be written in two, by open addressing: the number of such a word and one, and how long the part is. */
  readonly partTable: Int32Array
  readonly partLengths: Uint16Array
  /** Bits of the hashes of words and of first parts, for `isHeld`. */
  readonly known: Uint8Array
  /** The same of words that may be written in two. */
  readonly parted: Uint8Array
  /** The same of how starred words begin, and words that others may be glued of. */
  readonly starredHeads: Uint8Array
  readonly pieceHeads: Uint8Array
}

/** The word stands for every word that begins so. */
export const STARRED = 1
/** A policy writes it so, without a star; the others were made by gluing. */
export const WHOLE = 2

/** Shorter words stand within too many others by chance, as "germ" and "any" in Germany. */
export const SHORTEST_PIECE = 4
/** Of a word written in two parts, the shortest part. */
const SHORTEST_PART = 3
const SHORTEST_PARTED = 6

/** Gathers words by number. */
export class LexiconMaker {
  #letters = new Column(1 << 14)
  #begins = new Column()
  #traits = new Column()
  #table = new Int32Array(1 << 12)

  constructor() {
    this.#begins.push(0)
  }

  /** The number of a word, new or known. */
  add(text: string, traits: number): number {
    const isStarred = (traits & STARRED) !== 0
    const hash = hashWord(text)
    const mask = this.#table.length - 1
    let place = placeOf(hash, isStarred, mask)
    for (;;) {
      const number = (this.#table[place] ?? 0) - 1
      if (number < 0) break
      if (this.#is(number, text, isStarred)) {
        this.#traits.set(number, this.#traits.at(number) | traits)
        return number
      }
      place = (place + 1) & mask
    }
    const number = this.#traits.length
    for (let at = 0; at < text.length; at++) this.#letters.push(text.charCodeAt(at))
    this.#begins.push(this.#letters.length)
    this.#traits.push(traits)
    this.#table[place] = number + 1
    if (number * 2 > mask) this.#widen()
    return number
  }

  make(): Lexicon {
    const [letters, begins, traits] = [this.#letters, this.#begins, this.#traits].map((column) =>
      column.toArray(),
    ) as [Int32Array, Int32Array, Int32Array] // as many as columns
    const words = {
      letters: Uint16Array.from(letters),
      begins,
      traits: Uint8Array.from(traits),
      table: this.#table,
    }
    const parts = partsOf(words)
    return { ...words, ...tableOf(words, parts), ...bitsOf(words, parts) }
  }

  #is(number: number, text: string, isStarred: boolean): boolean {
    const begin = this.#begins.at(number)
    if (this.#begins.at(number + 1) - begin !== text.length) return false
    if (((this.#traits.at(number) & STARRED) !== 0) !== isStarred) return false
    for (let at = 0; at < text.length; at++)
      if (this.#letters.at(begin + at) !== text.charCodeAt(at)) return false
    return true
  }

  #widen(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let number = 0; number < this.#traits.length; number++) {
      let hash = 0
      for (let at = this.#begins.at(number); at < this.#begins.at(number + 1); at++)
        hash = (Math.imul(hash, 31) + this.#letters.at(at)) | 0
      let place = placeOf(hash, (this.#traits.at(number) & STARRED) !== 0, mask)
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = number + 1
    }
    this.#table = table
  }
}

/** The number of a folded word that has this hash, or −1. */
export function findWord(
  { letters, begins, traits, table }: Lexicon,
  { folded, from, to, hash }: { folded: string; from: number; to: number; hash: number },
  trait: number,
): number {
  const mask = table.length - 1
  const isStarred = trait === STARRED
  for (let place = placeOf(hash, isStarred, mask); ; place = (place + 1) & mask) {
    const number = (table[place] ?? 0) - 1
    if (number < 0) return -1
    const begin = begins[number] ?? 0
    if ((begins[number + 1] ?? 0) - begin !== to - from) continue
    if ((((traits[number] ?? 0) & STARRED) !== 0) !== isStarred) continue
    let at = from
    while (at < to && folded.charCodeAt(at) === letters[begin + at - from]) at++
    if (at === to) return number
  }
}

/** Whether some word that may be written in two begins with this folded part, and goes on. */
export function isFirstPart(
  { letters, begins, partTable, partLengths }: Lexicon,
  part: string,
  hash: number,
): boolean {
  const mask = partTable.length - 1
  for (let place = spread(hash) & mask; ; place = (place + 1) & mask) {
    const number = (partTable[place] ?? 0) - 1
    if (number < 0) return false
    if (partLengths[place] !== part.length) continue
    const begin = begins[number] ?? 0
    let at = 0
    while (at < part.length && part.charCodeAt(at) === letters[begin + at]) at++
    if (at === part.length) return true
  }
}

/** A word as text, without its star. */
export function spellWord(
  { letters, begins }: Pick<Lexicon, 'letters' | 'begins'>,
  number: number,
): string {
  return String.fromCharCode(...letters.subarray(begins[number], begins[number + 1]))
}

/** False says for certain that no word of this hash was taken in (after Bloom). */
export function isHeld(bits: Uint8Array, hash: number): boolean {
  const mask = bits.length * 8 - 1
  const bit = spread(hash) & mask
  if ((((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 0) return false
  const other = spread(~hash) & mask
  return (((bits[other >>> 3] ?? 0) >>> (other & 7)) & 1) === 1
}

/** From how many letters on the first part of a word may be written apart from the rest; 0 where it is not. */
export function shortestPartOf(word: string): number {
  // A rating or a count is often written apart: N 95, 3 ply.
  if (/\d/.test(word)) return 1
  return word.length < SHORTEST_PARTED ? 0 : SHORTEST_PART
}

type Words = Pick<Lexicon, 'letters' | 'begins' | 'traits' | 'table'>

/** First parts in columns: the word, how long the part is, and its hash. */
interface PartColumns {
  numbers: Column
  lengths: Column
  hashes: Column
}

function partsOf(words: Words): PartColumns {
  const { letters, begins, traits } = words
  const parts = { numbers: new Column(), lengths: new Column(), hashes: new Column() }
  for (let number = 0; number < traits.length; number++) {
    // Words that were glued from a phrase are found in their parts anyhow.
    const shortest = traits[number] === WHOLE ? shortestPartOf(spellWord(words, number)) : 0
    if (shortest === 0) continue
    const begin = begins[number] ?? 0
    const longest = (begins[number + 1] ?? 0) - begin - shortest
    let hash = 0
    for (let length = 1; length <= longest; length++) {
      hash = (Math.imul(hash, 31) + (letters[begin + length - 1] ?? 0)) | 0
      if (length < shortest) continue
      parts.numbers.push(number)
      parts.lengths.push(length)
      parts.hashes.push(hash)
    }
  }
  return parts
}

function tableOf(words: Words, parts: PartColumns): Pick<Lexicon, 'partTable' | 'partLengths'> {
  let room = 1024
  while (room < parts.numbers.length * 2) room *= 2
  const partTable = new Int32Array(room)
  const partLengths = new Uint16Array(room)
  const { letters, begins } = words
  const isSame = (number: number, other: number, length: number) => {
    const [one, two] = [begins[number] ?? 0, begins[other] ?? 0]
    for (let at = 0; at < length; at++) if (letters[one + at] !== letters[two + at]) return false
    return true
  }
  for (let part = 0; part < parts.numbers.length; part++) {
    const [number, length] = [parts.numbers.at(part), parts.lengths.at(part)]
    let place = spread(parts.hashes.at(part)) & (room - 1)
    for (let other; (other = (partTable[place] ?? 0) - 1) >= 0; place = (place + 1) & (room - 1))
      if (partLengths[place] === length && isSame(number, other, length)) break
    partTable[place] = number + 1
    partLengths[place] = length
  }
  return { partTable, partLengths }
}

function bitsOf(
  words: Words,
  parts: PartColumns,
): Pick<Lexicon, 'known' | 'parted' | 'starredHeads' | 'pieceHeads'> {
  const { letters, begins, traits } = words
  const known = new Column()
  const parted = new Column()
  const starredHeads = new Column()
  const pieceHeads = new Column()
  for (let number = 0; number < traits.length; number++) {
    const begin = begins[number] ?? 0
    const length = (begins[number + 1] ?? 0) - begin
    const trait = traits[number] ?? 0
    let hash = 0
    for (let at = 0; at < length; at++) {
      hash = (Math.imul(hash, 31) + (letters[begin + at] ?? 0)) | 0
      if (at !== Math.min(HEAD, length) - 1) continue
      if ((trait & STARRED) !== 0) starredHeads.push(hash)
      else if (trait === WHOLE && length >= SHORTEST_PIECE) pieceHeads.push(hash)
    }
    if ((trait & STARRED) === 0) known.push(hash)
    if (trait === WHOLE && shortestPartOf(spellWord(words, number)) > 0) parted.push(hash)
  }
  return {
    known: holdAll([known, parts.hashes]),
    parted: holdAll([parted]),
    starredHeads: holdAll([starredHeads]),
    pieceHeads: holdAll([pieceHeads]),
  }
}

/** Two bits in sixteen are set, so that nearly every word that is not there is seen not to be. */
function holdAll(columns: readonly Column[]): Uint8Array {
  const count = columns.reduce((sum, { length }) => sum + length, 0)
  let bits = 1024
  while (bits < count * 16) bits *= 2
  const held = new Uint8Array(bits / 8)
  for (const column of columns) {
    for (let at = 0; at < column.length; at++) {
      const hash = column.at(at)
      for (const bit of [spread(hash) & (bits - 1), spread(~hash) & (bits - 1)])
        held[bit >>> 3] = (held[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  return held
}

function placeOf(hash: number, isStarred: boolean, mask: number): number {
  return spread(isStarred ? ~hash : hash) & mask
}

function spread(hash: number): number {
  const mixed = Math.imul(hash, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
