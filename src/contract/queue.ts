/** The queues of desks. */
import { z } from 'zod'
import { bulkKinds } from '../core/bulk.ts'
import { caseKinds, caseStates } from '../core/case.ts'
import { At } from './case.ts'
import { WaitedFor } from './letter.ts'
import { route } from './problem.ts'

export const QueueItem = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  title: z.string(),
  subtitle: z.string(),
  sellerName: z.string(),
  desk: z.string(),
  deskTitle: z.string(),
  /** When something happens by itself: the desk is late, a question has waited, or a minute of undoing is over. */
  dueAt: At,
  overdueSince: At.nullable(),
  secondLook: z.boolean(),
  heldBy: z.string().nullable(),
  heldByMe: z.boolean(),
  /** What whoever wrote a letter waits for first; their clock runs beside the desk's. */
  waitedFor: WaitedFor.nullable(),
})
export type QueueItem = z.infer<typeof QueueItem>

export const Queue = z.object({
  desks: z.array(
    z.object({ name: z.string(), title: z.string(), open: z.int(), overdue: z.int() }),
  ),
  /** By time left, shortest first; at most 200. */
  cases: z.array(QueueItem),
  /** What the reader may do with several of them at once, and where they may be handed on to. */
  together: z.array(z.enum(bulkKinds)),
  forwardTo: z.array(z.object({ desk: z.string(), title: z.string() })),
  now: At,
})
export type Queue = z.infer<typeof Queue>

export const getQueue = route
  .route({
    method: 'GET',
    path: '/v1/desk/queue',
    tags: ['Desk'],
    summary: 'Read the queue of the desks one staffs',
  })
  .input(z.object({ desk: z.string().optional() }))
  .output(Queue)
