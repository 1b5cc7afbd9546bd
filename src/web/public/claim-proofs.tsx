/** The ways to prove a claim: each a button of its own, each alone, and any can be left out. */
import { Button, TextInput } from '@mantine/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { useId, useRef, useState, type ReactNode } from 'react'
import type { ClaimProgress, ProofForClaimant } from '../../contract/claim.ts'
import { PasskeyAnswer } from '../../contract/passkey.ts'
import { FileRow } from '../parts/file-row.tsx'
import { ProblemNote, refusalOf } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import { hasPasskeys, PasskeyNo, showPasskey } from '../passkey.ts'
import { acceptedTypes, mostFiles, uploadFile } from '../seller/upload.ts'
import type { FileState } from '../parts/file-row.tsx'
import { claimClient, codeHeaders } from './claim-client.ts'
import classes from './claim-proofs.module.css'

interface ClaimProofsProps {
  number: string
  code: string
  progress: ClaimProgress
  onProgress: (next: ClaimProgress) => void
  /** Where one writes that one has none of these. */
  writeId: string | null
}

/** What is pressed for each kind. */
const buttons = {
  contact: 'A letter to an address you used before',
  'saved-code': 'A code you wrote down',
  passkey: 'A passkey of yours',
  payout: 'The bank account you were paid to',
  document: 'Photo of your papers',
} as const satisfies Record<ProofForClaimant['kind'], string>

/** One is open at a time; the first is the one to press while none is. */
export function ClaimProofs(props: ClaimProofsProps) {
  const { progress, writeId } = props
  const [chosen, setChosen] = useState<ProofForClaimant['kind'] | null>(null)
  const id = useId()
  const isMore = !progress.steps.some(
    ({ step, state }) => step.endsWith('-proof') && state === 'yours',
  )
  const choices = progress.proofs.filter(({ state }) => state === 'possible' || state === 'asked')
  return (
    <div className={classes['proofs']}>
      {isMore && (
        <p>
          You need give nothing more. What you add is read as well
          {progress.isContested && choices.some(({ kind }) => kind === 'document')
            ? ', and papers help most: whoever says yes has to have seen them.'
            : '.'}
        </p>
      )}
      <ul className={classes['ways']}>
        {choices.map((choice, place) => {
          const { kind, state, at } = choice
          const isOpen = chosen === kind
          return (
            <li key={kind}>
              <Button
                size="lg"
                fullWidth
                variant={chosen === null && place === 0 && !isMore ? 'filled' : 'default'}
                aria-expanded={isOpen}
                aria-controls={`${id}-${kind}`}
                onClick={() => setChosen(isOpen ? null : kind)}
              >
                {buttons[kind]}
              </Button>
              {state === 'asked' && at !== null && !isOpen && (
                <p className={`small second ${classes['asked']}`}>
                  Asked <Past at={at} />; nothing came back yet.
                </p>
              )}
              {/* What was typed or sent stays when another way is opened. */}
              <div id={`${id}-${kind}`} className={classes['way']} hidden={!isOpen}>
                <p className="second">{choice.how}</p>
                <ProofForm {...props} choice={choice} />
              </div>
            </li>
          )
        })}
      </ul>
      {writeId !== null && (
        <p className="second">
          Have none of these?{' '}
          <button
            type="button"
            className="link"
            onClick={() => document.getElementById(writeId)?.focus()}
          >
            Tell us
          </button>
          , we find another way.
        </p>
      )}
    </div>
  )
}

interface ProofFormProps extends ClaimProofsProps {
  choice: ProofForClaimant
}

function ProofForm(props: ProofFormProps): ReactNode {
  switch (props.choice.kind) {
    case 'contact':
      return <LetterProof {...props} />
    case 'saved-code':
      return <SavedCodeProof {...props} />
    case 'passkey':
      return <PasskeyProof {...props} />
    case 'payout':
      return <PayoutProof {...props} />
    case 'document':
      return <PapersProof {...props} />
  }
}

/** Something that answers with how the claim stands then. */
function useProof<Input = void>(
  { onProgress }: ProofFormProps,
  work: (input: Input) => Promise<{ progress: ClaimProgress }>,
) {
  return useMutation({
    mutationFn: work,
    onSuccess: ({ progress }) => onProgress(progress),
  })
}

function ProofNote({ error }: { error: Error | null }) {
  if (error === null) return null
  if (error instanceof PasskeyNo)
    return (
      <p role="alert" className={classes['wrong']}>
        {error.message}
      </p>
    )
  return (
    <ProblemNote
      error={error}
      {...(refusalOf(error) === 'proof_not_taken'
        ? { safe: 'Each further try takes a little longer; none locks you out.' }
        : { safe: 'Everything you gave before still counts.' })}
    />
  )
}

function LetterProof(props: ProofFormProps) {
  const { number, code, choice } = props
  const ask = useProof(props, () => claimClient(code).recovery.askProofLetters({ number }))
  const prove = useProof(props, (letter: string) =>
    claimClient(code).recovery.proveContact({ number, code: letter }),
  )
  const isAsked = choice.state === 'asked'
  return (
    <>
      {isAsked && choice.at !== null ? (
        <p role="status">
          Asked <Past at={choice.at} />. If we know such an address, the letter is there within a
          minute. Opening its link does the same as typing the code.
        </p>
      ) : (
        <Button variant="filled" size="md" loading={ask.isPending} onClick={() => ask.mutate()}>
          Send the letter
        </Button>
      )}
      <ProofNote error={ask.error} />
      {isAsked && (
        <>
          <CodeField
            label="The code in the letter"
            missing="Type the code that stands in the letter."
            sent={prove}
          />
          <p className="small second">
            Nothing came?{' '}
            <button type="button" className="link" onClick={() => ask.mutate()}>
              Ask for it again
            </button>{' '}
            after ten minutes, or choose another way.
          </p>
        </>
      )}
    </>
  )
}

