/** A person works for the marketplace: roles say what they may do, desks with which cases; the last administrator stays one. */
import { mayGive, worksOn } from './permission.ts'
import { latenessOf, reviewDeskOf, routeTo, type Procedure } from './procedure.ts'
import { refuse, type Refused } from './refusal.ts'
import { roles as everyRole, type Role } from './role.ts'

export interface Person {
  id: string
  email: string
  name: string
  roles: Role[]
  desks: string[]
  removedAt: Date | null
}

/** What a change may touch of a person, and what is put on record of them before and after. */
export type PersonFacts = Pick<Person, 'name' | 'roles' | 'desks'>

export type PersonCommand =
  | ({ do: 'invite'; by: string; id: string; email: string } & PersonFacts)
  | ({ do: 'change'; by: string } & PersonFacts)
  | { do: 'remove'; by: string; reason: string }
  /** Sets up anew what lets them in, where it is lost. */
  | { do: 'enrol'; by: string }

export interface PersonEvent {
  kind: 'person.invited' | 'person.changed' | 'person.removed' | 'person.enrolled'
  by: string | null
  detail: {
    person: string
    name: string
    before: PersonFacts | null
    after: PersonFacts | null
    reason: string | null
  }
}

/** What a command is judged by beside the person. */
export interface PersonGround {
  /** The desks of the procedure in force. */
  procedure: Procedure
  /** How many administrators there are beside this person. */
  otherAdministrators: number
}

export type PersonResult = { ok: true; person: Person; event: PersonEvent } | Refused

/** The one door for changes of a person; null for somebody who is not there yet. */
export function changePerson(
  held: Person | null,
  command: PersonCommand,
  ground: PersonGround,
  now: Date,
): PersonResult {
  if (command.do === 'invite') return invite(held, command, ground)
  if (held === null || held.removedAt !== null) return refuse('not_found')
  switch (command.do) {
    case 'change':
      return change(held, command, ground)
    case 'remove':
      return remove(held, command, ground, now)
    case 'enrol':
      return enrol(held, command)
  }
}

function invite(
  held: Person | null,
  { by, id, email, ...facts }: Extract<PersonCommand, { do: 'invite' }>,
  ground: PersonGround,
): PersonResult {
  if (held !== null) return refuse('person_known')
  const why = whyNot(facts, [], ground)
  if (why) return why
  const person: Person = { id, email, ...factsOf(facts), removedAt: null }
  return told(person, { kind: 'person.invited', by, before: null, after: factsOf(person) })
}

function change(
  held: Person,
  { by, ...facts }: Extract<PersonCommand, { do: 'change' }>,
  ground: PersonGround,
): PersonResult {
  const why = whyNot(facts, held.desks, ground)
  if (why) return why
  const person: Person = { ...held, ...factsOf(facts) }
  const isMore =
    person.roles.some((role) => !held.roles.includes(role)) ||
    person.desks.some((desk) => !held.desks.includes(desk))
  if (by === held.id && isMore) return refuse('own_roles')
  if (isLast(held, ground) && !person.roles.includes('administrator'))
    return refuse('last_administrator')
  return told(person, {
    kind: 'person.changed',
    by,
    before: factsOf(held),
    after: factsOf(person),
  })
}

function remove(
  held: Person,
  { by, reason }: Extract<PersonCommand, { do: 'remove' }>,
  ground: PersonGround,
  now: Date,
): PersonResult {
  if (isLast(held, ground)) return refuse('last_administrator')
  if (reason.trim() === '') return refuse('removal_reason_missing')
  const person: Person = { ...held, removedAt: now }
  return told(
    person,
    { kind: 'person.removed', by, before: factsOf(held), after: null },
    reason.trim(),
  )
}

/** What lets oneself in is kept on a page of one's own, where it is proved first. */
function enrol(held: Person, { by }: Extract<PersonCommand, { do: 'enrol' }>): PersonResult {
  if (by === held.id) return refuse('own_factors')
  const facts = factsOf(held)
  return told(held, { kind: 'person.enrolled', by, before: facts, after: facts })
}

/** Whether taking this person's part away would leave nobody to give it back. */
function isLast(held: Person, { otherAdministrators }: PersonGround): boolean {
  return held.roles.includes('administrator') && otherAdministrators === 0
}

/** Why somebody may not be this, or null. A desk of an older procedure stays with who has it: its cases may still be open. */
function whyNot(
  { name, roles, desks }: PersonFacts,
  kept: readonly string[],
  { procedure }: PersonGround,
): Refused | null {
  if (name.trim() === '' || roles.length === 0) return refuse('person_incomplete')
  const offered = desksFor(roles, procedure)
  const isOffered = (desk: string) =>
    desk in procedure.desks ? offered.includes(desk) : kept.includes(desk)
  return desks.every(isOffered) ? null : refuse('desk_not_for_role')
}

/** The desks of a procedure at which somebody with these roles finds something to work on, in its order. */
export function desksFor(roles: readonly Role[], procedure: Procedure): string[] {
  const reached = new Set<string>()
  for (const [kind, matter, desk] of arrivals(procedure))
    if (roles.some((role) => isAtDesks(role) && worksOn(role, { kind, matter })))
      reach(desk, procedure, reached)
  return Object.entries(procedure.desks)
    .filter(([name, { staff }]) => staff === 'people' && reached.has(name))
    .map(([name]) => name)
}

/** Whether a role works on cases at all. */
export function isAtDesks(role: Role): boolean {
  return mayGive(role, 'desk.takeCase')
}

/** What comes in by which door, and to which desk first. */
function* arrivals(
  procedure: Procedure,
): Generator<[kind: 'recovery' | 'appeal', matter: string, desk: string]> {
  const named = procedure.routes.flatMap((route) => route.for)
  const matters = new Set([
    ...Object.keys(procedure.measures),
    ...named.filter((name) => !name.includes('*')),
  ])
  for (const matter of matters)
    for (const channel of Object.keys(procedure.channels)) {
      const desk = routeTo(procedure, matter, channel)
      // By this door come claims on accounts, whatever they are about.
      if (desk !== null) yield [channel === 'recovery' ? 'recovery' : 'appeal', matter, desk]
    }
}

/** From a desk a case goes on when the desk is late, to a second look, or by choice. */
function reach(desk: string, procedure: Procedure, reached: Set<string>): void {
  if (reached.has(desk)) return
  reached.add(desk)
  const late = latenessOf(procedure, desk)
  const review = reviewDeskOf(procedure, desk)
  const next = [
    ...(late?.does === 'hand-over' ? [late.desk] : []),
    ...(review === null ? [] : [review]),
    ...(procedure.desks[desk]?.forward ?? []),
  ]
  for (const one of next) reach(one, procedure, reached)
}

/** Without doubles, and in the order of the table of roles. */
function factsOf({ name, roles, desks }: PersonFacts): PersonFacts {
  return {
    name: name.trim(),
    roles: everyRole.filter((role) => roles.includes(role)),
    desks: [...new Set(desks)],
  }
}

function told(
  person: Person,
  {
    kind,
    by,
    before,
    after,
  }: Pick<PersonEvent, 'kind' | 'by'> & Pick<PersonEvent['detail'], 'before' | 'after'>,
  reason: string | null = null,
): PersonResult {
  const detail = { person: person.id, name: person.name, before, after, reason }
  return { ok: true, person, event: { kind, by, detail } }
}
