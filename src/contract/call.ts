/** Calls on the wire: the times that can be picked, and what the desks have to call. */
import { z } from 'zod'
import { caseKinds } from '../core/case.ts'
import { callStates } from '../core/call.ts'
import { At, CaseForSeller } from './case.ts'
import { refuses, route } from './problem.ts'

const Slot = z.object({ startsAt: At, endsAt: At })

export const CallSlots = z.object({
  /** Minutes of one call. */
  minutes: z.int(),
  /** The zone of those who call; times are instants, so that each reader sees their own. */
  timeZone: z.string(),
  slots: z.array(Slot),
  /** The one that is booked already; there can be one at a time. */
  booked: Slot.extend({ id: z.string(), caseId: z.string() }).nullable(),
})
export type CallSlots = z.infer<typeof CallSlots>

export const getCallSlots = route
  .errors(refuses('no_calls'))
  .route({
    method: 'GET',
    path: '/v1/calls/slots',
    tags: ['Seller'],
    summary: 'Read the next times at which a person can call',
  })
  .input(z.object({}).optional())
  .output(CallSlots)

export const bookCall = route
  .errors(
    refuses(
      'no_calls',
      'slot_taken',
      'call_booked',
      'number_missing',
      'wrong_state',
      'no_way_in',
      'key_reused',
      'key_in_use',
    ),
  )
  .route({
    method: 'POST',
    path: '/v1/calls',
    tags: ['Seller'],
    summary: 'Book a call by a person',
    description:
      'In a case of one’s own that is open, or with a new question. It moves no date of the case, and never counts against a seller.',
    successStatus: 201,
  })
  .input(
    z.object({
      startsAt: At,
      number: z.string().max(60),
      /** What it is about, for who calls; may be left out. */
      text: z.string().max(20_000).default(''),
      caseId: z.string().nullable().default(null),
      topic: z.string().max(100).nullable().default(null),
    }),
  )
  .output(CaseForSeller)

export const cancelCall = route
  .errors(refuses('wrong_state'))
  .route({
    method: 'DELETE',
    path: '/v1/calls/{callId}',
    tags: ['Seller'],
    summary: 'Take a booked call back; its case goes on',
  })
  .input(z.object({ callId: z.string() }))
  .output(CaseForSeller)

export const DeskCall = Slot.extend({
  id: z.string(),
  /** `lapsed`: its time is over, and nobody noted what came of it. */
  state: z.enum(callStates),
  number: z.string(),
  caseId: z.string(),
  caseNumber: z.string(),
  kind: z.enum(caseKinds),
  sellerName: z.string(),
  deskTitle: z.string(),
  /** What the seller wrote, or what the case is about. */
  about: z.string(),
  missedBefore: z.int(),
})
export type DeskCall = z.infer<typeof DeskCall>

export const getCalls = route
  .route({
    method: 'GET',
    path: '/v1/desk/calls',
    tags: ['Desk'],
    summary: 'Read the calls that the desks one staffs have to make',
  })
  .input(z.object({}).optional())
  .output(z.object({ calls: z.array(DeskCall), now: At }))

export const markCall = route
  .errors(refuses('wrong_state', 'said_missing', 'call_ahead', 'not_your_desk'))
  .route({
    method: 'POST',
    path: '/v1/desk/calls/{callId}/outcome',
    tags: ['Desk'],
    summary: 'Note what came of a call',
    description:
      'What was said stands in the case. Where nobody was reached the seller is offered another time; a missed call closes nothing.',
  })
  .input(
    z.object({
      callId: z.string(),
      reached: z.boolean(),
      said: z.string().max(20_000).default(''),
    }),
  )
  .output(z.object({ caseId: z.string() }))
