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
  await insertStaff(tx, person, now)
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

/** Everybody who works at a desk now. */
export async function staffOfDesk(tx: Tx, desk: string): Promise<StaffRecord[]> {
  return tx
    .selectFrom('staff')
    .select(['id', 'email', 'name', 'roles', 'desks'])
    .where('removed_at', 'is', null)
    .where(sql<boolean>`desks ? ${desk}`)
    .orderBy('id')
    .execute()
}

/** A person as the page of people shows them, also one who has left. */
export interface StaffHistory extends StaffRecord {
  addedAt: Date
  removedAt: Date | null
  /** Null where they never did. */
  signedInAt: Date | null
}

/** Everybody who works here or did: by name, those who left last by when they did. */
export async function listStaff(tx: Tx): Promise<StaffHistory[]> {
  const rows = await tx
    .selectFrom('staff')
    .selectAll()
    .orderBy('removed_at', (order) => order.desc().nullsFirst())
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
  return rows.map(({ added_at, removed_at, signed_in_at, ...person }) => ({
    ...person,
    addedAt: added_at,
    removedAt: removed_at,
    signedInAt: signed_in_at,
  }))
}

/** Changes of people wait for each other until the transaction ends, so that a rule holds for two at once. */
export async function lockStaff(tx: Tx): Promise<void> {
  await sql`select lock_staff()`.execute(tx)
}

/** How many administrators there are beside this person. */
export async function countOtherAdministrators(tx: Tx, id: string): Promise<number> {
  const { count } = await tx
    .selectFrom('staff')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('removed_at', 'is', null)
    .where('id', '<>', id)
    .where(sql<boolean>`roles ? 'administrator'`)
    .executeTakeFirstOrThrow()
  return count
}

/** Adds a person who is not there yet. */
export async function insertStaff(tx: Tx, person: StaffRecord, now: Date): Promise<void> {
  const { id, email, name, roles, desks } = person
  await tx
    .insertInto('staff')
    .values({
      id,
      email,
      name,
      roles: json(roles),
      desks: json(desks),
      added_at: now,
      removed_at: null,
    })
    .execute()
}

/** Saves what may change of a person. */
export async function updateStaff(
  tx: Tx,
  { id, name, roles, desks, removedAt }: StaffRecord & { removedAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('staff')
    .set({ name, roles: json(roles), desks: json(desks), removed_at: removedAt })
    .where('id', '=', id)
    .execute()
}

/** Notes that whoever has this address came in. */
export async function touchStaff(tx: Tx, email: string, at: Date): Promise<void> {
  await tx
    .updateTable('staff')
    .set({ signed_in_at: at })
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('removed_at', 'is', null)
    .execute()
}

/** Names by id, also of people who have left: what they decided keeps their name. */
export async function staffNames(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select id, name from staff_names()`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}
