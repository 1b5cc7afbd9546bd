/** The form of a complaint: what is so, and what each side reads. Neither learns of the other. */
import { Button, Checkbox, Radio, Textarea } from '@mantine/core'
import type { CaseForDesk } from '../../contract/desk.ts'
import { complaintFindings, type ComplaintFinding } from '../../core/complaint.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import caseStyles from './case.module.css'
import { findingWords } from './complaint-words.ts'
import { DeskKey } from './desk-key.tsx'
import { panes } from './frame.tsx'
import type { Finding } from './use-finding.ts'

/** The id by which a key finds the form. */
export const findingFormId = `${panes.decision}-finding`

/** Find is always there to be pressed; while something is missing, pressing it says what. */
export function FindingForm({
  matter,
  finding,
  error,
  isSending,
  onFind,
  onReload,
}: {
  matter: CaseForDesk
  finding: Finding
  error: Error | null
  isSending: boolean
  onFind: () => void
  onReload: () => void
}) {
  const { draft, change, missing, wasTried } = finding
  const isHeld = matter.complaint?.measures.some(({ byMachine, inForce }) => byMachine && inForce)
  return (
    <>
      <h2 className={caseStyles.paneTitle}>What is so?</h2>
      <p className="second">
        The seller and whoever complained read different words. Tell neither of the other.
      </p>
      <div id={findingFormId} className={caseStyles.answer}>
        <Radio.Group
          label="What you found"
          value={draft.finding ?? ''}
          onChange={(value) => {
            const chosen = complaintFindings.find((one) => one === value)
            if (chosen) change({ finding: chosen })
          }}
        >
          <div className={caseStyles.findings}>
            {complaintFindings.map((one, place) => (
              <Radio
                key={one}
                value={one}
                label={
                  <>
                    {findingWords[one]} <DeskKey keys={[String(place + 1)]} />
                  </>
                }
                description={effectOf(one, isHeld === true)}
              />
            ))}
          </div>
        </Radio.Group>
        {draft.finding === 'refuted' && (
          <Checkbox
            className={caseStyles.reasons ?? ''}
            checked={draft.isUnfounded}
            onChange={(event) => change({ isUnfounded: event.currentTarget.checked })}
            label="Manifestly unfounded"
            description="Anybody sees at once that it is not so. Who is only mistaken is not meant. No seller reads it."
          />
        )}
        <Textarea
          label="For the seller"
          description="Your reasons, without who complained."
          className={caseStyles.reasons ?? ''}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10_000}
          value={draft.reasons}
          error={
            wasTried && draft.reasons.trim() === '' ? 'The seller needs your reasons.' : undefined
          }
          onChange={(event) => change({ reasons: event.currentTarget.value })}
        />
        <Textarea
          label="For whoever complained"
          description="What was found, without anything that is the seller’s own."
          className={caseStyles.reasons ?? ''}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={10_000}
          value={draft.words}
          error={
            wasTried && draft.words.trim() === ''
              ? 'The reporter needs words of their own.'
              : undefined
          }
          onChange={(event) => change({ words: event.currentTarget.value })}
        />
      </div>
      <div className={caseStyles.decide}>
        {error !== null && (
          <div style={{ marginBottom: 12 }}>
            <ProblemNote
              error={error}
              safe="Nothing was said yet, and what you wrote is kept here."
              onRetry={onReload}
            />
          </div>
        )}
        <div className={caseStyles.decideButtons}>
          <Button
            variant="filled"
            loading={isSending}
            aria-describedby="desk-missing"
            onClick={onFind}
          >
            Say so and next
            <span style={{ marginLeft: 8 }}>
              <DeskKey keys={['Ctrl', 'Enter']} />
            </span>
          </Button>
        </div>
        <p
          id="desk-missing"
          className={caseStyles.missing}
          role="status"
          data-tried={wasTried || undefined}
        >
          {missing.length === 0
            ? 'Nothing is missing. For a minute you can undo it.'
            : missing.join(' ')}
        </p>
      </div>
    </>
  )
}

/** What it does, said before it is chosen. */
function effectOf(finding: ComplaintFinding, isHeld: boolean): string {
  switch (finding) {
    case 'confirmed':
      return isHeld
        ? 'The hold stands in your name. You can impose something else after this minute.'
        : 'Nothing happens by itself. You can impose something after this minute.'
    case 'refuted':
      return isHeld ? 'The listing comes back.' : 'Nothing is held against the seller.'
    case 'undetermined':
      return isHeld
        ? 'The listing comes back, because nobody could confirm it.'
        : 'Both sides hear that we could not find out.'
  }
}
