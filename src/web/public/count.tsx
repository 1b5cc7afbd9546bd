/** One number of how things stand, with what it counts; red where it should not be so. */
import classes from './count.module.css'
import { figure } from './figures-words.ts'

/** Stands in a list of its like (`dl`), which says how large they are. */
export function Count({
  words,
  amount,
  isBad = false,
}: {
  words: string
  amount: number
  isBad?: boolean
}) {
  return (
    <div className={classes['count']} data-bad={isBad || undefined}>
      <dt>{words}</dt>
      <dd>{figure(amount)}</dd>
    </div>
  )
}
