/** Spelling finds the known name that a misspelt one most likely stands for. */

/** The known name closest to this one, or null when none is close enough to be meant. */
export function nearestName(name: string, known: readonly string[]): string | null {
  // Long strangers are no misspelling of anything, and measuring them would be slow.
  if (name.length > 100) return null
  const allowed = Math.max(1, Math.floor(name.length / 3))
  let nearest: string | null = null
  let least = allowed + 1
  for (const candidate of known) {
    const steps = stepsBetween(name.toLowerCase(), candidate.toLowerCase())
    if (steps < least) [nearest, least] = [candidate, steps]
  }
  return nearest
}

/** What to say after an unknown name: the nearest known one, or all of them. */
export function suggestName(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known)
  if (nearest !== null) return `did you mean "${nearest}"?`
  if (known.length === 0) return 'none is known here'
  return `known here: ${[...known].sort().join(', ')}`
}

/** Letters to add, drop, change, or swap with a neighbour, to get from one name to the other. */
function stepsBetween(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let steps = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const isSwap =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) steps = Math.min(steps, (before[column - 2] ?? 0) + 1)
      current.push(steps)
    }
    ;[before, above] = [above, current]
  }
  return above[b.length] ?? 0
}
