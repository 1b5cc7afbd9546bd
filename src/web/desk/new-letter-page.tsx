/** A letter is put on record: who wrote, when it was received, what it says and is about; then it finds its case. */
import { Button, Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { FileForReader } from '../../contract/case.ts'
import { letterSenders } from '../../core/letter.ts'
import { permissions } from '../../core/permission.ts'
import { apiOnce, query } from '../api.ts'
import { nowHere } from '../clock.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Empty } from '../parts/empty.tsx'
import { useOnceKey } from '../parts/once.ts'
import { PageTitle, Trail } from '../parts/page-title.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { AttachedFiles } from '../seller/evidence.tsx'
import { useUploads } from '../seller/use-uploads.ts'
import { useWhenHere } from '../seller/use-when-here.ts'
import { LetterAbout } from './letter-about.tsx'
import {
  emptyLetter,
  hears,
  letterFrom,
  missingFromLetter,
  senderNames,
  willBecome,
  type LetterDraft,
} from './letter-draft.ts'
import styles from './letter.module.css'
import pageStyles from './page.module.css'
import { StaffPage } from './staff-page.tsx'

/** As the table of permissions has it. */
const mayRecord: readonly string[] = permissions['letters.record'].by
const scans = { path: '/v1/desk/letters/scans', headers: {} }

/** The page at `/desk/letters/new`. */
export function NewLetterPage() {
  return (
    <StaffPage>
      {({ roles }) =>
        roles.some((role) => mayRecord.includes(role)) ? <NewLetter /> : <NotTheirs />
      }
    </StaffPage>
  )
}

function NotTheirs() {
  return (
    <div className={pageStyles.page}>
      <PageTitle>Letters are put on record by people who work at a desk.</PageTitle>
      <Empty>You can read them at their cases.</Empty>
    </div>
  )
}

/** The day here: what is asked for in a form of days. */
function today(): string {
  const now = nowHere()
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function NewLetter() {
  const { seller = '' } = useSearch({ strict: false })
  const navigate = useNavigate()
  const client = useQueryClient()
  const [draft, setDraft] = useState<LetterDraft>(() => emptyLetter(today(), seller))
  const [wasTried, setTried] = useState(false)
  const [isContestable, setContestable] = useState(false)
  const keyOf = useOnceKey()
  const record = useMutation({
    mutationFn: (letter: ReturnType<typeof letterFrom>) =>
      apiOnce(keyOf(letter)).letters.record(letter),
    onSuccess: async ({ caseId }) => {
      await client.invalidateQueries({ queryKey: query.letters.list.key() })
      await navigate({ to: '/desk/cases/$caseId', params: { caseId }, search: {} })
    },
  })
  const onReceived = useCallback(
    (file: FileForReader) => setDraft((before) => ({ ...before, files: [...before.files, file] })),
    [],
  )
  const uploads = useUploads(draft.files.length, onReceived, scans)
  const change = (part: Partial<LetterDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    record.reset()
  }
  const missing = missingFromLetter(draft, today())
  const wordsFor = (field: keyof LetterDraft) =>
    wasTried ? missing.find((each) => each.field === field)?.words : undefined
  const { filesAre, mayGo } = useWhenHere(uploads, press)
  function press() {
    setTried(true)
    if (missing.length === 0 && mayGo()) record.mutate(letterFrom(draft))
  }
  return (
    <div className={`${pageStyles.page} ${styles.page}`}>
      <PageTitle
        above={
          <Trail>
            {[
              <TextLink key="all" to="/desk/letters">
                Letters
              </TextLink>,
              'Put one on record',
            ]}
          </Trail>
        }
      >
        A letter counts from the day on which it was received, not from today.
      </PageTitle>
      <div className={styles.form}>
        <section aria-labelledby="who">
          <h2 id="who">Who wrote</h2>
          <Radio.Group
            label="Kind of sender"
            value={draft.kind}
            onChange={(kind) =>
              change({
                kind: letterSenders.find((each) => each === kind) ?? 'seller',
                sellerHears: null,
              })
            }
          >
            <div className={pageStyles.options}>
              {letterSenders.map((kind) => (
                <Radio key={kind} value={kind} label={senderNames[kind]} />
              ))}
            </div>
          </Radio.Group>
          <div className={styles.pair}>
            <TextInput
              label="Name of the sender"
              value={draft.name}
              maxLength={200}
              error={wordsFor('name')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <TextInput
              label="Where an answer goes"
              description="An e-mail address, or one for the post"
              value={draft.answerTo}
              maxLength={500}
              error={wordsFor('answerTo')}
              onChange={(event) => change({ answerTo: event.currentTarget.value })}
            />
          </div>
          {draft.kind === 'representative' && (
            <Checkbox
              mt={16}
              label="An authority to act for the seller is enclosed"
              description="Without it the letter only informs: anybody can write that they act for somebody."
              checked={draft.showsAuthority}
              onChange={(event) => change({ showsAuthority: event.currentTarget.checked })}
            />
          )}
          {(draft.kind === 'authority' || draft.kind === 'body') && (
            <Checkbox
              mt={16}
              label="The seller may hear what it says"
              description={
                draft.kind === 'authority'
                  ? 'Not unless you say so: neither the case, nor its files, nor any notice shows it.'
                  : 'A body hears both sides, so the seller reads it unless you say otherwise.'
              }
              checked={hears(draft)}
              onChange={(event) => change({ sellerHears: event.currentTarget.checked })}
            />
          )}
        </section>
        <section aria-labelledby="when">
          <h2 id="when">When, and by when</h2>
          <div className={styles.pair}>
            <TextInput
              type="date"
              label="Received on"
              description="This day starts every clock"
              max={today()}
              value={draft.receivedOn}
              error={wordsFor('receivedOn')}
              onChange={(event) => change({ receivedOn: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Written on"
              description="As it stands on the letter, if it does"
              max={draft.receivedOn}
              value={draft.writtenOn}
              error={wordsFor('writtenOn')}
              onChange={(event) => change({ writtenOn: event.currentTarget.value })}
            />
            <TextInput
              label="Their reference"
              value={draft.reference}
              maxLength={200}
              onChange={(event) => change({ reference: event.currentTarget.value })}
            />
          </div>
          <div className={styles.pair}>
            <NativeSelect
              label="What they want by a day of their own"
              value={draft.wants}
              data={[
                { value: '', label: 'They set no day' },
                { value: 'file', label: 'Our file of the matter' },
                { value: 'answer', label: 'Our answer' },
              ]}
              onChange={({ currentTarget: { value } }) =>
                change({ wants: value === 'file' || value === 'answer' ? value : '' })
              }
            />
            {draft.wants !== '' && (
              <TextInput
                type="date"
                label="By"
                value={draft.dueOn}
                error={wordsFor('dueOn')}
                onChange={(event) => change({ dueOn: event.currentTarget.value })}
              />
            )}
          </div>
        </section>
        <section aria-labelledby="what">
          <h2 id="what">What it says</h2>
          <Textarea
            label="The letter, word for word"
            className="written-input"
            autosize
            minRows={6}
            maxRows={24}
            maxLength={50_000}
            value={draft.text}
            error={wordsFor('text')}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
          <p className={styles.scans}>
            <strong>Scans</strong>{' '}
            <span className="second">Photos and PDF, up to 10 MB each, 20 in all.</span>
          </p>
          <AttachedFiles
            files={draft.files}
            sending={uploads.sending}
            onAdd={uploads.add}
            onForget={(id) => change({ files: draft.files.filter((file) => file.id !== id) })}
          />
        </section>
        <LetterAbout
          draft={draft}
          missing={wordsFor('sellerId')}
          onChange={change}
          onContestable={setContestable}
        />
        <section aria-label="Put it on record" className={styles.end}>
          <p>{willBecome(draft, { isContestable })}</p>
          {record.error && (
            <ProblemNote
              error={record.error}
              safe="Nothing was recorded; what you wrote is here."
            />
          )}
          <div className="buttons">
            <Button
              variant="filled"
              loading={record.isPending || filesAre === 'awaited'}
              onClick={press}
            >
              Put it on record
            </Button>
          </div>
          <p className="second" role="status">
            {wasTried && missing.length > 0 && 'Something is missing above.'}
            {filesAre === 'awaited' && 'It is put on record as soon as the scans are here.'}
            {filesAre === 'refused' &&
              'A scan was not taken, so nothing was recorded. Press again to leave it out.'}
          </p>
        </section>
      </div>
    </div>
  )
}
