/** What a desk may do with a case besides deciding it: ask its seller, write to them, hand the case on. */
import type { CaseForDesk } from '../../contract/desk.ts'
import { refusals } from '../../core/refusal.ts'
import { openContested } from './answers.ts'

export type Way = 'ask' | 'write' | 'forward'

/** What is being written for one case, by way; kept until it is sent. */
export interface Written {
  ask: string
  write: string
  forward: string
  /** The desk to forward to; null while none is chosen. */
  to: string | null
}

export const emptyWritten: Written = { ask: '', write: '', forward: '', to: null }

/** The ways that the reader may go now, in the order of their buttons. */
export function waysOf({ allowed }: Pick<CaseForDesk, 'allowed'>): Way[] {
  return [
    ...(allowed.includes('ask') ? (['ask'] as const) : []),
    ...(allowed.includes('answer') ? (['write'] as const) : []),
    ...(allowed.includes('forward') ? (['forward'] as const) : []),
  ]
}

/** Whether the desk has the power to decide every objection that is still open; `allowed` knows of the state alone. */
export function mayDecide({
  allowed,
  contested,
  kind,
}: Pick<CaseForDesk, 'allowed' | 'contested' | 'kind'>): boolean {
  // Two people say what they think of a claim; nobody decides it alone.
  if (kind === 'recovery') return false
  if (allowed.includes('conclude') || allowed.includes('find')) return true
  return (
    allowed.includes('decide') &&
    openContested(contested).every(({ contested: each }) => each.powers.length > 0)
  )
}

/** Whether a message from the desk ends it: a question or a letter is answered by it, an appeal only hears from it. */
export function endsByAnswer({ contested, check }: Pick<CaseForDesk, 'contested' | 'check'>) {
  return contested.length === 0 && check === null
}

/** Why what the desk could do otherwise is not offered, as sentences; none when nothing is used up. */
export function spentWords({ spent }: Pick<CaseForDesk, 'spent'>): string[] {
  const words = { forwards: refusals.forwards_spent.words, asks: refusals.asks_spent.words }
  return spent.map((each) => words[each])
}

/** What still keeps it from being sent, as one sentence; null when nothing does. */
export function missingFrom(
  way: Way,
  written: Written,
  { forwardTo }: Pick<CaseForDesk, 'forwardTo'>,
): string | null {
  switch (way) {
    case 'ask':
      return written.ask.trim() === '' ? 'Say what you want to know.' : null
    case 'write':
      return written.write.trim() === '' ? 'Nothing is written yet.' : null
    case 'forward':
      if (deskChosen(written, forwardTo) === null) return 'Choose the desk that should have it.'
      return written.forward.trim() === '' ? 'It still needs a sentence that says why.' : null
  }
}

/** The desk to forward to: the chosen one as long as it is offered, or the only one there is. */
export function deskChosen(
  { to }: Pick<Written, 'to'>,
  forwardTo: CaseForDesk['forwardTo'],
): string | null {
  const [only, ...more] = forwardTo
  if (forwardTo.some(({ desk }) => desk === to)) return to
  return only !== undefined && more.length === 0 ? only.desk : null
}
