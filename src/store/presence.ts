/** Presences in PostgreSQL: who has which case open, so that every server process says the same. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'

export interface Presence {
  name: string
  isWriting: boolean
}

/** Says that somebody has a case open, and forgets where they have not been since; false where there is no such case. */
export async function keepPresence(
  tx: Tx,
  {
    person,
    caseId,
    isWriting,
    now,
    since,
  }: { person: string; caseId: string; isWriting: boolean; now: Date; since: Date },
): Promise<boolean> {
  await tx
    .deleteFrom('presences')
    .where('person_id', '=', person)
    .where('seen_at', '<', since)
    .execute()
  const { rows } = await sql<{ there: number }>`
    insert into presences (person_id, case_id, seen_at, is_writing)
    select ${person}, c.id, ${now}, ${isWriting} from cases c where c.id = ${caseId}
    on conflict (person_id, case_id) do update
      set seen_at = excluded.seen_at, is_writing = excluded.is_writing
    returning 1 as there`.execute(tx)
  return rows.length > 0
}

/** Says that somebody has left a case. */
export async function endPresence(tx: Tx, person: string, caseId: string): Promise<void> {
  await tx
    .deleteFrom('presences')
    .where('person_id', '=', person)
    .where('case_id', '=', caseId)
    .execute()
}

/** Who else has the case open, by name. */
export async function othersPresent(
  tx: Tx,
  { person, caseId, since }: { person: string; caseId: string; since: Date },
): Promise<Presence[]> {
  return tx
    .selectFrom('presences')
    .innerJoin('staff', 'staff.id', 'presences.person_id')
    .select(['staff.name', 'presences.is_writing as isWriting'])
    .where('case_id', '=', caseId)
    .where('person_id', '<>', person)
    .where('seen_at', '>=', since)
    .orderBy('staff.name')
    .execute()
}
