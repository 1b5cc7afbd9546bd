/** A reading is one field as the policies' vocabulary sees it: its words in order, in sentences, with what they may be. */
import { isLeetSign } from './disguise.ts'
import { isSlight, joinsWords, partedBy } from './gap.ts'
import type { Page } from './page.ts'
import { NOT_KNOWN, TOLD_WORD_NUMBERS } from './scan/layout.ts'
import type { ToldWords } from './scan/told-line.ts'
import type { Known, Vocabulary, Word } from './vocabulary.ts'
import { foldWord, lowerOf, nextWord, openCursor } from './words.ts'

/** Several words of the text that are one word of the vocabulary: "anti-bacterial", "m.a.s.k", "m@sk". */
export interface Joined {
  readonly known: Known
  /** The place of the word after it. */
  readonly next: number
}

/** In which sentence of the text each word stands, and in which part of it between commas. */
export interface Parts {
  readonly sentences: readonly number[]
  readonly clauses: readonly number[]
}

/** The words of one field, counted from its first; they stand on the page until that is cleared. */
export class Reading {
  readonly text: string
  readonly length: number
  /** By the place of the first word; null where there are none. */
  joined: Map<number, readonly Joined[]> | null = null
  readonly #page: Page
  readonly #first: number
  #parts: Parts | null = null

  constructor(text: string, page: Page, first: number) {
    this.text = text
    this.length = page.words - first
    this.#page = page
    this.#first = first
  }

  startOf(place: number): number {
    return this.#page.starts[this.#first + place] ?? 0
  }

  endOf(place: number): number {
    return this.#page.ends[this.#first + place] ?? 0
  }

  /** What a word may be, as a sign of the vocabulary; 0 for nothing. */
  signOf(place: number): number {
    return this.#page.signs[this.#first + place] ?? 0
  }

