/** A query on a page is loading, refused or there; this decides which of the three is shown. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { ProblemNote } from './problem-note.tsx'

interface PendingProps<Data> {
  of: UseQueryResult<Data>
  /** "your measures": what is loaded. */
  what: string
  children: (data: Data) => ReactNode
}

/** Old data stays on the page while an error about newer data is shown above it. */
export function Pending<Data>({ of, what, children }: PendingProps<Data>) {
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
  if (of.isError)
    return (
      <ProblemNote
        error={of.error}
        safe={`We couldn’t load ${what}. Nothing has changed.`}
        onRetry={retry}
      />
    )
  return <Loading what={what} />
}
