/** What was changed while somebody else had the account, for the owner who has it back: seen, and returned by one press. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { Changes } from '../public/claim-changes.tsx'
import classes from '../public/claim-changes.module.css'
import { changesQuery } from './changes-query.ts'

/** `/changes` */
export function ChangesPage(): ReactNode {
  const queries = useQueryClient()
  const found = useQuery(changesQuery)
  const give = useMutation({
    mutationFn: (changes: string[] | null) =>
      api.seller.returnChanges({ ...(changes && { changes }) }),
    onSuccess: (next) => queries.setQueryData(changesQuery.queryKey, next),
  })
  return (
    <Pending of={found} what="what was changed" isPage>
      {({ changes }) => (
        <>
          <PageTitle
            tab="What was changed meanwhile"
            above={
              <Trail>
                {[
                  <TextLink key="home" to="/seller">
                    Home
                  </TextLink>,
                  changes === null ? 'Changes' : `Claim ${changes.number}`,
                ]}
              </Trail>
            }
          >
            What was changed while somebody else had your account
          </PageTitle>
          {changes === null ? (
            <Empty>Nobody else ever had your account.</Empty>
          ) : (
            <section className={classes['changes']} aria-label="Changes">
              <Changes changes={changes} give={give} mayReturn />
            </section>
          )}
        </>
      )}
    </Pending>
  )
}
