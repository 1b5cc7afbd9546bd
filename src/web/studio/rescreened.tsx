/** How far a policy has come through the listings on sale, as it happens. */
import type { Rescreening } from '../../contract/policy.ts'
import { Past } from '../parts/time.tsx'
import styles from './policies.module.css'
import { rescreeningWords } from './record-words.ts'

/** A bar while it goes on; one sentence afterwards; nothing where there never was one. */
export function Rescreened({ rescreening }: { rescreening: Rescreening | null }) {
  if (rescreening === null) return null
  const { endedAt, listings, screened } = rescreening
  if (endedAt !== null)
    return (
      <p className="small second">
        {rescreeningWords(rescreening)} <Past at={endedAt} />.
      </p>
    )
  return (
    <div className={styles.anew}>
      <Progress done={screened} of={listings} label="Listings read anew" />
      <p className="small">{rescreeningWords(rescreening)} New listings do not wait for it.</p>
    </div>
  )
}

/** A thin bar: how much of something is done. */
export function Progress({ done, of, label }: { done: number; of: number; label: string }) {
  const share = of === 0 ? 100 : Math.min(100, (done / of) * 100)
  return (
    <div
      className={styles.progress}
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(share)}
      aria-valuetext={`${done.toLocaleString('en')} of ${of.toLocaleString('en')}`}
    >
      <span style={{ width: `${share}%` }} />
    </div>
  )
}
