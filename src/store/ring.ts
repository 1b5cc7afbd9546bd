/** Rings in PostgreSQL: as the newest weighing has them, and as people saw those that they decided on. */
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import type { ComplaintFinding, ComplaintKind } from '../core/complaint.ts'
import { RingOutcome, RingReport, type Pruned, type Ring, type RingState } from '../core/ring.ts'
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

/** What a confirmed ring did. */
export async function saveRingOutcome(tx: Tx, id: string, outcome: RingOutcome): Promise<void> {
  await tx
    .updateTable('rings')
    .set({ outcome: json(outcome) })
    .where('id', '=', id)
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

/** Brings what was found of a ring's complaints behind everything that followed from it in the same transaction. */
export async function stampRingFindings(tx: Tx, ringId: string, at: Date): Promise<void> {
  await tx
    .updateTable('ring_findings')
    .set({ found_at: at })
    .where('ring_id', '=', ringId)
    .execute()
}

/** Of these complaints, those that bear a measure: a person confirmed them, and no ring took them since. */
export async function bearingComplaints(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id
    from complaints c
    left join lateral ring_found(c.id) f on true
    where c.id = any(${ids}::text[])
      and c.finding = 'confirmed' and f.is_of_ring is distinct from true`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** A complaint as the page of its ring shows it. */
export interface RingComplaint {
  id: string
  caseId: string
  number: number
  at: Date
  sellerId: string
  sellerName: string
  reporterId: string
  joinedAt: Date | null
  kind: ComplaintKind
  text: string
  finding: ComplaintFinding | null
  /** What became of the order that it names or of another that its reporter has with this seller; null where none is known. */
  order: 'delivered' | 'ordered' | null
}

/** These complaints, in the order in which they were made, behind the walls that complaints are behind. */
export async function ringComplaints(tx: Tx, ids: readonly string[]): Promise<RingComplaint[]> {
  const { rows } = await sql<{
    id: string
    case_id: string
    number: number
    at: Date
    seller_id: string
    seller_name: string
    reporter_id: string
    joined_at: string | null
    kind: ComplaintKind
    text: string
    finding: ComplaintFinding | null
    bought: string[]
  }>`
    select c.id, c.case_id, c.number, c.at, c.seller_id, coalesce(s.name, s.id) as seller_name,
      c.reporter_id, c.traces ->> 'createdAt' as joined_at, c.kind, c.text, c.finding,
      array(select distinct o.state from orders o
        where o.reporter_id = c.reporter_id and o.seller_id = c.seller_id) as bought
    from complaints c
    join sellers s on s.id = c.seller_id
    where c.id = any(${ids}::text[])
    order by c.at, c.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    at: row.at,
    sellerId: row.seller_id,
    sellerName: row.seller_name,
    reporterId: row.reporter_id,
    joinedAt: row.joined_at === null ? null : new Date(row.joined_at),
    kind: row.kind,
    text: row.text,
    finding: row.finding,
    order: row.bought.includes('delivered')
      ? 'delivered'
      : row.bought.length > 0
        ? 'ordered'
        : null,
  }))
}

/** Whether two sellers sell goods of one category, as far as the marketplace told. */
export async function sellAlike(tx: Tx, a: string, b: string): Promise<boolean> {
  const { rows } = await sql`
    select from seller_traces a
    join seller_traces b on b.seller_id = ${b}
    where a.seller_id = ${a}
      and exists (
        select from jsonb_array_elements_text(a.categories) as c where b.categories ? c)`.execute(
    tx,
  )
  return rows.length > 0
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
    outcome: row.outcome === null ? null : RingOutcome.parse(row.outcome),
  }
}
