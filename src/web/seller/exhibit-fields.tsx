/** What the policy of a decision asks for, each with its own place: it helps, and nothing waits for it. */
import { TextInput } from '@mantine/core'
import { useId } from 'react'
import type { FileForReader, MeasureForSeller } from '../../contract/case.ts'
import { shownFor, type ObjectionDraft, type ShownDraft } from './appeal-draft.ts'
import { AttachedFiles } from './evidence.tsx'
import classes from './exhibit-fields.module.css'
import type { Sending } from './use-uploads.ts'

type Exhibit = MeasureForSeller['exhibits'][number]

interface ExhibitFieldsProps {
  exhibits: readonly Exhibit[]
  objection: ObjectionDraft
  files: readonly FileForReader[]
  /** The uploads on their way for an exhibit. */
  sendingFor: (exhibit: string) => readonly Sending[]
  onAdd: (exhibit: string, files: File[]) => void
  onForget: (id: string) => void
  onWords: (exhibit: string, words: string) => void
}

/** Nothing where the policy asks for nothing. */
export function ExhibitFields({ exhibits, objection, ...rest }: ExhibitFieldsProps) {
  const heading = useId()
  if (exhibits.length === 0) return null
  return (
    <section aria-labelledby={heading} className={classes['exhibits']}>
      <div>
        <h2 id={heading} className={classes['heading']}>
          What helps most <span className="third">optional</span>
        </h2>
        <p className="small second">
          Show what you have. If it is something else that shows it, say so in your own words.
        </p>
      </div>
      {exhibits.map((exhibit) => (
        <ExhibitField
          key={exhibit.exhibit}
          exhibit={exhibit}
          shown={shownFor(objection, exhibit.exhibit)}
          {...rest}
        />
      ))}
    </section>
  )
}

interface ExhibitFieldProps extends Omit<ExhibitFieldsProps, 'exhibits' | 'objection'> {
  exhibit: Exhibit
  shown: ShownDraft
}

function ExhibitField({
  exhibit: { exhibit, title, says, kind, like },
  shown,
  files,
  sendingFor,
  onAdd,
  onForget,
  onWords,
}: ExhibitFieldProps) {
  const label = useId()
  if (kind === 'words')
    return (
      <TextInput
        label={title}
        description={like === undefined ? says : `${says} It looks like ${like}.`}
        value={shown.words}
        onChange={(event) => onWords(exhibit, event.currentTarget.value)}
        maxLength={300}
        autoComplete="off"
      />
    )
  return (
    <div role="group" aria-labelledby={label}>
      <p id={label} className={classes['title']}>
        {title}
      </p>
      <p className="small second">{says}</p>
      <AttachedFiles
        files={files.filter(({ id }) => shown.fileIds.includes(id))}
        sending={sendingFor(exhibit)}
        what={title}
        onAdd={(chosen) => onAdd(exhibit, chosen)}
        onForget={onForget}
      />
    </div>
  )
}
