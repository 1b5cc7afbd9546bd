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

interface Matter {
  caseId: string | null
  decisionId: string | null
}

/**
 * Which matter a token speaks of, to know where to go when one is signed in anyway.
 * It is read without its signature: what one may see there is the server's to say.
 */
export function matterOf(token: string): Matter {
  const none = { caseId: null, decisionId: null }
  try {
    const payload = token.split('.')[0] ?? ''
    const content: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    if (typeof content !== 'object' || content === null) return none
    return {
      caseId: 'c' in content && typeof content.c === 'string' ? content.c : null,
      decisionId: 'd' in content && typeof content.d === 'string' ? content.d : null,
    }
  } catch {
    // Not a token of ours: the server says so in words.
    return none
  }
}
