/** The studio's page of procedures: the text in force, its proof, its picture, and every version that was ever adopted. */
import { useQuery } from '@tanstack/react-query'
import { query } from '../api.ts'
import { StaffPage } from '../desk/staff-page.tsx'
import { Pending } from '../parts/pending.tsx'
import { TimeProvider } from '../parts/time.tsx'
import styles from './procedures.module.css'
import { Workbench } from './workbench.tsx'

/** The page at `/studio/procedures`. */
export function ProceduresPage() {
  return <StaffPage>{() => <InForce />}</StaffPage>
}

function InForce() {
  const procedures = useQuery(query.procedures.list.queryOptions({ refetchInterval: 15_000 }))
  const id = procedures.data?.inForce ?? ''
  const version = useQuery(
    query.procedures.get.queryOptions({ input: { id }, enabled: id !== '', staleTime: Infinity }),
  )
  const story = useQuery({
    queryKey: ['hands-off-the-wheel'],
    queryFn: async () => (await import('../../../procedures/hands-off-the-wheel.yaml?raw')).default,
    staleTime: Infinity,
  })
  const isThere = procedures.data !== undefined && version.data !== undefined
  return (
    <TimeProvider>
      {isThere && story.data !== undefined ? (
        <Workbench
          key={version.data.id}
          procedures={procedures.data}
          version={version.data}
          story={story.data}
        />
      ) : (
        <div className={styles.waiting}>
          <Pending of={procedures} what="the procedure in force" isPage>
            {() => (
              <Pending of={version} what="the procedure in force" isPage>
                {() => (
                  <Pending of={story} what="the procedure of the story" isPage>
                    {() => null}
                  </Pending>
                )}
              </Pending>
            )}
          </Pending>
        </div>
      )}
    </TimeProvider>
  )
}
