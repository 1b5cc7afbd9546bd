/** The door without a sign-in: a signed link from a notice opens its matter, and only that. */
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { createClient } from '../../contract/client.ts'
import { queryClient } from '../api.ts'
import { keepLinkToken, matterOf } from '../link.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { PlainPage } from './plain-page.tsx'

const here = getRouteApi('/link/$token')

/** `/link/$token` */
export function LinkPage(): ReactNode {
  const { token } = here.useParams()
  const { to } = here.useSearch()
  const door = useQuery({
    queryKey: ['link', token],
    queryFn: async () => {
      const client = createClient({
        url: window.location.origin,
        headers: () => ({ 'x-recourse-link': token }),
      })
      const { me } = await client.session.getMe()
      if (me.kind === 'link') {
        keepLinkToken(token)
        // What was loaded as somebody else, or as nobody, is not this reader's.
        queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'link' })
      }
      return me
    },
    // Each opening is a new one: the token may have been put away since.
    gcTime: 0,
    staleTime: 0,
  })
  const me = door.data

  if (door.isError) return <Shut error={door.error} onRetry={() => void door.refetch()} />
  if (me === undefined) {
    return (
      <PlainPage>
        <h1 className="heard-only">Opening your link</h1>
        <Loading what="your matter" />
      </PlainPage>
    )
  }
  switch (me.kind) {
    case 'link':
      return to === 'belongings' ? (
        <Navigate to="/belongings" replace />
      ) : (
        <Opened caseId={me.caseId} decisionId={me.decisionId} />
      )
    case 'seller':
      // Signed in for the same seller: the session sees more than the link would.
      return <Opened {...matterOf(token)} />
    case 'staff':
    case 'nobody':
      return <Shut error={null} onRetry={() => void door.refetch()} />
  }
}

function Opened({ caseId, decisionId }: { caseId: string | null; decisionId: string | null }) {
  if (caseId !== null) return <Navigate to="/cases/$caseId" params={{ caseId }} replace />
  if (decisionId !== null)
    return <Navigate to="/measures/$decisionId" params={{ decisionId }} replace />
  return <Navigate to="/seller" replace />
}

function Shut({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const refusal = refusalOf(error)
  const isOld = refusal === 'link_expired'
  const isWrong = error === null || refusal === 'link_invalid' || refusal === 'not_signed_in'
  return (
    <PlainPage>
      <PageTitle tab="Link" above="From our mail">
        {isOld
          ? 'This link has run out. Your matter has not.'
          : isWrong
            ? 'This link is not whole. A part of it may be missing.'
            : 'We couldn’t open your link just now.'}
      </PageTitle>
      {!isOld && !isWrong && (
        <ProblemNote error={error} safe="Nothing of yours has changed." onRetry={onRetry} />
      )}
      <p className="second" style={{ marginTop: 12 }}>
        You can sign in with the e-mail address at which the notice reached you: your matter is
        there.
        {isWrong &&
          ' If you copied the link, open it again from the mail: long links sometimes break in two.'}
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/sign-in" variant="filled">
          Sign in
        </ButtonLink>
      </div>
    </PlainPage>
  )
}
