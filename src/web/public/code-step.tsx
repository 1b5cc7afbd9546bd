/** The second step after a link: six digits of the app, or a saved code. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../api.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { useCode } from '../parts/use-code.ts'
import { signOut } from '../session.ts'
import { PlainPage } from './plain-page.tsx'
import classes from './sign-in-page.module.css'

/** Stands in the place of the sign-in form; `onIn` when the session is open. */
export function CodeStep({ onIn }: { onIn: () => void }): ReactNode {
  const typed = useCode()
  const send = useMutation({
    mutationFn: () => api.session.signInByCode({ code: typed.code }),
    onSuccess: onIn,
  })
  return (
    <PlainPage>
      <PageTitle tab="One step is left" above="Sign in">
        One step is left: the code of your authenticator app.
      </PageTitle>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.isGiven() && !send.isPending) send.mutate()
        }}
      >
        <TextInput
          label="Code"
          description="Six digits of the app, or one of your saved codes."
          size="md"
          maxLength={40}
          autoFocus
          {...typed.field}
        />
        {send.isError && (
          <ProblemNote
            error={send.error}
            safe="After a few wrong ones we wait longer; nothing is locked."
          />
        )}
        <Button type="submit" variant="filled" size="md" loading={send.isPending}>
          Sign in
        </Button>
      </form>
      <p className="small third" style={{ marginTop: 28 }}>
        Neither app nor codes at hand?{' '}
        <a className="link" href="/recovery">
          The recovery page
        </a>{' '}
        needs neither.{' '}
        <button type="button" className="link" onClick={() => void signOut()}>
          Use another address
        </button>
      </p>
    </PlainPage>
  )
}
