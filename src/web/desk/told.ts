/** What was decided last, so that the next case opens with it and nobody wonders whether it went through. */
import { skipToken, useQuery } from '@tanstack/react-query'
import type { CaseForDesk } from '../../contract/desk.ts'
import { queryClient } from '../api.ts'

export interface Told {
  caseId: string
  title: string
  words: string
}

const queryKey = ['desk', 'told']

/** Keeps what was decided last; the page shows it above the next case. */
export function tell(decided: CaseForDesk): void {
  queryClient.setQueryData<Told>(queryKey, {
    caseId: decided.id,
    title: decided.title,
    words: toldWords(decided),
  })
}

/** What was decided last in this tab, or nothing. */
export function useTold(): Told | undefined {
  return useQuery<Told>({ queryKey, queryFn: skipToken, staleTime: Infinity }).data
}

/** "lifted; the shop is told and read back", "stands; the seller is told". */
export function toldWords({
  contested,
  check,
  state,
}: Pick<CaseForDesk, 'contested' | 'check' | 'state'>): string {
  if (check !== null)
    return check.conclusion === 'acted' ? 'the rule was right' : 'nothing wrong here'
  const names = {
    measure_lifted: 'lifted',
    measure_narrowed: 'narrowed',
    measure_stands: 'stands',
    withdrawn: 'taken back',
  } as const
  const outcomes = contested.flatMap(({ objection }) =>
    objection.outcome === null ? [] : [names[objection.outcome]],
  )
  const after = state === 'restoring' ? 'the shop is told and read back' : 'the seller is told'
  return `${[...new Set(outcomes)].join(' and ')}; ${after}`
}
