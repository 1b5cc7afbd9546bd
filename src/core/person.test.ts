import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readProcedure } from '../procedure/read.ts'
import {
  changePerson,
  desksFor,
  type Person,
  type PersonCommand,
  type PersonFacts,
} from './person.ts'
import { roles } from './role.ts'

const read = readProcedure(
  readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8'),
)
if (!read.ok) throw new Error('read procedures/recourse.yaml')
const { procedure } = read
const now = new Date('2026-11-26T09:00:00Z')
const alone = { procedure, otherAdministrators: 0 }
const among = { procedure, otherAdministrators: 1 }

const person = (change: Partial<Person> = {}): Person => ({
  id: 'stf_rui',
  email: 'rui@marketplace.example',
  name: 'Rui Prata',
  roles: ['reviewer'],
  desks: ['performance'],
  removedAt: null,
  ...change,
})
const administrator = person({ id: 'stf_ada', roles: ['administrator'], desks: [] })
const inviting = {
  do: 'invite',
  by: 'stf_ada',
  id: 'stf_new',
  email: 'eva@marketplace.example',
  name: ' Eva Lind ',
  roles: ['support', 'reviewer', 'support'],
  desks: ['performance', 'support', 'performance'],
} as const satisfies PersonCommand

type Change = Extract<PersonCommand, { do: 'change' }>
const changing = (change: Partial<Change>): Change => ({
  do: 'change',
  by: 'stf_ada',
  name: 'Rui Prata',
  roles: [],
  desks: [],
  ...change,
})

describe('who is invited', () => {
  test('is there with roles in order and nothing twice, and it is on record', () => {
    const invited = changePerson(
      null,
      { ...inviting, roles: [...inviting.roles], desks: [...inviting.desks] },
      among,
      now,
    )
    expect(invited).toMatchObject({
      ok: true,
      person: {
        name: 'Eva Lind',
        roles: ['support', 'reviewer'],
        desks: ['performance', 'support'],
      },
      event: { kind: 'person.invited', by: 'stf_ada', detail: { before: null, reason: null } },
    })
  })
  test.each<[string, Person | null, Partial<PersonFacts>, string]>([
    ['works here already', person(), {}, 'person_known'],
    ['has no role', null, { roles: [] }, 'person_incomplete'],
    ['has no name', null, { name: '  ' }, 'person_incomplete'],
    ['would stand at a desk that is none', null, { desks: ['nowhere'] }, 'desk_not_for_role'],
    [
      'would stand where nothing is theirs',
      null,
      { roles: ['auditor'], desks: ['legal'] },
      'desk_not_for_role',
    ],
  ])('and %s is refused', (_, held, change, refusal) => {
    const command = {
      ...inviting,
      roles: [...inviting.roles],
      desks: [...inviting.desks],
      ...change,
    }
    expect(changePerson(held, command, among, now)).toEqual({ ok: false, refusal })
  })
})

describe('a change', () => {
  test('says what stood there before and after', () => {
    const changed = changePerson(
      person(),
      changing({ roles: ['legal'], desks: ['legal'] }),
      alone,
      now,
    )
    expect(changed).toMatchObject({
      ok: true,
      person: { roles: ['legal'], desks: ['legal'] },
      event: {
        kind: 'person.changed',
        detail: {
          before: { roles: ['reviewer'], desks: ['performance'] },
          after: { roles: ['legal'], desks: ['legal'] },
        },
      },
    })
  })
  test('of oneself gives nothing, and may take', () => {
    const own = person({ id: 'stf_ada', roles: ['reviewer', 'administrator'] })
    const more = changing({ roles: ['reviewer', 'legal', 'administrator'] })
    expect(changePerson(own, more, among, now)).toEqual({ ok: false, refusal: 'own_roles' })
    const desk = changing({ roles: own.roles, desks: ['performance', 'safety'] })
    expect(changePerson(own, desk, among, now)).toEqual({ ok: false, refusal: 'own_roles' })
    const less = changing({ roles: ['reviewer'], desks: ['performance'] })
    expect(changePerson(own, less, among, now)).toMatchObject({ ok: true })
  })
  test('leaves who has left as they were', () => {
    const left = person({ removedAt: now })
    expect(changePerson(left, changing({ roles: ['legal'] }), among, now)).toEqual({
      ok: false,
      refusal: 'not_found',
    })
  })
  test('keeps a desk of an older procedure with who has it, and gives it to nobody new', () => {
    const held = person({ desks: ['old-desk'] })
    const change = changing({ roles: ['reviewer'], desks: ['old-desk', 'performance'] })
    expect(changePerson(held, change, among, now)).toMatchObject({ ok: true })
    expect(changePerson(person(), change, among, now)).toMatchObject({
      refusal: 'desk_not_for_role',
    })
  })
})

describe('the last administrator', () => {
  test.each([
    ['changed', changing({ by: 'stf_bea', roles: ['auditor'] })],
    ['removed', { do: 'remove', by: 'stf_ada', reason: 'I go.' } as const],
  ])('cannot be %s out of it, by nobody', (_, command) => {
    expect(changePerson(administrator, command, alone, now)).toEqual({
      ok: false,
      refusal: 'last_administrator',
    })
    expect(changePerson(administrator, command, among, now)).toMatchObject({ ok: true })
  })
})

test('a removal has a reason', () => {
  const command = { do: 'remove', by: 'stf_ada', reason: ' ' } as const
  expect(changePerson(person(), command, among, now)).toEqual({
    ok: false,
    refusal: 'removal_reason_missing',
  })
})

test('each role is offered the desks at which it finds something to work on', () => {
  const offered = Object.fromEntries(roles.map((role) => [role, desksFor([role], procedure)]))
  expect(offered).toMatchObject({
    'identity-specialist': ['identity', 'identity-chief'],
    'policy-manager': [],
    auditor: [],
    administrator: [],
  })
  expect(offered['reviewer']).toEqual(
    expect.arrayContaining(['performance', 'safety', 'executive']),
  )
})
