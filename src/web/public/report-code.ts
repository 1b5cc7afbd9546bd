/** The code of a complaint, kept for this tab alone: the mail's link brings it behind the #, and Leave forgets it. */

const prefix = 'recourse.complaint.'

/** The code this tab was given for a complaint, or null. */
export function reportCode(number: string): string | null {
  try {
    return sessionStorage.getItem(prefix + number)
  } catch {
    // Storage can be forbidden by the browser; then the code is asked for at each opening.
    return null
  }
}

/** Keeps a code for this tab. */
export function keepReportCode(number: string, code: string): void {
  try {
    sessionStorage.setItem(prefix + number, code)
  } catch {
    // See above: it is asked for again.
  }
}

/** Forgets every complaint that this tab opened. */
export function forgetReports(): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  } catch {
    // Then there was nothing to forget.
  }
}

/** The code that the address brought behind its #, which is then taken out of the address. */
export function takeCodeFromAddress(): string | null {
  const code = decodeURIComponent(window.location.hash.slice(1))
  if (!/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/i.test(code)) return null
  window.history.replaceState(
    window.history.state,
    '',
    window.location.pathname + window.location.search,
  )
  return code
}
