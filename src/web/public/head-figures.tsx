/** The four figures that are seen first, each with what it counts. */
import type { ReactNode } from 'react'
import type { Figures, Wait } from '../../contract/figures.ts'
import type { Waiting } from '../../contract/procedure.ts'
import type { FigureName } from '../../core/figure-words.ts'
import { sayTime } from '../../procedure/words.ts'
import { Counted } from './counted.tsx'
import classes from './figures-page.module.css'
import { figure, percent, waitFigure } from './figures-words.ts'

/** Limbo at this moment; the two waits; and how much sellers sell. */
export function HeadFigures({ figures, waiting }: { figures: Figures; waiting: Waiting }) {
  const { waits, sales } = figures
  return (
    <dl className={classes['heads']}>
      <Head
        amount={figure(waiting.withoutClock)}
        words="open cases without a running clock"
        note={`of ${figure(waiting.open)} open at this moment`}
        counted="now.withoutClock"
        isBad={waiting.withoutClock > 0}
      />
      <WaitHead
        wait={waits.person}
        words="until a desk that may decide had the case"
        counted="waits.person"
      />
      <WaitHead wait={waits.answer} words="until the answer" counted="waits.answer" />
      <Head
        amount={sales.share === null ? '–' : percent(sales.share)}
        words="of sales by third-party sellers"
        note={
          sales.share === null
            ? 'no order was told in this time'
            : sales.before === null
              ? `of ${figure(sales.orders)} orders`
              : `${percent(sales.before)} in the time as long before`
        }
        counted="sales.bySellers"
      />
    </dl>
  )
}

function WaitHead({
  wait: { ended, beyond, medianMs, worstMs, promiseMs },
  words,
  counted,
}: {
  wait: Wait
  words: string
  counted: FigureName
}) {
  const promised = promiseMs === null ? '' : `; promised: ${sayTime(promiseMs)}`
  return (
    <Head
      amount={medianMs === null ? '–' : waitFigure(medianMs)}
      words={words}
      note={
        medianMs === null || worstMs === null
          ? `nothing was answered in this time${promised}`
          : `half waited no longer; the longest ${waitFigure(worstMs)}${promised}`
      }
      counted={counted}
      {...(beyond > 0 && {
        bad: `${figure(beyond)} of ${figure(ended)} waited longer than promised`,
      })}
    />
  )
}

interface HeadProps {
  amount: string
  words: string
  note: string
  counted: FigureName
  isBad?: boolean
  /** What exactly is bad about it, where the words do not say so. */
  bad?: string
}

function Head({ amount, words, note, counted, isBad = false, bad }: HeadProps): ReactNode {
  return (
    <div className={classes['head']} data-bad={isBad || undefined}>
      <dt>{words}</dt>
      <dd className={classes['amount']}>{amount}</dd>
      <dd className={classes['note']}>
        {note}
        {bad !== undefined && <strong className={classes['red']}>. {bad}</strong>}
        <Counted of={words} names={[counted]} />
      </dd>
    </div>
  )
}
