/** The words about all cases of a seller taken together. */
import type { CaseSummary } from '../../contract/case.ts'
import { capital } from '../../core/capital.ts'
import { numberWords } from '../parts/time-words.ts'

/** Whether somebody has it: a desk, the shop, or the seller whom a question waits for. */
export function isOpen({ state }: Pick<CaseSummary, 'state'>): boolean {
  return state === 'open' || state === 'asking' || state === 'restoring'
}

/** Those that wait for the seller come first; the rest stays as it was. */
export function waitingFirst<Row extends Pick<CaseSummary, 'ask'>>(cases: readonly Row[]): Row[] {
  return [...cases].sort((a, b) => Number(b.ask !== null) - Number(a.ask !== null))
}

/** How many are open, and whether one waits for the seller. */
export function casesSentence(open: readonly Pick<CaseSummary, 'ask'>[]): string {
  if (open.length === 0) return 'No case of yours is open.'
  const waiting = open.filter(({ ask }) => ask !== null).length
  const first = `${capital(numberWords(open.length))} of your cases ${open.length === 1 ? 'is' : 'are'} open`
  if (waiting === 0)
    return `${first}, and somebody has ${open.length === 1 ? 'it' : 'each of them'}.`
  if (waiting === open.length)
    return `${first}, and ${open.length === 1 ? 'it waits' : 'each waits'} for your answer.`
  return `${first}, and ${numberWords(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for your answer.`
}
