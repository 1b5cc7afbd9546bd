/** A phrase is words in a row as a policy writes them; in a listing they may be joined by spaces or dashes instead. */
import { foldWord, nextWord, openCursor } from './words.ts'

export interface Phrase {
  /** Folded; never empty. */
  readonly words: readonly [string, ...string[]]
  /** What stands between the words in the policy; one fewer than the words. */
  readonly gaps: readonly string[]
}

/** The words of a phrase, or null when it has no letter and no digit. */
export function readPhrase(text: string): Phrase | null {
  const cursor = openCursor(text)
  const words: string[] = []
  const gaps: string[] = []
  let end = 0
  while (nextWord(cursor)) {
    if (words.length > 0) gaps.push(text.slice(end, cursor.start))
    words.push(foldWord(text.slice(cursor.start, cursor.end)))
    end = cursor.end
  }
  const [first, ...others] = words
  return first === undefined ? null : { words: [first, ...others], gaps }
}

/** Where the phrase ends, when its first word ends at `firstEnd`; −1 when the rest does not follow. */
export function phraseEnd(phrase: Phrase, text: string, firstEnd: number): number {
  if (phrase.gaps.length === 0) return firstEnd
  const cursor = openCursor(text, firstEnd)
  let end = firstEnd
  for (const [index, gap] of phrase.gaps.entries()) {
    if (!nextWord(cursor)) return -1
    const between = text.slice(end, cursor.start)
    if (between !== gap && !joins(between)) return -1
    if (foldWord(text.slice(cursor.start, cursor.end)) !== phrase.words[index + 1]) return -1
    end = cursor.end
  }
  return end
}

/** Spaces, line ends and dashes join words; a full stop or a comma parts them. */
function joins(between: string): boolean {
  return /^[\s\p{Pd}_]{1,40}$/u.test(between)
}
