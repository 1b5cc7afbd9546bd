/** An answer card holds one answer: what becomes of the measure, what that does, and the reasons the seller reads. */
import { Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DraftAnswer } from './answers.ts'
import { DeskKey } from './desk-key.tsx'
import caseStyles from './case.module.css'
import { panes } from './frame.tsx'
import type { Power } from './keys.ts'

export interface Choice {
  power: Power
  button: string
  key: string
  /** What it would do, computed by the server before it is chosen. */
  effect: string | undefined
}

interface AnswerCardProps {
  number: number
  /** "1", or nothing when there is only one. */
  shownNumber: string | null
  legend: string
  choices: readonly Choice[]
  answer: DraftAnswer
  /** What is missing here, once the reader tried to decide. */
  missing: string | undefined
  placeholder: string
  onChange: (change: Partial<DraftAnswer>) => void
  onFocus: () => void
  /** What stands below it. */
  after?: ReactNode
}

/** The id by which G finds the card. */
export function answerCardId(number: number): string {
  return `${panes.decision}-${number}`
}

/** One answer as a group of form controls. */
export function AnswerCard({
  number,
  shownNumber,
  legend,
  choices,
  answer,
  missing,
  placeholder,
  onChange,
  onFocus,
  after,
}: AnswerCardProps) {
  const chosen = choices.find(({ power }) => power === answer.power)
  return (
    <fieldset id={answerCardId(number)} className={caseStyles.answer} onFocus={onFocus}>
      <legend>
        {shownNumber} <span>{legend}</span>
      </legend>
      <div className={caseStyles.choice}>
        {choices.map(({ power, button, key }) => (
          <label key={power}>
            <input
              type="radio"
              name={`power-${number}`}
              checked={answer.power === power}
              onChange={() => onChange({ power })}
            />
            {button}
            <DeskKey keys={[key]} />
          </label>
        ))}
      </div>
      {chosen ? (
        <p className={caseStyles.effects}>{chosen.effect}</p>
      ) : (
        <dl className={caseStyles.effects}>
          {choices.map(({ power, button, effect }) => (
            <div key={power}>
              <dt>{button}:</dt>
              <dd>{effect}</dd>
            </div>
          ))}
        </dl>
      )}
      <Textarea
        className={caseStyles.reasons ?? ''}
        aria-label={`Reasons${shownNumber === null ? '' : ` for objection ${shownNumber}`}`}
        placeholder={placeholder}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        value={answer.reasons}
        error={missing}
        onChange={(event) => onChange({ reasons: event.currentTarget.value })}
      />
      {after}
    </fieldset>
  )
}
