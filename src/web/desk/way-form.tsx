/** The form of what is not a decision: a question to the seller, a message, or the reason for which another desk gets it. */
import { Button, Textarea } from '@mantine/core'
import type { CaseForDesk } from '../../contract/desk.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { Due, Moment } from '../parts/time.tsx'
import { DeskChoice } from './desk-choice.tsx'
import caseStyles from './case.module.css'
import { DeskKey } from './desk-key.tsx'
import { panes } from './frame.tsx'
import { PrepareButton } from './prepare-button.tsx'
import type { Writing } from './use-writing.ts'
import { deskChosen, endsByAnswer, mayDecide, type Way } from './writing.ts'

interface WayFormProps {
  matter: CaseForDesk
  way: Way
  writing: Writing
  error: Error | null
  isSending: boolean
  onSend: () => void
  onPrepare: () => void
}

/** The id by which a key finds the form. */
export const wayFormId = `${panes.decision}-way`

/** One text, what it does said before it is sent, and the way back to the decision. */
export function WayForm(props: WayFormProps) {
  const { matter, way, writing, error, isSending, onSend, onPrepare } = props
  const { written, change, missing, wasTried } = writing
  const words = wordsOf(way, matter)
  return (
    <>
      <h2 className={caseStyles.paneTitle}>{words.title}</h2>
      {words.lead !== null && <p className="second">{words.lead}</p>}
      <div id={wayFormId} className={caseStyles.answer}>
        {way === 'forward' && (
          <DeskChoice
            desks={matter.forwardTo}
            value={deskChosen(written, matter.forwardTo)}
            onChange={(to) => change({ to })}
          />
        )}
        <Textarea
          label={words.label}
          className={caseStyles.reasons ?? ''}
          autosize
          minRows={way === 'forward' ? 2 : 4}
          maxRows={14}
          maxLength={way === 'forward' ? 2_000 : way === 'ask' ? 10_000 : 20_000}
          placeholder={words.placeholder}
          value={written[way]}
          error={wasTried ? missing : undefined}
          onChange={(event) => change({ [way]: event.currentTarget.value })}
        />
        <PrepareButton onPrepare={onPrepare} />
        <p className={caseStyles.effects}>
          <Effect way={way} matter={matter} />
        </p>
      </div>
      <div className={caseStyles.decide}>
        {error !== null && (
          <div style={{ marginBottom: 12 }}>
            <ProblemNote error={error} safe="Nothing was sent, and what you wrote is kept here." />
          </div>
        )}
        <div className={caseStyles.decideButtons}>
          <Button
            variant="filled"
            loading={isSending}
            aria-describedby="desk-missing"
            onClick={onSend}
          >
            {words.button}
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Ctrl', 'Enter']} />
            </span>
          </Button>
          {!writing.isMain && (
            <Button onClick={writing.back}>
              Back
              <span style={{ marginLeft: 8 }}>
                <DeskKey keys={['Esc']} />
              </span>
            </Button>
          )}
        </div>
        <p
          id="desk-missing"
          className={caseStyles.missing}
          role="status"
          data-tried={wasTried || undefined}
        >
          {missing ?? 'Nothing is missing.'}
        </p>
      </div>
    </>
  )
}

function wordsOf(way: Way, matter: CaseForDesk) {
  switch (way) {
    case 'ask':
      return {
        title: 'Your question to the seller',
        lead:
          matter.kind === 'complaint'
            ? 'The seller reads it beside what is said, and does not learn who says it.'
            : null,
        label: 'What you want to know',
        placeholder: 'One question is answered sooner than three',
        button: 'Ask and next',
      }
    case 'write':
      return {
        title: endsByAnswer(matter) ? 'Your answer' : 'A message to the seller',
        lead:
          matter.answersTo === null
            ? 'It is sent with your first name.'
            : `It goes to ${matter.answersTo}, and not to the seller.`,
        label: `What ${matter.answersTo ?? 'the seller'} reads`,
        placeholder: endsByAnswer(matter)
          ? 'What is so, and what to do'
          : 'What the seller should know',
        button: endsByAnswer(matter) ? 'Answer and next' : 'Send it',
      }
    case 'forward':
      return {
        title: 'Forward it',
        lead:
          mayDecide(matter) || endsByAnswer(matter)
            ? null
            : `${matter.deskTitle} informs, asks and passes on, and may not decide this one.`,
        label:
          matter.check === null
            ? 'Why, in a sentence that the seller reads'
            : 'Why, in a sentence for that desk',
        placeholder: 'Because the contract itself is in question',
        button: 'Forward and next',
      }
  }
}

/** What sending it does, before it is sent. */
function Effect({ way, matter }: { way: Way; matter: CaseForDesk }) {
  switch (way) {
    case 'ask':
      if (matter.complaint?.kind === 'unsafe')
        return 'Because somebody may be in danger, nothing waits for the answer: the case stays with you, and our clock runs on.'
      return (
        <>
          {matter.askUntil !== null && (
            <>
              It waits until <Due at={matter.askUntil} />, and our clock stands still
              meanwhile.{' '}
            </>
          )}
          Then {matter.deskTitle} goes on with what there is. Silence never counts against the
          seller.
        </>
      )
    case 'write':
      return endsByAnswer(matter)
        ? 'It ends the matter. Should the seller write again, it is open again, and here.'
        : 'It only informs. It is no decision: the case stays here, and our clock runs on.'
    case 'forward':
      return matter.promisedBy === null ? (
        'That desk’s own clock begins when it arrives.'
      ) : (
        <>
          The promised date, <Moment at={matter.promisedBy} />, stays as it was.
        </>
      )
  }
}
