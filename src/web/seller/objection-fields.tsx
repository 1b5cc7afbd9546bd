/** The fields of one objection: which of the two it is, and what belongs to that. */
import { Textarea } from '@mantine/core'
import { useId } from 'react'
import type { SubjectKind } from '../../core/measure.ts'
import {
  longest,
  type DraftField,
  type Missing,
  type ObjectionDraft,
  type Track,
} from './appeal-draft.ts'
import classes from './objection-fields.module.css'

const titles = {
  dispute: 'This is a mistake',
  remedy: 'I have fixed it',
} as const satisfies Record<Track, string>

/** What each track means depends on what the measure is on. */
const tracks = {
  listing: {
    dispute: 'The rule doesn’t fit this listing. You need no proof.',
    remedy: 'Something was unclear and you changed it. This isn’t an admission of anything.',
    correction: 'Change the listing in your shop; say here what is different now.',
  },
  account: {
    dispute: 'It was not so, or it was not you. You need no proof.',
    remedy: 'Something went wrong and you put it right. This isn’t an admission of anything.',
    correction:
      'Say what is different now: who may act for you, how you send orders, and the like.',
  },
  payouts: {
    dispute: 'There is no reason to hold it, or not so much. You need no proof.',
    remedy: 'What it was held for is settled. This isn’t an admission of anything.',
    correction: 'Say what is settled: orders that arrived, refunds that you made, and the like.',
  },
} as const satisfies Record<SubjectKind, Record<Track | 'correction', string>>

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
    { name: 'correction', label: 'What have you changed?', hint: '', rows: 3 },
    { name: 'prevention', label: 'How will you keep it from happening again?', hint: '', rows: 2 },
  ],
} as const satisfies Record<
  Track,
  readonly { name: DraftField; label: string; hint: string; rows: number }[]
>

interface ObjectionFieldsProps {
  decisionId: string
  kind: SubjectKind
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
  kind,
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
              <strong>{titles[track]}</strong>
              <span className="small second">{tracks[kind][track]}</span>
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
          description={name === 'correction' ? tracks[kind].correction : hint || undefined}
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
