/** Members as their page keeps them: read once, changed with a proof, and read anew after each change. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import { query } from '../api.ts'
import { useProof } from '../security/proof.tsx'

/** Reads everybody, with what happened. */
export function useMembers() {
  return useQuery(query.members.list.queryOptions())
}

/** Changes somebody, and then reads everybody anew. */
export function useMemberChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone: (input: Input) => void,
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient()
  const withProof = useProof()
  return useMutation({
    mutationFn: (input: Input) => withProof(() => change(input)),
    onSuccess: async (_output, input) => {
      onDone(input)
      await client.invalidateQueries({ queryKey: query.members.key() })
    },
  })
}
