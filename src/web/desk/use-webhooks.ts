/** Webhooks as the page keeps them: read once, and read anew after each change. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import { query } from '../api.ts'

/** Reads all webhooks. */
export function useWebhooks() {
  return useQuery(query.webhooks.list.queryOptions())
}

/** Reads what one was told last; often, while somebody looks. */
export function useWebhookDeliveries(webhookId: string) {
  return useQuery(
    query.webhooks.listDeliveries.queryOptions({ input: { webhookId }, refetchInterval: 3_000 }),
  )
}

/** Does something to webhooks, and then reads them anew. */
export function useWebhookChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (output) => {
      onDone?.(output)
      await client.invalidateQueries({ queryKey: query.webhooks.key() })
    },
  })
}
