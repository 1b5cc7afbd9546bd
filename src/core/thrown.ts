/** What was thrown, in words: it need not be an error, and an error may have been caused by another. */

/** What it says of itself. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** What broke at the other end, such as ECONNREFUSED: what calls over the network only say that they failed. */
export function reasonOf(thrown: unknown): string {
  const inner = thrown instanceof Error ? thrown.cause : undefined
  if (!(inner instanceof Error)) return wordsOf(thrown)
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message
}

/** Where it broke, and where what caused it did, for those who run the server. */
export function storyOf(thrown: unknown): string {
  const told: string[] = []
  const seen = new Set<unknown>()
  for (let next = thrown; next !== undefined && !seen.has(next);) {
    seen.add(next)
    told.push((next instanceof Error && next.stack) || wordsOf(next))
    next = next instanceof Error ? next.cause : undefined
  }
  return told.join('\ncaused by ')
}
