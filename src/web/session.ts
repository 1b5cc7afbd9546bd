/** The session is who the reader is; pages ask it once and go by the answer. */
import { useQuery } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { Me } from '../contract/session.ts'
import { query, queryClient } from './api.ts'
import { forgetSeller } from './chosen-seller.ts'
import { keepLinkToken } from './link.ts'
import { refusalOf } from './parts/problem-note.tsx'

/** Who one is here, what the marketplace is called, and whether this is the demo. */
export const meQuery = query.session.getMe.queryOptions({
  staleTime: 60_000,
  // A refusal stays one: who is told that the account is shut must not ask again by being told.
  retryOnMount: false,
})

/** The same as a hook. */
export function useMe() {
  return useQuery(meQuery)
}

/** Who one is, before a page opens; who signed in to an account that is shut is led to the ways that stay. */
export async function readMe({ staleTime = 60_000 } = {}): Promise<Me> {
  try {
    const { me } = await queryClient.fetchQuery({ ...meQuery, staleTime })
    return me
  } catch (error) {
    if (isShutOut(error)) redirect({ throw: true, href: '/sign-in' })
    throw error
  }
}

/** Whether nothing opens any more for who is signed in; the sign-in page says why, and which ways stay. */
export function isShutOut(error: unknown): boolean {
  return ['account_shut', 'acting_ended'].includes(refusalOf(error) ?? '')
}

/** Signs out here, forgets the link and everything that was loaded, and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  const answer = await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    credentials: 'include',
  })
  if (!answer.ok) throw new Error('sign out: the server did not agree')
  keepLinkToken(null)
  forgetSeller()
  queryClient.clear()
  window.location.assign('/sign-in')
}
