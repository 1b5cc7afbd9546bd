/** The link is a signed token from a notice: with it, one matter opens without a sign-in, in this tab only. */

const key = 'recourse.link'

/** The token this tab was opened by, or null. */
export function linkToken(): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    // Storage can be forbidden by the browser; then the page works for those who are signed in.
    return null
  }
}

/** Keeps the token for this tab; null forgets it. */
export function keepLinkToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, token)
  } catch {
    // See above: nothing is lost but the way in without a sign-in.
  }
}

/** The headers that say which link one came by. */
export function linkHeaders(): Record<string, string> {
  const token = linkToken()
  return token === null ? {} : { 'x-recourse-link': token }
}
