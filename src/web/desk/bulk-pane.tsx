/** What is done with several cases at once: first what it would do to each, then doing it, with what came of each. */
import { Button, Radio, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { BulkPreview } from '../../contract/bulk.ts'
import type { Queue } from '../../contract/queue.ts'
import type { BulkAction } from '../../core/bulk.ts'
import type { MacroUse } from '../../core/macro.ts'
import { query } from '../api.ts'
import { TextLink } from '../parts/button-link.tsx'
import { Tag } from '../parts/measure-tag.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { count } from '../parts/time-words.ts'
import { nextOf, previewSentence, runSentence, type Run } from './bulk.ts'
import styles from './bulk.module.css'
import caseStyles from './case.module.css'
import { DeskChoice } from './desk-choice.tsx'
import { DeskKey } from './desk-key.tsx'
import { panes } from './frame.tsx'
import { withPrepared } from './macro-words.ts'
import { PrepareButton } from './prepare-button.tsx'
import { PreparedWords } from './prepared-words.tsx'
import type { Bulk } from './use-bulk.ts'

/** The id by which its key finds the form. */
export const bulkFormId = `${panes.decision}-bulk`

type Kind = BulkAction['do']

const kinds = {
  release: {
    title: 'Release',
    tag: 'Release',
    says: 'What you hold goes back to its desk.',
    use: null,
    label: '',
  },
  forward: {
    title: 'Forward',
    tag: 'Forward',
    says: 'Each goes to another desk; no promised date moves.',
    use: 'forward',
    label: 'Why, in a sentence that each seller reads',
  },
  answer: {
    title: 'Answer',
    tag: 'Answer',
    says: 'The same words to each, with its own name and number in them.',
    use: 'answer',
    label: 'What each seller reads',
  },
  lift: {
    title: 'Lift all',
    tag: 'Lift',
    says: 'The yes alone: that a measure stands is written for one seller.',
    use: 'reasons',
    label: 'Reasons, which each seller reads',
  },
} as const satisfies Record<
  Kind,
  { title: string; tag: string; says: string; use: MacroUse | null; label: string }
>

/** One thing at a time: the run, what was seen, or the form. */
export function BulkPane({ bulk, queue }: { bulk: Bulk; queue: Queue }) {
  if (bulk.run !== null) return <Running bulk={bulk} run={bulk.run} />
  if (bulk.seen !== null) return <Seen bulk={bulk} seen={bulk.seen} />
  return <Form bulk={bulk} queue={queue} />
}

function Form({ bulk, queue }: { bulk: Bulk; queue: Queue }) {
  const { draft, change, wasTried } = bulk
  const { use, label } = kinds[draft.do]
  return (
    <>
      <h2 className={caseStyles.paneTitle}>
        {bulk.picked.length === 1 ? 'One case is chosen' : `${bulk.picked.length} cases are chosen`}
      </h2>
      <p className="second">Nothing happens before you have seen what it does to each.</p>
      <div id={bulkFormId} className={caseStyles.answer}>
        <Radio.Group
          label="What to do with each"
          value={draft.do}
          onChange={(kind) => {
            const chosen = queue.together.find((each) => each === kind)
            if (chosen) change({ do: chosen })
          }}
        >
          <div className={caseStyles.desks}>
            {queue.together.map((kind) => (
              <Radio
                key={kind}
                value={kind}
                label={kinds[kind].title}
                description={kinds[kind].says}
              />
            ))}
          </div>
        </Radio.Group>
        {draft.do === 'forward' && (
          <DeskChoice
            desks={queue.forwardTo}
            value={draft.to}
            error={wasTried && draft.to === null ? 'Choose the desk.' : undefined}
            onChange={(to) => change({ to })}
          />
        )}
        {use !== null && (
          <Words
            key={use}
            use={use}
            label={label}
            words={draft.words}
            isMissing={wasTried && draft.words.trim() === ''}
            desks={queue.desks.map(({ name }) => name)}
            opened={bulk.isPreparing}
            onOpen={bulk.prepare}
            onChange={(words) => change({ words })}
          />
        )}
      </div>
      <div className={caseStyles.decide}>
        {bulk.preview.error && (
          <ProblemNote error={bulk.preview.error} safe="Nothing was done to any of them." />
        )}
        <div className={caseStyles.decideButtons}>
          <Button variant="filled" loading={bulk.preview.isPending} onClick={bulk.look}>
            Preview it
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Ctrl', 'Enter']} />
            </span>
          </Button>
          <Button onClick={bulk.leave}>
            Choose none
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Esc']} />
            </span>
          </Button>
        </div>
      </div>
    </>
  )
}

interface WordsProps {
  use: MacroUse
  label: string
  words: string
  isMissing: boolean
  desks: readonly string[]
  opened: boolean
  onOpen: (isOpen: boolean) => void
  onChange: (words: string) => void
}

/** Fields in braces are filled for each case; the preview shows how. */
function Words(props: WordsProps) {
  const { use, label, words, isMissing, desks, opened, onOpen, onChange } = props
  const found = useQuery(query.macros.list.queryOptions({ enabled: opened, staleTime: 30_000 }))
  const macros = found.data?.macros
    .filter((macro) => macro.use === use && desks.includes(macro.desk))
    .map((macro) => ({ ...macro, lacking: [] }))
  return (
    <>
      <Textarea
        label={label}
        className={caseStyles.reasons ?? ''}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={use === 'forward' ? 2_000 : use === 'reasons' ? 10_000 : 20_000}
        value={words}
        error={isMissing ? 'Nothing is written yet.' : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <PrepareButton onPrepare={() => onOpen(true)} />
      <PreparedWords
        opened={opened}
        onClose={() => onOpen(false)}
        macros={macros ?? null}
        onChoose={({ text }) => {
          onOpen(false)
          onChange(withPrepared(words, text))
        }}
      />
    </>
  )
}

function Seen({ bulk, seen }: { bulk: Bulk; seen: BulkPreview }) {
  const possible = seen.cases.filter(({ isPossible }) => isPossible).length
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{previewSentence(seen)}</h2>
      <p className="second">Nothing has happened yet. This is what would.</p>
      <ul className={styles.cases}>
        {seen.cases.map((each) => (
          <li key={each.caseId}>
            <p className={styles.head}>
              <strong>{each.title}</strong>
              <Tag tone={each.isPossible ? 'green' : 'red'}>
                {each.isPossible ? kinds[each.action.do].tag : 'Not possible'}
              </Tag>
            </p>
            <p className="third">
              {each.number}, {each.sellerName}
            </p>
            <p>{each.words}</p>
            {each.text !== null && each.isPossible && (
              <p className={`written ${caseStyles.quote} ${styles.words}`} dir="auto">
                {each.text}
              </p>
            )}
          </li>
        ))}
      </ul>
      <div className={caseStyles.decide}>
        <div className={caseStyles.decideButtons}>
          <Button variant="filled" disabled={possible === 0} onClick={bulk.begin}>
            {possible === 0 ? 'Nothing can be done' : `Do it to ${count(possible, 'case')}`}
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Ctrl', 'Enter']} />
            </span>
          </Button>
          <Button onClick={bulk.leave}>
            Back
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Esc']} />
            </span>
          </Button>
        </div>
      </div>
    </>
  )
}

function Running({ bulk, run }: { bulk: Bulk; run: Run }) {
  const isOver = nextOf(run) === null
  const settled = run.cases.filter(({ state }) => state !== 'waiting').length
  return (
    <>
      <div role="status">
        <h2 className={caseStyles.paneTitle}>{runSentence(run)}</h2>
      </div>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label="Cases done"
        aria-valuemin={0}
        aria-valuemax={run.cases.length}
        aria-valuenow={settled}
      >
        <span style={{ width: `${(settled / run.cases.length) * 100}%` }} />
      </div>
      <p className="second" role="status">
        {isOver
          ? 'Each was a command of its own, and stands in the thread of its case.'
          : bulk.waitsBecause === null
            ? 'It goes on by itself, one case after the other.'
            : `${bulk.waitsBecause} It is sent again by itself, and nothing is done twice.`}
      </p>
      <ul className={styles.cases}>
        {run.cases.map((each) => (
          <li key={each.caseId}>
            <p className={styles.head}>
              <TextLink to="/desk/cases/$caseId" params={{ caseId: each.caseId }}>
                {each.title}
              </TextLink>
              {each.state === 'waiting' ? (
                <span className="third">waits its turn</span>
              ) : (
                <Tag tone={each.state === 'done' ? 'green' : 'red'}>
                  {each.state === 'done' ? 'Done' : 'Refused'}
                </Tag>
              )}
            </p>
            <p className="third">{each.number}</p>
            {each.words !== null && <p>{each.words}</p>}
          </li>
        ))}
      </ul>
      {isOver && (
        <div className={caseStyles.decide}>
          <div className={caseStyles.decideButtons}>
            <Button variant="filled" onClick={bulk.leave}>
              Close the list
              <span style={{ marginLeft: 8 }}>
                <DeskKey keys={['Esc']} />
              </span>
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
