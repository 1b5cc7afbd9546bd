/** An alarm says that clocks were due and have not fired: our officer hears of it, hourly, until they have. */
import type { NoticeBody, Worded } from './notice.ts'
import { sayLength, sayTime, sayZone } from './saying.ts'

/** A clock that has been due for longer than this and has not fired is overdue, in milliseconds. */
export const overdueAfter = 30_000

/** While an alarm lasts, our officer is told of it again after this. */
export const tellAgainAfter = 60 * 60_000

/** What a look at the clocks finds: those that are overdue, with the longest due of them. */
export interface Overdue {
  clocks: number
  /** When the longest due was due; null when none is. */
  since: Date | null
  /** Some of them, the longest due first. */
  first: { kind: string; ref: string; dueAt: Date }[]
}

export interface Alarm {
  id: string
  raisedAt: Date
  clocks: number
  since: Date
  /** When our officer was last written to about it. */
  toldAt: Date
  endedAt: Date | null
}

/** What our officer is told: that it began, that it lasts, or that it is over. */
export type AlarmNews = 'raised' | 'lasts' | 'ended'

/** What becomes of the open alarm after a look, and what there is to tell. */
export function watch(
  open: Alarm | null,
  { clocks, since }: Overdue,
  { id, now }: { id: string; now: Date },
): { alarm: Alarm | null; news: AlarmNews | null } {
  if (since === null)
    return open === null
      ? { alarm: null, news: null }
      : { alarm: { ...open, endedAt: now }, news: 'ended' }
  if (open === null)
    return {
      alarm: { id, raisedAt: now, clocks, since, toldAt: now, endedAt: null },
      news: 'raised',
    }
  const isDue = now.getTime() - open.toldAt.getTime() >= tellAgainAfter
  return {
    alarm: { ...open, clocks, since, toldAt: isDue ? now : open.toldAt },
    news: isDue ? 'lasts' : null,
  }
}

/** The mail to our officer. */
export function alarmNotice(
  alarm: Alarm,
  news: AlarmNews,
  { first, now, timeZone }: Pick<Overdue, 'first'> & { now: Date; timeZone: string },
): Worded {
  if (news === 'ended') return endedNotice(alarm, { now, timeZone })
  const since = sayTime(alarm.since, timeZone)
  const again = news === 'lasts' ? 'Still: ' : ''
  return worded(`${again}${sayClocks(alarm.clocks)} not fired since ${since}`, {
    opening: `${sayClocks(alarm.clocks)} not fired since ${since}. What they promise to sellers is late, and nothing makes up for it by itself.`,
    sections: [
      {
        heading: 'Which have been due longest',
        paragraphs: first.map(
          ({ kind, ref, dueAt }) => `${kind} of ${ref}, due ${sayTime(dueAt, timeZone)}`,
        ),
      },
      {
        heading: 'What to do',
        paragraphs: [
          'Look whether a server with clock workers runs (CLOCK_WORKERS), and what its log says of “a clock failed”. Once they run again, everything that is due fires at once and by itself.',
          'You hear from us again in an hour, and once it is over.',
          sayZone(timeZone),
        ],
      },
    ],
  })
}

function endedNotice(alarm: Alarm, { now, timeZone }: { now: Date; timeZone: string }): Worded {
  const lasted = sayLength((now.getTime() - alarm.raisedAt.getTime()) / 1000)
  return worded(`Over: every clock that was due has fired`, {
    opening: `Every clock that was due has fired. The alarm of ${sayTime(alarm.raisedAt, timeZone)} lasted ${lasted}.`,
    sections: [
      {
        heading: 'What it means',
        paragraphs: [
          'What was late counts from when it was promised, not from now. You need do nothing.',
          sayZone(timeZone),
        ],
      },
    ],
  })
}

/** "One clock has", "3 clocks have". */
export function sayClocks(clocks: number): string {
  return clocks === 1 ? 'One clock has' : `${clocks} clocks have`
}

function worded(subject: string, body: Pick<NoticeBody, 'opening' | 'sections'>): Worded {
  return { kind: 'alarm', subject, body: { ...body, statement: null, link: null } }
}
