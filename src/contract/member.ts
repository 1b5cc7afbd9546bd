/** Members: who acts for a seller beside its owner, in what and until when; kept by the owner. */
import { z } from 'zod'
import { memberRoles } from '../core/role.ts'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

const ids = z.array(z.string().min(1).max(100)).max(200)

/** Matters by the ids of their decisions and cases. */
const Matters = z.object({ decisions: ids, cases: ids })

/** What a member is: of the owner's staff, or a representative in some matters and until a day. */
export const MemberPart = z.discriminatedUnion('role', [
  z.object({ role: z.literal('staff') }),
  z.object({
    role: z.literal('representative'),
    /** Null for every matter. */
    matters: Matters.nullable(),
    mayWrite: z.boolean(),
    until: At,
    /** The last day of it, in the seller's time zone. */
    lastDay: z.iso.date(),
  }),
])
export type MemberPart = z.infer<typeof MemberPart>

export const MemberForReader = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  part: MemberPart,
  since: At,
  /** Whether their last day is over. */
  isOver: z.boolean(),
})
export type MemberForReader = z.infer<typeof MemberForReader>

export const MemberLeft = MemberForReader.omit({ isOver: true }).extend({ leftAt: At })
export type MemberLeft = z.infer<typeof MemberLeft>

const Facts = z.object({ name: z.string(), part: MemberPart })

/** One change: who, when, and what stood there before and after. */
export const MemberChange = z.object({
  at: At,
  kind: z.enum(['member.invited', 'member.changed', 'member.removed']),
  by: z.string(),
  email: z.string(),
  before: Facts.nullable(),
  after: Facts.nullable(),
})
export type MemberChange = z.infer<typeof MemberChange>

export const Members = z.object({
  sellerName: z.string(),
  /** The addresses that the shop told: their people are owners, and are changed in the shop. */
  owners: z.array(z.string()),
  members: z.array(MemberForReader),
  left: z.array(MemberLeft),
  /** The last hundred changes, newest first. */
  history: z.array(MemberChange),
  /** Whether the reader may change them, or only look. */
  mayChange: z.boolean(),
  timeZone: z.string(),
  now: At,
})
export type Members = z.infer<typeof Members>

const name = z.string().min(1).max(100)
const One = z.object({ memberId: z.string().min(1).max(100) })
const part = z.discriminatedUnion('role', [
  z.object({ role: z.literal('staff') }),
  z.object({
    role: z.literal('representative'),
    matters: Matters.nullable(),
    mayWrite: z.boolean(),
    lastDay: z.iso.date(),
  }),
])
const managing = route.errors(
  refuses(
    'proof_needed',
    'member_is_owner',
    'member_incomplete',
    'member_end_invalid',
    'matters_missing',
  ),
)
const tags = ['Members']

/** What somebody is on a seller's pages. */
export const MemberRole = z.enum(memberRoles)

export const listMembers = route
  .route({
    method: 'GET',
    path: '/v1/members',
    tags,
    summary: 'List who acts for the seller, who did, and what was changed',
  })
  .input(z.object({}).optional())
  .output(Members)

export const inviteMember = managing
  .errors(
    refuses(
      'member_known',
      'address_of_marketplace',
      'too_many_members',
      'rate_limited',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/members',
    tags,
    summary: 'Let somebody act for the seller',
    description:
      'A mail says who asks them and leads to the sign-in page; it lets nobody in. Every contact of the account is told. Wants a fresh proof, as every change here does.',
    successStatus: 201,
  })
  .input(z.object({ email: z.email().max(254), name, part }))
  .output(z.object({ id: z.string() }))

export const changeMember = managing
  .route({
    method: 'PUT',
    path: '/v1/members/{memberId}',
    tags,
    summary: 'Change what somebody may do for the seller, and until when',
    description: 'It counts from their next request on. Every contact of the account is told.',
  })
  .input(One.extend({ name, part }))
  .output(z.object({ id: z.string() }))

export const removeMember = route
  .errors(refuses('proof_needed'))
  .route({
    method: 'POST',
    path: '/v1/members/{memberId}/removal',
    tags,
    summary: 'Remove somebody who acts for the seller',
    description:
      'From their next request on they are nobody there, and what they wrote keeps their name. Every contact of the account is told.',
  })
  .input(One)
  .output(z.object({ id: z.string() }))
