/** Proof: what changes who can come in asks in place that it is you, and then goes on with what was asked. */
import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { refusalOf } from '../parts/problem-note.tsx'
import { securityQuery } from './security-query.ts'
import { ProofDialog } from './proof-dialog.tsx'

/** Does something; when the server wants a proof first, it is asked for, and the same is done again. */
export type WithProof = <T>(work: () => Promise<T>) => Promise<T>

/** The person closed the question: nothing was done, and nothing went wrong. */
export class ProofLeft extends Error {}

const ProofContext = createContext<WithProof | null>(null)

/** For every page with something that may want a proof: contacts, payout targets, members, factors. */
export function useProof(): WithProof {
  const withProof = use(ProofContext)
  if (withProof === null) throw new Error('ask for a proof: the page stands outside ProofProvider')
  return withProof
}

/** Gives the pages below it one such question. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [isAsked, setAsked] = useState(false)
  const answer = useRef<((isProved: boolean) => void) | null>(null)
  const queries = useQueryClient()

  const finish = useCallback(
    (isProved: boolean) => {
      setAsked(false)
      answer.current?.(isProved)
      answer.current = null
      if (isProved) void queries.invalidateQueries({ queryKey: securityQuery.queryKey })
    },
    [queries],
  )
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        answer.current = resolve
        setAsked(true)
      }),
    [],
  )
  const withProof = useMemo<WithProof>(
    () => async (work) => {
      try {
        return await work()
      } catch (error) {
        if (refusalOf(error) !== 'proof_needed') throw error
        if (!(await ask())) throw new ProofLeft('left', { cause: error })
        return work()
      }
    },
    [ask],
  )
  return (
    <ProofContext value={withProof}>
      {children}
      <ProofDialog opened={isAsked} onProved={() => finish(true)} onLeave={() => finish(false)} />
    </ProofContext>
  )
}
