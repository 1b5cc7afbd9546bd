/** The whole way of a case: what is done, where it is now, and what is ahead with its last possible date. */
import type { CaseForSeller } from '../../contract/case.ts'
import classes from './whole-way.module.css'

const stateWords = { done: 'done', now: 'now', ahead: 'ahead' } as const

/** Steps on a line. */
export function WholeWay({ steps }: { steps: CaseForSeller['way'] }) {
  return (
    <section aria-labelledby="way">
      <h2 id="way" className={classes['heading']}>
        The whole way
      </h2>
      <ol>
        {steps.map(({ title, words, state }) => (
          <li
            key={title}
            className={classes['step']}
            data-state={state}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <h3>
              {title}
              <span className="heard-only">{`, ${stateWords[state]}`}</span>
            </h3>
            <p className="small second">{words}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
