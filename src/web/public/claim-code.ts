/** The code of a claim, kept for this tab alone: no address holds it, and Leave forgets it. */

const keyOf = (number: string) => `recourse.claim.${number}`

/** The code this tab was given for a claim, or null. */
export function claimCode(number: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(number))
  } catch {
    // Storage can be forbidden by the browser; then the code is asked for at each opening.
    return null
  }
}

/** Keeps a code for this tab. */
export function keepClaimCode(number: string, code: string): void {
  try {
    sessionStorage.setItem(keyOf(number), code)
  } catch {
    // See above: it is asked for again.
  }
}

/** Forgets every claim that this tab opened. */
export function forgetClaims(): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith('recourse.claim.')) sessionStorage.removeItem(key)
  } catch {
    // Then there was nothing to forget.
  }
}
