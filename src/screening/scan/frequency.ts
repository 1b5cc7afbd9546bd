/** How often words stand in listings, counted in some of those that are about to be scanned. */
import { foldWord, nextWord, openCursor } from '../words.ts'
import type { Frequency } from './phrases.ts'

/** So much of the listings tells enough. */
export const SAMPLE_BYTES = 512 * 1024

/** Counts the words of some lines as they stand; what is no text among them is counted too and does no harm. */
export function countWords(lines: string): Frequency {
  const counts = new Map<string, number>()
  const cursor = openCursor(lines)
  while (nextWord(cursor)) {
    const word = foldWord(lines.slice(cursor.start, cursor.end))
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return (word) => counts.get(word) ?? 0
}
