/** The sentence that the figures open with: whether anybody is in limbo at this moment, exact where it is bad. */
import type { Promises } from '../../contract/procedure.ts'

/** What is not as it should be, in numbers and without comfort; otherwise what is so. */
export function limboWords({ waiting, acceptedGaps }: Pick<Promises, 'waiting' | 'acceptedGaps'>): {
  words: string
  isBad: boolean
  gaps: string
} {
  const { open, withoutClock, beyondPerson, beyondAnswer, mailsLate, overdue } = waiting
  const beyond = Math.max(beyondPerson, beyondAnswer)
  const bad = [
    ...told(withoutClock, 'open case has no running clock', 'open cases have no running clock'),
    ...told(beyond, 'case waits longer than promised', 'cases wait longer than promised'),
    ...told(mailsLate, 'mail waits longer than promised', 'mails wait longer than promised'),
    // What waits longer than promised is overdue as well, and said once.
    ...(beyond === 0
      ? told(overdue, 'case is overdue at its desk', 'cases are overdue at their desks')
      : []),
  ]
  const gaps =
    acceptedGaps.length === 0
      ? ''
      : `We know of ${acceptedGaps.length === 1 ? 'a gap' : `${figure(acceptedGaps.length)} gaps`} through which somebody can come to wait without end.`
  if (bad.length > 0) return { words: `${listed(bad)}.`, isBad: true, gaps }
  if (open === 0) return { words: 'Nobody waits. No case is open.', isBad: false, gaps }
  const all = open === 1 ? 'The one open case has' : `All ${figure(open)} open cases have`
  return { words: `Nobody is in limbo. ${all} a desk and a date.`, isBad: false, gaps }
}

function told(amount: number, one: string, more: string): string[] {
  if (amount === 0) return []
  return [`${figure(amount)} ${amount === 1 ? one : more}`]
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')}, and ${last}`
}

function figure(amount: number): string {
  return amount.toLocaleString('en')
}
