/** What was done last, so that the next case opens with it, nobody wonders whether it went through, and it can be undone. */
import { skipToken, useQuery } from '@tanstack/react-query'
import type { CaseForDesk } from '../../contract/desk.ts'
import { queryClient } from '../api.ts'
import { answerIn, checkAnswer, openContested, powerWords, type Draft } from './answers.ts'

export interface Told {
  caseId: string
  title: string
  /** "Decided", "Forwarded": what was done with it. */
  did: string
  words: string
  /** Until when it may be taken back; null for what cannot be. */
  undoUntil: string | null
}

const queryKey = ['desk', 'told']
const none: readonly Told[] = []

/** How many the page remembers: more than one may be within its minute. */
const kept = 5

/** Keeps what was done last; the page shows it above the next case. */
export function tell(told: Told): void {
  setTold((before) => [told, ...before.filter(({ caseId }) => caseId !== told.caseId)])
}

/** Forgets what was told of a case: it was taken back, or is open anew. */
export function forgetTold(caseId: string): void {
  setTold((before) => before.filter((each) => each.caseId !== caseId))
}

/** What was done last in this tab, newest first. */
export function useTold(): readonly Told[] {
  return (
    useQuery<readonly Told[]>({ queryKey, queryFn: skipToken, staleTime: Infinity }).data ?? none
  )
}

/** Those to show now: every one whose minute runs, or else the newest alone. */
export function toldNow(told: readonly Told[], now: Date): readonly Told[] {
  const running = told.filter(({ undoUntil }) => undoUntil !== null && new Date(undoUntil) > now)
  return running.length > 0 ? running : told.slice(0, 1)
}

/** What a draft gives, before anybody is told: "lifted and stands", "nothing wrong here". */
export function givenWords(
  { contested, check }: Pick<CaseForDesk, 'contested' | 'check'>,
  draft: Draft,
): string {
  if (check !== null)
    return answerIn(draft, checkAnswer).power === 'deny'
      ? 'the rule was right'
      : 'nothing wrong here'
  const given = openContested(contested).flatMap(({ contested: each }) => {
    const { power } = answerIn(draft, each.objection.id)
    return power === null ? [] : [powerWords[power].done]
  })
  return [...new Set(given)].join(' and ')
}

/** "lifted; the shop is told and read back", "stands; the seller is told": what became of it. */
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

function setTold(change: (before: readonly Told[]) => readonly Told[]): void {
  queryClient.setQueryData<readonly Told[]>(queryKey, (before = none) =>
    change(before).slice(0, kept),
  )
}
