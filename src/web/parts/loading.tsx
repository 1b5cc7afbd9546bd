/** Loading keeps the layout: hairlines where words will be, and only after 300 ms. */
import classes from './loading.module.css'
import { useSlow } from './use-slow.ts'

interface LoadingProps {
  /** What is being loaded, for those who listen: "your measures". */
  what: string
  lines?: number
}

/** Placeholder lines of uneven length. */
export function Loading({ what, lines = 5 }: LoadingProps) {
  const isSlow = useSlow()
  return (
    <div className={classes['lines']} data-slow={isSlow || undefined} role="status">
      <span className="heard-only">{isSlow ? `Loading ${what}.` : ''}</span>
      {Array.from({ length: lines }, (_, place) => (
        <span
          key={place}
          className={classes['line']}
          style={{ width: `${[62, 88, 74, 81, 45][place % 5]}%` }}
        />
      ))}
    </div>
  )
}
