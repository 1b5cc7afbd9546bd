/** The alarm line stands on every page of staff while something that was due has not fired. */
import { useQuery } from '@tanstack/react-query'
import type { Alarm } from '../../contract/alarm.ts'
import { sayClocks } from '../../core/alarm.ts'
import { query } from '../api.ts'
import { nowHere } from '../clock.ts'
import { momentWords } from '../parts/time-words.ts'
import styles from './alarm-line.module.css'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Asks anew every ten seconds; nothing while all is well. */
export function AlarmLine() {
  const asked = useQuery(query.desk.getAlarm.queryOptions({ refetchInterval: 10_000 }))
  const words = asked.data && lineWords(asked.data)
  // Always there, so that its words are heard when they come.
  return (
    <div role="status">
      {words !== undefined && words !== null && <p className={styles.line}>{words}</p>}
    </div>
  )
}

function lineWords({
  alarm,
  blindForSeconds,
}: {
  alarm: Alarm | null
  blindForSeconds: number | null
}): string | null {
  const told = [
    alarm && alarmWords(alarm),
    blindForSeconds !== null &&
      `Nobody has looked whether clocks fire for ${Math.round(blindForSeconds / 60)} minutes: the log of the server says why.`,
  ].filter((words) => typeof words === 'string')
  return told.length === 0 ? null : told.join(' ')
}

function alarmWords({ clocks, since, officerToldAt }: Alarm): string {
  const at = (time: string) => momentWords(new Date(time), nowHere(), zone)
  const officer =
    officerToldAt === null
      ? 'A mail to our officer is on its way.'
      : `Our officer was told ${at(officerToldAt)}.`
  return `${sayClocks(clocks)} not fired since ${at(since)}: what ${clocks === 1 ? 'it promises' : 'they promise'} is late. ${officer}`
}
