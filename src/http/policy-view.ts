/** Policies as the studio sees them on the wire. */
import type { PolicyForStudio } from '../contract/policy.ts'
import type { PolicyView } from '../operations/policy.ts'
import { at } from './measure-view.ts'

/** A policy in force with its level. */
export function policyView({ policy, level, counts, maySetLevel }: PolicyView): PolicyForStudio {
  return {
    policy,
    level: level.level,
    levelSetBy: level.setBy,
    levelSetAt: at(level.setAt),
    levelReason: level.reason,
    counts,
    rescreening: null,
    allowed: maySetLevel ? ['set_level'] : [],
  }
}
