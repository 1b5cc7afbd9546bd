/** What a desk may do with a case besides reading it: what the procedure still lets it, and this person. */
import { isHeldBy, isHeldByOther, isMatter, type Case } from '../core/case.ts'
import { later } from '../core/calendar.ts'
import { mayNow } from '../core/case-command.ts'
import { isUrgent } from '../core/complaint.ts'
import type { Command } from '../core/permission.ts'
import type { Procedure } from '../core/procedure.ts'
import type { App } from './app.ts'
import { isPermitted, whyNotTheirs } from './permit.ts'
import type { StaffReader, Who } from './who.ts'

/** What a person at a desk can do with a case. */
export type DeskAction = keyof typeof commandOf

/** What the procedure still lets a desk do besides deciding. */
export interface Ways {
  /** Where the case may be forwarded now. */
  forwardTo: string[]
  /** Until when a question asked now would wait; null when none may be asked. */
  askUntil: Date | null
  /** What the desk could do, had the case not used up the number of times that the procedure allows. */
  spent: ('forwards' | 'asks')[]
  mayAnswer: boolean
}

/** What is left of a case's ways at the desk that it is at. */
export function waysOn(held: Case, procedure: Procedure, now: Date): Ways {
  const desk = procedure.desks[held.desk]
  const { limits } = procedure
  const wait = limits['ask-wait']
  const hasAsk = desk?.may.includes('ask') ?? false
  const mayAsk = hasAsk && held.asks < limits.asks
  const to = desk?.forward ?? []
  const spent: Ways['spent'] = []
  if (to.length > 0 && limits.forwards > 0 && held.forwards >= limits.forwards)
    spent.push('forwards')
  if (hasAsk && limits.asks > 0 && held.asks >= limits.asks) spent.push('asks')
  const powers = isMatter(held)
    ? (['answer', 'grant', 'narrow', 'deny'] as const)
    : (['answer'] as const)
  return {
    forwardTo: held.forwards < limits.forwards ? to : [],
    spent,
    askUntil:
      mayAsk && wait !== undefined && mayNow(held, 'ask')
        ? isUrgent(held)
          ? held.dueAt
          : later(now, wait)
        : null,
    mayAnswer: powers.some((power) => desk?.may.includes(power)),
  }
}

/** What this reader may do with it now. */
export function allowedTo(
  app: App,
  held: Case,
  { who, reader, ways }: { who: Who; reader: StaffReader; ways: Ways },
): DeskAction[] {
  const now = app.now()
  return possibleNow(held, reader.id, ways, now).filter(
    (each) =>
      isPermitted(app, who, commandOf[each]) &&
      whyNotTheirs(app, commandOf[each], reader, held) === null,
  )
}

const commandOf = {
  take: 'desk.takeCase',
  release: 'desk.releaseCase',
  decide: 'desk.decideCase',
  conclude: 'desk.concludeCheck',
  find: 'desk.findComplaint',
  forward: 'desk.forwardCase',
  ask: 'desk.askSeller',
  answer: 'desk.answerCase',
  turn: 'desk.turnIntoAppeal',
  link: 'desk.linkSeller',
  undo: 'desk.undoCase',
  note: 'desk.writeNote',
  bundle: 'letters.bundle',
} as const satisfies Record<string, Command>

/** What whoever has the case, or could have it, can do with it as it stands. */
function possibleNow(held: Case, person: string, ways: Ways, now: Date): DeskAction[] {
  if (held.state === 'deciding')
    return held.pending?.by === person && now < held.pending.until ? ['undo'] : []
  if (held.state !== 'open') return []
  if (!isHeldBy(held, person, now)) return isHeldByOther(held, person, now) ? [] : ['take']
  const possible: DeskAction[] = ['release']
  // Who owns an account is for two, each by an opinion of their own.
  if (mayNow(held, 'decide') && held.kind !== 'recovery') possible.push('decide')
  if (mayNow(held, 'conclude')) possible.push('conclude')
  if (mayNow(held, 'find') && !held.decidedBy.includes(person)) possible.push('find')
  if (mayNow(held, 'answer') && ways.mayAnswer) possible.push('answer')
  if (ways.forwardTo.length > 0) possible.push('forward')
  if (ways.askUntil !== null) possible.push('ask')
  if (mayNow(held, 'join')) possible.push('turn')
  if (mayNow(held, 'link')) possible.push('link')
  return possible
}
