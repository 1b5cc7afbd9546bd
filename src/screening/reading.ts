/** A reading is one field as the policies' vocabulary sees it: its words in order, in sentences, with what they may be. */
import { isLeetSign } from './disguise.ts'
import type { Known, Vocabulary } from './vocabulary.ts'
import { foldWord, nextWord, openCursor } from './words.ts'

/** Several words of the text that are one word of the vocabulary: "anti-bacterial", "m.a.s.k", "m@sk". */
export interface Joined {
  readonly known: Known
  /** The place of the word after it. */
  readonly next: number
}

/** Word by word, in columns, since a long description has thousands. */
export interface Reading {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** The numbers of the words that each may be; empty where none of the vocabulary. */
  readonly known: readonly Known[]
  /** In which sentence of the text each stands, and in which part of it between commas. */
  readonly sentences: readonly number[]
  readonly clauses: readonly number[]
  readonly joined: ReadonlyMap<number, readonly Joined[]>
  /** False where no word is known, so that nothing can be found. */
  readonly holdsAny: boolean
}

const NOTHING: Known = []
const GAP_READ = 40

/** Reads a field. */
export function readText(text: string, vocabulary: Vocabulary): Reading {
  const starts: number[] = []
  const ends: number[] = []
  const known: Known[] = []
  const sentences: number[] = []
  const clauses: number[] = []
  const joined = new Map<number, Joined[]>()
  /** Words that can be the first part of a word written in two, and single letters: looked at when all are read. */
  const openEnds: number[] = []
  let sentence = 0
  let clause = 0
  let holdsAny = false
  const add = (start: number, end: number, what: Known) => {
    starts.push(start)
    ends.push(end)
    known.push(what)
    sentences.push(sentence)
    clauses.push(clause)
    if (what.length > 0) holdsAny = true
  }

  const cursor = openCursor(text)
  while (nextWord(cursor)) {
    const { start, end } = cursor
    const before = ends.at(-1)
    if (before !== undefined && !(start === before + 1 && text.charCodeAt(before) === 32)) {
      const parted = partedBy(text, before, start)
      if (parted === 'sentence') sentence++
      if (parted !== null) clause++
    }
    const signAfter = isLeetSign(text.charAt(end))
    const mayHold =
      !cursor.isPlain ||
      isLeetSign(text.charAt(start - 1)) ||
      vocabulary.mayHold({ hash: cursor.hash, head: cursor.head, length: end - start })
    if (!mayHold && !signAfter) {
      if (end - start === 1) openEnds.push(starts.length)
      add(start, end, NOTHING)
      continue
    }
    const word = text.slice(start, end)
    const { known: found, pieces, isFirstPart } = vocabulary.read(word)
    if (found.length === 0 && isLeetSign(text.charAt(start - 1)) && start - 1 !== before) {
      // A sign for the first letter: "@cne", "$anitizer".
      const { known: disguised } = vocabulary.read(text.slice(start - 1, end))
      if (disguised.length > 0) {
        add(start - 1, end, disguised)
        continue
      }
    }
    if (signAfter || isFirstPart || end - start === 1) openEnds.push(starts.length)
    if (pieces === null) {
      add(start, end, found)
      continue
    }
    let from = start
    for (const piece of pieces) {
      const to = start + unfoldedLength(word, piece.end)
      add(from, to, piece.known)
      from = to
    }
  }
  for (const place of openEnds) {
    const found = joinAt({ text, starts, ends }, place, vocabulary)
    if (found.length === 0) continue
    joined.set(place, found)
    holdsAny = true
  }
  return { text, starts, ends, known, sentences, clauses, joined, holdsAny }
}

