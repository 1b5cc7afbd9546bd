/** What was changed of people: who did it, when, and what stood there before and after. */
import type { PersonChange } from '../../contract/person.ts'
import { Empty } from '../parts/empty.tsx'
import { Past } from '../parts/time.tsx'
import pageStyles from './page.module.css'
import styles from './people.module.css'
import { changedParts, changeTitle } from './person-words.ts'

export function PersonHistory({ history }: { history: readonly PersonChange[] }) {
  return (
    <section className={pageStyles.section} aria-labelledby="history">
      <h2 id="history">What was changed</h2>
      {history.length === 0 && <Empty>Every change stands here from the first on.</Empty>}
      <ol>
        {history.map((change) => (
          <li key={`${change.at} ${change.kind} ${change.name}`} className={styles.change}>
            <p>
              <strong>{changeTitle(change)}</strong>{' '}
              <span className="small third">
                <Past at={change.at} />
              </span>
            </p>
            {changedParts(change).map(({ part, before, after }) => (
              <p key={part} className="small second">
                {part}:{' '}
                {change.before === null ? null : (
                  <>
                    <span className="heard-only">before </span>
                    <del className={styles.before}>{before}</del>{' '}
                  </>
                )}
                {change.after === null ? null : (
                  <>
                    <span className="heard-only">, now </span>
                    <ins className={styles.after}>{after}</ins>
                  </>
                )}
              </p>
            ))}
            {change.reason !== null && (
              <p className={styles.reason}>
                <span className="heard-only">Reason: </span>“{change.reason}”
              </p>
            )}
          </li>
        ))}
      </ol>
      {history.length >= 100 && (
        <p className="small third">These are the last hundred changes. All are on record.</p>
      )}
    </section>
  )
}
