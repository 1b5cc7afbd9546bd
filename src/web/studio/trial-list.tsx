/** What was tried of a policy: each trial in a line, with the way to its report. */
import { useQuery } from '@tanstack/react-query'
import type { PolicyHead } from '../../contract/policy.ts'
import type { TrialSummary } from '../../contract/trial.ts'
import { query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past } from '../parts/time.tsx'
import styles from './policies.module.css'
import { trialWords } from './trial-words.ts'

const SHOWN = 3

interface TrialListProps {
  policy: Pick<PolicyHead, 'policy'>
  /** On the page where trials begin, all of them and no way there. */
  isWhole?: boolean
}

/** For those who manage policies; others may not read trials. */
export function TrialList({ policy: { policy: name }, isWhole = false }: TrialListProps) {
  const trials = useQuery(
    query.policies.listTrials.queryOptions({
      input: { name },
      refetchInterval: ({ state }) =>
        state.data?.some((trial) => trial.state === 'running') ? 1_500 : 15_000,
    }),
  )
  return (
    <section aria-labelledby="trials">
      <div className={styles.head}>
        <h2 id="trials">Tried in shadow</h2>
        {!isWhole && (
          <ButtonLink size="compact-sm" to="/studio/policies/$name/trials" params={{ name }}>
            Try a change
          </ButtonLink>
        )}
      </div>
      <Pending of={trials} what="the trials">
        {(all) =>
          all.length === 0 ? (
            <p className="second small">
              Nothing was tried yet. A changed rule can be tried on last month’s listings before
              anything acts; what it would have done stands here then.
            </p>
          ) : (
            <ul className={styles.past}>
              {(isWhole ? all : all.slice(0, SHOWN)).map((trial) => (
                <TrialLine key={trial.id} trial={trial} />
              ))}
            </ul>
          )
        }
      </Pending>
    </section>
  )
}

function TrialLine({ trial }: { trial: TrialSummary }) {
  const { id, policy, askedBy, askedAt, state } = trial
  return (
    <li>
      <p>
        <TextLink
          to="/studio/policies/$name/trials/$trialId"
          params={{ name: policy, trialId: id }}
        >
          {trialWords(trial)}
        </TextLink>{' '}
        {state === 'running' && <Tag tone="amber">Runs</Tag>}
      </p>
      <p className="small second">
        {askedBy}, <Past at={askedAt} />
      </p>
    </li>
  )
}
