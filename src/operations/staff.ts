/** People of the marketplace as whoever runs the server adds them: on the command line, with their roles and desks. */
import type { PersonFacts } from '../core/person.ts'
import { transact } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { saveStaff, staffByEmail, type StaffRecord } from '../store/staff.ts'
import type { App } from './app.ts'
import type { Role } from './who.ts'

/** Adds a person, or changes a known one's name, roles and desks; what changed is on record. */
export function addStaff(
  app: App,
  person: { email: string; name: string; roles: Role[]; desks: string[] },
): Promise<StaffRecord> {
  return transact(app.db, { inside: true }, async (tx) => {
    const now = app.now()
    const known = await staffByEmail(tx, person.email)
    const saved = await saveStaff(tx, { ...person, id: app.newId('stf') }, now)
    const [before, after] = [known && factsOf(known), factsOf(saved)]
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      const kind = before === null ? 'person.invited' : 'person.changed'
      const nothing = { sellerId: null, caseId: null, decisionId: null, by: null }
      const detail = { person: saved.id, name: saved.name, before, after, reason: null }
      await recordEvents(tx, [{ at: now, kind, ...nothing, detail }])
    }
    return saved
  })
}

function factsOf({ name, roles, desks }: StaffRecord): Omit<PersonFacts, 'roles'> & {
  roles: string[]
} {
  return { name, roles, desks }
}
