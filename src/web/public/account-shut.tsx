/** What is told to whoever signs in to an account that a measure keeps shut: their matter, and the two ways that stay. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { signOut } from '../session.ts'
import classes from './account-shut.module.css'
import { PlainPage } from './plain-page.tsx'

/** Stands in the place of the sign-in form. */
export function AccountShut(): ReactNode {
  const leave = useMutation({ mutationFn: signOut })
  return (
    <PlainPage>
      <PageTitle tab="Sign-in is shut" above="Sign in">
        Nobody can sign in to this account at the moment. Your appeal needs no sign-in.
      </PageTitle>
      <p className="second">
        A measure keeps it shut. The notice that we sent you says which one and why, and orders
        already placed go on. There are two ways to it:
      </p>
      <ol className={classes['ways']}>
        <li>
          <h2>The link in our mail</h2>
          <p className="second">
            Look in the mailbox of this account for the notice about it. Its link opens the decision
            without signing in: there you read why, you appeal, and you write to whoever has it.
          </p>
        </li>
        <li>
          <h2>
            <a className="link" href="/recovery">
              The recovery page
            </a>
          </h2>
          <p className="second">
            For when the mail is not there, or somebody else reads it. It needs neither the account
            nor the mailbox.
          </p>
        </li>
      </ol>
      {leave.isError && (
        <ProblemNote
          error={leave.error}
          safe="You are still signed in here."
          onRetry={() => leave.mutate()}
        />
      )}
      <div className="buttons" style={{ marginTop: 24 }}>
        <Button onClick={() => leave.mutate()} loading={leave.isPending}>
          Use another address
        </Button>
      </div>
    </PlainPage>
  )
}
