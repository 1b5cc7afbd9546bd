/** A claim for its claimant: opened by number and code, with what is asked, what was said, and what came of it. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { createClient, type Client } from '../../contract/client.ts'
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { deskInSentence } from '../../core/holding.ts'
import { queryClient } from '../api.ts'
import { HoldingLine } from '../parts/holding-line.tsx'
import { Loading } from '../parts/loading.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Due, Moment, Past } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { claimCode, keepClaimCode } from './claim-code.ts'
import { ClaimKeyForm } from './claim-key-form.tsx'
import { ClaimTitle } from './claim-title.tsx'
import { holderOf } from './claim-words.ts'
import { RecoveryFrame } from './recovery-frame.tsx'
import classes from './recovery.module.css'

const here = getRouteApi('/recovery/$number')

/** A client that shows a code; `key` makes what it posts count once. */
function clientFor(code: string, key?: string): Client {
  return createClient({
    url: window.location.origin,
    headers: () => ({
      'x-recourse-code': code,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    }),
  })
}

/** `/recovery/$number` */
export function ClaimPage(): ReactNode {
  const { number } = here.useParams()
  const [code, setCode] = useState(() => claimCode(number))
  const claim = useQuery({
    queryKey: ['claim', number, code],
    enabled: code !== null,
    queryFn: async () => {
      const read = await clientFor(code ?? '').recovery.getClaim({ number })
      keepClaimCode(number, code ?? '')
      return read
    },
    // While a desk or the shop has it, the page follows by itself.
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'closed' ? 5_000 : false),
    gcTime: 0,
  })
  const leave = () => setCode(null)
  const { data } = claim
  if (code === null || refusalOf(claim.error) === 'claim_not_opened')
    return (
      <RecoveryFrame canLeave={code !== null} onLeave={leave}>
        <ClaimKeyForm
          number={number}
          error={claim.error}
          onOpen={(_number, given) => setCode(given)}
        />
      </RecoveryFrame>
    )
  if (data === undefined)
    return (
      <RecoveryFrame canLeave onLeave={leave}>
        <h1 className="heard-only">Opening your claim</h1>
        {claim.isError ? (
          <ProblemNote
            error={claim.error}
            safe="Nothing is lost."
            onRetry={() => void claim.refetch()}
          />
        ) : (
          <Loading what="your claim" />
        )}
      </RecoveryFrame>
    )
  return (
    <RecoveryFrame canLeave serverNow={data.now} receivedAt={claim.dataUpdatedAt} onLeave={leave}>
      <ClaimOf
        claim={data}
        code={code}
        onChange={(next) => queryClient.setQueryData(['claim', number, code], next)}
      />
    </RecoveryFrame>
  )
}

interface ClaimOfProps {
  claim: ClaimForClaimant
  code: string
  onChange: (next: ClaimForClaimant) => void
}

function ClaimOf({ claim, code, onChange }: ClaimOfProps) {
  const { number, holding, outcome, thread, state, allowed } = claim
  const isOpen = state === 'open' || state === 'restoring'
  return (
    <>
      <ClaimTitle claim={claim} tab={`Claim ${number}`} />
      <p className="heard-only" role="status">
        {thread.at(-1)?.words}
      </p>
      {/* An answered claim has its outcome in the title; the line would only repeat it. */}
      {(isOpen || state === 'asking') && (
        <HoldingLine holding={holding} isGood={outcome === 'yes'} />
      )}
      {state === 'closed' && outcome === 'yes' && (
        <p style={{ marginTop: 16 }}>
          Sign in as you did before. If that does not work, start again on the recovery page, and
          say so.
        </p>
      )}
      {claim.ask && (
        <section className={`sheet ${classes['ask']}`} aria-labelledby="asked">
          <h2 id="asked">{claim.ask.by} asks you</h2>
          <blockquote className="written">{claim.ask.question}</blockquote>
          <Reply
            claim={claim}
            code={code}
            onChange={onChange}
            label="Your answer"
            button="Send my answer"
          />
        </section>
      )}
      <section className={classes['part']} aria-labelledby="thread">
        <h2 id="thread">What happened so far</h2>
        <Timeline
          entries={thread}
          {...(isOpen && {
            now: (
              <p>
                <strong>Now.</strong>{' '}
                {state === 'restoring'
                  ? 'We wait for the shop to open it, and look ourselves.'
                  : `${holderOf(claim)} has it.`}
              </p>
            ),
          })}
        />
      </section>
      {allowed.includes('write') && claim.ask === null && (
        <section className={classes['part']} aria-labelledby="write">
          <h2 id="write">{writeTitle(claim)}</h2>
          <Reply
            claim={claim}
            code={code}
            onChange={onChange}
            label={outcome === 'no' ? 'What shows that it is yours?' : 'Your message'}
            button={outcome === 'no' ? 'Ask them to look again' : 'Send it'}
          />
        </section>
      )}
      <section className={classes['part']} aria-labelledby="facts">
        <h2 id="facts">Your claim</h2>
        <dl className={classes['facts']}>
          <dt className="third">Number</dt>
          <dd className="code">{number}</dd>
          <dt className="third">Told us</dt>
          <dd>
            <Past at={claim.openedAt} />
          </dd>
          <dt className="third">The account, in your words</dt>
          <dd className="written">{claim.account}</dd>
          <dt className="third">We answer to</dt>
          <dd>{claim.address}</dd>
          {claim.promisedBy !== null && (
            <>
              <dt className="third">Last answer, at worst</dt>
              <dd>
                <Moment at={claim.promisedBy} />
              </dd>
            </>
          )}
        </dl>
      </section>
    </>
  )
}

function writeTitle({ outcome, state, secondLookDesk, writeUntil }: ClaimForClaimant): ReactNode {
  if (outcome === 'no' && secondLookDesk !== null)
    return `You can ask ${deskInSentence(secondLookDesk)} to look again`
  if (state !== 'answered') return 'Is there something to add?'
  return writeUntil === null ? (
    'Write again'
  ) : (
    <>
      Write again until <Due at={writeUntil} />
    </>
  )
}

/** A box to write in; what is typed stays on this screen. */
function Reply({
  claim: { number },
  code,
  onChange,
  label,
  button,
}: ClaimOfProps & { label: string; button: string }) {
  const [text, setText] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [isMissing, setMissing] = useState(false)
  const send = useMutation({
    mutationFn: () => clientFor(code, key).recovery.writeInClaim({ number, text }),
    onSuccess: (next) => {
      setText('')
      setKey(crypto.randomUUID())
      onChange(next)
    },
  })
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const isEmpty = text.trim() === ''
        setMissing(isEmpty)
        if (isEmpty) document.getElementById('claim-reply')?.focus()
        else if (!send.isPending) send.mutate()
      }}
    >
      <Textarea
        id="claim-reply"
        className="written-input"
        label={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setMissing(false)
          // Other words are another message.
          if (send.isError) setKey(crypto.randomUUID())
        }}
        error={isMissing ? 'Write a sentence first.' : undefined}
        maxLength={20_000}
        autosize
        minRows={3}
        maxRows={14}
      />
      {send.isError && <ProblemNote error={send.error} safe="What you wrote is still here." />}
      <Button type="submit" variant="filled" loading={send.isPending}>
        {button}
      </Button>
    </form>
  )
}
