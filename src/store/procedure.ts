/** Procedures in PostgreSQL: every version is kept, because cases stay on the one they started with, and every adoption. */
import { sql, type Selectable } from 'kysely'
import type { KnownGap } from '../core/known-gap.ts'
import { Procedure } from '../core/procedure.ts'
import { json, type Tx } from './db.ts'
import type { Tables } from './tables.ts'

export interface AdoptedProcedure {
  id: string
  procedure: Procedure
}

/** One coming into force of a version. */
export interface Adoption {
  procedureId: string
  adoptedAt: Date
  /** A person of staff; null for the start of the server. */
  adoptedBy: string | null
  adoptedByName: string
  /** `start` is the version in force once more, with other gaps accepted. */
  origin: 'file' | 'start' | 'studio'
  reason: string
  acceptedGaps: KnownGap[]
  movedCases: number
}

/** Two adoptions at once wait for each other, so that neither replaces what it has not seen. */
export async function lockAdoptions(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('recourse adoptions'))`.execute(tx)
}

/** Keeps a version; the same document is kept once. */
export async function saveProcedure(
  tx: Tx,
  kept: AdoptedProcedure & { source: string; now: Date },
): Promise<void> {
  const { id, procedure, source, now } = kept
  await tx
    .insertInto('procedures')
    .values({ id, name: procedure.procedure, source, document: json(procedure), adopted_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Puts a kept version in force from now on. */
export async function insertAdoption(tx: Tx, adoption: Adoption): Promise<void> {
  await tx
    .insertInto('adoptions')
    .values({
      procedure_id: adoption.procedureId,
      adopted_at: adoption.adoptedAt,
      adopted_by: adoption.adoptedBy,
      adopted_by_name: adoption.adoptedByName,
      origin: adoption.origin,
      reason: adoption.reason,
      accepted_gaps: json(adoption.acceptedGaps),
      moved_cases: adoption.movedCases,
    })
    .execute()
}

/** The procedure that new cases follow. */
export async function currentProcedure(tx: Tx): Promise<AdoptedProcedure> {
  const row = await tx
    .selectFrom('adoptions as a')
    .innerJoin('procedures as p', 'p.id', 'a.procedure_id')
    .select(['p.id', 'p.document'])
    .orderBy('a.id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow(() => new Error('read the procedure in force: none was ever adopted'))
  return { id: row.id, procedure: Procedure.parse(row.document) }
}

/** The version that a case started with. */
export async function procedureOf(tx: Tx, id: string): Promise<Procedure> {
  const version = await readProcedureVersion(tx, id)
  if (version === null) throw new Error(`read procedure ${id}: it is not kept`)
  return version.procedure
}

/** A kept version with its text, or null. */
export async function readProcedureVersion(
  tx: Tx,
  id: string,
): Promise<{ procedure: Procedure; source: string } | null> {
  const row = await tx
    .selectFrom('procedures')
    .select(['document', 'source'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { procedure: Procedure.parse(row.document), source: row.source } : null
}

/** The adoption in force, or null before the first. */
export async function latestAdoption(tx: Tx): Promise<Adoption | null> {
  const [latest] = await adoptions(tx).limit(1).execute()
  return latest ? adoptionOf(latest) : null
}

/** The last adoption of a file's text, or null. */
export async function latestFileAdoption(tx: Tx): Promise<Adoption | null> {
  const [latest] = await adoptions(tx).where('origin', '=', 'file').limit(1).execute()
  return latest ? adoptionOf(latest) : null
}

/** The last adoption of one version, or null. */
export async function adoptionOfVersion(tx: Tx, procedureId: string): Promise<Adoption | null> {
  const [latest] = await adoptions(tx).where('procedure_id', '=', procedureId).limit(1).execute()
  return latest ? adoptionOf(latest) : null
}

/** The gaps of one version that people accepted in the studio. */
export async function gapsAcceptedInStudio(tx: Tx, procedureId: string): Promise<KnownGap[]> {
  const rows = await adoptions(tx)
    .where('procedure_id', '=', procedureId)
    .where('origin', '=', 'studio')
    .execute()
  return rows.flatMap((row) => row.accepted_gaps)
}

/** The newest adoptions first, at most 200, with the title of each version. */
export async function listAdoptions(
  tx: Tx,
): Promise<(Adoption & { name: string; title: string })[]> {
  const rows = await tx
    .selectFrom('adoptions as a')
    .innerJoin('procedures as p', 'p.id', 'a.procedure_id')
    .selectAll('a')
    .select(['p.name', 'p.document'])
    .orderBy('a.id', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({ ...adoptionOf(row), name: row.name, title: row.document.title }))
}

/** How many cases are open on each version. */
export async function countOpenByProcedure(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; open: number }>`
    select procedure_id as id, count(*) as open
    from cases
    where state in ('open', 'asking', 'deciding')
    group by procedure_id`.execute(tx)
  return new Map(rows.map(({ id, open }) => [id, open]))
}

/** Where an open case is, as far as its procedure counts. */
export interface OpenPlace {
  caseId: string
  sellerId: string | null
  procedureId: string
  matter: string
  channel: string
  desk: string
  forwards: number
  secondLook: boolean
  dueAt: Date
  /** Neither does a question wait at its seller, nor is it decided and may still be taken back. */
  isAtDesk: boolean
}

/** Locks every open case on another version than this one, and says where each is. */
export async function lockOpenPlaces(tx: Tx, exceptOn: string): Promise<OpenPlace[]> {
  const rows = await tx
    .selectFrom('cases')
    .selectAll()
    .where('state', 'in', ['open', 'asking', 'deciding'])
    .where('procedure_id', '<>', exceptOn)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => ({
    caseId: row.id,
    sellerId: row.seller_id,
    procedureId: row.procedure_id,
    matter: row.matter,
    channel: row.channel,
    desk: row.desk,
    forwards: row.forwards,
    secondLook: row.second_look,
    dueAt: row.due_at,
    isAtDesk: row.state === 'open',
  }))
}

/** Lets cases follow another version from where they are; their running clocks stay as they are. */
export async function moveCases(
  tx: Tx,
  caseIds: readonly string[],
  procedureId: string,
): Promise<void> {
  if (caseIds.length === 0) return
  await tx
    .updateTable('cases')
    .set({ procedure_id: procedureId })
    .where('id', 'in', [...caseIds])
    .execute()
}

function adoptions(tx: Tx) {
  return tx.selectFrom('adoptions').selectAll().orderBy('id', 'desc')
}

function adoptionOf(row: Selectable<Tables['adoptions']>): Adoption {
  return {
    procedureId: row.procedure_id,
    adoptedAt: row.adopted_at,
    adoptedBy: row.adopted_by,
    adoptedByName: row.adopted_by_name,
    origin: row.origin,
    reason: row.reason,
    acceptedGaps: row.accepted_gaps,
    movedCases: row.moved_cases,
  }
}
