/** Who else has this case open, said within seconds: two who know of each other do not do the same work twice. */
import type { Presences } from '../../contract/note.ts'
import { initialsOf } from '../parts/initials.ts'
import styles from './notes.module.css'
import { presenceWords } from './presence-words.ts'

/** Nothing where one is alone; otherwise a line that is read out when it changes. */
export function PresenceLine({ others }: { others: Presences['others'] }) {
  return (
    <p className={styles.others} role="status">
      {others.length > 0 && (
        <>
          {others.slice(0, 3).map(({ name }) => (
            <span key={name} className={styles.initials} aria-hidden="true">
              {initialsOf(name)}
            </span>
          ))}
          <span>{presenceWords(others)}</span>
        </>
      )}
    </p>
  )
}
