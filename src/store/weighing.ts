/** Weighings in PostgreSQL: what calls for one, what they are made of, and what complaints were worth by them. */
import { sql } from 'kysely'
import type { Believed } from '../core/calibration.ts'
import { ScoreTerm, type ComplaintScore } from '../core/complaint-score.ts'
import type { ComplaintFinding } from '../core/complaint.ts'
import { json, pagesOf, type Tx } from './db.ts'

/**
 * Leaves a call, so that complaints are weighed soon. An order calls only where somebody who bought it, or named it,
 * complained. Goes into the transaction of the fact: whoever sees the call sees the fact.
 */
export async function callForWeighing(
  tx: Tx,
  order: { orderId: string; reporterId: string } | null = null,
): Promise<void> {
  if (order === null) {
    await tx.insertInto('weighing_calls').defaultValues().execute()
    return
  }
  // The marketplace, which tells orders, may not look at complaints: the database does.
  await sql`select call_for_order(${order.orderId}, ${order.reporterId})`.execute(tx)
}

/** Whether there is a call that nobody has answered. */
export async function isCalledFor(tx: Tx): Promise<boolean> {
  return (
    (await tx.selectFrom('weighing_calls').select('id').limit(1).executeTakeFirst()) !== undefined
  )
}

/** Every call that nobody has answered. */
export async function openCalls(tx: Tx): Promise<number[]> {
  const rows = await tx.selectFrom('weighing_calls').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** Takes these calls away. */
export async function answerCalls(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`delete from weighing_calls where id = any(${ids}::bigint[])`.execute(tx)
}

export interface Weighing {
  number: number
  engine: string
  weights: Record<string, number>
  weighedAt: Date
  complaints: number
  counting: number
  rings: number
  tookMs: number
}

/** The newest weighing, or null where nothing was ever weighed. */
export async function latestWeighing(tx: Tx): Promise<Weighing | null> {
  const row = await tx
    .selectFrom('weighings')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { weighed_at: weighedAt, took_ms: tookMs, ...rest } = row
  return { ...rest, weighedAt, tookMs }
}

/**
 * Complaints that people found to be so, or not, since then: what the last weighing before had said of each, and what was
 * found. Those that nothing weighed before are not among them. At most 10,000, the newest.
 */
export async function believedBefore(tx: Tx, since: Date): Promise<Believed[]> {
  const { rows } = await sql<Believed>`
    select before.credibility as said, c.finding = 'confirmed' as "isSo"
    from complaints c
    cross join lateral (
      select s.credibility
      from complaint_scores s
      join weighings w on w.number = s.weighing
      where s.complaint_id = c.id and w.weighed_at < c.found_at
      order by s.weighing desc
      limit 1) as before
    where c.found_at >= ${since} and c.finding in ('confirmed', 'refuted')
    order by c.found_at desc
    limit 10000`.execute(tx)
  return rows
}

/** Keeps that a weighing was made; false where somebody else made the one with this number meanwhile. */
export async function insertWeighing(tx: Tx, weighing: Weighing): Promise<boolean> {
  const { weights, weighedAt, tookMs, ...rest } = weighing
  const kept = await tx
    .insertInto('weighings')
    .values({ ...rest, weights: json(weights), weighed_at: weighedAt, took_ms: tookMs })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  return kept !== undefined
}

/** A complaint as a weighing meets it: by which name its line goes, and what people said of it. */
export interface WeighedComplaint {
  id: string
  lineId: string
  finding: ComplaintFinding | null
  /** What the newest decision on a ring with it in it found. */
  ringFound: { ringId: string; isOfRing: boolean } | null
}

/** All of them, in pages. */
export async function* complaintsToWeigh(tx: Tx): AsyncGenerator<WeighedComplaint[]> {
  const query = sql<{
    id: string
    line_id: string
    finding: ComplaintFinding | null
    ring_id: string | null
    is_of_ring: boolean | null
  }>`
    select c.id, coalesce(c.told_id, c.id) as line_id, c.finding, f.ring_id, f.is_of_ring
    from complaints c
    left join lateral ring_found(c.id) f on true`
  for await (const rows of pagesOf(tx, query))
    yield rows.map((row) => ({
      id: row.id,
      lineId: row.line_id,
      finding: row.finding,
      ringFound:
        row.ring_id === null || row.is_of_ring === null
          ? null
          : { ringId: row.ring_id, isOfRing: row.is_of_ring },
    }))
}

/** How many scores are compared and written at once. */
const batch = 2_000

/** Keeps scores where they are not the same as before. */
export async function saveScores(
  tx: Tx,
  weighing: number,
  scores: Iterable<ComplaintScore>,
): Promise<void> {
  for (const some of inBatches(scores)) {
    const rows = json(
      some.map(({ complaintId, ringId, ...rest }) => ({
        complaint_id: complaintId,
        ring_id: ringId,
        ...rest,
      })),
    )
    await sql`
      insert into complaint_scores (complaint_id, weighing, credibility, counts, ring_id, reasons)
      select s.complaint_id, ${weighing}, s.credibility, s.counts, s.ring_id, s.reasons
      from jsonb_to_recordset(${rows}::jsonb)
        as s (complaint_id text, credibility double precision, counts boolean, ring_id text, reasons jsonb)
      left join lateral (
        select * from complaint_scores n
        where n.complaint_id = s.complaint_id
        order by n.weighing desc
        limit 1
      ) n on true
      where n.complaint_id is null
        or (n.credibility, n.counts, n.ring_id, n.reasons)
          is distinct from (s.credibility, s.counts, s.ring_id, s.reasons)`.execute(tx)
  }
}

function* inBatches<T>(all: Iterable<T>): Generator<T[]> {
  let some: T[] = []
  for (const one of all) {
    some.push(one)
    if (some.length < batch) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

/** The newest scores of these complaints, with their reasons, behind the walls that complaints are behind. */
export async function scoresOf(
  tx: Tx,
  complaintIds: readonly string[],
): Promise<Map<string, ComplaintScore & { weighedAt: Date }>> {
  const { rows } = await sql<{
    complaint_id: string
    credibility: number
    counts: boolean
    ring_id: string | null
    reasons: unknown
    weighed_at: Date
  }>`
    select distinct on (s.complaint_id) s.*, w.weighed_at
    from complaint_scores s
    join weighings w on w.number = s.weighing
    where s.complaint_id = any(${complaintIds}::text[])
    order by s.complaint_id, s.weighing desc`.execute(tx)
  return new Map(
    rows.map((row) => [
      row.complaint_id,
      {
        complaintId: row.complaint_id,
        credibility: row.credibility,
        counts: row.counts,
        ringId: row.ring_id,
        reasons: ScoreTerm.array().parse(row.reasons),
        weighedAt: row.weighed_at,
      },
    ]),
  )
}
