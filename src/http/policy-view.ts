/** Policies as the studio sees them on the wire. */
import type { PolicyForStudio, Rescreening } from '../contract/policy.ts'
import type { PolicyView } from '../operations/policy.ts'
import { at, atOrNull } from './measure-view.ts'

/** A policy in force with its level. */
export function policyView({
  policy,
  level,
  counts,
  rescreening,
  mayManage,
}: PolicyView): PolicyForStudio {
  return {
    policy,
    level: level.level,
    levelSetBy: level.setBy,
    levelSetAt: at(level.setAt),
    levelReason: level.reason,
    counts,
    rescreening: rescreening && rescreeningView(rescreening),
    allowed: mayManage ? ['set_level', 'try'] : [],
  }
}

function rescreeningView(held: NonNullable<PolicyView['rescreening']>): Rescreening {
  const { version, because, isCutShort, listings, screened, found, acted, asked, lifted } = held
  return {
    version,
    because,
    startedAt: at(held.startedAt),
    endedAt: atOrNull(held.endedAt),
    isCutShort,
    listings,
    screened,
    found,
    acted,
    asked,
    lifted,
  }
}
