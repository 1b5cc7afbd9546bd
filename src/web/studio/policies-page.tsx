/** The studio's page of policies: every rule in force, how far it may go by itself, and how it has done. */
import { useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { TimeProvider } from '../parts/time.tsx'
import { policiesTitle } from './level-words.ts'
import styles from './policies.module.css'
import { PolicyView } from './policy-view.tsx'

/** The page at `/studio/policies`. */
export function PoliciesPage() {
  return <StaffPage>{() => <AllPolicies />}</StaffPage>
}

function AllPolicies() {
  const policies = useQuery(query.policies.list.queryOptions({ refetchInterval: 15_000 }))
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
                all.map((policy) => <PolicyView key={policy.policy.policy} policy={policy} />)
              )}
            </>
          )}
        </Pending>
      </div>
    </TimeProvider>
  )
}