function SavedCodeProof(props: ProofFormProps) {
  const { number, code } = props
  const prove = useProof(props, (saved: string) =>
    claimClient(code).recovery.proveSavedCode({ number, code: saved }),
  )
  return (
    <CodeField
      label="Your saved code"
      missing="Type one of the codes that you wrote down."
      sent={prove}
    />
  )
}

/** A code is written as it was noted; capitals and gaps do not matter. */
function CodeField({
  label,
  missing,
  sent,
}: {
  label: string
  missing: string
  sent: UseMutationResult<unknown, Error, string>
}) {
  const [typed, setTyped] = useState('')
  const [isMissing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const given = typed.trim()
        setMissing(given === '')
        if (given === '') field.current?.focus()
        else if (!sent.isPending) sent.mutate(given)
      }}
    >
      <TextInput
        ref={field}
        label={label}
        description="Capitals and gaps do not matter."
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        size="md"
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setMissing(false)
        }}
        error={isMissing ? missing : undefined}
      />
      <ProofNote error={sent.error} />
      <Button type="submit" variant="filled" size="md" loading={sent.isPending}>
        Give this code
      </Button>
    </form>
  )
}

function PasskeyProof(props: ProofFormProps) {
  const { number, code } = props
  const prove = useProof(props, async () => {
    const { recovery } = claimClient(code)
    const shown = await showPasskey(await recovery.startPasskeyProof({ number }))
    return recovery.provePasskey({ number, answer: PasskeyAnswer.parse(shown) })
  })
  if (!hasPasskeys)
    return (
      <p>
        This browser has no passkeys. Open this page where yours is kept, or choose another way.
      </p>
    )
  return (
    <>
      <Button variant="filled" size="md" loading={prove.isPending} onClick={() => prove.mutate()}>
        Show a passkey
      </Button>
      <ProofNote error={prove.error} />
    </>
  )
}

function PayoutProof(props: ProofFormProps) {
  const { number, code, choice } = props
  const ask = useProof(props, () => claimClient(code).recovery.askPayoutProof({ number }))
  if (choice.state === 'asked' && choice.at !== null)
    return (
      <p role="status">
        Asked <Past at={choice.at} />. If there is such a bank account, its holder hears from the
        shop. You need do nothing here until then.
      </p>
    )
  return (
    <>
      <Button variant="filled" size="md" loading={ask.isPending} onClick={() => ask.mutate()}>
        Have the shop ask
      </Button>
      <ProofNote error={ask.error} />
    </>
  )
}

interface Paper {
  key: number
  file: File
  state: FileState
}

/** Papers go to the specialists alone; what was sent is listed while this page is open. */
function PapersProof({ number, code }: ProofFormProps) {
  const [papers, setPapers] = useState<Paper[]>([])
  const nextKey = useRef(0)
  const picker = useRef<HTMLInputElement>(null)
  const received = papers.filter(({ state }) => state.is === 'received').length
  const forget = (key: number) => setPapers((all) => all.filter((one) => one.key !== key))
  const send = (file: File) => {
    const key = (nextKey.current += 1)
    const show = (state: FileState) =>
      setPapers((all) => all.map((one) => (one.key === key ? { ...one, state } : one)))
    const upload = uploadFile(
      file,
      {
        progress: (sent) =>
          show(sent === file.size ? { is: 'checking' } : { is: 'uploading', sent, onStop: stop }),
        end: (end) =>
          show(
            end.ok
              ? { is: 'received' }
              : {
                  is: 'refused',
                  words: end.words,
                  onForget: () => forget(key),
                  ...(end.mayRetry && {
                    onRetry: () => {
                      forget(key)
                      send(file)
                    },
                  }),
                },
          ),
      },
      { path: `/v1/claims/${encodeURIComponent(number)}/files`, headers: codeHeaders(code) },
    )
    function stop() {
      upload.stop()
      forget(key)
    }
    setPapers((all) => [...all, { key, file, state: { is: 'uploading', sent: 0, onStop: stop } }])
  }
  return (
    <>
      {papers.length > 0 && (
        <ul aria-label="Papers that you sent">
          {papers.map(({ key, file, state }) => (
            <FileRow
              key={key}
              name={file.name}
              size={file.size}
              mediaType={file.type}
              state={state}
            />
          ))}
        </ul>
      )}
      <input
        ref={picker}
        type="file"
        accept={acceptedTypes}
        multiple
        hidden
        aria-label="Papers to send"
        onChange={({ currentTarget }) => {
          for (const file of [...(currentTarget.files ?? [])].slice(0, mostFiles)) send(file)
          currentTarget.value = ''
        }}
      />
      <Button
        variant={received > 0 ? 'default' : 'filled'}
        size="md"
        onClick={() => picker.current?.click()}
      >
        {received > 0 ? 'Add another' : 'Take or choose a photo'}
      </Button>
      <p className="small second" role="status">
        {received > 0
          ? 'We have it. A person looks at it and writes to you here; until then it counts as nothing yet.'
          : 'An ID, a trade licence, or a bill with your name. At most 10 MB each. Whoever is in the account never sees it.'}
      </p>
    </>
  )
}
