/** A claim for its claimant: opened by number and code, with what is asked, what was said, and what came of it. */
import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { ClaimProgress, ClaimStep } from '../../contract/claim.ts'
import type { ClaimForClaimant } from '../../contract/recovery.ts'
import { deskInSentence } from '../../core/holding.ts'
import { queryClient } from '../api.ts'
import { ButtonLink } from '../parts/button-link.tsx'
import { HoldingLine } from '../parts/holding-line.tsx'
import { Loading } from '../parts/loading.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Due, Moment, Past } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { ClaimChanges } from './claim-changes.tsx'
import { claimClient } from './claim-client.ts'
import { claimCode, keepClaimCode } from './claim-code.ts'
import { ClaimKeyForm } from './claim-key-form.tsx'
import { ClaimProofs } from './claim-proofs.tsx'
import { ClaimSteps } from './claim-steps.tsx'
import { ClaimTitle } from './claim-title.tsx'
import { holderOf, isHandedOver } from './claim-words.ts'
import { RecoveryFrame } from './recovery-frame.tsx'
import classes from './recovery.module.css'

const here = getRouteApi('/recovery/$number')

/** `/recovery/$number` */
export function ClaimPage(): ReactNode {
  const { number } = here.useParams()
  const [code, setCode] = useState(() => claimCode(number))
  const claim = useQuery({
    queryKey: ['claim', number, code],
    enabled: code !== null,
    queryFn: async () => {
      const read = await claimClient(code ?? '').recovery.getClaim({ number })
      keepClaimCode(number, code ?? '')
      return read
    },
    // While a desk or the shop has it, the page follows by itself.
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 5_000 : false),
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

/** Whether somebody else may change it: a desk, a clock, or the shop that was asked for something. */
function isMoving({ state, progress }: ClaimForClaimant): boolean {
  if (state !== 'closed' || (isHandedOver(progress) && !progress.isBound)) return true
  const { orders, changes } = progress
  return (
    orders.some((order) => order.state === 'waits') ||
    (changes?.list.some((change) => change.state === 'asked') ?? false)
  )
}

interface ClaimOfProps {
  claim: ClaimForClaimant
  code: string
  onChange: (next: ClaimForClaimant) => void
}

function ClaimOf({ claim, code, onChange }: ClaimOfProps) {
  const { number, outcome, thread, state, allowed, progress } = claim
  const isOpen = state === 'open' || state === 'restoring'
  const isTheirs = isHandedOver(progress) && progress.isBound
  const mayWrite = allowed.includes('write') && claim.ask === null
  const onProgress = (next: ClaimProgress) => onChange({ ...claim, progress: next })
  return (
    <>
      <ClaimTitle claim={claim} tab={`Claim ${number}`} />
      <p className="heard-only" role="status">
        {thread.at(-1)?.words}
      </p>
      <Holding claim={claim} />
      <Notes claim={claim} />
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
      {isTheirs && (
        <ClaimChanges number={number} code={code} progress={progress} onProgress={onProgress} />
      )}
      {outcome === 'no' && mayWrite && <Writing claim={claim} code={code} onChange={onChange} />}
      <section className={classes['part']} aria-labelledby="steps">
        <h2 id="steps">Where we are</h2>
        <ClaimSteps
          progress={progress}
          renderBelow={(step) =>
            asksForProof(step, progress) && (
              <ClaimProofs
                number={number}
                code={code}
                progress={progress}
                onProgress={onProgress}
                writeId={mayWrite ? 'claim-reply' : null}
              />
            )
          }
        />
      </section>
      <div className={classes['code']}>
        Your claim is <b>{number}</b>. Write down its code; both open this page anywhere.
        <strong>{code}</strong>
        We will never ask you for it by phone or e-mail.
      </div>
      <section className={classes['part']} aria-labelledby="thread">
        <h2 id="thread">What was said so far</h2>
        <Timeline
          entries={thread}
          {...(isOpen && {
            now: (
              <p>
                <strong>Now.</strong>{' '}
                {state === 'restoring'
                  ? 'We wait for the shop to open it, and look ourselves.'
                  : progress.state === 'agreed'
                    ? 'We wait until nobody can object any more.'
                    : `${holderOf(claim)} has it.`}
              </p>
            ),
          })}
        />
      </section>
      {outcome !== 'no' && mayWrite && <Writing claim={claim} code={code} onChange={onChange} />}
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

/** Where the proofs stand: in the step that is the claimant's, or where people decide and more may be given. */
function asksForProof({ step, state }: ClaimStep, { allowed, steps }: ClaimProgress): boolean {
  if (!allowed.includes('prove')) return false
  const isTurn = steps.some((one) => one.step.endsWith('-proof') && one.state === 'yours')
  return isTurn ? step.endsWith('-proof') && state === 'yours' : step === 'decided'
}

/** An answered claim has its outcome in the title; the line would only repeat it. */
function Holding({ claim: { state, holding, outcome, progress } }: { claim: ClaimForClaimant }) {
  const { notBefore, frozenUntil } = progress
  const isAgreed = progress.state === 'agreed'
  if (isHandedOver(progress)) return null
  if (state !== 'open' && state !== 'restoring' && state !== 'asking') return null
  return (
    <>
      <HoldingLine
        holding={holding}
        isGood={outcome === 'yes'}
        {...(isAgreed && { then: 'What happens then' })}
      />
      {!isAgreed && notBefore !== null && frozenUntil === null && (
        <p className="second" style={{ marginTop: 12 }}>
          Nothing is handed over before <Due at={notBefore} />, so that everybody known has time to
          object.
        </p>
      )}
    </>
  )
}

/** What is so besides, in one sentence each. */
function Notes({ claim: { state, outcome, address, progress } }: { claim: ClaimForClaimant }) {
  const { isContested, isBound, probationUntil, payoutsLockedUntil } = progress
  const isFirstOpen =
    progress.state === 'open' &&
    progress.proofs.some(({ kind, state: given }) => given === 'given' && kind !== 'document')
  return (
    <>
      {isFirstOpen && (
        <p className={classes['note']}>
          The account is open again: one proof alone keeps it shut for 72 hours, and at most twice
          in thirty days. Your claim stays open and your proof still counts.
        </p>
      )}
      {isContested && !isHandedOver(progress) && (
        <p className={classes['note']}>
          <strong>Somebody whom the account is known by said that it was not them.</strong> That is
          heard, and it does not stop you. It takes 72 hours at least, and whoever says yes has seen
          your papers and you.
        </p>
      )}
      {isHandedOver(progress) && !isBound && (
        <p className={classes['note']}>
          The mail went to <strong>{address}</strong>. Its link works once, and asks for the code of
          this claim.
        </p>
      )}
      {isHandedOver(progress) && isBound && (
        <div className={classes['done']}>
          <p>
            <strong>{address} signs in from now on.</strong> Every other sign-in is ended, here and
            in the shop. The shop writes to you with a link for its own new password.
          </p>
          <p className="small second">
            {payoutsLockedUntil !== null && (
              <>
                Payouts go only to old bank accounts until <Due at={payoutsLockedUntil} />.{' '}
              </>
            )}
            {probationUntil !== null && (
              <>
                Until <Due at={probationUntil} /> whoever knew the account can still object; then it
                is shut to everybody once more, and people look again.
              </>
            )}
          </p>
          <ButtonLink to="/sign-in">Sign in here</ButtonLink>
        </div>
      )}
      {state === 'closed' && outcome === 'yes' && !isHandedOver(progress) && (
        <p style={{ marginTop: 16 }}>
          Sign in as you did before. If that does not work, start again on the recovery page, and
          say so.
        </p>
      )}
    </>
  )
}

function Writing(props: ClaimOfProps) {
  const { claim } = props
  const isNo = claim.outcome === 'no'
  return (
    <section className={classes['part']} aria-labelledby="write">
      <h2 id="write">{writeTitle(claim)}</h2>
      <Reply
        {...props}
        label={isNo ? 'What shows that it is yours?' : 'Your message'}
        button={isNo ? 'Ask them to look again' : 'Send it'}
      />
    </section>
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
  claim,
  code,
  onChange,
  label,
  button,
}: ClaimOfProps & { label: string; button: string }) {
  const { number } = claim
  const [text, setText] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [isMissing, setMissing] = useState(false)
  const send = useMutation({
    mutationFn: () => claimClient(code, key).recovery.writeInClaim({ number, text }),
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
      <Button
        type="submit"
        variant={claim.ask !== null || claim.outcome === 'no' ? 'filled' : 'default'}
        size="md"
        loading={send.isPending}
      >
        {button}
      </Button>
    </form>
  )
}