  /** Told apart only when somebody asks; of most texts nobody does. */
  get parts(): Parts {
    return (this.#parts ??= partText(this))
  }
}

/** Reads a field; null where no word of it is known, so that nothing can be found. */
export function readText(text: string, vocabulary: Vocabulary, page: Page): Reading | null {
  const { cursor } = page
  cursor.open(text)
  const field = openField(text, vocabulary, page)
  while (nextWord(cursor)) takeWord(field, cursor.start, cursor.end, vocabulary.readAt(cursor))
  return closeField(field)
}

/** The same of a field of which it is told where its words stand, and of most that they are not known. */
export function readToldText(
  text: string,
  { line, from, to }: ToldWords,
  vocabulary: Vocabulary,
  page: Page,
): Reading | null {
  const { words } = line
  const field = openField(text, vocabulary, page)
  for (let at = from; at < to; at += TOLD_WORD_NUMBERS) {
    const start = words[at] ?? 0
    const end = words[at + 1] ?? 0
    const what = words[at + 2] ?? 0
    if (what === NOT_KNOWN) {
      page.addWord(start, end, 0)
      field.before = end
      continue
    }
    let word = line.keptAs(what)
    if (word === undefined) {
      word = vocabulary.read(text.slice(start, end))
      line.keep(what, word)
    }
    takeWord(field, start, end, word)
  }
  return closeField(field)
}

/** A field while it is read. */
interface OpenField {
  readonly text: string
  readonly vocabulary: Vocabulary
  readonly page: Page
  /** Its first word on the page. */
  readonly first: number
  holdsAny: boolean
  /** Where the word before ends. */
  before: number
}

function openField(text: string, vocabulary: Vocabulary, page: Page): OpenField {
  page.makeRoom(text.length)
  page.opens = 0
  return { text, vocabulary, page, first: page.words, holdsAny: false, before: -1 }
}

function closeField({ text, vocabulary, page, first, holdsAny }: OpenField): Reading | null {
  const reading = new Reading(text, page, first)
  joinAll(reading, vocabulary, page)
  return holdsAny || reading.joined !== null ? reading : null
}

/** Takes in the next word of a field, of which the vocabulary says what it is. */
function takeWord(field: OpenField, start: number, end: number, word: Word | null): void {
  const { text, vocabulary, page } = field
  const sign = word === null ? 0 : word.sign
  if (
    sign === 0 &&
    start > 0 &&
    isLeetSign(text.charCodeAt(start - 1)) &&
    start - 1 !== field.before
  ) {
    // A sign for the first letter: "@cne", "$anitizer".
    const disguised = vocabulary.read(text.slice(start - 1, end)).sign
    if (disguised !== 0) {
      page.addWord(start - 1, end, disguised)
      field.holdsAny = true
      field.before = end
      return
    }
  }
  if (
    (word !== null && word.isFirstPart) ||
    end - start === 1 ||
    (end < text.length && isLeetSign(text.charCodeAt(end)))
  )
    page.addOpen(page.words)
  if (word === null || word.pieces === null) {
    page.addWord(start, end, sign)
    if (sign !== 0) field.holdsAny = true
    field.before = end
    return
  }
  field.before = start
  for (const piece of word.pieces) {
    const to = start + unfoldedLength(text.slice(start, end), piece.end)
    page.addWord(field.before, to, piece.sign)
    field.before = to
  }
  field.holdsAny = true
}

function partText(reading: Reading): Parts {
  const { text, length } = reading
  const sentences: number[] = []
  const clauses: number[] = []
  let sentence = 0
  let clause = 0
  for (let place = 0; place < length; place++) {
    if (place > 0) {
      const end = reading.endOf(place - 1)
      const begin = reading.startOf(place)
      // A sign that is the first letter of a word still stands between the words.
      const start = isLeetSign(text.charCodeAt(begin)) ? begin + 1 : begin
      if (start - end !== 1 || text.charCodeAt(end) !== 32) {
        const parted = partedBy(text, end, start)
        if (parted === 'sentence') sentence++
        if (parted !== null) clause++
      }
    }
    sentences.push(sentence)
    clauses.push(clause)
  }
  return { sentences, clauses }
}

/** Whether a phrase goes on from each of its words to the next, as it must in a text to be found. */
export function isUnbroken(phrase: string): boolean {
  const cursor = openCursor(phrase)
  let end = -1
  while (nextWord(cursor)) {
    // The star of a starred word stands for the rest of it.
    const from = phrase.charAt(end) === '*' ? end + 1 : end
    if (end >= 0 && !joinsWords(phrase, from, cursor.start)) return false
    end = cursor.end
  }
  return true
}

/** Words that go on in the next, of those that may: looked at when all are read. */
function joinAll(reading: Reading, vocabulary: Vocabulary, page: Page): void {
  const first = page.words - reading.length
  for (let open = 0; open < page.opens; open++) {
    const place = (page.openWords[open] ?? 0) - first
    if (place + 1 >= reading.length || !mayJoin(reading, place, vocabulary)) continue
    const found = joinAt(reading, place, vocabulary)
    if (found.length > 0)
      (reading.joined ??= new Map<number, readonly Joined[]>()).set(place, found)
  }
}

const LETTERS_AT_MOST = 20

/** False for nearly every word that some word begins with, and cheaper to tell than what they are together. */
function mayJoin(reading: Reading, place: number, vocabulary: Vocabulary): boolean {
  const { text } = reading
  const [start, end, next] = [
    reading.startOf(place),
    reading.endOf(place),
    reading.startOf(place + 1),
  ]
  if (next === end + 1) {
    if (isLeetSign(text.charCodeAt(end))) return true
    if (end - start === 1) return reading.endOf(place + 1) - next === 1
  }
  if (!isSlightGap(reading, place)) return false
  const one = hashOn(0, text, start, end)
  const both = one === null ? null : hashOn(one, text, next, reading.endOf(place + 1))
  if (both === null || vocabulary.mayBeJoined(both)) return true
  if (place + 2 >= reading.length || !isSlightGap(reading, place + 1)) return false
  const all = hashOn(both, text, reading.startOf(place + 2), reading.endOf(place + 2))
  return all === null || vocabulary.mayBeJoined(all)
}

function isSlightGap(reading: Reading, place: number): boolean {
  const { text } = reading
  const [end, next] = [reading.endOf(place), reading.startOf(place + 1)]
  if (next === end + 1 && text.charCodeAt(end) === 32) return true
  return isSlight(text, end, next)
}

/** The hash of a word and letters that go on after it; null where one is not ASCII. */
function hashOn(before: number, text: string, start: number, end: number): number | null {
  let hash = before
  for (let at = start; at < end; at++) {
    const lower = lowerOf(text.charCodeAt(at))
    if (lower === 0) return null
    hash = (Math.imul(hash, 31) + lower) | 0
  }
  return hash
}

function joinAt(reading: Reading, place: number, vocabulary: Vocabulary): Joined[] {
  const { text, length } = reading
  const word = (at: number) => text.slice(reading.startOf(at), reading.endOf(at))
  const gapAfter = (at: number) => text.slice(reading.endOf(at), reading.startOf(at + 1))
  const isSignAfter = (at: number) => {
    const end = reading.endOf(at)
    return reading.startOf(at + 1) === end + 1 && isLeetSign(text.charCodeAt(end))
  }
  const isSlightAfter = (at: number) => isSlight(text, reading.endOf(at), reading.startOf(at + 1))
  const found: Joined[] = []
  const first = word(place)
  // "kills germs" begins like kill*, but so does "kills" alone; the other word is no part of it.
  const alone = vocabulary.read(first).known
  const add = (known: Known, next: number) => {
    const both = alone.length === 0 ? known : known.filter((number) => !alone.includes(number))
    if (both.length > 0) found.push({ known: both, next })
  }
  const tell = (spelled: string, next: number) => add(vocabulary.read(spelled).known, next)

  let spelled = first
  for (let at = place; at + 1 < length && isSignAfter(at); at++) {
    spelled += gapAfter(at) + word(at + 1)
    if (spelled.length > LETTERS_AT_MOST) break
    tell(spelled, at + 2)
  }

  const gap = gapAfter(place)
  if (first.length === 1 && gap.length === 1) {
    // M.A.S.K and m a s k: letters alone, all parted in the same way.
    spelled = first
    for (let at = place; at + 1 < length && gapAfter(at) === gap; at++) {
      if (word(at + 1).length > 1 || spelled.length > LETTERS_AT_MOST) break
      spelled += word(at + 1)
      if (spelled.length > 2) tell(spelled, at + 2)
    }
    return found
  }
  if (!isSlightAfter(place)) return found
  const second = word(place + 1)
  add(vocabulary.readJoined(first, second), place + 2)
  if (place + 2 < length && isSlightAfter(place + 1))
    add(vocabulary.readJoined(first + second, word(place + 2)), place + 3)
  return found
}

/** How much of a word as written makes so many letters of its folded spelling. */
function unfoldedLength(word: string, letters: number): number {
  for (let length = letters; length <= word.length; length++) {
    if (foldWord(word.slice(0, length)).length < letters) continue
    // Marks and invisible signs belong to the letter before them.
    let end = length
    while (end < word.length && foldWord(word.slice(0, end + 1)).length === letters) end++
    return end
  }
  return word.length
}
