/** A change of what lets one in: asked with a proof, its answer kept, its no said beside what was pressed. */
import {
  useMutation,
  useQueryClient,
  type QueryKey,
  type UseMutationResult,
} from '@tanstack/react-query'
import type { Security } from '../../contract/security.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { PasskeyNo } from '../passkey.ts'
import { ProofLeft, useProof } from './proof.tsx'
import { keepSecurity } from './security-query.ts'
import classes from './security.module.css'

/** A mutation whose answer holds the new state. */
export function useChange<Input>(work: (input: Input) => Promise<Security>) {
  const withProof = useProof()
  return useMutation({
    mutationFn: (input: Input) => withProof(() => work(input)),
    onSuccess: keepSecurity,
  })
}

/** A mutation after which what the key names is read anew. */
export function useProvenChange<Input, Output>(
  key: QueryKey,
  change: (input: Input) => Promise<Output>,
  onDone?: (input: Input) => void,
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient()
  const withProof = useProof()
  return useMutation({
    mutationFn: (input: Input) => withProof(() => change(input)),
    onSuccess: async (_output, input) => {
      onDone?.(input)
      await client.invalidateQueries({ queryKey: key })
    },
  })
}

/** What went wrong; nothing where the person only closed the question. */
export function ChangeNote({ error }: { error: Error | null }) {
  if (error === null || error instanceof ProofLeft) return null
  if (error instanceof PasskeyNo)
    return (
      <p role="alert" className={classes['wrong']}>
        {error.message}
      </p>
    )
  return <ProblemNote error={error} safe="Nothing has changed." />
}
