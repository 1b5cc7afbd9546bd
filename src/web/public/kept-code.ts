/** Codes that open what belongs to somebody without an account, kept for this tab alone: Leave forgets them. */

interface KeptCodes {
  /** The code that this tab was given for a number, or null. */
  codeOf: (number: string) => string | null
  keep: (number: string, code: string) => void
  /** Forgets every one that this tab opened. */
  forget: () => void
}

/** Keeps codes under names that begin so. */
export function keptCodes(prefix: string): KeptCodes {
  return {
    codeOf: (number) => {
      try {
        return sessionStorage.getItem(prefix + number)
      } catch {
        // Storage can be forbidden by the browser; then the code is asked for at each opening.
        return null
      }
    },
    keep: (number, code) => {
      try {
        sessionStorage.setItem(prefix + number, code)
      } catch {
        // See above: it is asked for again.
      }
    },
    forget: () => {
      try {
        for (const key of Object.keys(sessionStorage))
          if (key.startsWith(prefix)) sessionStorage.removeItem(key)
      } catch {
        // Then there was nothing to forget.
      }
    },
  }
}
