/** Matched text is what a rule matched, in the words of the listing: mail and document show the same. */
import type { Language } from './language.ts'
import { fieldsOf, fieldText } from './listing.ts'
import type { Statement } from './statement.ts'
import { wordsIn } from './words.ts'

/** A piece of a listing's text; `isMatched` where a rule matched it. */
export interface Piece {
  text: string
  isMatched: boolean
}

/** The fields in which a rule matched words, cut into pieces; long fields are cut down to what is near a match. */
export function matchedText(statement: Statement): { field: string; pieces: Piece[] }[] {
  const { text, evidence } = statement.facts
  if (text === null) return []
  return fieldsOf(text).flatMap((field) => {
    const words = fieldText(text, field) ?? ''
    const spans = evidence
      .filter((term) => term.field === field)
      .map((term) => ({ start: term.start ?? 0, end: term.end ?? 0 }))
      .filter(({ start, end }) => start >= 0 && start < end && end <= words.length)
    if (spans.length === 0 && field !== 'title') return []
    return [{ field, pieces: shorten(cut(words, spans)) }]
  })
}

function cut(words: string, spans: { start: number; end: number }[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    // Two signals may match the same words; each letter is shown once.
    const from = Math.max(start, at)
    if (from >= end) continue
    if (from > at) pieces.push({ text: words.slice(at, from), isMatched: false })
    pieces.push({ text: words.slice(from, end), isMatched: true })
    at = end
  }
  if (at < words.length) pieces.push({ text: words.slice(at), isMatched: false })
  return pieces
}

const nearby = 160

function shorten(pieces: Piece[]): Piece[] {
  return pieces.map((piece, index) => {
    const { text, isMatched } = piece
    if (isMatched || text.length <= nearby * 2 + 40) return piece
    const head = index === 0 ? '' : whole(text.slice(0, nearby))
    const tail = index === pieces.length - 1 && index > 0 ? '' : whole(text.slice(-nearby))
    return { text: `${head} … ${tail}`, isMatched: false }
  })
}

/** A cut may fall into the middle of a character; half of one is left out. */
function whole(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')
}

/** "Bullet 2", "Material": a field's name for people. */
export function fieldName(field: string, language: Language): string {
  const { bullet, fields } = wordsIn(language).statement
  const numbered = /^bullets\[(\d+)\]$/.exec(field)
  if (numbered) return bullet(Number(numbered[1]) + 1)
  return fields[field] ?? field.replace(/^attributes\./, '')
}
