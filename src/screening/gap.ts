/** A gap is what stands between two neighbouring words: it ends a sentence or a clause, or lets a phrase go on over it. */
import { isLeetSign } from './disguise.ts'

const SPACE = 1
const DASH = 2
const ENDS_SENTENCE = 4
const ENDS_CLAUSE = 8
/** After a full stop: then it ended a sentence. */
const CLOSES = 16
/** Alone between two words of a phrase. */
const JOINS = 32
/** Alone among spaces and dashes between two words of a phrase. */
const LINKS = 64
const UNDERSCORE = 128
const MET = 256
/** Of the signs of the Basic Multilingual Plane, worked out when first met: 0 is "not yet". */
const traits = new Uint16Array(0x10000)

const STOP = 46
const BLANK = 32
const GAP_READ = 40

/** Whether what stands between two words lets a phrase go on over it: spaces, dashes, an apostrophe, "99.9", "this & that". */
export function joinsWords(text: string, end: number, start: number): boolean {
  if (start === end) return true
  const code = text.charCodeAt(end)
  if (start === end + 1) {
    if (code === BLANK) return true
    if (code === STOP && isGluedSentence(text, end)) return false
    return (traitsOf(code) & JOINS) !== 0
  }
  if (start - end > GAP_READ) return false
  let links = 0
  for (let at = end; at < start; at++) {
    const sign = traitsAt(text, at)
    if ((sign & LINKS) !== 0) links++
    else if ((sign & (SPACE | DASH | UNDERSCORE)) === 0) return false
    if (isAstral(text, at)) at++
  }
  return links <= 1
}

/** What ends between two words. */
export function partedBy(text: string, end: number, start: number): 'sentence' | 'clause' | null {
  if (start - end > GAP_READ) return 'sentence'
  let all = 0
  let isStopped = false
  let isDashed = false
  let before = 0
  /** 1 after a space, 2 after dashes after it. */
  let dashing = 0
  for (let at = end; at < start; at++) {
    const code = text.charCodeAt(at)
    const sign = traitsAt(text, at)
    all |= sign
    if (before === STOP && (code === STOP || (sign & (SPACE | CLOSES)) !== 0)) isStopped = true
    before = code
    if ((sign & SPACE) !== 0) {
      if (dashing === 2) isDashed = true
      dashing = 1
    } else dashing = dashing > 0 && (sign & DASH) !== 0 ? 2 : 0
    if (isAstral(text, at)) at++
  }
  if ((all & ENDS_SENTENCE) !== 0) {
    // A sign within a word ("k!lls") parts nothing.
    return start === end + 1 && isLeetSign(text.charCodeAt(end)) ? null : 'sentence'
  }
  if (start === end + 1 && before === STOP && isGluedSentence(text, end)) return 'sentence'
  if (isStopped) return isAbbreviated(text, end) ? null : 'sentence'
  return isDashed || (all & ENDS_CLAUSE) !== 0 ? 'clause' : null
}

/** Whether a word may be written in two over it: "anti bacterial", "anti-bacterial". */
export function isSlight(text: string, end: number, start: number): boolean {
  let signs = 0
  for (let at = end; at < start; at++) {
    if (++signs > 3 || (traitsAt(text, at) & (SPACE | DASH | UNDERSCORE)) === 0) return false
    if (isAstral(text, at)) at++
  }
  return signs > 0
}

/** Abbreviations whose full stop ends no sentence. */
const abbreviated =
  /(?:^|[^\p{L}])(?:no|nr|reg|approx|vs|oz|fl|dr|mr|mrs|st|art|inc|ca|bzw|z|b|e|g|i)$/iu
const LONGEST_ABBREVIATION = 6

function isAbbreviated(text: string, end: number): boolean {
  let from = end
  while (from > 0 && isAsciiLetter(text.charCodeAt(from - 1))) from--
  // Nearly every sentence ends in a word that is longer than any of them.
  if (end - from > LONGEST_ABBREVIATION) return false
  return abbreviated.test(text.slice(Math.max(0, end - 8), end))
}

/** "…virus.Eliminates": sentences that lost the space between them on their way here. */
function isGluedSentence(text: string, stop: number): boolean {
  const next = text.charCodeAt(stop + 1)
  if (next < 128 && !(next >= 65 && next <= 90)) return false
  return /^\p{Ll}\p{Ll}\.\p{Lu}\p{Ll}/u.test(text.slice(Math.max(0, stop - 2), stop + 3))
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 32
  return code < 128 && lower >= 97 && lower <= 122
}

function isAstral(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) ?? 0) > 0xffff
}

function traitsAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return isAstral(text, at)
    ? traitsIn(String.fromCodePoint(text.codePointAt(at) ?? 0))
    : traitsOf(code)
}

function traitsOf(code: number): number {
  const known = traits[code] ?? 0
  if (known !== 0) return known
  return (traits[code] = traitsIn(String.fromCharCode(code)))
}

function traitsIn(sign: string): number {
  return (
    MET |
    (/\s/u.test(sign) ? SPACE : 0) |
    (/\p{Pd}/u.test(sign) ? DASH : 0) |
    (/[!?;|•\n\r\u3002\uff01\uff1f\u2028]/u.test(sign) ? ENDS_SENTENCE : 0) |
    (/[,()[\]:–—"“”]/u.test(sign) ? ENDS_CLAUSE : 0) |
    (/["”»)]/u.test(sign) ? CLOSES : 0) |
    (/[\s\p{Pd}_./,'’&+*·:]/u.test(sign) ? JOINS : 0) |
    (/['’*&+/]/u.test(sign) ? LINKS : 0) |
    (sign === '_' ? UNDERSCORE : 0)
  )
}
