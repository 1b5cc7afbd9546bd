/** The size of a document is taken before it is parsed: the parser compares each name of a mapping with every other. */
import { Lexer } from 'yaml'

const MOST_CHARACTERS = 250_000
const MOST_ENTRIES = 5000

export interface Excess {
  line: number
  column: number
  message: string
}

/** Where a document gets too large to be read in a moment, or null. */
export function findExcess(text: string): Excess | null {
  if (text.length > MOST_CHARACTERS) {
    const most = MOST_CHARACTERS.toLocaleString('en-US')
    return { line: 1, column: 1, message: `expected a procedure of at most ${most} characters` }
  }
  const offset = findCrowd(text)
  if (offset === null) return null
  const before = text.slice(0, offset)
  const most = MOST_ENTRIES.toLocaleString('en-US')
  return {
    line: before.split('\n').length,
    column: before.length - before.lastIndexOf('\n'),
    message: `expected at most ${most} entries in one list or mapping`,
  }
}

/** Control characters among the tokens are the lexer's own and stand for nothing in the text. */
const SCALAR_MARK = '\u001f'
const marks = new Set(['\u0002', '\u0018', SCALAR_MARK])

/** Where the first list or mapping has too many entries: in brackets by its commas, in lines by those of its column. */
function findCrowd(text: string): number | null {
  const inBrackets: number[] = []
  let inLines: { column: number; entries: number }[] = []
  let [offset, lineStart, isLineOpen, isContent] = [0, 0, true, false]
  for (const token of new Lexer().lex(text)) {
    if (marks.has(token) && !isContent) {
      isContent = token === SCALAR_MARK
      continue
    }
    const isMark = !isContent
    isContent = false
    const isBlank = /^[ \t\r\n]*$/.test(token) || token.startsWith('#')
    if (isLineOpen && !isBlank && inBrackets.length === 0) {
      const column = offset - lineStart
      inLines = inLines.filter((outer) => outer.column <= column)
      const last = inLines.at(-1)
      const here = last?.column === column ? last : { column, entries: 0 }
      if (here !== last) inLines.push(here)
      if (++here.entries > MOST_ENTRIES) return offset
    }
    if (!isBlank) isLineOpen = false
    if (isMark && (token === '[' || token === '{')) inBrackets.push(1)
    else if (isMark && (token === ']' || token === '}')) inBrackets.pop()
    else if (isMark && token === ',') {
      const entries = (inBrackets.pop() ?? 0) + 1
      inBrackets.push(entries)
      if (entries > MOST_ENTRIES) return offset
    }
    offset += token.length
    if (token.endsWith('\n')) [lineStart, isLineOpen] = [offset, true]
  }
  return null
}
