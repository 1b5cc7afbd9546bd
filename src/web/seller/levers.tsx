/** What a measure on an account or its payouts stops, beside what is still possible. */
import type { MeasureForSeller } from '../../contract/case.ts'
import { Tag } from '../parts/measure-tag.tsx'
import { useClock } from '../parts/time.tsx'
import { leverWords } from './lever-words.ts'
import classes from './levers.module.css'
import { isAhead } from './measure-words.ts'

/** One row per thing that a seller asks about. */
export function Levers({ measure }: { measure: MeasureForSeller }) {
  const { now, zone } = useClock()
  const rows = leverWords(measure, now, zone)
  if (rows.length === 0) return null
  const stops = rows.some(({ isStopped }) => isStopped)
  return (
    <section aria-labelledby="levers">
      <h2 id="levers" className={classes['heading']}>
        {title(measure, now, stops)}
      </h2>
      <dl className={`sheet ${classes['rows']}`}>
        {rows.map(({ label, words, isStopped }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span>{words}</span>
              {isStopped ? <Tag tone="red">Stopped</Tag> : <Tag tone="plain">Goes on</Tag>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function title(measure: MeasureForSeller, now: Date, stops: boolean): string {
  if (measure.status !== 'in-force') return 'What it stopped, and what went on'
  if (isAhead(measure, now)) return 'What it will stop then, and what goes on'
  return stops ? 'What it stops, and what is still possible' : 'It stops nothing'
}
