/** The timeline is a thread from oldest to newest: squares for machines, rounds for people, filled for the reader. */
import type { ReactNode } from 'react'
import type { ThreadEntry } from '../../contract/case.ts'
import classes from './timeline.module.css'
import { Past } from './time.tsx'

interface TimelineProps {
  entries: readonly ThreadEntry[]
  /** What is so at this moment; drawn last with a halo. */
  now?: ReactNode
  /** What else belongs under an entry, such as a link to a statement. */
  renderBelow?: (entry: ThreadEntry) => ReactNode
}

/** What each kind of author is called for those who do not see the marks. */
const authors = {
  you: 'You',
  reporter: 'Whoever complains',
  person: 'A person',
  machine: 'A machine',
  clock: 'A clock',
  shop: 'The shop',
} as const satisfies Record<ThreadEntry['who'], string>

/** Every step with its time; what somebody wrote stands on a sheet in their own words. */
export function Timeline({ entries, now, renderBelow }: TimelineProps) {
  return (
    <ol className={classes['timeline']}>
      {entries.map((entry, place) => (
        <li key={place} className={classes['entry']}>
          <div className={classes['time']}>
            <Past at={entry.at} />
          </div>
          <span
            className={classes['point']}
            data-who={entry.who}
            role="img"
            aria-label={authors[entry.who]}
          />
          <div className={classes['words']}>
            <p>{entry.words}</p>
            {entry.quote !== null && entry.quote !== '' && (
              <blockquote className={`sheet written ${classes['quote']}`}>{entry.quote}</blockquote>
            )}
            {renderBelow?.(entry)}
          </div>
        </li>
      ))}
      {now !== undefined && (
        <li className={classes['entry']}>
          <div className={classes['time']}>now</div>
          <span className={classes['point']} data-who="now" aria-hidden="true" />
          <div className={classes['words']}>{now}</div>
        </li>
      )}
    </ol>
  )
}
