/** People: who works here, at which desks, and what was changed of that; kept by administrators. */
import { z } from 'zod'
import { roles } from '../core/role.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

export const RoleName = z.enum(roles)

/** A desk as people call it; one of an older procedure has its name for a title. */
const DeskNamed = z.object({ name: z.string(), title: z.string() })
export type DeskNamed = z.infer<typeof DeskNamed>

export const PersonForReader = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(RoleName),
  desks: z.array(DeskNamed),
  since: At,
  /** Null where they never did. */
  signedInAt: At.nullable(),
  hasPasskey: z.boolean(),
  isMe: z.boolean(),
})
export type PersonForReader = z.infer<typeof PersonForReader>

export const PersonLeft = PersonForReader.omit({ hasPasskey: true, isMe: true }).extend({
  leftAt: At,
})
export type PersonLeft = z.infer<typeof PersonLeft>

const Facts = z.object({
  name: z.string(),
  roles: z.array(z.string()),
  desks: z.array(DeskNamed),
})

/** One change: who, when, and what stood there before and after. */
export const PersonChange = z.object({
  at: At,
  kind: z.enum(['person.invited', 'person.changed', 'person.removed', 'person.enrolled']),
  /** Null for whoever runs the server. */
  byName: z.string().nullable(),
  name: z.string(),
  before: Facts.nullable(),
  after: Facts.nullable(),
  reason: z.string().nullable(),
})
export type PersonChange = z.infer<typeof PersonChange>

export const People = z.object({
  people: z.array(PersonForReader),
  left: z.array(PersonLeft),
  /** The last hundred changes, newest first. */
  history: z.array(PersonChange),
  /** Each role with the desks of the procedure in force at which it finds something to work on. */
  roles: z.array(z.object({ role: RoleName, desks: z.array(DeskNamed) })),
  /** Whether the reader may change them, or only look. */
  mayChange: z.boolean(),
  now: At,
})
export type People = z.infer<typeof People>

const name = z.string().min(1).max(100)
const theirRoles = z.array(RoleName).max(roles.length)
const desks = z.array(z.string().min(1).max(200)).max(1_000)
const One = z.object({ personId: z.string().min(1).max(100) })
const managing = route.errors(
  refuses('proof_needed', 'person_incomplete', 'desk_not_for_role', 'own_roles'),
)
const tags = ['People']

export const listPeople = route
  .route({
    method: 'GET',
    path: '/v1/people',
    tags,
    summary: 'List who works here, who has left, and what was changed',
  })
  .input(z.object({}).optional())
  .output(People)

export const invitePerson = managing
  .errors(refuses('person_known', 'address_of_seller', 'key_reused', 'key_in_use'))
  .route({
    method: 'POST',
    path: '/v1/people',
    tags,
    summary: 'Invite somebody to work here',
    description:
      'A mail says who invites and leads to the sign-in page; there is no password. Wants a fresh proof, as every change here does.',
    successStatus: 201,
  })
  .input(
    z.object({
      email: z.email().max(254),
      name,
      roles: theirRoles.min(1),
      desks: desks.default([]),
    }),
  )
  .output(z.object({ id: z.string() }))

export const changePerson = managing
  .errors(refuses('last_administrator'))
  .route({
    method: 'PATCH',
    path: '/v1/people/{personId}',
    tags,
    summary: 'Change somebody’s name, roles or desks',
    description:
      'It bites on their next request, and their sessions end. Cases that they hold and may not go on with are back at their desks at once.',
  })
  .input(
    One.extend({
      name: name.optional(),
      roles: theirRoles.optional(),
      desks: desks.optional(),
    }),
  )
  .output(z.object({ id: z.string() }))

export const removePerson = route
  .errors(refuses('proof_needed', 'last_administrator', 'removal_reason_missing'))
  .route({
    method: 'POST',
    path: '/v1/people/{personId}/removal',
    tags,
    summary: 'Remove somebody',
    description:
      'From their next request on they are nobody here. Cases that they hold are back at their desks, and what they decided keeps their name.',
  })
  .input(One.extend({ reason: z.string().max(1_000) }))
  .output(z.object({ id: z.string() }))

export const letPersonEnrolAnew = route
  .errors(refuses('proof_needed', 'own_factors'))
  .route({
    method: 'POST',
    path: '/v1/people/{personId}/enrolment',
    tags,
    summary: 'Let somebody set up anew what lets them in',
    description:
      'For who lost their passkey. Their passkeys, authenticator app and saved codes count no more and their sessions end; a link to their mailbox signs them in until they have a new passkey.',
  })
  .input(One)
  .output(z.object({ id: z.string() }))
