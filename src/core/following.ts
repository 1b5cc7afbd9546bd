/** What follows from a finding is ruled by the level of its policy, and by what was decided of the same text before. */
import { z } from 'zod'
import type { Decider } from './decision.ts'
import type { Outcome } from './finding.ts'
import type { Level } from './policy.ts'

/**
 * From mildest to most severe. `note`: it is only recorded. `protected`: people said that this very text is fine, so
 * it is left alone. `check`: a person looks. `measure`: the machine acts; `measure-and-check`: and a person looks.
 */
export const Following = z.enum([
  'nothing',
  'note',
  'protected',
  'check',
  'measure-and-check',
  'measure',
])
export type Following = z.infer<typeof Following>

/** Which earlier decision was lifted, as far as it matters here. */
export interface EarlierLift {
  liftedBy: Decider
}

/**
 * What a machine may do about one policy's outcome. After a measure was lifted on the same text under the same policy
 * text it may not act again: it asks a person, and where people said that the text is fine it need not ask twice.
 */
export function followingOf({
  level,
  outcome,
  earlier,
  cleared,
}: {
  level: Level
  outcome: Outcome
  /** Measures that were lifted on this text. */
  earlier: readonly EarlierLift[]
  /** Checks in which a person cleared it. */
  cleared: readonly unknown[]
}): Following {
  if (outcome === 'allow' || level === 'off') return 'nothing'
  if (level === 'shadow') return 'note'
  if (cleared.length > 0 || earlier.some(({ liftedBy }) => liftedBy.kind === 'person'))
    return 'protected'
  if (level === 'suggest' || outcome === 'review' || earlier.length > 0) return 'check'
  return level === 'act-with-review' ? 'measure-and-check' : 'measure'
}

/** The most severe of several; `nothing` when there is none. */
export function mostSevere(followings: readonly Following[]): Following {
  const rank = (one: Following) => Following.options.indexOf(one)
  return followings.reduce<Following>(
    (worst, next) => (rank(next) > rank(worst) ? next : worst),
    'nothing',
  )
}
