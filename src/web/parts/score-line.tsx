/** The score line shows where a score lies between passing, a person's look and a measure; a second mark shows where it would lie. */
import classes from './score-line.module.css'
import { inHundred } from './sum.ts'

interface ScoreLineProps {
  score: number
  /** `deactivate` is 1 where only people act. */
  thresholds: { review: number; deactivate: number }
  /** Where it would be after the change that is proposed, and the word for it. */
  then?: { score: number; words: string } | null
}

/** The picture is for the eye; the same is said in words beside it. */
export function ScoreLine({ score, thresholds, then = null }: ScoreLineProps) {
  const { review, deactivate } = thresholds
  const tone = score < review ? 'passes' : score < deactivate ? 'looks' : 'acts'
  const from = Math.min(score, then?.score ?? score)
  const to = Math.max(score, then?.score ?? score)
  return (
    <figure className={classes['line']}>
      <figcaption className="heard-only">
        {`The score is ${inHundred(score)}. A person looks from ${inHundred(review)}`}
        {deactivate < 1 && `, the rule acts from ${inHundred(deactivate)}`}.
        {then && ` ${then.words}: ${inHundred(then.score)}.`}
      </figcaption>
      <div aria-hidden="true">
        <div className={classes['marks']}>
          <Mark at={score} words={`${hundredths(score)} now`} tone={tone} isStrong />
          {then && (
            <Mark
              at={then.score}
              words={`${hundredths(then.score)} ${then.words}`}
              tone={then.score < review ? 'passes' : 'looks'}
            />
          )}
        </div>
        <div className={classes['track']}>
          <span data-tone="passes" style={{ width: `${review * 100}%` }} />
          <span data-tone="looks" style={{ width: `${(deactivate - review) * 100}%` }} />
          <span data-tone="acts" style={{ width: `${(1 - deactivate) * 100}%` }} />
          {then && (
            <i
              className={classes['way']}
              style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
            />
          )}
          {then && (
            <b className={classes['dot']} data-then style={{ left: `${then.score * 100}%` }} />
          )}
          <b className={classes['dot']} data-tone={tone} style={{ left: `${score * 100}%` }} />
        </div>
        <div className={classes['zones']}>
          <span>passes</span>
          {deactivate > review && <span>a person looks</span>}
          {deactivate < 1 && <span>acts</span>}
        </div>
      </div>
    </figure>
  )
}

function hundredths(score: number): string {
  return inHundred(score).replace(' in 100', '')
}

function Mark({
  at,
  words,
  tone,
  isStrong = false,
}: {
  at: number
  words: string
  tone: 'passes' | 'looks' | 'acts'
  isStrong?: boolean
}) {
  // Near an end the words lean inwards, so that they stay on the line.
  const side = at < 0.15 ? 'start' : at > 0.85 ? 'end' : 'middle'
  return (
    <span data-side={side} data-tone={isStrong ? tone : undefined} style={{ left: `${at * 100}%` }}>
      {words}
    </span>
  )
}
