/** The letters of a case: who wrote what, by when they want something, and answering them, their file, or what a body decided. */
import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseForDesk } from '../../contract/desk.ts'
import type { LetterForDesk } from '../../contract/letter.ts'
import { bodyOutcomes, sayDay, type BodyOutcome } from '../../core/letter.ts'
import { api, apiOnce, query } from '../api.ts'
import { useOnceKey } from '../parts/once.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Past } from '../parts/time.tsx'
import caseStyles from './case.module.css'
import styles from './letter.module.css'
import pageStyles from './page.module.css'
import { WaitedForLine } from './waited-for.tsx'

/** Nothing where there is no letter and no file to take out. */
export function CaseLetters({ matter }: { matter: CaseForDesk }) {
  const mayTakeFile = matter.allowed.includes('bundle')
  if (matter.letters.length === 0 && !mayTakeFile) return null
  return (
    <div className={caseStyles.part}>
      <div className={caseStyles.partHead}>
        <h2>
          {matter.letters.length === 0 ? 'The file of the case' : 'Letters'}
          {matter.letters.length > 1 && <span> {matter.letters.length}</span>}
        </h2>
        {mayTakeFile && matter.letters.length === 0 && (
          <FileLink caseId={matter.id} letter={null} />
        )}
      </div>
      {matter.letters.length === 0 && (
        <p className="second">
          Statement, thread and evidence as one archive. Who took it, and when, is put on record.
        </p>
      )}
      {matter.letters.map((letter) => (
        <LetterAtCase key={letter.id} letter={letter} matter={matter} />
      ))}
    </div>
  )
}

/** Not by the router: what comes is a file. */
function FileLink({ caseId, letter }: { caseId: string; letter: LetterForDesk | null }) {
  const search = letter === null ? '' : `?letter=${encodeURIComponent(letter.id)}`
  return (
    <a
      className="link"
      href={`/v1/desk/cases/${encodeURIComponent(caseId)}/bundle${search}`}
      download
    >
      {letter === null ? 'Download the file' : `Download the file for ${letter.sender.name}`}
    </a>
  )
}

function LetterAtCase({ letter, matter }: { letter: LetterForDesk; matter: CaseForDesk }) {
  const { wish, outcome, allowed } = letter
  return (
    <section className={styles.letter} aria-label={`Letter of ${letter.sender.name}`}>
      <p>
        <strong>
          <bdi>{letter.from}</bdi>
        </strong>
      </p>
      <p className={styles.facts}>
        Received {sayDay(letter.receivedOn)}
        {letter.writtenOn !== null && `, written ${sayDay(letter.writtenOn)}`}
        {letter.reference !== null && (
          <>
            , their reference <bdi>{letter.reference}</bdi>
          </>
        )}
        . Put on record by {letter.recordedBy}. An answer goes to{' '}
        <bdi>{letter.sender.answerTo}</bdi>
        {letter.byMail ? '.' : ', by post.'}
      </p>
      {wish !== null && (
        <p>
          {wish.met === null ? (
            <WaitedForLine waitedFor={wish} />
          ) : (
            <>
              {wish.met.by} sent what they wanted, <Past at={wish.met.at} />.
            </>
          )}
        </p>
      )}
      {!letter.sellerHears && (
        <p className={styles.kept}>The seller sees nothing of this letter and its scans.</p>
      )}
      {letter.sender.kind === 'representative' && (
        <p className={styles.kept}>
          {letter.showsAuthority
            ? 'An authority to act for the seller is enclosed.'
            : 'No authority to act for the seller is enclosed, so it only informs.'}
        </p>
      )}
      <details className={styles.deed}>
        <summary>Read the letter</summary>
        <blockquote className={`written ${styles.words}`} tabIndex={0}>
          {letter.text}
        </blockquote>
      </details>
      {outcome !== null && (
        <p style={{ marginTop: 8 }}>
          It decided on {sayDay(outcome.on)}: {outcomeNames[outcome.outcome]}.{' '}
          {outcome.follows ? 'We do as it says.' : 'We do not follow it.'} Put on record by{' '}
          {outcome.by}.
        </p>
      )}
      {allowed.includes('bundle') && matter.allowed.includes('bundle') && (
        <p style={{ marginTop: 12 }}>
          <FileLink caseId={matter.id} letter={letter} />
        </p>
      )}
      {allowed.includes('answer') && <AnswerLetter letter={letter} />}
      {allowed.includes('outcome') && <BodyOutcomeForm letter={letter} caseId={matter.id} />}
    </section>
  )
}

function useChanged() {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: query.desk.key() })
    await client.invalidateQueries({ queryKey: query.letters.key() })
  }
}

