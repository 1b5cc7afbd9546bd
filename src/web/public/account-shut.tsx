/** What is told to whoever signs in to an account that a measure keeps shut: which one, if they proved the mailbox, and the ways that stay. */
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ShutAccount } from '../../contract/shut-account.ts'
import { query } from '../api.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past, TimeProvider } from '../parts/time.tsx'
import { signOut } from '../session.ts'
import classes from './account-shut.module.css'
import { PlainPage } from './plain-page.tsx'

/** Stands in the place of the sign-in form. */
export function AccountShut(): ReactNode {
  const leave = useMutation({ mutationFn: signOut })
  const shut = useQuery(query.session.getShutAccounts.queryOptions())
  const accounts = shut.data?.accounts ?? []
  const [only] = accounts
  return (
    <PlainPage>
      <PageTitle tab="Sign-in is shut" above="Sign in">
        {only !== undefined && accounts.length === 1
          ? `${only.sellerName} ${only.measure.is}: nobody can sign in. Your appeal needs no sign-in.`
          : 'Nobody can sign in to this account at the moment. Your appeal needs no sign-in.'}
      </PageTitle>
      {accounts.map((account) => (
        <TimeProvider
          key={account.measure.decisionId}
          zone={account.timeZone}
          serverNow={shut.data?.now}
          receivedAt={shut.dataUpdatedAt}
        >
          <WhatShuts account={account} isAlone={accounts.length === 1} />
        </TimeProvider>
      ))}
      {accounts.length === 0 && (
        <p className="second">
          A measure keeps it shut. The notice that we sent you says which one and why, and orders
          already placed go on.
          {shut.data?.isProved === false &&
            ' We tell it here, too, once a new link to the mailbox of this account has shown that you read it: ask for one by “Use another address”.'}
        </p>
      )}
      <h2 className={classes['other']}>
        {accounts.length > 0 ? 'Two other ways to it' : 'There are two ways to it'}
      </h2>
      <ol className={classes['ways']}>
        <li>
          <h3>The link in our mail</h3>
          <p className="second">
            Look in the mailbox of this account for the notice about it. Its link opens the decision
            without signing in: there you read why, you appeal, and you write to whoever has it.
          </p>
        </li>
        <li>
          <h3>
            <a className="link" href="/recovery">
              The recovery page
            </a>
          </h3>
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

/** Which measure it is, and its link as the notice has one. */
function WhatShuts({
  account: { sellerName, measure, link, opensBelongings },
  isAlone,
}: {
  account: ShutAccount
  isAlone: boolean
}) {
  const name = isAlone ? '' : `: ${sellerName}`
  return (
    <section className={classes['shut']} aria-label={`Decision ${measure.number}`}>
      <p>
        {isAlone ? 'It' : sellerName} {measure.is} by decision {measure.number},{' '}
        <Past at={measure.since} />. {measure.effect}
      </p>
      <div className="buttons" style={{ marginTop: 16 }}>
        <ButtonLink to="/link/$token" params={{ token: link }} search={{}} variant="filled">
          Read why, or appeal{name}
        </ButtonLink>
        {opensBelongings && (
          <ButtonLink to="/link/$token" params={{ token: link }} search={{ to: 'belongings' }}>
            See what stays yours{name}
          </ButtonLink>
        )}
      </div>
      {!opensBelongings && (
        <p className="small second" style={{ marginTop: 12 }}>
          A stranger may be in this account and read this mailbox too, so by this way there are the
          decision, your appeal and its case, and nothing else.
        </p>
      )}
    </section>
  )
}
