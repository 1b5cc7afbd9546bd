/** The API as pages use it: the typed client, its queries, and one client per key for what must happen once. */
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
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

/** Whoever is told that they are signed out reads anew who they are: the frame of staff then says so in place of the page. */
function onError(error: Error): void {
  if (problemOf(error)?.refusal === 'not_signed_in')
    void queryClient.invalidateQueries({
      queryKey: query.session.getMe.key(),
      // A seller's page says it beside what was pressed, and keeps what was written.
      predicate: ({ state: { data } }) => isOfStaff(data),
    })
}

function isOfStaff(data: unknown): boolean {
  const answer = data as { me?: { kind?: unknown } } | undefined // what getMe answered, or nothing yet
  return answer?.me?.kind === 'staff'
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
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
