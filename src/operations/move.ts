/** Moving open cases to another version, each only where it is proved that no promise to its seller gets longer. */
import type { Procedure } from '../core/procedure.ts'
import { proveNoSlower } from '../procedure/no-slower.ts'
import type { Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import {
  lockOpenPlaces,
  moveCases,
  procedureOf,
  type AdoptedProcedure,
  type OpenPlace,
} from '../store/procedure.ts'

/** Where a case is, as far as its procedure counts. */
export interface CasePlace {
  /** The measure or matter that it is routed by. */
  measure: string
  channel: string
  desk: string
  /** Forwards spent. */
  forwards: number
  secondLook: boolean
  /** Milliseconds until the desk's clock runs out, at most none. A move keeps it. */
  left: number
}

/** The proof that a case can go on under another procedure from where it is. */
export type ProveMove = (
  from: Procedure,
  to: Procedure,
  place: CasePlace,
) => { ok: true } | { ok: false; why: string }

/** Moves each open case for which it is proved; the clock that runs for it stays as it is. */
export async function moveOpenCases(
  tx: Tx,
  { to, now, by }: { to: AdoptedProcedure; now: Date; by: string },
  prove: ProveMove = proveNoSlower,
): Promise<{ moved: number; stayed: number }> {
  const open = await lockOpenPlaces(tx, to.id)
  const versions = new Map<string, Procedure>()
  const proofs = new Map<string, boolean>()
  const moving: OpenPlace[] = []
  for (const place of open) {
    const from = versions.get(place.procedureId) ?? (await procedureOf(tx, place.procedureId))
    versions.set(place.procedureId, from)
    const { procedureId, matter, channel, desk, secondLook, dueAt } = place
    // What is left of the running clock is the same on both sides of the proof.
    const key = JSON.stringify([procedureId, matter, channel, desk, secondLook])
    const isProved =
      proofs.get(key) ??
      prove(from, to.procedure, {
        measure: matter,
        channel,
        desk,
        forwards: 0,
        secondLook,
        left: Math.max(0, dueAt.getTime() - now.getTime()),
      }).ok
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
