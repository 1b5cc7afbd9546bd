/** The holding line answers three questions wherever something is open: who has it, until when, and what if they are late. */
import type { ReactNode } from 'react'
import type { Holding } from '../../contract/case.ts'
import classes from './holding-line.module.css'
import { CheckIcon } from './icon.tsx'
import { Due, Past, useClock } from './time.tsx'
import { passedWords } from './time-words.ts'

interface HoldingLineProps {
  holding: Holding
  /** Whether what is done was given back to the seller: then it is green. */
  isGood?: boolean
  /** Whom a question waits for, as its reader calls them. */
  asked?: string
  /** What the last question is, where something good happens by itself. */
  then?: string
}

/** The strip under a title; on phones its cells stand on each other. */
export function HoldingLine({ holding, isGood = true, asked = 'you', then }: HoldingLineProps) {
  const { now } = useClock()
  const { state, who, whoDetail, startedAt, dueAt, ifLate, ifLateDetail } = holding
  if (state === 'done') {
    return (
      <section className={classes['done']} data-good={isGood || undefined} aria-label="Who has it">
        {isGood && <CheckIcon />}
        <p>
          <strong>{who}</strong> <span>{whoDetail}</span>
        </p>
      </section>
    )
  }
  const started = new Date(startedAt)
  const due = dueAt === null ? null : new Date(dueAt)
  const isLate = isHoldingLate(holding, now)
  const used =
    due === null ? 0 : share(now.getTime() - started.getTime(), due.getTime() - started.getTime())
  return (
    <section
      className={classes['line']}
      data-late={isLate || undefined}
      data-still={state === 'stands-still' || undefined}
      aria-label="Who has it, until when, and what happens by itself"
    >
      <div className={classes['track']} aria-hidden="true">
        <span style={{ width: `${isLate ? 100 : used * 100}%` }} />
      </div>
      <dl className={classes['cells']}>
        <Cell label="Who has it" words={who} detail={whoDetail} />
        {dueAt === null || due === null ? (
          <Cell
            label="Until when"
            words="No clock runs against you"
            detail={
              <>
                Since <Past at={startedAt} />
              </>
            }
          />
        ) : isLate ? (
          <Cell
            label="Was due"
            words={<Due at={dueAt} />}
            detail={`We are late. ${whoFirst(who)} still has to answer.`}
          />
        ) : (
          <Cell
            label={state === 'stands-still' ? `Waits for ${asked} until` : 'Until when'}
            words={<Due at={dueAt} />}
            detail={
              state === 'stands-still'
                ? 'The clock stands still meanwhile'
                : passedWords(started, due, now)
            }
          />
        )}
        <Cell label={then ?? lateLabel[state]} words={ifLate} detail={ifLateDetail} />
      </dl>
    </section>
  )
}

const lateLabel = {
  running: 'If nobody has looked by then',
  'stands-still': 'If no answer comes by then',
  overdue: 'What happens now',
  restoring: 'If the shop is late',
} as const satisfies Record<Exclude<Holding['state'], 'done'>, string>

/** A question that waits is nobody's lateness. */
function isHoldingLate({ state, dueAt }: Holding, now: Date): boolean {
  return (
    state === 'overdue' || (state !== 'stands-still' && dueAt !== null && new Date(dueAt) < now)
  )
}

function whoFirst(who: string): string {
  return who.split(',')[0] ?? who
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 1 : Math.min(1, Math.max(0.01, part / whole))
}

function Cell({ label, words, detail }: { label: string; words: ReactNode; detail: ReactNode }) {
  return (
    <div className={classes['cell']}>
      <dt>{label}</dt>
      <dd>
        <strong>{words}</strong>
        <span>{detail}</span>
      </dd>
    </div>
  )
}

/** The same three answers in a row of a list: who, and by when. */
export function HoldingWords({ holding }: { holding: Holding }) {
  const { now } = useClock()
  const isLate = isHoldingLate(holding, now)
  return (
    <>
      <strong>{holding.who}</strong>
      <br />
      {holding.dueAt === null || holding.state === 'done' ? (
        <span className="second">{holding.whoDetail}</span>
      ) : isLate ? (
        <span style={{ color: 'var(--red)' }}>
          was due <Due at={holding.dueAt} />
        </span>
      ) : (
        <span className="second">
          {holding.state === 'stands-still' ? 'until' : 'by'} <Due at={holding.dueAt} />
        </span>
      )}
    </>
  )
}
