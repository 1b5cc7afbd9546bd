/** Drawn text: how wide it is at most, where a line of it ends, and how it is written so that the XML stays whole. */

export interface Face {
  size: number
  bold?: boolean
  mono?: boolean
}

/** Shares of the size for common sans faces; a font that is not known must not make text overlap, so they are wide. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/^\p{M}$|[\u200b-\u200f]/u, 0],
  [/[il.,:;|'!j]/u, 0.29],
  [/[ftr()[\]{}/\\ \u00a0I·-]/u, 0.37],
  [/[mwMW@%—…]/u, 0.93],
  [/[A-Z&?<>=+~]/u, 0.71],
  [/[\u0021-\u007e\u00a1-\u024f]/u, 0.58],
  [/[\u0370-\u08ff\u1e00-\u20cf]/u, 0.68],
]

/** About the widest that a line of text gets, in pixels. */
export function measureText(text: string, { size, bold = false, mono = false }: Face): number {
  let sum = 0
  for (const character of text) {
    const share = widths.find(([those]) => those.test(character))?.[1] ?? 1.1
    sum += mono && share > 0 && share < 1 ? 0.615 : share
  }
  return sum * size * (mono ? 1 : bold ? 1.2 : 1.07)
}

/** Breaks text into lines that fit; a word that is too long is broken too, after a mark where it has one. */
export function wrapText(text: string, width: number, face: Face): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of cleanText(text)
    .split(/[ \t\r\n]+/u)
    .filter(Boolean)) {
    const joined = line === '' ? word : `${line} ${word}`
    if (measureText(joined, face) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, width, face)
    line = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  if (line !== '') lines.push(line)
  return lines
}

/** The widest of some lines. */
export function widestOf(lines: readonly string[], face: Face): number {
  return lines.reduce((most, line) => Math.max(most, measureText(line, face)), 0)
}

/** Text as it stands in XML, in an element or an attribute. */
export function escapeText(text: string): string {
  return cleanText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Characters that XML 1.0 refuses are shown as unknown ones; those that turn the reading direction are left out. */
export function cleanText(text: string): string {
  let clean = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const turns = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
    if (!turns) clean += isWritable(code) ? character : '\ufffd'
  }
  return clean
}

function isWritable(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  if (code >= 0x7f && code <= 0x9f) return false
  return !(code >= 0xd800 && code <= 0xdfff) && (code & 0xfffe) !== 0xfffe
}

function breakWord(word: string, width: number, face: Face): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && measureText(piece + character, face) > width) {
      const mark = /^(.{4,}[.@/_-])./u.exec(piece)?.[1] ?? piece
      pieces.push(mark)
      piece = piece.slice(mark.length)
    }
    piece += character
  }
  return [...pieces, piece]
}
