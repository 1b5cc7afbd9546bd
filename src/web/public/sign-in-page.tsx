/** Signing in: by a passkey, or by an address, a mail and a link. The answer is the same whether or not we know the address. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { keepLinkToken } from '../link.ts'
import { queryClient } from '../api.ts'
import { refusalOf } from '../parts/problem-note.tsx'
import { useMe } from '../session.ts'
import { TextLink } from '../parts/button-link.tsx'
import { ActingEnded } from './acting-ended.tsx'
import { AccountShut } from './account-shut.tsx'
import { CodeStep } from './code-step.tsx'
import { PlainPage } from './plain-page.tsx'
import { SignInButtons } from './sign-in-buttons.tsx'
import classes from './sign-in-page.module.css'

const here = getRouteApi('/sign-in')

/** What an address that led back here tells. */
const errors: Record<string, string> = {
  sso: 'Your organisation’s sign-in did not open anything here. Try again, and ask an administrator if it stays so.',
}
const oldLink = 'That link has been used or is too old. Ask for a new one here; it takes a moment.'

/** `/sign-in?error=…&next=…` */
export function SignInPage(): ReactNode {
  const { error, next } = here.useSearch()
  const me = useMe()
  const [email, setEmail] = useState('')
  const [isWrong, setWrong] = useState(false)
  useEffect(() => {
    // Who signs in wants everything and not one matter only.
    keepLinkToken(null)
    void queryClient.invalidateQueries()
  }, [])
  const goIn = () => {
    queryClient.clear()
    window.location.assign(next ?? '/')
  }
  const send = useMutation({ mutationFn: () => askForLink(email.trim(), next) })

  if (refusalOf(me.error) === 'account_shut') return <AccountShut />
  if (refusalOf(me.error) === 'acting_ended') return <ActingEnded />
  if (me.data?.me.kind === 'nobody' && me.data.me.awaitsCode) return <CodeStep onIn={goIn} />
  if (send.isSuccess) {
    return (
      <PlainPage>
        <PageTitle tab="Look into your mail" above="Sign in">
          If this address is known, a link is on its way to it.
        </PageTitle>
        <p className="second">
          You gave <strong>{email.trim()}</strong>. The link works once, for 15 minutes. Nothing
          there? Look among the spam, or try the address at which our notices reach you.
        </p>
        {me.data?.isDemo && (
          <p className="second" style={{ marginTop: 12 }}>
            This is the demo: its mail arrives in{' '}
            <a className="link" href="/dev/mail">
              the mailbox on this machine
            </a>
            .
          </p>
        )}
        <div className="buttons" style={{ marginTop: 24 }}>
          <Button onClick={() => send.reset()}>Use another address</Button>
        </div>
      </PlainPage>
    )
  }
  return (
    <PlainPage>
      <PageTitle tab="Sign in" above="Sign in">
        Use a passkey, or tell us your e-mail address and we send you a link that signs you in.
      </PageTitle>
      <SignInButtons next={next} onIn={goIn} />
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const isAddress = /^[^\s@]+@[^\s@]+$/.test(email.trim())
          setWrong(!isAddress)
          if (isAddress && !send.isPending) send.mutate()
        }}
      >
        {error !== undefined && (
          <p role="alert" className={classes['old']}>
            {errors[error] ?? oldLink}
          </p>
        )}
        <TextInput
          label="E-mail address"
          description="The one at which our notices reach you, for sellers and staff alike."
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          size="md"
          value={email}
          onChange={(event) => {
            setEmail(event.currentTarget.value)
            setWrong(false)
          }}
          error={isWrong ? 'This does not look like an e-mail address yet.' : undefined}
        />
        {send.isError && (
          <p role="alert" className={classes['old']}>
            {send.error.message}
          </p>
        )}
        <Button type="submit" size="md" loading={send.isPending}>
          Send me a link
        </Button>
      </form>
      <p className="small third" style={{ marginTop: 28 }}>
        Lost your passkey? Ask for a link all the same: the mail says how you come in. The link in
        any notice of ours opens its matter without signing in. No way into your mailbox either?{' '}
        <a className="link" href="/recovery">
          The recovery page
        </a>{' '}
        needs neither. <TextLink to="/promises">What we promise sellers</TextLink>, and{' '}
        <TextLink to="/figures">how it is kept</TextLink>
      </p>
    </PlainPage>
  )
}

async function askForLink(email: string, next: string | undefined): Promise<void> {
  const answer = await fetch('/api/auth/sign-in/magic-link', {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, callbackURL: next ?? '/', errorCallbackURL: '/sign-in' }),
  }).catch((cause: unknown) => {
    throw new Error('We couldn’t be reached. Check the network and try again; nothing was sent.', {
      cause,
    })
  })
  if (answer.status === 429)
    throw new Error('Too many tries in a short time. Wait a minute and try again.')
  if (answer.status === 400) throw new Error('We can’t read this address. Is there a slip in it?')
  if (!answer.ok)
    throw new Error('We couldn’t send a link. That is our fault; try again in a moment.')
}