function AnswerLetter({ letter }: { letter: LetterForDesk }) {
  const [text, setText] = useState('')
  const [withFile, setWithFile] = useState(letter.wish?.words.includes('file') ?? false)
  const [wasTried, setTried] = useState(false)
  const keyOf = useOnceKey()
  const changed = useChanged()
  const answer = useMutation({
    mutationFn: (input: { letterId: string; text: string; withFile: boolean }) =>
      apiOnce(keyOf(input)).letters.answer(input),
    onSuccess: async () => {
      setText('')
      setTried(false)
      await changed()
    },
  })
  const isMissing = text.trim() === ''
  return (
    <details className={styles.deed}>
      <summary>Answer {letter.sender.name}</summary>
      <div>
        <Textarea
          label="Your answer"
          description={
            letter.byMail
              ? 'It goes out by mail with your first name. The seller does not read it.'
              : 'You post it; here stands what it says, and that it went out.'
          }
          className="written-input"
          autosize
          minRows={3}
          maxRows={14}
          maxLength={20_000}
          value={text}
          error={wasTried && isMissing ? 'Say what you answer.' : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          label="The file of the case goes with it"
          description="As you downloaded it above for this sender."
          checked={withFile}
          onChange={(event) => setWithFile(event.currentTarget.checked)}
        />
        {answer.error && (
          <ProblemNote error={answer.error} safe="Nothing was sent; what you wrote is here." />
        )}
        <div className="buttons">
          <Button
            loading={answer.isPending}
            onClick={() => {
              setTried(true)
              if (!isMissing) answer.mutate({ letterId: letter.id, text: text.trim(), withFile })
            }}
          >
            {letter.byMail ? 'Send it' : 'It was posted'}
          </Button>
        </div>
        <p role="status" className="second">
          {answer.isSuccess && 'It is on record, and nobody waits for it any more.'}
        </p>
      </div>
    </details>
  )
}

const outcomeNames = {
  lifted: 'the measure is to be lifted',
  narrowed: 'the measure is to be narrowed',
  stands: 'the measure may stand',
} as const satisfies Record<BodyOutcome, string>

function BodyOutcomeForm({ letter, caseId }: { letter: LetterForDesk; caseId: string }) {
  const [outcome, setOutcome] = useState<BodyOutcome | ''>('')
  const [on, setOn] = useState('')
  const [text, setText] = useState('')
  const [follows, setFollows] = useState(true)
  const [reasons, setReasons] = useState('')
  const [wasTried, setTried] = useState(false)
  const changed = useChanged()
  const record = useMutation({
    mutationFn: (decided: BodyOutcome) =>
      api.letters.recordOutcome({
        caseId,
        letterId: letter.id,
        outcome: decided,
        on,
        text: text.trim(),
        follows: follows || decided === 'stands',
        reasons: reasons.trim(),
      }),
    onSuccess: changed,
  })
  const asksReasons = !follows && outcome !== 'stands'
  const isWhole =
    outcome !== '' && on !== '' && text.trim() !== '' && (!asksReasons || reasons.trim() !== '')
  const needs = (isThere: boolean, words: string) => (wasTried && !isThere ? words : undefined)
  return (
    <details className={styles.deed}>
      <summary>Put on record what {letter.sender.name} decided</summary>
      <div>
        <Radio.Group
          label="The body decided"
          value={outcome}
          error={needs(outcome !== '', 'Say what it decided.')}
          onChange={(said) => setOutcome(bodyOutcomes.find((each) => each === said) ?? '')}
        >
          <div className={pageStyles.options}>
            {bodyOutcomes.map((each) => (
              <Radio key={each} value={each} label={outcomeNames[each].replace(/^t/, 'T')} />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          type="date"
          label="On"
          value={on}
          error={needs(on !== '', 'Say on which day.')}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <Textarea
          label="In its words"
          description="The seller reads them."
          className="written-input"
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={text}
          error={needs(text.trim() !== '', 'Copy what it says.')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {outcome !== '' && outcome !== 'stands' && (
          <Checkbox
            label="We do as it says"
            description="It binds nobody. Where we do not follow, the seller reads why."
            checked={follows}
            onChange={(event) => setFollows(event.currentTarget.checked)}
          />
        )}
        {asksReasons && (
          <Textarea
            label="Why we do not follow it"
            className="written-input"
            autosize
            minRows={3}
            maxRows={12}
            maxLength={10_000}
            value={reasons}
            error={needs(reasons.trim() !== '', 'Say why, for the seller to read.')}
            onChange={(event) => setReasons(event.currentTarget.value)}
          />
        )}
        {record.error && <ProblemNote error={record.error} safe="Nothing was decided." />}
        <div className="buttons">
          <Button
            loading={record.isPending}
            onClick={() => {
              setTried(true)
              if (isWhole) record.mutate(outcome)
            }}
          >
            {asksReasons ? 'Record it, and that we do not follow' : 'Record it and carry it out'}
          </Button>
        </div>
      </div>
    </details>
  )
}
