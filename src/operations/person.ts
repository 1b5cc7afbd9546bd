/** People of the marketplace: administrators invite, change and remove them, each time on record; auditors look. */
import { changeCase } from '../core/case-change.ts'
import { worksOn } from '../core/permission.ts'
import {
  changePerson,
  desksFor,
  isAtDesks,
  type Person,
  type PersonCommand,
  type PersonEvent,
  type PersonFacts,
} from '../core/person.ts'
import { enrolmentNotice, invitationNotice } from '../core/person-notice.ts'
import { deskTitle, type Procedure } from '../core/procedure.ts'
import { refuse } from '../core/refusal.ts'
import { roles as everyRole, type Role } from '../core/role.ts'
import { casesHeldBy, lockCase, saveHold } from '../store/case.ts'
import { transact, type Tx } from '../store/db.ts'
import { lastPersonEvents, recordEvents, type EventRecord } from '../store/event.ts'
import { addressesWithPasskey, forgetFactors } from '../store/factor.ts'
import type { Idempotency } from '../store/idempotency.ts'
import { insertNotice } from '../store/notice.ts'
import { currentProcedure, procedureOf } from '../store/procedure.ts'
import { membershipsOf } from '../store/member.ts'
import { sellersOfAddress } from '../store/seller.ts'
import {
  countOtherAdministrators,
  insertStaff,
  listStaff,
  lockStaff,
  staffByEmail,
  staffById,
  staffNames,
  touchStaff,
  updateStaff,
  type StaffHistory,
  type StaffRecord,
} from '../store/staff.ts'
import type { App } from './app.ts'
import { requireProof, type Prover } from './factor.ts'
import { once } from './once.ts'
import { isPermitted, permit, type Permitted } from './permit.ts'
import { done, refusalOf, type Result } from './result.ts'
import type { StaffReader, Who } from './who.ts'

/** How much of the history is shown. */
const mostShown = 100

export interface PersonSeen extends StaffHistory {
  hasPasskey: boolean
}

export interface People {
  /** Who works here. */
  here: PersonSeen[]
  /** Who did, the last to leave first. */
  left: StaffHistory[]
  history: (EventRecord & { byName: string | null })[]
  /** Each role with the desks at which it finds something to do. */
  offered: { role: Role; desks: string[] }[]
  procedure: Procedure
  mayChange: boolean
}

/** Everybody, with what happened. */
export async function readPeople(app: App, who: Who): Promise<Result<People>> {
  const may = permit(app, who, 'people.list')
  if (!may.ok) return may
  const found = await transact(app.db, may.wall, async (tx) => {
    const names = await staffNames(tx)
    return {
      all: await listStaff(tx),
      history: (await lastPersonEvents(tx, mostShown)).map((event) => ({
        ...event,
        byName: event.by === null ? null : (names.get(event.by) ?? null),
      })),
      procedure: (await currentProcedure(tx)).procedure,
    }
  })
  const { all, history, procedure } = found
  const here = all.filter(({ removedAt }) => removedAt === null)
  const keyed = await passkeysOf(
    app,
    here.map(({ email }) => email.toLowerCase()),
  )
  return done({
    here: here.map((person) => ({ ...person, hasPasskey: keyed.has(person.email.toLowerCase()) })),
    left: all.filter(({ removedAt }) => removedAt !== null),
    history,
    offered: everyRole.map((role) => ({
      role,
      desks: isAtDesks(role) ? desksFor([role], procedure) : [],
    })),
    procedure,
    mayChange: isPermitted(app, who, 'people.change'),
  })
}

/** What proves who one is lies behind no wall of anybody's; whether there is a passkey is all that is said of it. */
function passkeysOf(app: App, addresses: string[]): Promise<Set<string>> {
  return transact(app.db, { inside: true }, (tx) => addressesWithPasskey(tx, addresses))
}

