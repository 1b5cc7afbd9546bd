/** What a command makes of a case: the next state with the events that tell it. */
import { caseOutcome, type Case, type CaseEvent, type CaseResult } from './case.ts'

/** In nobody's hands. */
export const unheld = { heldBy: null, heldUntil: null } as const

/** The case as it is now, and what is told of the change. */
export function changed(next: Case, events: CaseEvent[]): CaseResult {
  return { ok: true, case: next, events, effects: [] }
}

/** One fact of a case; `by` is null where a clock did it. */
export function event(
  kind: CaseEvent['kind'],
  by: string | null,
  detail: CaseEvent['detail'] = {},
): CaseEvent {
  return { kind, by, detail }
}

/** Nothing is open any more. */
export function close(held: Case, now: Date, events: CaseEvent[]): CaseResult {
  const closed: Case = { ...held, state: 'closed', closedAt: now }
  return changed(closed, [...events, event('case.closed', null, { outcome: caseOutcome(held) })])
}
