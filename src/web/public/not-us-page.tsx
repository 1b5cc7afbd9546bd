/** Where somebody whom the account is known by says that a claim was not theirs; no sign-in. */
import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { createClient } from '../../contract/client.ts'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { RecoveryFrame } from './recovery-frame.tsx'
import classes from './recovery.module.css'

const here = getRouteApi('/recovery/$number/not-us')

/** `/recovery/$number/not-us#token` */
export function NotUsPage(): ReactNode {
  const { number } = here.useParams()
  const [text, setText] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const send = useMutation({
    mutationFn: () =>
      createClient({
        url: window.location.origin,
        headers: () => ({
          'x-recourse-claim-link': window.location.hash.slice(1),
          'idempotency-key': key,
        }),
      }).recovery.disputeClaim({ number, text }),
  })
  if (send.data) {
    return (
      <RecoveryFrame canLeave={false}>
        <PageTitle tab="Told" above={`Claim ${number}`}>
          {`We have it. The people who decide claim ${number} read it beside the claim.`}
        </PageTitle>
        <p className="narrow-text" style={{ marginTop: 16 }}>
          It is question <strong>{send.data.caseNumber}</strong>, and a person answers it to the
          addresses of your account. You need do nothing more.
        </p>
      </RecoveryFrame>
    )
  }
  return (
    <RecoveryFrame canLeave={false}>
      <PageTitle tab="It was not us" above={`Claim ${number}`}>
        Somebody says that your account is theirs. If it was none of you, say so here.
      </PageTitle>
      <h2>It was one of us</h2>
      <p className="second" style={{ marginTop: 4 }}>
        Just close this page. Whoever made the claim was told nothing of your account, and goes on
        by what they can show.
      </p>
      <h2 style={{ marginTop: 28 }}>It was none of us</h2>
      <p className="second" style={{ marginTop: 4 }}>
        Say so, and it is heard: the people who decide read it before anything is handed over, and
        then only who has shown papers gets it. After a hand-over it can shut the account to
        everybody at once, until people have looked anew.
      </p>
      <form
        className={classes['form']}
        style={{ marginTop: 16 }}
        onSubmit={(event) => {
          event.preventDefault()
          if (!send.isPending) send.mutate()
        }}
      >
        <Textarea
          className="written-input"
          label="Is there something that we should know?"
          description="You may leave this empty."
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            // Other words are another message.
            if (send.isError) setKey(crypto.randomUUID())
          }}
          maxLength={10_000}
          autosize
          minRows={3}
          maxRows={14}
        />
        {send.isError && <ProblemNote error={send.error} safe="What you wrote is still here." />}
        <Button type="submit" variant="filled" size="md" loading={send.isPending}>
          It was not us
        </Button>
      </form>
    </RecoveryFrame>
  )
}
