/** A query on a page is loading, refused or there; this decides which of the three is shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { PageTitle } from './page-title.tsx'
import { ProblemNote, refusalOf } from './problem-note.tsx'

interface PendingProps<Data> {
  of: UseQueryResult<Data>
  /** "your measures": what is loaded. */
  what: string
  /** Whether it is the page itself, which then has a title in every state. */
  isPage?: boolean
  children: (data: Data) => ReactNode
}

/** Old data stays on the page while an error about newer data is shown above it. */
export function Pending<Data>({ of, what, isPage = false, children }: PendingProps<Data>) {
  const retry = () => void of.refetch()
  if (of.data !== undefined) {
    return (
      <>
        {of.isError && (
          <ProblemNote error={of.error} safe="What you see may be a moment old." onRetry={retry} />
        )}
        {children(of.data)}
      </>
    )
  }
  if (of.isError) {
    const isAbsent = refusalOf(of.error) === 'not_found'
    return (
      <>
        {isPage && (
          <PageTitle>{isAbsent ? 'There is nothing here.' : `We couldn’t load ${what}.`}</PageTitle>
        )}
        {isAbsent ? (
          <p className="second">It was never there, or it is not yours to see.</p>
        ) : (
          <ProblemNote error={of.error} safe="Nothing has changed." onRetry={retry} />
        )}
      </>
    )
  }
  return (
    <>
      {isPage && <h1 className="heard-only">{`Loading ${what}`}</h1>}
      <Loading what={what} />
    </>
  )
}
