/** Choosing a shop: who acts for several says for which one now, so that nothing is said for another by mistake. */
import { Button } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { queryClient } from '../api.ts'
import { chooseSeller } from '../chosen-seller.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import { useMe } from '../session.ts'
import classes from './choose-page.module.css'
import { PlainPage } from './plain-page.tsx'

const here = getRouteApi('/choose')

/** `/choose?next=…` */
export function ChoosePage(): ReactNode {
  const found = useMe()
  const { next } = here.useSearch()
  const choose = (id: string) => {
    chooseSeller(id)
    queryClient.clear()
    window.location.assign(next ?? '/seller')
  }
  return (
    <PlainPage>
      <Pending of={found} what="for whom you act" isPage>
        {({ me }) => {
          if (me.kind !== 'seller') return <PageTitle>There is nothing to choose here.</PageTitle>
          const all = [{ id: me.sellerId, name: me.sellerName }, ...me.others].toSorted((a, b) =>
            a.name.localeCompare(b.name),
          )
          return (
            <>
              <PageTitle above="Signed in" tab="For whom do you act?">
                You act for {all.length} sellers. Which one is it now?
              </PageTitle>
              <p className="second">
                What you read and write is that one’s alone. You can change it on the page
                “Account”.
              </p>
              <ul className={classes['sellers']}>
                {all.map(({ id, name }) => (
                  <li key={id}>
                    <Button fullWidth size="md" onClick={() => choose(id)}>
                      {name}
                    </Button>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Pending>
    </PlainPage>
  )
}
