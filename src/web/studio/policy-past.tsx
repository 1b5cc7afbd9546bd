/** The history of a policy: its versions as they were adopted, and its levels as people set them. */
import type { PolicyRecord } from '../../contract/policy.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { Past } from '../parts/time.tsx'
import { levelWords } from './level-words.ts'
import styles from './policies.module.css'

/** Newest first, both. */
export function PolicyPast({ record: { versions, levels } }: { record: PolicyRecord }) {
  return (
    <section id="history" className={styles.history} aria-labelledby="history-title" tabIndex={-1}>
      <h2 id="history-title">History</h2>
      <div className={styles.pasts}>
        <div>
          <h3>Versions</h3>
          <ol className={styles.past}>
            {versions.map(
              ({ version, title, author, adoptedAt, hasNewText, isLearned, isInForce }) => (
                <li key={version}>
                  <p>
                    <strong>Version {version}</strong>{' '}
                    {isInForce && <Tag tone="green">In force</Tag>}
                  </p>
                  <p className="small second">
                    “{title}”, by {author}, adopted <Past at={adoptedAt} />.{' '}
                    {hasNewText ? 'The rule for people was new.' : 'The same rule for people.'}
                    {isLearned && ' Its weights were learned.'}
                  </p>
                </li>
              ),
            )}
          </ol>
        </div>
        <div>
          <h3>Levels</h3>
          <ol className={styles.past}>
            {levels.map(({ level, setBy, reason, setAt }, place) => (
              <li key={`${setAt} ${place}`}>
                <p>
                  <strong>{levelWords[level].title}</strong>{' '}
                  {place === 0 && <Tag tone="plain">now</Tag>}
                </p>
                <p className="small second">
                  {setBy}, <Past at={setAt} />
                </p>
                <p className={`written ${styles.reason}`}>{reason}</p>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </section>
  )
}
