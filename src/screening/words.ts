/** A word is a run of letters, digits and their marks; where it stands is told in UTF-16 code units of the text as given. */

const NONE = 1
const STARTS = 2 // letters and digits
const CONTINUES = 3 // marks and invisible signs belong to the letter before them; none begins a word
const ALONE = 4 // in scripts without spaces each sign is a word, so that a phrase may begin at any

/** The lower-case code of each ASCII letter and digit, 0 for the rest. */
const asciiLower = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/i.test(String.fromCharCode(code))
    ? String.fromCharCode(code).toLowerCase().charCodeAt(0)
    : 0,
)
/** Classes of the Basic Multilingual Plane, worked out when first met: 0 is "not yet". */
const classes = new Uint8Array(0x10000)

/** So many letters make the beginning by which a word is known or passed over. */
export const HEAD = 4

/** One place in a text, moved from word to word. */
export interface WordCursor {
  readonly text: string
  /** The word's place: `text.slice(start, end)`. */
  start: number
  end: number
  /** Hashes of the word in lower case and of its first letters; they mean nothing where the word is not plain. */
  hash: number
  head: number
  /** Whether the word is ASCII letters only, which no spelling can disguise. */
  isPlain: boolean
}

/** A cursor before the first word of a text, or before the first after a place. */
export function openCursor(text: string, at = 0): WordCursor {
  return { text, start: at, end: at, hash: 0, head: 0, isPlain: true }
}

/** Moves to the next word; false when there is none. */
export function nextWord(cursor: WordCursor): boolean {
  const { text } = cursor
  const length = text.length
  let at = cursor.end
  let hash = 0
  let head = 0
  let isPlain = true
  let start = -1
  while (at < length) {
    const code = text.charCodeAt(at)
    if (code < 128) {
      const lower = asciiLower[code] ?? 0
      if (lower === 0) {
        if (start >= 0) break
        at++
        continue
      }
      if (start < 0) start = at
      if (lower < 97) isPlain = false
      hash = (Math.imul(hash, 31) + lower) | 0
      if (at - start < HEAD) head = hash
      at++
      continue
    }
    const point = text.codePointAt(at) ?? code
    const kind = classOf(point)
    const belongs = kind === STARTS || kind === ALONE || (kind === CONTINUES && start >= 0)
    if (start >= 0 && (!belongs || kind === ALONE)) break
    const width = point > 0xffff ? 2 : 1
    if (belongs) {
      start = start < 0 ? at : start
      isPlain = false
    }
    at += width
    if (kind === ALONE) {
      at = skipMarks(text, at)
      break
    }
  }
  cursor.start = start < 0 ? length : start
  cursor.end = at
  cursor.hash = hash
  cursor.head = head
  cursor.isPlain = isPlain
  return start >= 0
}

/** The hash that a cursor gives a plain word. */
export function hashWord(folded: string): number {
  let hash = 0
  for (let at = 0; at < folded.length; at++)
    hash = (Math.imul(hash, 31) + folded.charCodeAt(at)) | 0
  return hash
}

/** The hash that a cursor gives the beginning of a plain word. */
export function hashHead(folded: string): number {
  return hashWord(folded.slice(0, HEAD))
}

/** Accents, strokes laid over letters, presentation marks and invisible signs; marks that make another letter stay. */
const MARKS =
  /[\u{300}-\u{36f}]|[\u{1ab0}-\u{1aff}]|[\u{1dc0}-\u{1dff}]|[\u{20d0}-\u{20ff}]|[\u{fe00}-\u{fe0f}]|[\u{fe20}-\u{fe2f}]|\p{Cf}/gu

/** Letters that Unicode does not take apart into a plain letter and a mark. */
const takenApart: Record<string, string> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
}

/**
 * The spelling that is compared: without case, accents, invisible signs, or the choice of wide, styled or composed
 * letters (Unicode NFKD, and case as in upper case first, so that ß and SS, ſ and S, ς and Σ meet).
 */
export function foldWord(word: string): string {
  if (/^[A-Za-z0-9]*$/.test(word)) return word.toLowerCase()
  return word
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .replace(MARKS, '')
    .replace(/[øæœłđðþħı]/g, (letter) => takenApart[letter] ?? letter)
    .normalize('NFC')
}

function skipMarks(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0
    if (point < 128 || classOf(point) !== CONTINUES) break
    at += point > 0xffff ? 2 : 1
  }
  return at
}

/** What a code point is to a word. */
export type PointClass = 'none' | 'starts' | 'continues' | 'alone'
const classNames: Record<number, PointClass> = {
  [NONE]: 'none',
  [STARTS]: 'starts',
  [CONTINUES]: 'continues',
  [ALONE]: 'alone',
}

/** Whether a code point begins a word, goes on with one, is one alone, or is none of a word. */
export function classifyPoint(point: number): PointClass {
  return classNames[classOf(point)] ?? 'none'
}

function classOf(point: number): number {
  if (point > 0xffff) return classify(point)
  const known = classes[point] ?? 0
  if (known !== 0) return known
  return (classes[point] = classify(point))
}

function classify(point: number): number {
  const character = String.fromCodePoint(point)
  if (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(
      character,
    ) &&
    /[\p{L}\p{N}]/u.test(character)
  )
    return ALONE
  if (/[\p{L}\p{N}]/u.test(character)) return STARTS
  return /[\p{M}\p{Cf}]/u.test(character) ? CONTINUES : NONE
}
