/** Moving open cases to another version, each only where it is proved that no promise to its seller gets longer. */
import type { Procedure } from '../core/procedure.ts'
import { proveMove } from '../procedure/move.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  lockOpenPlaces,
  moveCases,
  procedureOf,
  type AdoptedProcedure,
  type OpenPlace,
} from '../store/procedure.ts'

/** Moves each open case for which it is proved; the clock that runs for it stays as it is. */
export async function moveOpenCases(
  tx: Tx,
  { to, now, by }: { to: AdoptedProcedure; now: Date; by: string },
): Promise<{ moved: number; stayed: number }> {
  const open = await lockOpenPlaces(tx, to.id)
  const versions = new Map<string, Procedure>()
  const proofs = new Map<string, boolean>()
  const moving: OpenPlace[] = []
  for (const place of open) {
    const from = versions.get(place.procedureId) ?? (await procedureOf(tx, place.procedureId))
    versions.set(place.procedureId, from)
    // A question that waits, or an answer that may be taken back, belongs to the version it was put under.
    if (!place.isAtDesk) continue
    const { procedureId, matter: measure, channel, desk, forwards, secondLook, dueAt } = place
    // What is left of the running clock is the same on both sides of the proof.
    const key = JSON.stringify([procedureId, measure, channel, desk, forwards, secondLook])
    const left = Math.max(0, dueAt.getTime() - now.getTime())
    const isProved =
      proofs.get(key) ??
      (promisesNoLater(from, to.procedure) &&
        proveMove(from, to.procedure, { measure, channel, desk, forwards, secondLook, left }).ok)
    proofs.set(key, isProved)
    if (isProved) moving.push(place)
  }
  await moveCases(
    tx,
    moving.map(({ caseId }) => caseId),
    to.id,
  )
  await recordEvents(
    tx,
    moving.map(({ caseId, sellerId, procedureId }) => ({
      at: now,
      kind: 'case.procedure_moved',
      sellerId,
      caseId,
      decisionId: null,
      by,
      detail: { from: procedureId, to: to.id },
    })),
  )
  return { moved: moving.length, stayed: open.length - moving.length }
}

/** What the seller was told as the last day of the answer comes from the promises of the version. */
function promisesNoLater({ promise: before }: Procedure, { promise: after }: Procedure): boolean {
  return after.person <= before.person && after.answer <= before.answer
}
