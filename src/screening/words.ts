/** A word is a run of letters, digits and their marks; where it stands is told in UTF-16 code units of the text as given. */

const NONE = 1
const STARTS = 2 // letters and digits
const CONTINUES = 3 // marks belong to the letter before them; none begins a word

/** The lower-case code of each ASCII letter and digit, 0 for the rest. */
const asciiLower = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/i.test(String.fromCharCode(code))
    ? String.fromCharCode(code).toLowerCase().charCodeAt(0)
    : 0,
)
/** Classes of the Basic Multilingual Plane, worked out when first met: 0 is "not yet". */
const classes = new Uint8Array(0x10000)

/** One place in a text, moved from word to word. */
export interface WordCursor {
  readonly text: string
  /** The word's place: `text.slice(start, end)`. */
  start: number
  end: number
  /** A hash of the word in lower case; means nothing where the word is not plain ASCII. */
  hash: number
  isPlain: boolean
}

/** A cursor before the first word of a text, or before the first after a place. */
export function openCursor(text: string, at = 0): WordCursor {
  return { text, start: at, end: at, hash: 0, isPlain: true }
}

/** Moves to the next word; false when there is none. */
export function nextWord(cursor: WordCursor): boolean {
  const { text } = cursor
  const length = text.length
  let at = cursor.end
  let hash = 0
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
      hash = (Math.imul(hash, 31) + lower) | 0
      at++
      continue
    }
    const point = text.codePointAt(at) ?? code
    const kind = classOf(point)
    const belongs = kind === STARTS || (kind === CONTINUES && start >= 0)
    if (!belongs && start >= 0) break
    if (belongs) {
      if (start < 0) start = at
      isPlain = false
    }
    at += point > 0xffff ? 2 : 1
  }
  cursor.start = start < 0 ? length : start
  cursor.end = at
  cursor.hash = hash
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

/** The spelling that is compared: without case, presentation marks, or the choice of composed letters. */
export function foldWord(word: string): string {
  // Upper case first, so that ß and SS, ſ and S, ς and Σ meet; the dot that İ leaves behind goes.
  return word
    .normalize('NFC')
    .toUpperCase()
    .toLowerCase()
    .replace(/[\uFE00-\uFE0F]/g, '')
    .replace(/i\u0307/g, 'i')
    .normalize('NFC')
}

function classOf(point: number): number {
  if (point > 0xffff) return classify(point)
  const known = classes[point] ?? 0
  if (known !== 0) return known
  return (classes[point] = classify(point))
}

function classify(point: number): number {
  const character = String.fromCodePoint(point)
  if (/[\p{L}\p{N}]/u.test(character)) return STARTS
  return /\p{M}/u.test(character) ? CONTINUES : NONE
}
