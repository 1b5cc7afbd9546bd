/** What each letter beyond ASCII is to the fast pass: plain letters, a sign between words, nothing, or too much for it. */
import { lookAlike } from '../disguise.ts'
import { classifyPoint, foldWord } from '../words.ts'
import { BREAK, HARD, LETTERS, NOTHING, SPACE, STRANGE_LETTER } from './layout.ts'

/** The code points that are told, in the order of the table. */
const ranges: readonly (readonly [from: number, to: number])[] = [
  [0, 0x10000],
  [0x1d400, 0x1d800],
  [0x1f000, 0x1fb00],
]

/** How many code points are told. */
export const POINTS = ranges.reduce((sum, [from, to]) => sum + to - from, 0)

/** Letters whose fold depends on where they stand: the sigmas. */
const CHANGING = /[\u03a3\u03c2\u03c3]/u

/**
 * For each code point what it is, in the highest byte, and up to three plain letters. Where the vocabulary has letters
 * that look like no plain one, those are told apart (`hasStrangeWords`); else they are all one that no policy has.
 */
export function codePoints({ hasStrangeWords }: { hasStrangeWords: boolean }): Uint32Array {
  const table = new Uint32Array(POINTS)
  let index = 0
  for (const [from, to] of ranges)
    for (let point = from; point < to; point++) table[index++] = codeOf(point, hasStrangeWords)
  return table
}

/** The folded letters of a word of the vocabulary as the fast pass writes them; null where it cannot. */
export function plainLetters(folded: string): string | null {
  let plain = ''
  for (const letter of folded) {
    const letters = plainLetter(letter, true)
    if (letters === null) return null
    plain += letters
  }
  return plain
}

function codeOf(point: number, hasStrangeWords: boolean): number {
  const letter = String.fromCodePoint(point)
  if (/\p{Surrogate}/u.test(letter) || CHANGING.test(letter)) return code(HARD)
  switch (classifyPoint(point)) {
    case 'none':
      return code(/[\s\p{Pd}]/u.test(letter) ? SPACE : BREAK)
    case 'continues':
      return code(foldWord(letter) === '' ? NOTHING : HARD)
    case 'alone':
      // Each is a word of its own, known to no vocabulary of plain words unless it looks like one.
      return code(hasStrangeWords || foldsPlain(letter) ? HARD : BREAK)
    case 'starts': {
      let letters = ''
      for (const folded of foldWord(letter)) {
        const plain = plainLetter(folded, hasStrangeWords)
        if (plain === null) return code(HARD)
        letters += plain
      }
      return letters === '' || letters.length > 3 ? code(HARD) : code(LETTERS, letters)
    }
  }
}

/** A folded letter as plain ones; null where it is a mark, or looks like a sign. */
function plainLetter(letter: string, hasStrangeWords: boolean): string | null {
  if (/^[a-z0-9]$/.test(letter)) return letter
  if (letter < '\u0080' || /\p{M}/u.test(letter) || CHANGING.test(letter)) return null
  const looks = lookAlike(letter)
  if (looks === null) return strange(letter, hasStrangeWords)
  // A letter that looks like a sign for another letter is still within its word: "k\u01c3lls".
  if (/[@$!|]/.test(looks)) return null
  return /^[a-z0-9]+$/.test(looks) ? looks : strange(letter, hasStrangeWords)
}

function strange(letter: string, isToldApart: boolean): string {
  const mark = String.fromCharCode(STRANGE_LETTER)
  if (!isToldApart) return mark
  const point = letter.codePointAt(0) ?? 0
  return mark + String.fromCharCode(97 + (point & 15), 97 + ((point >> 4) & 15))
}

function foldsPlain(letter: string): boolean {
  const folded = foldWord(letter)
  return [...folded].some((one) => one < '\u0080' || lookAlike(one) !== null)
}

function code(what: number, letters = ''): number {
  let value = what << 24
  for (let at = 0; at < letters.length; at++) value |= letters.charCodeAt(at) << (8 * at)
  return value >>> 0
}