/** Invites somebody by mail; told twice, they are invited once. */
export async function invitePerson(
  app: App,
  who: Who,
  {
    draft,
    prover,
    idempotency,
  }: {
    draft: PersonFacts & { email: string }
    prover: Prover
    idempotency: Idempotency | null
  },
): Promise<Result<{ id: string }>> {
  const may = await mayManage(app, who, { command: 'people.invite', prover })
  if (!may.ok) return may
  const { reader } = may
  const email = draft.email.trim()
  const work = transact(app.db, may.wall, (tx) =>
    once(app, tx, idempotency, async () => {
      await lockStaff(tx)
      if (await actsForSeller(tx, email)) return refuse('address_of_seller')
      const held = await staffByEmail(tx, email)
      const id = app.newId('stf')
      const command = { ...draft, do: 'invite', by: reader.id, id, email } as const
      const { procedure } = await currentProcedure(tx)
      const ground = { procedure, otherAdministrators: 0 }
      const now = app.now()
      const result = changePerson(held && personOf(held), command, ground, now)
      if (!result.ok) return result
      const { person } = result
      await insertStaff(tx, person, now)
      await record(tx, result.event, now)
      await insertNotice(tx, {
        id: app.newId('ntc'),
        sellerId: null,
        decisionId: null,
        caseId: null,
        address: email,
        createdAt: now,
        releaseAt: now,
        ...invitationNotice({
          by: reader.name,
          marketplace: app.marketplace,
          name: person.name,
          address: email,
          roles: person.roles,
          desks: person.desks.map((desk) => deskTitle(procedure, desk)),
        }),
      })
      return done({ id })
    }),
  )
  return refusalOf(work)
}

/** Whose sessions end with a change: what they open was worked out for what they were. */
export type PersonDone = Promise<Result<{ id: string; email: string }>>

/** Gives a person another name, other roles, other desks. */
export function alterPerson(
  app: App,
  who: Who,
  { id, change, prover }: { id: string; change: Partial<PersonFacts>; prover: Prover },
): PersonDone {
  return commandPerson(app, who, { id, command: 'people.change', prover }, (held, by) => ({
    name: held.name,
    roles: held.roles,
    desks: held.desks,
    ...change,
    do: 'change',
    by: by.id,
  }))
}

/** Removes a person: from their next request on they are nobody here, and what they decided keeps their name. */
export function removePerson(
  app: App,
  who: Who,
  { id, reason, prover }: { id: string; reason: string; prover: Prover },
): PersonDone {
  return commandPerson(app, who, { id, command: 'people.remove', prover }, (_held, by) => ({
    do: 'remove',
    by: by.id,
    reason,
  }))
}

/** Lets somebody who lost their passkey set up anew what lets them in: from then on a link does, until there is a new one. */
export async function letEnrolAnew(
  app: App,
  who: Who,
  { id, prover }: { id: string; prover: Prover },
): PersonDone {
  const may = await mayManage(app, who, { command: 'people.letEnrolAnew', prover })
  if (!may.ok) return may
  const { reader } = may
  return transact(app.db, may.wall, async (tx): PersonDone => {
    await lockStaff(tx)
    const kept = await staffById(tx, id)
    if (kept === null) return refuse('not_found')
    const { procedure } = await currentProcedure(tx)
    const now = app.now()
    const command = { do: 'enrol', by: reader.id } as const
    const ground = { procedure, otherAdministrators: await countOtherAdministrators(tx, id) }
    const result = changePerson(personOf(kept), command, ground, now)
    if (!result.ok) return result
    const { person, event } = result
    await forgetFactors(tx, id)
    await record(tx, event, now)
    await insertNotice(tx, {
      id: app.newId('ntc'),
      sellerId: null,
      decisionId: null,
      caseId: null,
      address: person.email,
      createdAt: now,
      releaseAt: now,
      ...enrolmentNotice({
        by: reader.name,
        marketplace: app.marketplace,
        name: person.name,
        address: person.email,
      }),
    })
    return done({ id, email: person.email })
  })
}

