/** What screening flagged: how much of everything, which words, how sure, and what came of each. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../api.ts'
import { Empty } from '../parts/empty.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { TimeProvider } from '../parts/time.tsx'
import pageStyles from './page.module.css'
import { FlaggedRow } from './flagged-row.tsx'
import { flaggedTitle } from './flagged-words.ts'
import { PolicyCountsPlot } from './policy-counts-plot.tsx'
import { StaffPage } from './staff-page.tsx'

type Outcome = 'review' | 'deactivate'

/** The page at `/desk/flagged`. */
export function FlaggedPage() {
  return <StaffPage>{() => <AllFlagged />}</StaffPage>
}

function AllFlagged() {
  const [policy, setPolicy] = useState('')
  const [outcome, setOutcome] = useState<Outcome | ''>('')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 300)
  const flagged = useInfiniteQuery(
    query.desk.listFlagged.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(policy !== '' && { policy }),
        ...(outcome !== '' && { outcome }),
        ...(search !== '' && { search }),
        ...(cursor !== undefined && { cursor }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const first = flagged.data?.pages[0]
  const rows = flagged.data?.pages.flatMap((page) => page.findings) ?? []
  const isFiltered = policy !== '' || outcome !== '' || search !== ''
  return (
    <TimeProvider>
      <div className={pageStyles.page}>
        <PageTitle tab={first ? flaggedTitle(first) : 'What screening flagged'}>
          {first ? flaggedTitle(first) : 'What screening flagged'}
        </PageTitle>
        {first && <PolicyCountsPlot counts={first.byPolicy} />}
        <div className={pageStyles.searchRow} role="search">
          <TextInput
            className={pageStyles.grow ?? ''}
            label="Words of the title, or the seller"
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <NativeSelect
            label="Rule"
            value={policy}
            onChange={(event) => setPolicy(event.currentTarget.value)}
            data={[
              { value: '', label: 'Every rule' },
              ...(first?.byPolicy ?? []).map((each) => ({ value: each.policy, label: each.title })),
            ]}
          />
          <NativeSelect
            label="What the rule would do"
            value={outcome}
            onChange={(event) => setOutcome(outcomeOf(event.currentTarget.value))}
            data={[
              { value: '', label: 'Anything' },
              { value: 'deactivate', label: 'Act' },
              { value: 'review', label: 'Ask a person' },
            ]}
          />
        </div>
        {flagged.isError && (
          <ProblemNote
            error={flagged.error}
            safe="Nothing was changed by looking."
            onRetry={() => void flagged.refetch()}
          />
        )}
        {flagged.isPending && <Loading what="what was flagged" lines={8} />}
        {first && rows.length === 0 && (
          <Empty>
            {isFiltered
              ? 'Nothing that was flagged fits. Take a filter away to see more.'
              : 'When a rule speaks up at a listing, it stands here with the words that matched and what came of it.'}
          </Empty>
        )}
        {rows.length > 0 && (
          <ul
            className={pageStyles.found}
            aria-label="Flagged listings, newest first"
            aria-busy={flagged.isPlaceholderData}
          >
            {rows.map((each) => (
              <FlaggedRow key={each.findingId} flagged={each} />
            ))}
          </ul>
        )}
        {flagged.hasNextPage && (
          <div className="buttons" style={{ marginTop: 20 }}>
            <Button
              loading={flagged.isFetchingNextPage}
              onClick={() => void flagged.fetchNextPage()}
            >
              Show more
            </Button>
            <span className="third">{rows.length} shown</span>
          </div>
        )}
      </div>
    </TimeProvider>
  )
}

function outcomeOf(value: string): Outcome | '' {
  return value === 'review' || value === 'deactivate' ? value : ''
}
