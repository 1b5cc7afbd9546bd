/** The time machine of the demo: its clock goes forward, so that one can watch clocks run out. */
import { z } from 'zod'
import { At } from './case.ts'
import { refuses, route } from './problem.ts'

const dev = route.errors(refuses('development_only'))

export const DemoClock = z.object({
  now: At,
  /** Milliseconds ahead of the real clock. */
  ahead: z.int(),
  /** When the next clock runs out; null when none is running. */
  nextAt: At.nullable(),
})
export type DemoClock = z.infer<typeof DemoClock>

/** What a move brought about. */
export const ClockMoved = DemoClock.extend({
  /** What fired, by when it was due; at most 200. */
  fired: z.array(z.object({ dueAt: At, words: z.string() })),
  /** What was due and had not fired when this was answered. */
  waiting: z.int(),
})
export type ClockMoved = z.infer<typeof ClockMoved>

export const getClock = dev
  .route({ method: 'GET', path: '/v1/dev/clock', tags: ['Demo'], summary: 'Read the demo’s clock' })
  .input(z.object({}).optional())
  .output(DemoClock)

export const moveClock = dev
  .route({
    method: 'POST',
    path: '/v1/dev/clock',
    tags: ['Demo'],
    summary: 'Move the demo’s clock forward; what is due fires at once',
  })
  .errors(refuses('too_far_ahead', 'nothing_due'))
  .input(
    z.union([
      z.strictObject({
        forward: z.string().max(100).describe('An ISO 8601 duration, such as P2D or PT1H'),
      }),
      z.strictObject({ to: z.literal('next-deadline') }),
    ]),
  )
  .output(ClockMoved)
