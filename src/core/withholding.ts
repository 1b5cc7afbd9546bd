/** A withholding keeps from a seller how a suspicion was detected; never what was found, by which rule, or the way back. */
import { z } from 'zod'
import { measureInProcedure, type Measure } from './measure.ts'
import { refuse, type Refused } from './refusal.ts'
import type { Statement } from './statement.ts'

const words = z.string().trim().min(1).max(10_000)

/**
 * It has room for the method and nothing else: a ground, facts, what would reverse it or a way to contest cannot be
 * written down here, and the statement beside it is complete without it.
 */
export const Withholding = z.strictObject({
  /** Whether software took part in finding it: the seller is always told (DSA Art. 17(3)(c)). */
  byMachine: z.boolean(),
  /** How it was detected: for who decides an appeal, and for auditors. */
  method: words,
  /** Why it is kept back, such as "it would show thieves how they are seen"; for the same readers. */
  reason: words,
})
export type Withholding = z.infer<typeof Withholding>

/** Whether the method of detection may be kept back under this measure: a suspicion of fraud alone is evaded by knowing it. */
export function mayWithhold(measure: Measure): boolean {
  return measureInProcedure(measure) === 'account.lock'
}

/**
 * Whether this may be kept back beside this statement. Refuses `not_to_withhold` under any measure but a lock,
 * `withholding_incomplete` without method and reason, and `withheld_is_told` where the facts give the method away.
 */
export function withhold(
  withholding: Withholding,
  { measure, facts }: Pick<Statement, 'measure' | 'facts'>,
): { ok: true; withholding: Withholding } | Refused {
  if (!mayWithhold(measure.name)) return refuse('not_to_withhold')
  const parsed = Withholding.safeParse(withholding)
  if (!parsed.success) return refuse('withholding_incomplete')
  if (plain(facts.narrative).includes(plain(parsed.data.method))) return refuse('withheld_is_told')
  return { ok: true, withholding: parsed.data }
}

/** Words without regard to case and spacing. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
