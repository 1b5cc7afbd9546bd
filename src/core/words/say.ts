/** Saying puts values into a sentence; what has none leaves a mark that no text of anybody's can hold. */

/** Stands where a value is missing: no door takes a NUL, and no database keeps one. */
export const unfilled = '\0'

/** A template whose every value must be there; the gate where notices are stored lets no mark through. */
export function say(pieces: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return pieces.reduce((words, piece, place) => words + filled(values[place - 1]) + piece)
}

/** What TypeScript promises may still be missing where data lie: an old row, a cast. */
function filled(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' && !Number.isNaN(value) ? String(value) : unfilled
}
