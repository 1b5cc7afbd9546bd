/** Sellers are found here by their name, their id or an address of theirs. */
import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { Pending } from '../parts/pending.tsx'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'

/** The page at `/desk/sellers`. */
export function SellersPage() {
  return <StaffPage>{() => <FindSellers />}</StaffPage>
}

function FindSellers() {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery(
    query.desk.findSellers.queryOptions({ input: { search }, placeholderData: keepPreviousData }),
  )
  return (
    <div className={pageStyles.page}>
      <PageTitle>Every seller can be looked at here, with the account and its money.</PageTitle>
      <div className={pageStyles.searchRow} role="search">
        <TextInput
          className={pageStyles.grow ?? ''}
          label="A name, an id, or an e-mail address"
          value={typed}
          maxLength={200}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Pending of={found} what="the sellers">
        {(sellers) =>
          sellers.length === 0 ? (
            <Empty>
              {search === ''
                ? 'No seller is known yet. The marketplace tells them with their listings.'
                : `No seller has “${search}” in the name, the id or an address.`}
            </Empty>
          ) : (
            <ul className={pageStyles.found} aria-label="Sellers found">
              {sellers.map((seller) => (
                <li key={seller.id} className={pageStyles.foundRow}>
                  <TextLink to="/desk/sellers/$sellerId" params={{ sellerId: seller.id }}>
                    {seller.name}
                  </TextLink>
                  <span className="third code">{seller.id}</span>
                  <span>{seller.tag !== null && <Tag tone="red">{seller.tag}</Tag>}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Pending>
    </div>
  )
}
