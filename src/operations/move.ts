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
    const { procedureId, matter, channel, desk, forwards, secondLook, dueAt } = place
    // What is left of the running clock is the same on both sides of the proof.
    const key = JSON.stringify([procedureId, matter, channel, desk, forwards, secondLook])
    const left = Math.max(0, dueAt.getTime() - now.getTime())
    const at = { measure: matter, channel, desk, forwards, secondLook, left }
    const isProved = proofs.get(key) ?? proveMove(from, to.procedure, at).ok
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
