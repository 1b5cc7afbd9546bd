/** People of the marketplace: added on the command line with their roles and desks. */
import { transact } from '../store/db.ts'
import { saveStaff, type StaffRecord } from '../store/staff.ts'
import type { App } from './app.ts'
import type { Role } from './who.ts'

/** Adds a person, or changes a known one's name, roles and desks. */
export function addStaff(
  app: App,
  person: { email: string; name: string; roles: Role[]; desks: string[] },
): Promise<StaffRecord> {
  return transact(app.db, { inside: true }, (tx) =>
    saveStaff(tx, { ...person, id: app.newId('stf') }, app.now()),
  )
}
