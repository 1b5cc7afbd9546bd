/** The API for who shows the code of a claim, and for nobody else. */
import { createClient, type Client } from '../../contract/client.ts'

/** The header by which a claim is opened: no address and no log has the code. */
export function codeHeaders(code: string): Record<string, string> {
  return { 'x-recourse-code': code }
}

/** A client that shows a code; `key` makes what it posts count once. */
export function claimClient(code: string, key?: string): Client {
  return createClient({
    url: window.location.origin,
    headers: () => ({
      ...codeHeaders(code),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }),
  })
}
