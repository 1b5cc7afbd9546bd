/** Joining turns a question into the appeal that it is: its words are the objection, and its date counts. */
import { earlier, later } from './calendar.ts'
import { lastAnswer } from './case-ahead.ts'
import { promisedBy, type Case, type CaseEvent } from './case.ts'
import { hasPower, type Procedure } from './procedure.ts'

/** A desk that gets an appeal late has at least this long, in milliseconds. */
const leastTime = 60 * 60_000

/** From when the promise to the sender of a question runs. */
export function countsFrom({ openedAt, reopenedAt }: Pick<Case, 'openedAt' | 'reopenedAt'>): Date {
  return reopenedAt ?? openedAt
}

/**
 * The desk that gets the appeal: the one that holds the question where it may decide and an appeal could come to it
 * anyway, so that nothing is handed over for nothing; else the one that the procedure routes it to.
 */
export function deskOf(question: Pick<Case, 'desk'>, routed: string, procedure: Procedure): string {
  const { desk } = question
  const decides = (['grant', 'narrow', 'deny'] as const).some((power) =>
    hasPower(procedure, desk, power),
  )
  return decides && reachableFrom(routed, procedure).has(desk) ? desk : routed
}

function reachableFrom(first: string, procedure: Procedure): Set<string> {
  const reached = new Set<string>()
  const ahead = [first]
  for (let desk = ahead.pop(); desk !== undefined; desk = ahead.pop()) {
    const at = procedure.desks[desk]
    if (at === undefined || reached.has(desk)) continue
    reached.add(desk)
    ahead.push(...(at.forward ?? []))
    if (at.late !== undefined) ahead.push(at.late)
    if (at.review !== undefined) ahead.push(at.review)
  }
  return reached
}

/**
 * The appeal that was opened for a question, with the question's promise: it counts from the day that was asked, and
 * its desk has as much less time as would break it.
 */
export function withPromiseOf(
  opened: Case,
  question: Case,
  { procedure, now }: { procedure: Procedure; now: Date },
): Case {
  const isMoved = opened.desk !== question.desk
  const counted: Case = {
    ...opened,
    openedAt: countsFrom(question),
    stoodStill: question.stoodStill,
    forwards: Math.min(procedure.limits.forwards, question.forwards + (isMoved ? 1 : 0)),
    dueAt: isMoved ? opened.dueAt : earlier(opened.dueAt, question.dueAt),
  }
  const beyond = lastAnswer(counted, procedure).getTime() - promisedBy(counted, procedure).getTime()
  if (beyond <= 0) return counted
  const least = earlier(counted.dueAt, later(now, leastTime))
  return {
    ...counted,
    dueAt: new Date(Math.max(least.getTime(), counted.dueAt.getTime() - beyond)),
  }
}

/**
 * The case that a letter opened, counted from when the letter was received. The days that it lay about are the
 * desk's, which has an hour at least.
 */
export function countedFrom(opened: Case, receivedAt: Date, now: Date): Case {
  const lay = now.getTime() - receivedAt.getTime()
  if (lay <= 0) return opened
  const least = earlier(opened.dueAt, later(now, leastTime))
  return {
    ...opened,
    openedAt: receivedAt,
    dueAt: new Date(Math.max(least.getTime(), opened.dueAt.getTime() - lay)),
  }
}

/** Everything that the seller wrote in a question, oldest first, word for word. */
export function wordsOf(
  events: readonly { kind: string; detail: Record<string, unknown> }[],
): string {
  return events
    .filter(({ kind }) => kind === 'case.opened' || kind === 'case.written')
    .flatMap(({ detail: { text } }) => (typeof text === 'string' ? [text] : []))
    .join('\n\n')
}

/** What the appeal that a question was joined with puts on record. */
export function joinedEvent(
  by: string,
  question: { id: string; number: string; text: string },
): CaseEvent {
  return {
    kind: 'case.joined',
    by,
    detail: { from: question.number, fromId: question.id, text: question.text },
  }
}
