/** A word is a run of letters, digits and their marks; where it stands is told in UTF-16 code units of the text as given. */
import { isLeetDigit } from './disguise.ts'

const NONE = 1
const STARTS = 2 // letters and digits
const CONTINUES = 3 // marks and invisible signs belong to the letter before them; none begins a word
const ALONE = 4 // in scripts without spaces each sign is a word, so that a phrase may begin at any

const LOWER = 127
const LETTER = 128
const DISGUISE = 256 // a digit that may stand for a letter
/** Of each ASCII letter and digit its lower-case code, and what it says of its word; 0 for the rest. */
const ascii = Uint16Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code).toLowerCase()
  if (/[a-z]/.test(sign)) return sign.charCodeAt(0) | LETTER
  return /[0-9]/.test(sign) ? code | (isLeetDigit(sign) ? DISGUISE : 0) : 0
})
/** Classes of the Basic Multilingual Plane, worked out when first met: 0 is "not yet". */
const classes = new Uint8Array(0x10000)

/** So many letters make the beginning by which a word is known or passed over. */
export const HEAD = 4

/** One place in a text, moved from word to word. */
export class WordCursor {
  text = ''
  /** The text's code units, and how many they are; there may be room for more. */
  units = new Uint16Array(0)
  length = 0
  /** The word's place: `text.slice(start, end)`. */
  start = 0
  end = 0
  /** Hashes of the word in lower case and of its first letters; they mean nothing where the word is not ASCII. */
  hash = 0
  head = 0
  /** Whether the word is ASCII letters and digits only. */
  isAscii = true
  /** Whether it is so, and no digit in it can stand for a letter: then it is a disguise of nothing. */
  isPlain = true

  /** Stands before the first word of a text. */
  open(text: string): void {
    this.text = text
    this.length = text.length
    if (this.units.length < text.length) this.units = new Uint16Array(text.length * 2)
    const { units, length } = this
    for (let at = 0; at < length; at++) units[at] = text.charCodeAt(at)
    this.start = this.end = 0
  }
}

/** A cursor before the first word of a text. */
export function openCursor(text: string): WordCursor {
  const cursor = new WordCursor()
  cursor.open(text)
  return cursor
}

/** Moves to the next word; false when there is none. */
export function nextWord(cursor: WordCursor): boolean {
  const { units, length } = cursor
  let at = cursor.end
  let trait = 0
  while (at < length) {
    const code = units[at] ?? 0
    if (code < 128) {
      trait = ascii[code] ?? 0
      if (trait !== 0) break
      at++
    } else if (beginsWord(cursor, at)) return nextWideWord(cursor, at)
    else at += widthAt(cursor, at)
  }
  cursor.start = at
  if (at >= length) {
    cursor.end = length
    return false
  }
  const head = at + HEAD
  let hash = 0
  let traits = 0
  let code = 0
  cursor.head = 0
  while (trait !== 0) {
    hash = (Math.imul(hash, 31) + (trait & LOWER)) | 0
    traits |= trait
    at++
    if (at === head) cursor.head = hash
    code = at < length ? (units[at] ?? 0) : 0
    trait = code < 128 ? (ascii[code] ?? 0) : 0
  }
  if (code > 127 && goesOn(cursor, at)) return nextWideWord(cursor, cursor.start)
  cursor.end = at
  cursor.hash = hash
  if (at < head) cursor.head = hash
  cursor.isAscii = true
  cursor.isPlain = (traits & (LETTER | DISGUISE)) !== (LETTER | DISGUISE)
  return true
}

/** Moves to the word that begins here and is not ASCII. */
function nextWideWord(cursor: WordCursor, start: number): boolean {
  cursor.isAscii = false
  cursor.isPlain = false
  cursor.start = start
  let at = start
  if (kindAt(cursor, at) === ALONE) {
    do at += widthAt(cursor, at)
    while (at < cursor.length && kindAt(cursor, at) === CONTINUES)
  } else {
    do at += widthAt(cursor, at)
    while (at < cursor.length && goesOn(cursor, at))
  }
  cursor.end = at
  return true
}

function beginsWord(cursor: WordCursor, at: number): boolean {
  const kind = kindAt(cursor, at)
  return kind === STARTS || kind === ALONE
}

function goesOn(cursor: WordCursor, at: number): boolean {
  const kind = kindAt(cursor, at)
  return kind === STARTS || kind === CONTINUES
}

function kindAt({ units, text }: WordCursor, at: number): number {
  const code = units[at] ?? 0
  if (code < 128) return ascii[code] === 0 ? NONE : STARTS
  return classOf(code >= 0xd800 && code < 0xdc00 ? (text.codePointAt(at) ?? code) : code)
}

function widthAt({ units, text }: WordCursor, at: number): number {
  const code = units[at] ?? 0
  return code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/** The lower-case code of an ASCII letter or digit; 0 for what is none. */
export function lowerOf(code: number): number {
  return code < 128 ? (ascii[code] ?? 0) & LOWER : 0
}

/** The hash that a cursor gives an ASCII word, or to letters that go on after others. */
export function hashWord(folded: string, before = 0): number {
  let hash = before
  for (let at = 0; at < folded.length; at++)
    hash = (Math.imul(hash, 31) + folded.charCodeAt(at)) | 0
  return hash
}

/** The hash that a cursor gives the beginning of an ASCII word. */
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
