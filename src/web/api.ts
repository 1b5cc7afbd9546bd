/** The API as pages use it: the typed client, its queries, and one client per key for what must happen once. */
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { createClient, problemOf, type Client } from '../contract/client.ts'
import { linkHeaders } from './link.ts'

export const api: Client = createClient({ url: window.location.origin, headers: linkHeaders })

/** `query.seller.getHome.queryOptions()` and the like, for TanStack Query. */
export const query = createTanstackQueryUtils(api)

/** A client whose POST counts once, however often it is sent: a double click and a retry carry the same key. */
export function apiOnce(key: string): Client {
  return createClient({
    url: window.location.origin,
    headers: () => ({ ...linkHeaders(), 'idempotency-key': key }),
  })
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // An answer that says no stays no; only silence is worth asking again.
      retry: (count, error) => problemOf(error) === null && count < 2,
      retryDelay: (count) => 500 * 2 ** count,
      staleTime: 2_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
