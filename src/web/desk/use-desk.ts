/** What the desk asks the server: the queue and the open case, asked again every few seconds while somebody looks. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import type { ComplaintFinding } from '../../core/complaint.ts'
import { api, query } from '../api.ts'
import type { Power } from './keys.ts'

const often = 5_000

/** The queue of one desk, or of all that the reader staffs. */
export function useQueue(desk: string | null) {
  return useQuery(
    query.desk.getQueue.queryOptions({
      input: desk === null ? {} : { desk },
      refetchInterval: often,
      // While another desk's queue loads, the one before stays: panes must not jump.
      placeholderData: (before) => before,
    }),
  )
}

/** One case with everything needed to decide it; watched closely while it may still be taken back. */
export function useDeskCase(caseId: string) {
  return useQuery(
    query.desk.getCase.queryOptions({
      input: { caseId },
      refetchInterval: ({ state }) => (state.data?.state === 'deciding' ? 2_000 : often),
    }),
  )
}

type Changing<Input> = UseMutationResult<CaseForDesk, Error, Input>

/** What one says of a complaint. */
interface Found {
  finding: ComplaintFinding
  reasons: string
  words: string
  isUnfounded: boolean
}

export interface CaseChanges {
  take: Changing<void>
  release: Changing<void>
  decide: Changing<{ objectionId: string; power: Power; reasons: string }[]>
  find: Changing<Found>
  conclude: Changing<{ conclusion: 'cleared' | 'acted'; reasons: string }>
  ask: Changing<string>
  write: Changing<string>
  forward: Changing<{ to: string; reason: string }>
}

/** What the reader can do to a case; each answer replaces what the page knew of it. */
export function useCaseChanges(caseId: string): CaseChanges {
  const onSuccess = useReplaced()
  const changes = {
    take: useMutation({ mutationFn: () => api.desk.takeCase({ caseId }), onSuccess }),
    release: useMutation({ mutationFn: () => api.desk.releaseCase({ caseId }), onSuccess }),
    decide: useMutation({
      mutationFn: (answers: { objectionId: string; power: Power; reasons: string }[]) =>
        api.desk.decideCase({ caseId, answers }),
      onSuccess,
    }),
    find: useMutation({
      mutationFn: (given: Found) => api.desk.findComplaint({ caseId, ...given }),
      onSuccess,
    }),
    conclude: useMutation({
      mutationFn: (given: { conclusion: 'cleared' | 'acted'; reasons: string }) =>
        api.desk.concludeCheck({ caseId, ...given }),
      onSuccess,
    }),
    ask: useMutation({
      mutationFn: (question: string) => api.desk.askSeller({ caseId, question }),
      onSuccess,
    }),
    write: useMutation({
      mutationFn: (text: string) => api.desk.answerCase({ caseId, text }),
      onSuccess,
    }),
    forward: useMutation({
      mutationFn: (given: { to: string; reason: string }) =>
        api.desk.forwardCase({ caseId, ...given }),
      onSuccess,
    }),
  } // What failed for one case says nothing about the next.
  const resets = useRef(changes)
  useEffect(() => {
    resets.current = changes
  })
  useEffect(() => {
    return () => {
      for (const change of Object.values(resets.current)) if (!change.isPending) change.reset()
    }
  }, [caseId])
  return changes
}

/** Takes a decision back within its minute: the case is in the reader's hands again. */
export function useUndo(caseId: string): Changing<void> {
  const onSuccess = useReplaced()
  return useMutation({ mutationFn: () => api.desk.undoCase({ caseId }), onSuccess })
}

/** Turns a held question into an appeal against a decision. */
export function useTurn(caseId: string): Changing<string> {
  const onSuccess = useReplaced()
  return useMutation({
    mutationFn: (decisionId: string) => api.desk.turnIntoAppeal({ caseId, decisionId }),
    onSuccess,
  })
}

/** Takes the case that is due first at one desk, or at all that the reader staffs. */
export function useTakeNext(desk: string | null): Changing<void> {
  const onSuccess = useReplaced()
  return useMutation({
    mutationFn: () => api.desk.takeNextCase(desk === null ? {} : { desk }),
    onSuccess,
  })
}

/** Puts a changed case in the place of what the page knew of it. */
export function useReplaced(): (changed: CaseForDesk) => Promise<void> {
  const client = useQueryClient()
  return async (changed) => {
    const queryKey = query.desk.getCase.queryKey({ input: { caseId: changed.id } })
    // An answer from before the change may still be on its way; it must not overwrite this one.
    await client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, changed)
    void client.invalidateQueries({ queryKey: query.desk.getQueue.key() })
  }
}