/** Notes that whoever has this address came in; of who is nobody here nothing is noted. */
export function noteSignIn(app: App, address: string): Promise<void> {
  return transact(app.db, { inside: true }, (tx) => touchStaff(tx, address, app.now()))
}

type Managing = 'people.invite' | 'people.change' | 'people.remove' | 'people.letEnrolAnew'

async function commandPerson(
  app: App,
  who: Who,
  { id, command, prover }: { id: string; command: Managing; prover: Prover },
  commandOf: (held: Person, by: StaffReader) => PersonCommand,
): PersonDone {
  const may = await mayManage(app, who, { command, prover })
  if (!may.ok) return may
  return transact(app.db, may.wall, async (tx): PersonDone => {
    await lockStaff(tx)
    const kept = await staffById(tx, id)
    if (kept === null) return refuse('not_found')
    const held = personOf(kept)
    const { procedure } = await currentProcedure(tx)
    const otherAdministrators = await countOtherAdministrators(tx, id)
    const now = app.now()
    const ground = { procedure, otherAdministrators }
    const result = changePerson(held, commandOf(held, may.reader), ground, now)
    if (!result.ok) return result
    const { person, event } = result
    if (isSame(event)) return done({ id, email: person.email })
    await updateStaff(tx, person)
    await record(tx, event, now)
    await giveBack(tx, person, { by: may.reader.id, now })
    return done({ id, email: person.email })
  })
}

/** Whether an address is an owner's or a member's of a seller: it would lose its way in to it. */
async function actsForSeller(tx: Tx, email: string): Promise<boolean> {
  if ((await sellersOfAddress(tx, email)).length > 0) return true
  return (await membershipsOf(tx, email)).some(({ member }) => member.removedAt === null)
}

/** Who may, and has shown just now that it is them: in this order, so that nobody is asked to prove what opens nothing. */
async function mayManage<C extends Managing>(
  app: App,
  who: Who,
  { command, prover }: { command: C; prover: Prover },
): Promise<Permitted<C> | Extract<Result<never>, { ok: false }>> {
  const may = permit(app, who, command)
  if (!may.ok) return may
  const fresh = await requireProof(app, prover)
  return fresh.ok ? may : fresh
}

/** What they hold and may not go on with is back at its desk, and its clock runs on. */
async function giveBack(
  tx: Tx,
  person: Person,
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const mayGoOn = ({ desk, ...held }: Parameters<typeof worksOn>[1] & { desk: string }) =>
    person.removedAt === null &&
    person.desks.includes(desk) &&
    person.roles.some((role) => isAtDesks(role) && worksOn(role, held))
  for (const { id, desk, kind, matter } of await casesHeldBy(tx, person.id, now))
    if (!mayGoOn({ desk, kind, matter })) {
      const held = await lockCase(tx, id)
      if (held === null) continue
      const procedure = await procedureOf(tx, held.procedureId)
      const command = { do: 'release', by, of: person.id } as const
      const result = changeCase(held, command, procedure, now)
      // Its clock may have rung meanwhile; then it is in nobody's hands already.
      if (result.ok) await saveHold(tx, result.case, result.events, now)
    }
}

function isSame({ kind, detail: { before, after } }: PersonEvent): boolean {
  return kind === 'person.changed' && JSON.stringify(before) === JSON.stringify(after)
}

function personOf({ id, email, name, roles, desks }: StaffRecord): Person {
  const known = everyRole.filter((role) => roles.includes(role))
  return { id, email, name, roles: known, desks, removedAt: null }
}

function record(tx: Tx, { kind, by, detail }: PersonEvent, at: Date): Promise<void> {
  const nothing = { sellerId: null, caseId: null, decisionId: null }
  return recordEvents(tx, [{ at, kind, ...nothing, by, detail: { ...detail } }])
}
