/** The fields of a listing that is checked: title and description, and the others folded away. */
import { Textarea, TextInput } from '@mantine/core'
import { useId } from 'react'
import { listingLimits } from '../../core/listing.ts'
import type { ScreeningDraft } from './screening-draft.ts'
import classes from './screening-page.module.css'

interface ScreeningFieldsProps {
  draft: ScreeningDraft
  onChange: (change: Partial<ScreeningDraft>) => void
}

/** Open at once where one of the folded ones has something in it. */
export function ScreeningFields({ draft, onChange }: ScreeningFieldsProps) {
  const id = useId()
  const isMoreFilled = [draft.bullets, draft.brand, draft.category, draft.attributes].some(
    (written) => written !== '',
  )
  return (
    <div className={classes['fields']}>
      <Textarea
        id={`${id}-title`}
        className="written-input"
        label="Title"
        value={draft.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        maxLength={listingLimits.title}
        autosize
        minRows={1}
        maxRows={4}
      />
      <Textarea
        id={`${id}-description`}
        className="written-input"
        label="Description"
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        maxLength={listingLimits.description}
        autosize
        minRows={4}
        maxRows={20}
      />
      <details className={classes['more']} open={isMoreFilled || undefined}>
        <summary>Points, brand, category and details</summary>
        <div className={classes['fields']}>
          <Textarea
            className="written-input"
            label="Points"
            description="One a line."
            value={draft.bullets}
            onChange={(event) => onChange({ bullets: event.currentTarget.value })}
            autosize
            minRows={3}
            maxRows={12}
          />
          <TextInput
            label="Brand"
            value={draft.brand}
            onChange={(event) => onChange({ brand: event.currentTarget.value })}
            maxLength={listingLimits.brand}
          />
          <TextInput
            label="Category"
            description="As in the shop, such as Beauty > Skin care."
            value={draft.category}
            onChange={(event) => onChange({ category: event.currentTarget.value })}
            maxLength={listingLimits.category}
          />
          <Textarea
            className="written-input"
            label="Details"
            description="One a line, such as Material: cotton."
            value={draft.attributes}
            onChange={(event) => onChange({ attributes: event.currentTarget.value })}
            autosize
            minRows={3}
            maxRows={12}
          />
        </div>
      </details>
    </div>
  )
}
