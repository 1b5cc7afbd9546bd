/** What a measure on an account or its payouts stops, beside what is still possible. */
import type { MeasureForSeller } from '../../contract/case.ts'
import { Tag, type TagTone } from '../parts/measure-tag.tsx'
import { useClock } from '../parts/time.tsx'
import { leverWords, type LeverWords } from './lever-words.ts'
import classes from './levers.module.css'
import { isAhead } from './measure-words.ts'

const tags = {
  on: { words: 'Goes on', tone: 'plain' },
  'in part': { words: 'In part', tone: 'red' },
  stopped: { words: 'Stopped', tone: 'red' },
} as const satisfies Record<LeverWords['goes'], { words: string; tone: TagTone }>

/** One row per thing that a seller asks about. */
export function Levers({ measure }: { measure: MeasureForSeller }) {
  const { now, zone } = useClock()
  const rows = leverWords(measure, now, zone)
  if (rows.length === 0) return null
  const stops = rows.some(({ goes }) => goes !== 'on')
  return (
    <section aria-labelledby="levers">
      <h2 id="levers" className={classes['heading']}>
        {title(measure, now, stops)}
      </h2>
      <dl className={`sheet ${classes['rows']}`}>
        {rows.map(({ label, words, goes }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span>{words}</span>
              <Tag tone={tags[goes].tone}>{tags[goes].words}</Tag>
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
