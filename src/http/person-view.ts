/** People as their page reads them. */
import { z } from 'zod'
import type {
  DeskNamed,
  People as PeopleView,
  PersonChange,
  PersonLeft,
} from '../contract/person.ts'
import { deskTitle, type Procedure } from '../core/procedure.ts'
import { roles as everyRole } from '../core/role.ts'
import type { People } from '../operations/person.ts'
import type { Who } from '../operations/who.ts'

/** What an event says; older ones and newer ones alike. */
const Facts = z.object({
  name: z.string(),
  roles: z.array(z.string()),
  desks: z.array(z.string()),
})
const Detail = z.object({
  name: z.string(),
  before: Facts.nullable(),
  after: Facts.nullable(),
  reason: z.string().nullable(),
})
const Kind = z.enum(['person.invited', 'person.changed', 'person.removed', 'person.enrolled'])

export function peopleView(
  { here, left, history, offered, procedure, mayChange }: People,
  who: Who,
  now: Date,
): PeopleView {
  const named = namesIn(procedure)
  const own = who.kind === 'staff' ? who.id : null
  return {
    people: here.map((person) => ({
      ...seen(person, named),
      hasPasskey: person.hasPasskey,
      isMe: person.id === own,
    })),
    left: left.flatMap(({ removedAt, ...person }) =>
      removedAt === null ? [] : [{ ...seen(person, named), leftAt: removedAt.toISOString() }],
    ),
    history: history.map((event) => changeView(event, named)),
    roles: offered.map(({ role, desks }) => ({ role, desks: named(desks) })),
    mayChange,
    now: now.toISOString(),
  }
}

type Named = (desks: readonly string[]) => DeskNamed[]

function namesIn(procedure: Procedure): Named {
  return (desks) => desks.map((name) => ({ name, title: deskTitle(procedure, name) }))
}

function seen(
  { id, name, email, roles, desks, addedAt, signedInAt }: Omit<People['left'][number], 'removedAt'>,
  named: Named,
): Omit<PersonLeft, 'leftAt'> {
  return {
    id,
    name,
    email,
    roles: everyRole.filter((role) => roles.includes(role)),
    desks: named(desks),
    since: addedAt.toISOString(),
    signedInAt: signedInAt?.toISOString() ?? null,
  }
}

function changeView(
  { at, kind, byName, detail }: People['history'][number],
  named: Named,
): PersonChange {
  const { name, before, after, reason } = Detail.parse(detail)
  const facts = (told: z.infer<typeof Facts> | null) =>
    told && { name: told.name, roles: told.roles, desks: named(told.desks) }
  return {
    at: at.toISOString(),
    kind: Kind.parse(kind),
    byName,
    name,
    before: facts(before),
    after: facts(after),
    reason,
  }
}
