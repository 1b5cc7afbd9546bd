/** What lets one in and where one is signed in, as pages ask for it. */
import type { Security } from '../../contract/security.ts'
import { query, queryClient } from '../api.ts'

export const securityQuery = query.security.get.queryOptions({ refetchInterval: 30_000 })

/** An answer to a change is the whole of it: it is shown at once. */
export function keepSecurity(security: Security): void {
  queryClient.setQueryData(securityQuery.queryKey, security)
}
