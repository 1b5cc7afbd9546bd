/** People of the marketplace in PostgreSQL: their roles and the desks they staff. */
import { sql } from 'kysely'
import { json, type Tx } from './db.ts'

export interface StaffRecord {
  id: string
  email: string
  name: string
  roles: string[]
  desks: string[]
}

/** Adds a person, or gives a known one this name, these roles and desks. */
export async function saveStaff(tx: Tx, person: StaffRecord, now: Date): Promise<StaffRecord> {
  const known = await staffByEmail(tx, person.email)
  if (known) {
    await tx
      .updateTable('staff')
      .set({ name: person.name, roles: json(person.roles), desks: json(person.desks) })
      .where('id', '=', known.id)
      .execute()
    return { ...person, id: known.id }
  }
  await tx
    .insertInto('staff')
    .values({
      ...person,
      roles: json(person.roles),
      desks: json(person.desks),
      added_at: now,
      removed_at: null,
    })
    .execute()
  return person
}

/** The person with this address who was not removed, or null. */
export async function staffByEmail(tx: Tx, email: string): Promise<StaffRecord | null> {
  const row = await tx
    .selectFrom('staff')
    .select(['id', 'email', 'name', 'roles', 'desks'])
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** The person with this id who was not removed, or null. */
export async function staffById(tx: Tx, id: string): Promise<StaffRecord | null> {
  const row = await tx
    .selectFrom('staff')
    .select(['id', 'email', 'name', 'roles', 'desks'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Names by id, also of people who have left: what they decided keeps their name. */
export async function staffNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select id, name from staff_names()`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
