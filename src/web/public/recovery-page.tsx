/** The door for who has neither account nor mailbox: which account, what happened, and where to answer. */
import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { NewClaim } from '../../contract/recovery.ts'
import { capital } from '../../core/capital.ts'
import { deskInSentence } from '../../core/holding.ts'
import { apiOnce, query } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/button-link.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { keepClaimCode } from './claim-code.ts'
import { ClaimTitle } from './claim-title.tsx'
import { RecoveryFrame } from './recovery-frame.tsx'
import classes from './recovery.module.css'

const nothing: NewClaim = { account: '', happened: '', address: '' }

/** `/recovery` */
export function RecoveryPage(): ReactNode {
  // What is typed stays on this screen: the telephone may be shared, so nothing is kept on the device.
  const [written, setWritten] = useState(nothing)
  const sent = useSending(written)
  const { data, submittedAt } = sent
  if (data) {
    return (
      <RecoveryFrame
        canLeave
        serverNow={data.claim.now}
        receivedAt={submittedAt}
        onLeave={() => {
          setWritten(nothing)
          sent.reset()
        }}
      >
        <Receipt {...data} />
      </RecoveryFrame>
    )
  }
  const isWriting = Object.values(written).some((part) => part !== '')
  return (
    <RecoveryFrame canLeave={isWriting} onLeave={() => setWritten(nothing)}>
      <Asking written={written} onChange={setWritten} sent={sent} />
    </RecoveryFrame>
  )
}

/** The same words sent twice are one claim; other words are another. */
function useSending(written: NewClaim) {
  const [key, setKey] = useState(() => crypto.randomUUID())
  const words = JSON.stringify(written)
  const sentWords = useRef<string | null>(null)
  return useMutation({
    mutationFn: () => {
      const isNew = sentWords.current !== null && sentWords.current !== words
      const next = isNew ? crypto.randomUUID() : key
      if (isNew) setKey(next)
      sentWords.current = words
      return apiOnce(next).recovery.fileClaim({ ...written, address: written.address.trim() })
    },
    onSuccess: ({ code, claim }) => {
      keepClaimCode(claim.number, code)
      window.scrollTo({ top: 0 })
    },
  })
}

const missingWords = {
  account: 'Say in any words which account it is.',
  happened: 'Say in a sentence what happened.',
  address: 'Give an e-mail address that you can read now.',
} as const satisfies Record<keyof NewClaim, string>

interface AskingProps {
  written: NewClaim
  onChange: (written: NewClaim) => void
  sent: ReturnType<typeof useSending>
}

function Asking({ written, onChange, sent }: AskingProps) {
  const [missing, setMissing] = useState<(keyof NewClaim)[]>([])
  const way = useQuery(query.recovery.getWay.queryOptions({ staleTime: 60_000 }))
  const field = (name: keyof NewClaim) => ({
    id: `recovery-${name}`,
    name,
    value: written[name],
    error: missing.includes(name) ? missingWords[name] : undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange({ ...written, [name]: event.currentTarget.value })
      setMissing(missing.filter((one) => one !== name))
    },
  })
  const check = (): (keyof NewClaim)[] =>
    (['account', 'happened', 'address'] as const).filter((name) =>
      name === 'address'
        ? !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(written.address.trim())
        : written[name].trim() === '',
    )
  return (
    <>
      <PageTitle tab="Getting back in" above="You can’t sign in, and can’t read our mail">
        {way.data
          ? `Tell us here. A person of ${deskInSentence(way.data.desk)} answers you within ${way.data.within}.`
          : 'Tell us here. A person answers you.'}
      </PageTitle>
      <p className="narrow-text" style={{ marginTop: 16 }}>
        You need no account and no old mailbox. Nothing you write here opens or closes anything by
        itself: a person reads it and decides. Whoever an account is known by hears that it was
        claimed, so that nobody can take it in silence.
      </p>
      {way.isError && <ProblemNote error={way.error} safe="You can write to us by post as well." />}
      <form
        className={`${classes['form']} ${classes['part']}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const found = check()
          setMissing(found)
          if (found[0]) document.getElementById(`recovery-${found[0]}`)?.focus()
          else if (!sent.isPending) sent.mutate()
        }}
      >
        <Textarea
          {...field('account')}
          label="Which account is it?"
          description="The name of the shop, its number, or the e-mail address that you used for it. Whatever you remember."
          maxLength={1_000}
          autosize
          minRows={1}
          maxRows={4}
          size="md"
        />
        <Textarea
          {...field('happened')}
          className="written-input"
          label="What happened?"
          description="In your own words, any language. Please no passwords."
          maxLength={20_000}
          autosize
          minRows={4}
          maxRows={14}
        />
        <TextInput
          {...field('address')}
          label="Where can we answer you?"
          description="An e-mail address that you can read now. It may be new, or somebody’s whom you trust."
          type="email"
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          size="md"
        />
        {sent.isError && (
          <ProblemNote error={sent.error} safe="What you wrote is still here. Try again." />
        )}
        <Button type="submit" variant="filled" size="md" loading={sent.isPending}>
          Send it
        </Button>
      </form>
      {way.data && (
        <section className={classes['part']} aria-labelledby="comes">
          <h2 id="comes">What comes then</h2>
          <ol className={classes['form']}>
            <li>
              <strong>You get a number and a code at once.</strong> They open your claim on any
              device, without signing in.
            </li>
            <li>
              <strong>{capital(deskInSentence(way.data.desk))} reads it</strong> within{' '}
              {way.data.within}, and may ask you something.
            </li>
            <li>
              <strong>If nobody has by then: {way.data.ifLate}.</strong> {way.data.ifLateDetail}
            </li>
          </ol>
        </section>
      )}
      <p className="second" style={{ marginTop: 32 }}>
        You have a claim already?{' '}
        <TextLink to="/recovery/open">Open it with its number and code</TextLink>.
      </p>
    </>
  )
}

/** The one time that the code is shown. */
function Receipt({
  code,
  claim,
}: {
  code: string
  claim: Parameters<typeof ClaimTitle>[0]['claim']
}) {
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    top.current?.focus()
  }, [])
  return (
    <div ref={top} tabIndex={-1} style={{ outline: 'none' }}>
      <ClaimTitle claim={claim} tab={`Claim ${claim.number} received`} />
      <HoldingLine holding={claim.holding} />
      <div className={classes['code']}>
        Your claim is <b>{claim.number}</b>. Write down its code; we show it this once.
        <strong>{code}</strong>
        Number and code open your claim anywhere. We will never ask you for the code by phone or
        e-mail.
      </div>
      <p style={{ marginTop: 24 }}>
        A confirmation is on its way to <strong>{claim.address}</strong>. You need do nothing more;
        waiting is never held against you.
      </p>
      <div className="buttons" style={{ marginTop: 24 }}>
        <ButtonLink to="/recovery/$number" params={{ number: claim.number }} variant="filled">
          I have written it down: open my claim
        </ButtonLink>
      </div>
    </div>
  )
}
