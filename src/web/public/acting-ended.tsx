/** What is told to whoever no longer acts for a seller: that it is over, who can change it, and where one can go. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient } from '../api.ts'
import { forgetSeller, hasChosenSeller } from '../chosen-seller.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { signOut } from '../session.ts'
import { PlainPage } from './plain-page.tsx'

/** Stands in the place of the sign-in form. */
export function ActingEnded(): ReactNode {
  const leave = useMutation({ mutationFn: signOut })
  const goOn = () => {
    forgetSeller()
    queryClient.clear()
    window.location.assign('/')
  }
  return (
    <PlainPage>
      <PageTitle tab="You no longer act for this seller" above="Sign in">
        You no longer act for this seller.
      </PageTitle>
      <p className="second">
        Your last day is over, or its owner removed you. What you wrote stays in its cases under
        your name; from now on you change nothing there. Should you go on, ask the owner: they can
        let you in again at any time.
      </p>
      {leave.isError && (
        <ProblemNote
          error={leave.error}
          safe="You are still signed in here."
          onRetry={() => leave.mutate()}
        />
      )}
      <div className="buttons" style={{ marginTop: 24 }}>
        {hasChosenSeller() && <Button onClick={goOn}>Act for another seller</Button>}
        <Button onClick={() => leave.mutate()} loading={leave.isPending}>
          Sign out
        </Button>
      </div>
    </PlainPage>
  )
}
