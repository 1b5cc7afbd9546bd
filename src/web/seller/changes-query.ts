/** What was changed while somebody else had the account, as the pages of its owner ask for it. */
import { query } from '../api.ts'

/** While the shop is asked, the page follows what it answers. */
export const changesQuery = query.seller.getChanges.queryOptions({
  refetchInterval: ({ state }) => {
    const changes = state.data?.changes
    const waits =
      changes?.list.some((one) => one.state === 'asked') || changes?.isComplete === false
    return waits ? 3_000 : false
  },
})
