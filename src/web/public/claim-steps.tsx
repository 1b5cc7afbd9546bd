/** The steps of a claim in their order: what was done and when, whose turn it is, and what comes. */
import type { ReactNode } from 'react'
import type { ClaimProgress, ClaimStep } from '../../contract/claim.ts'
import { CheckIcon } from '../parts/icon.tsx'
import { Due, Past } from '../parts/time.tsx'
import classes from './claim-steps.module.css'

interface ClaimStepsProps {
  progress: ClaimProgress
  /** What one does in a step; nothing where there is nothing to do. */
  renderBelow: (step: ClaimStep) => ReactNode
}

const stateWords = {
  done: 'Done',
  yours: 'Your turn',
  now: 'Now',
  ahead: 'Still to come',
} as const satisfies Record<ClaimStep['state'], string>

/** Filled green is done, the ring in blue is now, empty comes later; each is said in words as well. */
export function ClaimSteps({ progress, renderBelow }: ClaimStepsProps) {
  return (
    <ol className={classes['steps']}>
      {progress.steps.map((step) => (
        <li
          key={step.step}
          className={classes['step']}
          data-state={step.state}
          aria-current={step.state === 'yours' || step.state === 'now' ? 'step' : undefined}
        >
          <span className={classes['mark']} role="img" aria-label={stateWords[step.state]}>
            {step.state === 'done' && <CheckIcon size={14} />}
          </span>
          <div className={classes['words']}>
            <h3>
              {step.title}
              {step.state === 'yours' && ': your turn'}
            </h3>
            <p className="second">
              <StepTime step={step} progress={progress} /> {step.words}
            </p>
            {renderBelow(step)}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** When it was done, or else by when or from when it will be; nothing where nobody can say. */
function StepTime({
  step: { step, state, at },
  progress: { frozenUntil, notBefore },
}: {
  step: ClaimStep
  progress: ClaimProgress
}) {
  if (step === 'safe' && frozenUntil !== null)
    return (
      <>
        Until <Due at={frozenUntil} />.
      </>
    )
  if (step === 'waiting' && state !== 'done' && at === null && notBefore !== null)
    return (
      <>
        Not before <Due at={notBefore} />.
      </>
    )
  if (at === null) return null
  if (state === 'done')
    return (
      <>
        <Past at={at} />.
      </>
    )
  return (
    <>
      {step === 'waiting' || step === 'probation' ? 'Until' : 'By'} <Due at={at} />.
    </>
  )
}
