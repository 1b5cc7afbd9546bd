/** Rings in PostgreSQL: as the newest weighing has them, and as people saw those that they decided on. */
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import { RingReport, type Pruned, type Ring, type RingState } from '../core/ring.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** Every ring that a weighing is matched with, the oldest first; nobody else changes them until the end of the transaction. */
export async function lockRings(tx: Tx): Promise<Ring[]> {
  const rows = await tx.selectFrom('rings').selectAll().orderBy('number').forNoKeyUpdate().execute()
  return rows.map(ringOf)
}

/** Rings of these states, the newest first. */
export async function listRings(
  tx: Tx,
  states: readonly RingState[],
  most: number,
): Promise<Ring[]> {
  const rows = await tx
    .selectFrom('rings')
    .selectAll()
    .where('state', 'in', [...states])
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
  return rows.map(ringOf)
}

/** A ring, or null behind this wall. */
export async function readRing(tx: Tx, id: string): Promise<Ring | null> {
  const row = await tx.selectFrom('rings').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? ringOf(row) : null
}

/** A ring to change; null behind this wall. */
export async function lockRing(tx: Tx, id: string): Promise<Ring | null> {
  const row = await tx
    .selectFrom('rings')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row ? ringOf(row) : null
}

/** Rings against a seller that nobody found to be none. */
export async function ringsAgainst(tx: Tx, sellerId: string): Promise<Ring[]> {
  const rows = await tx
    .selectFrom('rings')
    .selectAll()
    .where('state', 'in', ['open', 'confirmed'])
    .where(sql<boolean>`report -> 'targets' ? ${sellerId}`)
    .execute()
  return rows.map(ringOf)
}

/** Keeps a ring that a weighing found first. */
export async function insertRing(
  tx: Tx,
  ring: Pick<Ring, 'id' | 'follows' | 'foundAt' | 'weighing' | 'report'>,
): Promise<void> {
  await tx
    .insertInto('rings')
    .values({
      id: ring.id,
      follows: ring.follows,
      state: 'open',
      version: 1,
      found_at: ring.foundAt,
      weighing: ring.weighing,
      report: json(ring.report),
      pruned: json([]),
      remainder: null,
      is_remainder_due: false,
      decided_by: null,
      decided_by_name: null,
      decided_at: null,
      reasons: null,
      outcome: null,
    })
    .execute()
}

/** Keeps a ring as it is after a change. */
export async function saveRing(tx: Tx, ring: Ring): Promise<void> {
  await tx
    .updateTable('rings')
    .set({
      state: ring.state,
      version: ring.version,
      weighing: ring.weighing,
      report: json(ring.report),
      pruned: json(ring.pruned),
      remainder: ring.remainder === null ? null : json(ring.remainder),
      is_remainder_due: ring.isRemainderDue,
      decided_by: ring.decided?.by ?? null,
      decided_by_name: ring.decided?.byName ?? null,
      decided_at: ring.decided?.at ?? null,
      reasons: ring.decided?.reasons ?? null,
    })
    .where('id', '=', ring.id)
    .execute()
}

/** What a person found of each complaint of a ring. */
export async function insertRingFindings(
  tx: Tx,
  ringId: string,
  found: readonly { complaintId: string; isOfRing: boolean }[],
  at: Date,
): Promise<void> {
  if (found.length === 0) return
  await tx
    .insertInto('ring_findings')
    .values(
      found.map(({ complaintId, isOfRing }) => ({
        ring_id: ringId,
        complaint_id: complaintId,
        is_of_ring: isOfRing,
        found_at: at,
      })),
    )
    .execute()
}

const PrunedRows = z.array(
  z.object({
    reporterId: z.string(),
    why: z.string(),
    by: z.string(),
    byName: z.string(),
    at: z.coerce.date(),
  }),
) satisfies z.ZodType<Pruned[]>

function ringOf(row: Selectable<Tables['rings']>): Ring {
  const { decided_by: by, decided_by_name: byName, decided_at: at, reasons } = row
  return {
    id: row.id,
    number: row.number,
    follows: row.follows,
    state: row.state,
    version: row.version,
    foundAt: row.found_at,
    weighing: row.weighing,
    report: RingReport.parse(row.report),
    pruned: PrunedRows.parse(row.pruned),
    remainder: row.remainder === null ? null : RingReport.parse(row.remainder),
    isRemainderDue: row.is_remainder_due,
    decided:
      by === null || byName === null || at === null || reasons === null
        ? null
        : { by, byName, at, reasons },
  }
}
