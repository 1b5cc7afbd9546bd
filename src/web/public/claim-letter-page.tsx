/** Where the links of a claim's letters lead: a press says what is meant, so that whatever opens links in mail does nothing. */
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef, useState, type ReactNode } from 'react'
import { PageTitle } from '../parts/page-title.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { claimClient } from './claim-client.ts'
import { claimCode, keepClaimCode } from './claim-code.ts'
import { RecoveryFrame } from './recovery-frame.tsx'
import classes from './recovery.module.css'

const proofRoute = getRouteApi('/recovery/$number/proof')
const bindingRoute = getRouteApi('/recovery/$number/binding')

/** `/recovery/$number/proof#code`: to a mailbox that the account has had for long. */
export function ProofLetterPage(): ReactNode {
  const { number } = proofRoute.useParams()
  const [letter] = useState(letterInAddress)
  return (
    <RecoveryFrame canLeave={false}>
      <PageTitle tab="Show that this mailbox is yours" above={`Claim ${number}`}>
        Somebody claims an account and says that they read this mailbox. Is it you?
      </PageTitle>
      <h2>It is me</h2>
      <p className="second" style={{ margin: '4px 0 16px' }}>
        The code of your claim shows that it is yours. Then this counts as one proof.
      </p>
      <LetterForm
        number={number}
        letter={letter}
        button="This is my claim, and my mailbox"
        send={(code) => claimClient(code).recovery.proveContact({ number, code: letter })}
      />
      <section className={classes['part']} aria-labelledby="not-me">
        <h2 id="not-me">It is not me</h2>
        <p className="second" style={{ marginTop: 4 }}>
          Close this page and give the link to nobody, whoever asks: without it this mailbox proves
          nothing. If the account is yours, the other mail that we sent has a link by which you say
          that it was none of you. That is always heard.
        </p>
      </section>
    </RecoveryFrame>
  )
}

/** `/recovery/$number/binding#code`: to the claimant, once the account is theirs. */
export function BindingPage(): ReactNode {
  const { number } = bindingRoute.useParams()
  const [letter] = useState(letterInAddress)
  return (
    <RecoveryFrame canLeave={false}>
      <PageTitle tab="The last step" above={`Claim ${number}`}>
        The account is yours again. Make this address the one that signs in.
      </PageTitle>
      <p className="second" style={{ marginBottom: 24 }}>
        It is the address that you gave with your claim. From then on sign-in links go there and
        nowhere else, and this link is used up. Next you see what was changed meanwhile.
      </p>
      <LetterForm
        number={number}
        letter={letter}
        button="Make it mine"
        send={(code) => claimClient(code).recovery.bindAddress({ number, token: letter })}
      />
    </RecoveryFrame>
  )
}

interface LetterFormProps {
  number: string
  /** What stands behind the # of the address; empty where the link was cut off. */
  letter: string
  button: string
  send: (code: string) => Promise<unknown>
}

/** Asks for the claim's code, unless this tab has it, and goes to the claim when it was taken. */
function LetterForm({ number, letter, button, send }: LetterFormProps) {
  const go = useNavigate()
  const [code, setCode] = useState(() => claimCode(number) ?? '')
  const [isMissing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const sent = useMutation({
    mutationFn: send,
    onSuccess: () => {
      keepClaimCode(number, code.trim())
      // In its place: the link is used, and going back to it leads nowhere.
      return go({ to: '/recovery/$number', params: { number }, replace: true })
    },
  })
  if (letter === '')
    return (
      <p className={classes['note']}>
        This link came without its last part, the characters after the #. Open it from the mail
        again, or copy the whole of it.
      </p>
    )
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const isEmpty = code.trim() === ''
        setMissing(isEmpty)
        if (isEmpty) field.current?.focus()
        else if (!sent.isPending) sent.mutate(code.trim())
      }}
    >
      <TextInput
        ref={field}
        label="The code of your claim"
        description="Four times four letters and digits, which we showed you once. Capitals and gaps do not matter."
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        size="md"
        maxLength={200}
        value={code}
        onChange={(event) => {
          setCode(event.currentTarget.value)
          setMissing(false)
        }}
        error={isMissing ? 'Type the code that you wrote down.' : undefined}
      />
      {sent.isError && <ProblemNote error={sent.error} safe={safeWords(sent.error)} />}
      <Button type="submit" variant="filled" size="lg" loading={sent.isPending}>
        {button}
      </Button>
    </form>
  )
}

function safeWords(error: unknown): string {
  switch (refusalOf(error)) {
    case 'claim_not_opened':
      return 'You can try as often as you like; each try takes a little longer.'
    case 'link_used':
      return 'Open your claim on the recovery page: what it did is done.'
    default:
      return 'Nothing is lost.'
  }
}

/** The part of the address that no server sees. */
function letterInAddress(): string {
  return window.location.hash.slice(1)
}
