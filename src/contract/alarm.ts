/** The alarm of the watchdog, as every page of the desk says it. */
import { z } from 'zod'
import { At } from './case.ts'
import { route } from './problem.ts'

export const Alarm = z.object({
  clocks: z.int(),
  /** When the longest due of them was due. */
  since: At,
  raisedAt: At,
  /** When the first mail about it went out; null while it is on its way. */
  officerToldAt: At.nullable(),
})
export type Alarm = z.infer<typeof Alarm>

export const getAlarm = route
  .route({
    method: 'GET',
    path: '/v1/desk/alarm',
    tags: ['Desk'],
    summary: 'Read whether everything that was due has fired',
  })
  .input(z.object({}).optional())
  .output(
    z.object({
      alarm: Alarm.nullable(),
      /** How long the watchdog of this server has not looked, where that is too long; null when it looks. */
      blindForSeconds: z.int().nullable(),
    }),
  )
