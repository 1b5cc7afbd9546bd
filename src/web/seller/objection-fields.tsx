/** The fields of one objection: which of the two it is, and what belongs to that. */
import { Textarea } from '@mantine/core'
import { useId } from 'react'
import {
  longest,
  type DraftField,
  type Missing,
  type ObjectionDraft,
  type Track,
} from './appeal-draft.ts'
import classes from './objection-fields.module.css'

const tracks = {
  dispute: {
    title: 'This is a mistake',
    words: 'The rule doesn’t fit this listing. You need no proof.',
  },
  remedy: {
    title: 'I have fixed it',
    words: 'Something was unclear and you changed it. This isn’t an admission of anything.',
  },
} as const satisfies Record<Track, { title: string; words: string }>

const fields = {
  dispute: [
    {
      name: 'text',
      label: 'What is wrong with the decision?',
      hint: 'In your own words. Each point you make is answered.',
      rows: 5,
    },
  ],
  remedy: [
    { name: 'cause', label: 'What led to it?', hint: '', rows: 2 },
    {
      name: 'correction',
      label: 'What have you changed?',
      hint: 'Change the listing in your shop; say here what is different now.',
      rows: 3,
    },
    { name: 'prevention', label: 'How will you keep it from happening again?', hint: '', rows: 2 },
  ],
} as const satisfies Record<
  Track,
  readonly { name: DraftField; label: string; hint: string; rows: number }[]
>

interface ObjectionFieldsProps {
  decisionId: string
  objection: ObjectionDraft
  /** What was missing when one last wanted to send; shown at its field. */
  missing: readonly Missing[]
  onChange: (change: Partial<ObjectionDraft>) => void
}

/** The id of a field, so that what is missing can be focused. */
export function fieldId(decisionId: string, field: DraftField): string {
  return `appeal-${decisionId}-${field}`
}

/** Two tracks to choose from, then the questions of the chosen one. */
export function ObjectionFields({
  decisionId,
  objection,
  missing,
  onChange,
}: ObjectionFieldsProps) {
  const group = useId()
  return (
    <div className={classes['objection']}>
      <fieldset className={classes['tracks']}>
        <legend className="heard-only">Which is it?</legend>
        {(['dispute', 'remedy'] as const).map((track) => (
          <label
            key={track}
            className={classes['track']}
            data-chosen={objection.track === track || undefined}
          >
            <input
              type="radio"
              name={group}
              value={track}
              checked={objection.track === track}
              onChange={() => onChange({ track })}
            />
            <span>
              <strong>{tracks[track].title}</strong>
              <span className="small second">{tracks[track].words}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {fields[objection.track].map(({ name, label, hint, rows }) => (
        <Textarea
          key={name}
          id={fieldId(decisionId, name)}
          className="written-input"
          label={
            <span className={classes['label']}>
              {label}
              {objection[name].length > longest[name] * 0.8 && (
                <span className="label figures">
                  {objection[name].length.toLocaleString('en')} of{' '}
                  {longest[name].toLocaleString('en')}
                </span>
              )}
            </span>
          }
          description={hint === '' ? undefined : hint}
          value={objection[name]}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
          error={missing.find((one) => one.decisionId === decisionId && one.field === name)?.words}
          autosize
          minRows={rows}
          maxRows={18}
        />
      ))}
    </div>
  )
}
