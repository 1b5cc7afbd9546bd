/** The alarm over HTTP, for every page of the desk. */
import { blindAfterSeconds, readAlarm } from '../operations/alarm.ts'
import { on } from './context.ts'
import { valueOf } from './problem.ts'

export const getAlarm = on.desk.getAlarm.handler(async ({ context: { door, who } }) => {
  const alarm = valueOf(await readAlarm(door.app, who))
  const { secondsAgo } = door.config.sight()
  return {
    alarm: alarm && {
      clocks: alarm.clocks,
      since: alarm.since.toISOString(),
      raisedAt: alarm.raisedAt.toISOString(),
      officerToldAt: alarm.officerToldAt?.toISOString() ?? null,
    },
    blindForSeconds: secondsAgo > blindAfterSeconds ? Math.round(secondsAgo) : null,
  }
})
