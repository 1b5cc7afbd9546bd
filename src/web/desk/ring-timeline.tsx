/** When the complaints of a ring came, among all about the same sellers, and what followed. */
import type { RingForDesk } from '../../contract/ring.ts'
import { sayLong } from '../../core/ring-words.ts'
import { useClock } from '../parts/time.tsx'
import { count } from '../parts/time-words.ts'
import type { Chosen } from './ring-graph.tsx'
import { heldComplaints } from './ring-words.ts'
import styles from './ring.module.css'

const width = 900
const height = 150
const left = 30
const axis = 118
const dayLong = 86_400_000

/** A picture only: the table below it says the same. */
export function RingTimeline({ ring, chosen }: { ring: RingForDesk; chosen: Chosen | null }) {
  const { zone } = useClock()
  const held = new Set(heldComplaints(ring).map(({ id }) => id))
  const followed = [
    ...ring.targets.flatMap(({ since }) =>
      since === null ? [] : [{ at: since, words: 'measure', tone: 'red' as const }],
    ),
    { at: ring.foundAt, words: 'ring found', tone: 'pen' as const },
  ]
  const times = [...ring.complaints, ...followed].map(({ at }) => new Date(at).getTime())
  const from = Math.floor(Math.min(...times) / dayLong) * dayLong
  const to = Math.ceil((Math.max(...times) + dayLong / 4) / dayLong) * dayLong
  const place = (at: string | number) =>
    left + ((new Date(at).getTime() - from) / Math.max(dayLong, to - from)) * (width - 2 * left)
  const days = (to - from) / dayLong
  const step = Math.max(1, Math.ceil(days / 12))
  const ticks = Array.from(
    { length: Math.floor(days / step) + 1 },
    (_, at) => from + at * step * dayLong,
  )
  const stacked = stack(ring.complaints, place)
  const span = { from: place(ring.span.from), to: place(ring.span.to) }
  return (
    <div className={styles.graph} role="region" aria-label="When they came" tabIndex={0}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${count(held.size, 'complaint')} of the ring within ${sayLong(ring.span)}, among ${ring.complaints.length} about the same sellers`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={place(tick)} x2={place(tick)} y1={8} y2={axis} />
            <text x={place(tick)} y={axis + 20} textAnchor="middle" className={styles.small}>
              {new Date(tick).toLocaleDateString('en-GB', {
                timeZone: zone,
                day: 'numeric',
                month: 'short',
              })}
            </text>
          </g>
        ))}
        <line className={styles.span} x1={span.from - 8} x2={span.to + 8} y1={32} y2={32} />
        <text
          x={Math.min(Math.max((span.from + span.to) / 2, 150), width - 150)}
          y={24}
          textAnchor="middle"
          className={styles.words}
        >
          {`${count(held.size, 'complaint')} within ${sayLong(ring.span)}`}
        </text>
        {followed.map(({ at, words, tone }) => (
          <g key={`${words} ${at}`} data-tone={tone} className={styles.followed}>
            <line x1={place(at)} x2={place(at)} y1={8} y2={axis} />
            <text x={place(at) - 6} y={tone === 'red' ? 54 : 70} textAnchor="end">
              {words}
            </text>
          </g>
        ))}
        {stacked.map(({ complaint, x, y }) => (
          <circle
            key={complaint.id}
            className={styles.dot}
            data-out={!held.has(complaint.id) || undefined}
            data-dim={
              (chosen !== null && !chosen.reporters.includes(complaint.reporterId)) || undefined
            }
            data-lit={chosen?.reporters.includes(complaint.reporterId) === true || undefined}
            cx={x}
            cy={y}
            r={7}
          />
        ))}
      </svg>
    </div>
  )
}

/** Of two that would cover each other, the later stands above. */
function stack(complaints: RingForDesk['complaints'], place: (at: string) => number) {
  const placed: { complaint: RingForDesk['complaints'][number]; x: number; y: number }[] = []
  for (const complaint of complaints) {
    const x = place(complaint.at)
    const below = placed.filter((one) => Math.abs(one.x - x) < 15).length
    placed.push({ complaint, x, y: axis - 14 - (below % 4) * 18 })
  }
  return placed
}
