/** A case that is set aside: nobody has to look at it before a day, and its clock stands still until then. */
import { later } from './calendar.ts'
import type { Case } from './case.ts'

/** Opened while its reporter's complaints are set aside. What may be dangerous is not: a person reads it within hours. */
export function standsStillUntil(held: Case, until: Date, now: Date): Case {
  if (mayBeDangerous(held) || until <= now) return held
  const still = until.getTime() - now.getTime()
  return { ...held, dueAt: later(held.dueAt, still), stoodStill: held.stoodStill + still }
}

/** That was lifted before its day: where nobody has begun with it, its clock begins now. */
export function startsNow(held: Case, until: Date, now: Date): Case {
  const isWaiting =
    held.state === 'open' &&
    held.arrivedAt.getTime() === held.openedAt.getTime() &&
    !held.secondLook
  const still = until.getTime() - now.getTime()
  if (!isWaiting || mayBeDangerous(held) || still <= 0 || held.stoodStill < still) return held
  return { ...held, dueAt: later(held.dueAt, -still), stoodStill: held.stoodStill - still }
}

/** Also where the procedure has no desk of its own for dangers. */
export function mayBeDangerous({ complaint }: Pick<Case, 'complaint'>): boolean {
  return complaint?.kind === 'unsafe'
}
