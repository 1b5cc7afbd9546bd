/** Pulling takes the case that is due first and opens it; two who pull at once get two cases. */
import { useNavigate } from '@tanstack/react-router'
import { refusalOf } from '../parts/problem-note.tsx'
import { useTakeNext } from './use-desk.ts'

export interface Pull {
  next: () => void
  isPending: boolean
  /** Nothing waits that the reader may take. */
  foundNothing: boolean
  /** What went wrong otherwise; null when nothing did. */
  error: Error | null
}

/** From one desk, or from all that the reader staffs. */
export function usePull(desk: string | null): Pull {
  const navigate = useNavigate()
  const { mutate, isPending, error } = useTakeNext(desk)
  const foundNothing = error !== null && refusalOf(error) === 'nothing_waiting'
  const next = () => {
    if (isPending) return
    mutate(undefined, {
      onSuccess: ({ id }) =>
        void navigate({ to: '/desk/cases/$caseId', params: { caseId: id }, search: true }),
    })
  }
  return { next, isPending, foundNothing, error: foundNothing ? null : error }
}
