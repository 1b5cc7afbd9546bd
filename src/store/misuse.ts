/** What reporters sent and what was imposed on them, in PostgreSQL. */
import { sql, type Selectable } from 'kysely'
import type { ComplaintFinding } from '../core/complaint.ts'
import type { MisuseFactor, PastComplaint, ReporterMeasure } from '../core/misuse.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

/** Of what is imposed on a reporter, and of what they send meanwhile, one transaction at a time decides. */
export async function lockReporter(tx: Tx, reporterId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reporter ${reporterId}`}, 29))`.execute(
    tx,
  )
}

/** All complaints of a reporter with what people found of each, the oldest first. */
export async function complaintsOfReporter(
  tx: Tx,
  reporterId: string,
): Promise<(PastComplaint & { id: string })[]> {
  const { rows } = await sql<{
    id: string
    received_at: Date
    finding: ComplaintFinding | null
    is_unfounded: boolean
    ring_id: string | null
    text: string
  }>`
    select c.id, c.received_at, c.is_unfounded, c.text,
      case when c.contested_at > c.found_at then null else c.finding end as finding,
      case when f.is_of_ring then f.ring_id end as ring_id
    from complaints c
    left join lateral ring_found(c.id) f on true
    where c.reporter_id = ${reporterId}
    order by c.received_at, c.id`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    receivedAt: row.received_at,
    finding: row.finding,
    isUnfounded: row.is_unfounded,
    ringId: row.ring_id,
    text: row.text,
  }))
}

/** When the complaints of others came that a person found to be of these rings. */
export async function besideInRings(
  tx: Tx,
  ringIds: readonly string[],
  reporterId: string,
): Promise<Date[]> {
  const { rows } = await sql<{ received_at: Date }>`
    select c.received_at
    from complaints c
    join lateral ring_found(c.id) f on f.is_of_ring
    where f.ring_id = any(${ringIds}::text[]) and c.reporter_id <> ${reporterId}
      and c.id in (select complaint_id from ring_findings where ring_id = any(${ringIds}::text[]))
    `.execute(tx)
  return rows.map((row) => row.received_at)
}

/** Everything that was imposed on a reporter, the oldest first. */
export async function measuresOfReporter(tx: Tx, reporterId: string): Promise<ReporterMeasure[]> {
  const rows = await tx
    .selectFrom('reporter_measures')
    .selectAll()
    .where('reporter_id', '=', reporterId)
    .orderBy('taken_at')
    .orderBy('id')
    .execute()
  return rows.map(measureOf)
}

/** What was imposed on the reporter at this complaint, the oldest first. */
export async function measuresAtComplaint(tx: Tx, complaintId: string): Promise<ReporterMeasure[]> {
  const rows = await tx
    .selectFrom('reporter_measures')
    .selectAll()
    .where('complaint_id', '=', complaintId)
    .orderBy('taken_at')
    .orderBy('id')
    .execute()
  return rows.map(measureOf)
}

/** A measure against a reporter, or null behind this wall. */
export async function readReporterMeasure(tx: Tx, id: string): Promise<ReporterMeasure | null> {
  const row = await tx
    .selectFrom('reporter_measures')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? measureOf(row) : null
}

/** Keeps a measure with the four factors as the person saw them. */
export async function insertReporterMeasure(
  tx: Tx,
  measure: ReporterMeasure & { factors: MisuseFactor[] },
): Promise<void> {
  await tx
    .insertInto('reporter_measures')
    .values({
      id: measure.id,
      reporter_id: measure.reporterId,
      complaint_id: measure.complaintId,
      complaint_number: measure.complaintNumber,
      kind: measure.kind,
      taken_by: measure.takenBy,
      taken_by_name: measure.takenByName,
      taken_at: measure.takenAt,
      until: measure.until,
      reasons: measure.reasons,
      factors: json(measure.factors),
      lifted_by: null,
      lifted_by_name: null,
      lifted_at: null,
      lifted_reasons: null,
    })
    .execute()
}

/** Keeps that it was lifted. */
export async function saveLifted(
  tx: Tx,
  id: string,
  { by, byName, at, reasons }: NonNullable<ReporterMeasure['lifted']>,
): Promise<void> {
  await tx
    .updateTable('reporter_measures')
    .set({ lifted_by: by, lifted_by_name: byName, lifted_at: at, lifted_reasons: reasons })
    .where('id', '=', id)
    .execute()
}

/** What was set aside by it: cases by id, and about whom. */
export async function complaintsSetAside(
  tx: Tx,
  measureId: string,
): Promise<{ caseId: string; sellerId: string }[]> {
  return tx
    .selectFrom('complaints')
    .select(['case_id as caseId', 'seller_id as sellerId'])
    .where('set_aside_by', '=', measureId)
    .orderBy('received_at')
    .execute()
}

function measureOf(row: Selectable<Tables['reporter_measures']>): ReporterMeasure {
  const { lifted_by: by, lifted_by_name: byName, lifted_at: at, lifted_reasons: reasons } = row
  return {
    id: row.id,
    reporterId: row.reporter_id,
    complaintId: row.complaint_id,
    complaintNumber: row.complaint_number,
    kind: row.kind,
    takenBy: row.taken_by,
    takenByName: row.taken_by_name,
    takenAt: row.taken_at,
    until: row.until,
    reasons: row.reasons,
    lifted:
      by === null || byName === null || at === null || reasons === null
        ? null
        : { by, byName, at, reasons },
  }
}
