/** People as their page keeps them: read once, changed with a proof, and read anew after each change. */
import { useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { useProvenChange } from '../security/changing.tsx'

/** Reads everybody, with what happened. */
export function usePeople() {
  return useQuery(query.people.list.queryOptions())
}

/** Changes somebody, and then reads everybody anew. */
export function usePersonChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (input: Input) => void,
) {
  return useProvenChange(query.people.key(), change, onDone)
}
