/** Looking whether every clock that was due has fired, and raising an alarm where not. */
import { alarmNotice, watch, type Alarm, type AlarmNews, type Overdue } from '../core/alarm.ts'
import { holdWatch, insertAlarm, openAlarm, overdueClocks, saveAlarm } from '../store/alarm.ts'
import { transact, type Tx } from '../store/db.ts'
import { recordEvents } from '../store/event.ts'
import { insertNotice } from '../store/notice.ts'
import { currentProcedure } from '../store/procedure.ts'
import type { App } from './app.ts'
import { permit } from './permit.ts'
import { done, type Result } from './result.ts'
import type { Who } from './who.ts'

/** What this server's own watchdog saw at its last look. */
export interface Sight {
  overdue: Overdue
  /** How long ago it looked, or was started and has not looked since, in seconds of the real clock. */
  secondsAgo: number
}

/** A watchdog that has not looked for longer than this is itself a reason for alarm. */
export const blindAfterSeconds = 60

/** Looks once, and raises, goes on with or ends the one alarm in the same transaction. */
export function lookAtClocks(app: App, dueBefore: Date): Promise<Overdue> {
  return transact(app.db, { inside: true }, async (tx) => {
    await holdWatch(tx)
    const open = await openAlarm(tx)
    const overdue = await overdueClocks(tx, dueBefore)
    const now = app.now()
    const { alarm, news } = watch(open, overdue, { id: app.newId('alm'), now })
    if (alarm === null) return overdue
    const noticeId =
      news === null ? null : await tellOfficer(app, tx, { alarm, news, overdue, now })
    if (news === 'raised' && noticeId !== null) await insertAlarm(tx, alarm, noticeId)
    else await saveAlarm(tx, alarm)
    return overdue
  })
}

/** The open alarm as the desk's pages say it; null when all is well. */
export async function readAlarm(
  app: App,
  who: Who,
): Promise<Result<(Alarm & { officerToldAt: Date | null }) | null>> {
  const may = permit(app, who, 'desk.getAlarm')
  if (!may.ok) return may
  return done(await transact(app.db, may.wall, openAlarm))
}

interface Telling {
  alarm: Alarm
  news: AlarmNews
  overdue: Overdue
  now: Date
}

async function tellOfficer(
  app: App,
  tx: Tx,
  { alarm, news, overdue, now }: Telling,
): Promise<string> {
  const { procedure } = await currentProcedure(tx)
  const id = app.newId('ntc')
  await insertNotice(tx, {
    id,
    sellerId: null,
    decisionId: null,
    caseId: null,
    address: procedure.officer,
    releaseAt: now,
    createdAt: now,
    ...alarmNotice(alarm, news, { first: overdue.first, now, timeZone: app.timeZone }),
  })
  const { id: alarmId, clocks, since } = alarm
  const detail = { alarm: alarmId, clocks, since: since.toISOString() }
  await recordEvents(tx, [
    {
      at: now,
      kind: `alarm.${news}`,
      sellerId: null,
      caseId: null,
      decisionId: null,
      by: null,
      detail,
    },
  ])
  app.log(
    news === 'ended'
      ? 'alarm over: every clock that was due has fired'
      : 'alarm: clocks were due and have not fired',
    { ...detail, first: overdue.first },
  )
  return id
}
