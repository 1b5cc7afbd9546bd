/** Every version that came into force: when, by whom, why, and how many cases are open on it. */
import type { Adoption } from '../../contract/procedure.ts'
import { Past } from '../parts/time.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { countOf } from '../../procedure/draw/words.ts'
import styles from './procedures.module.css'

/** Newest first. */
export function VersionsTable({ adoptions }: { adoptions: readonly Adoption[] }) {
  return (
    <section className={styles.versions} aria-labelledby="versions">
      <h2 id="versions">Every version that came into force</h2>
      <div className={styles.wide} role="region" aria-label="Table of versions" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Adopted</th>
              <th scope="col">By</th>
              <th scope="col">Why</th>
              <th scope="col">Gaps accepted</th>
              <th scope="col" className={styles.amount}>
                Open cases on it
              </th>
            </tr>
          </thead>
          <tbody>
            {adoptions.map((adoption, place) => (
              <tr key={`${adoption.procedureId} ${adoptions.length - place}`}>
                <th scope="row">
                  {adoption.title}
                  <br />
                  <span className="code small third">{adoption.procedureId}</span>{' '}
                  {adoption.isInForce && <Tag tone="green">In force</Tag>}
                </th>
                <td>
                  <Past at={adoption.adoptedAt} />
                </td>
                <td>{adoption.adoptedBy}</td>
                <td>
                  <span className={adoption.origin === 'studio' ? `written ${styles.reason}` : ''}>
                    {adoption.reason}
                  </span>
                  {adoption.movedCases > 0 && (
                    <span className="small third">
                      {' '}
                      {countOf(adoption.movedCases, 'open case')} moved to it.
                    </span>
                  )}
                </td>
                <td>
                  {adoption.acceptedGaps.length === 0 ? (
                    'none'
                  ) : (
                    <details>
                      <summary className={styles.red}>
                        {countOf(adoption.acceptedGaps.length, 'gap')}
                      </summary>
                      <ul className="code small">
                        {adoption.acceptedGaps.map(({ name }) => (
                          <li key={name}>{name}</li>
                        ))}
                      </ul>
                    </details>
                  )}
                </td>
                <td className={styles.amount}>{adoption.openCases.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
