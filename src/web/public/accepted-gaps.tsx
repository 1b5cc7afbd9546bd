/** Gaps of the procedure in force that its operator accepted by name: told to anybody, with who answers for them. */
import type { Promises } from '../../contract/procedure.ts'
import { Past } from '../parts/time.tsx'
import classes from './accepted-gaps.module.css'

/** Nothing where there is none. */
export function AcceptedGaps({
  promises: { acceptedGaps, adoptedAt, adoptedBy, reason },
}: {
  promises: Promises
}) {
  if (acceptedGaps.length === 0) return null
  return (
    <section className={classes['gaps']} aria-labelledby="gaps">
      <h2 id="gaps">
        {acceptedGaps.length === 1
          ? 'Our procedure has a known gap.'
          : `Our procedure has ${acceptedGaps.length} known gaps.`}
      </h2>
      <p>
        {adoptedBy} accepted {acceptedGaps.length === 1 ? 'it' : 'them'} <Past at={adoptedAt} />:{' '}
        <q className={classes['reason']}>{reason}</q>
      </p>
      <ul tabIndex={0} aria-labelledby="gaps">
        {acceptedGaps.map(({ name, message }) => (
          <li key={name}>
            {message} <span className="code small">{name}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