/** Whether what stands between two words lets a phrase go on over it: spaces, dashes, an apostrophe, "99.9", "this & that". */
export function joinsWords(text: string, end: number, start: number): boolean {
  if (start === end) return true
  const code = text.charCodeAt(end)
  if (code === 46 && isGluedSentence(text, end)) return false
  if (start === end + 1) return code === 32 || /[\s\p{Pd}_./,'’&+*·:]/u.test(text.charAt(end))
  if (start - end > GAP_READ) return false
  return /^[\s\p{Pd}_]*['’*&+/]?[\s\p{Pd}_]*$/u.test(text.slice(end, start))
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

/** Abbreviations whose full stop ends no sentence. */
const abbreviated =
  /(?:^|[^\p{L}])(?:no|nr|reg|approx|vs|oz|fl|dr|mr|mrs|st|art|inc|ca|bzw|z|b|e|g|i)$/iu

function partedBy(text: string, end: number, start: number): 'sentence' | 'clause' | null {
  const gap = text.slice(end, Math.min(start, end + GAP_READ))
  if (start - end > GAP_READ || /[!?;|•\n\r\u2022\u3002\uff01\uff1f\u2028]/u.test(gap)) {
    // A sign within a word ("k!lls") parts nothing.
    return start === end + 1 && isLeetSign(gap) ? null : 'sentence'
  }
  if (gap === '.' && isGluedSentence(text, end)) return 'sentence'
  if (/\.(?:\s|["”»)])/u.test(gap) || gap.includes('..'))
    return abbreviated.test(text.slice(Math.max(0, end - 8), end)) ? null : 'sentence'
  return /[,()[\]:–—"“”]|\s[\p{Pd}]+\s/u.test(gap) ? 'clause' : null
}

/** "…virus.Eliminates": sentences that lost the space between them on their way here. */
function isGluedSentence(text: string, stop: number): boolean {
  return /^\p{Ll}\p{Ll}\.\p{Lu}\p{Ll}/u.test(text.slice(Math.max(0, stop - 2), stop + 3))
}

type Columns = Pick<Reading, 'text' | 'starts' | 'ends'>

const LETTERS_AT_MOST = 20

function joinAt(read: Columns, place: number, vocabulary: Vocabulary): Joined[] {
  const { text, starts, ends } = read
  const word = (at: number) => text.slice(starts[at], ends[at])
  const gapAfter = (at: number) => text.slice(ends[at], starts[at + 1])
  const found: Joined[] = []
  const first = word(place)
  // "kills germs" begins like kill*, but so does "kills" alone; the other word is no part of it.
  const alone = vocabulary.read(first).known
  const add = (known: Known, next: number) => {
    const both = alone.length === 0 ? known : known.filter((number) => !alone.includes(number))
    if (both.length > 0) found.push({ known: both, next })
  }
  const tell = (spelled: string, next: number) => add(vocabulary.read(spelled).known, next)
  if (place + 1 >= starts.length) return found

  let spelled = first
  for (let at = place; at + 1 < starts.length && isLeetSign(gapAfter(at)); at++) {
    spelled += gapAfter(at) + word(at + 1)
    if (spelled.length > LETTERS_AT_MOST) break
    tell(spelled, at + 2)
  }

  const gap = gapAfter(place)
  if (first.length === 1 && gap.length === 1) {
    // M.A.S.K and m a s k: letters alone, all parted in the same way.
    spelled = first
    for (let at = place; at + 1 < starts.length && gapAfter(at) === gap; at++) {
      if (word(at + 1).length > 1 || spelled.length > LETTERS_AT_MOST) break
      spelled += word(at + 1)
      if (spelled.length > 2) tell(spelled, at + 2)
    }
    return found
  }
  if (!isSlightGap(gap)) return found
  const second = word(place + 1)
  add(vocabulary.readJoined(first, second), place + 2)
  if (place + 2 < starts.length && isSlightGap(gapAfter(place + 1)))
    add(vocabulary.readJoined(first + second, word(place + 2)), place + 3)
  return found
}

function isSlightGap(gap: string): boolean {
  return gap === ' ' || gap === '-' || /^[\s\p{Pd}_]{1,3}$/u.test(gap)
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
