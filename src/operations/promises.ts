/** What the marketplace promises its sellers, and whether it is so at this moment; for anybody. */
import type { KnownGap } from '../core/known-gap.ts'
import type { Procedure } from '../core/procedure.ts'
import { checkProcedure, type Check } from '../procedure/check.ts'
import { transact } from '../store/db.ts'
import { currentProcedure, latestAdoption, type Adoption } from '../store/procedure.ts'
import { countWaiting, type Waiting } from '../store/waiting.ts'
import type { App } from './app.ts'

export interface Promises {
  procedure: Procedure
  adoption: Adoption
  acceptedGaps: KnownGap[]
  worst: Check['worst']
  waiting: Waiting
  at: Date
}

/** Read afresh each time it is asked: a page about promises must not be older than they are. */
export async function readPromises(app: App): Promise<Promises> {
  return transact(app.db, { nobody: true }, async (tx) => {
    const now = app.now()
    const { id, procedure } = await currentProcedure(tx)
    const adoption = await latestAdoption(tx)
    if (adoption === null) throw new Error(`read the promises of ${id}: it was never adopted`)
    return {
      procedure,
      adoption,
      acceptedGaps: adoption.acceptedGaps,
      worst: worstOf(id, procedure),
      waiting: await countWaiting(tx, now),
      at: now,
    }
  })
}

let lastWorst: { id: string; worst: Check['worst'] } | null = null

/** A version never changes, so it is proved once and not at every visit of a page that anybody may open. */
export function worstOf(id: string, procedure: Procedure): Check['worst'] {
  if (lastWorst?.id !== id) lastWorst = { id, worst: checkProcedure(procedure).worst }
  return lastWorst.worst
}
