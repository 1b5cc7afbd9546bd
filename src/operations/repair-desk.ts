/** A repair at the desk: why it is there, and what was done in the account meanwhile. */
import type { Case } from '../core/case.ts'
import { actsOf, type Act } from '../core/repair.ts'
import type { RepairCause } from '../core/repair-cause.ts'
import type { Tx } from '../store/db.ts'
import { casesOfClaim } from '../store/recovery.ts'
import { securityEventsSince } from '../store/security-event.ts'

export interface RepairAtDesk {
  cause: RepairCause
  /** The case of the claim that it follows from, where the cause is one. */
  claimCaseId: string | null
  /** What was done while a stranger had the account, the first first. */
  acts: Act[]
}

/** What a person has to know of a repair beside its decisions; null for every other case. */
export async function repairAtDesk(tx: Tx, held: Case): Promise<RepairAtDesk | null> {
  const { repair: cause, sellerId } = held
  if (cause === null || sellerId === null) return null
  if (cause.kind !== 'takeover') return { cause, claimCaseId: null, acts: [] }
  const { claim, window } = cause
  // The first act is the sign that the window begins with.
  const since = new Date(window.from.getTime() - 1)
  return {
    cause,
    claimCaseId: (await casesOfClaim(tx, claim.id)).at(-1) ?? null,
    acts: actsOf(await securityEventsSince(tx, sellerId, since), window),
  }
}
