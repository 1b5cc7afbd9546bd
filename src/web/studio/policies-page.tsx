/** The studio's page of policies: every rule in force in a line, how far it may go by itself, and how it has done. */
import { useQuery } from '@tanstack/react-query'
import type { PolicyForStudio } from '../../contract/policy.ts'
import { query } from '../api.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { levelWords, policiesTitle, recordWords } from './level-words.ts'
import styles from './policies.module.css'
import { screenedWords } from './record-words.ts'
import { Rescreened } from './rescreened.tsx'

/** The page at `/studio/policies`. */
export function PoliciesPage() {
  return <StaffPage>{() => <AllPolicies />}</StaffPage>
}

function AllPolicies() {
  const policies = useQuery(
    query.policies.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(isReadingAnew) ? 2_000 : 15_000),
    }),
  )
  return (
    <TimeProvider>
      <div className={styles.page}>
        <Pending of={policies} what="the policies" isPage>
          {(all) => (
            <>
              <PageTitle>{policiesTitle(all.map(({ level }) => level))}</PageTitle>
              {all.length === 0 ? (
                <Empty>
                  Policies are documents in the folder “policies”. Each one that is put there stands
                  here after the next start.
                </Empty>
              ) : (
                <ul className={styles.list} aria-label="Every rule">
                  {all.map((policy) => (
                    <PolicyRow key={policy.policy.policy} shown={policy} />
                  ))}
                </ul>
              )}
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}

/** Whether a policy reads the catalogue anew at this moment. */
export function isReadingAnew({ rescreening }: Pick<PolicyForStudio, 'rescreening'>): boolean {
  return rescreening !== null && rescreening.endedAt === null
}

function PolicyRow({ shown }: { shown: PolicyForStudio }) {
  const { policy, isForPeople, level, counts, screened, levelSetBy, levelSetAt } = shown
  return (
    <li className={styles.row}>
      <div>
        <h2 className={styles.rowTitle}>
          <TextLink to="/studio/policies/$name" params={{ name: policy.policy }}>
            {policy.title}
          </TextLink>{' '}
          {policy.naive && <Tag tone="amber">Naive</Tag>}
        </h2>
        <p className="third small">
          <span className="code">{policy.policy}</span>, version {policy.version}
        </p>
      </div>
      <div>
        {isForPeople ? (
          <>
            <p>People alone judge by it.</p>
            <p className="second small">
              It is quoted where an account or money is acted on; no listing is read by it.
            </p>
          </>
        ) : (
          <>
            <p>{recordWords(counts)}</p>
            <p className="second small">
              {screenedWords(screened)} Standing now: {counts.deactivate.toLocaleString('en')} to
              act on, {counts.review.toLocaleString('en')} for a person to look at.
              {policy.naive && ' It is wrong on purpose: it is the policy of the story.'}
            </p>
          </>
        )}
        {isReadingAnew(shown) && <Rescreened rescreening={shown.rescreening} />}
      </div>
      <div>
        <p>
          <strong>{isForPeople ? 'For people' : levelWords[level].title}</strong>
        </p>
        {!isForPeople && (
          <p className="second small">
            {levelSetBy}, <Past at={levelSetAt} />
          </p>
        )}
      </div>
    </li>
  )
}
