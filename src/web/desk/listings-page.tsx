/** Listings are found here by words of their title, their id or their seller. */
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

/** The page at `/desk/listings`. */
export function ListingsPage() {
  return <StaffPage>{() => <FindListings />}</StaffPage>
}

function FindListings() {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery(
    query.desk.findListings.queryOptions({ input: { search }, placeholderData: keepPreviousData }),
  )
  return (
    <div className={pageStyles.page}>
      <PageTitle>Every listing can be looked at here, with all that was ever done to it.</PageTitle>
      <div className={pageStyles.searchRow} role="search">
        <TextInput
          className={pageStyles.grow ?? ''}
          label="Words of the title, an id, or a seller"
          value={typed}
          maxLength={200}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Pending of={found} what="the listings">
        {(listings) =>
          listings.length === 0 ? (
            <Empty>
              {search === ''
                ? 'No listing is known yet. The marketplace tells them one by one or as a stream.'
                : `No listing has “${search}” in its title, its id or its seller’s name.`}
            </Empty>
          ) : (
            <ul className={pageStyles.found} aria-label="Listings found">
              {listings.map((listing) => (
                <li key={listing.id} className={pageStyles.foundRow}>
                  <TextLink
                    to="/desk/listings/$listingId"
                    params={{ listingId: listing.id }}
                    className={pageStyles.foundTitle ?? ''}
                  >
                    {listing.title}
                  </TextLink>
                  <span className="second">{listing.sellerName}</span>
                  <span>{listing.tag !== null && <Tag tone="red">{listing.tag}</Tag>}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Pending>
    </div>
  )
}
