/** What whoever wrote a letter waits for: their clock, beside that of the desk. */
import type { WaitedFor } from '../../contract/letter.ts'
import { Due } from '../parts/time.tsx'
import styles from './letter.module.css'

/** "The body wants our file by Tue 1 Dec 23:59 (in 5 days)". */
export function WaitedForLine({ waitedFor }: { waitedFor: WaitedFor }) {
  return (
    <span className={waitedFor.isPast ? styles.late : styles.wanted}>
      {waitedFor.words} <Due at={waitedFor.by} />
      {waitedFor.isPast && ', and it has not gone out'}
    </span>
  )
}
