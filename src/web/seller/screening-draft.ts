/** The draft of a listing that is checked before it is offered: as it is typed, and as it is asked about. */
import { z } from 'zod'
import type { ListingToScreen } from '../../contract/screening.ts'
import type { ListingText } from '../../core/listing.ts'

export const ScreeningDraft = z.object({
  title: z.string(),
  description: z.string(),
  /** One point a line. */
  bullets: z.string(),
  brand: z.string(),
  category: z.string(),
  /** One a line, as `Material: cotton`. */
  attributes: z.string(),
})
export type ScreeningDraft = z.infer<typeof ScreeningDraft>

export const emptyDraft: ScreeningDraft = {
  title: '',
  description: '',
  bullets: '',
  brand: '',
  category: '',
  attributes: '',
}

/** A listing's text as it is typed here; the way back of `textFrom`. */
export function draftOf(text: ListingText): ScreeningDraft {
  const { title, description, brand, category } = text
  const attributes = Object.entries(text.attributes).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : value}`,
  )
  return {
    title,
    description,
    brand,
    category,
    bullets: text.bullets.join('\n'),
    attributes: attributes.join('\n'),
  }
}

/** The listing that was typed. */
export function textFrom(draft: ScreeningDraft): ListingText {
  const { title, description, brand, category } = draft
  return {
    title,
    description,
    brand,
    category,
    bullets: linesOf(draft.bullets),
    attributes: Object.fromEntries(linesOf(draft.attributes).map(attributeFrom)),
  }
}

/** What is asked about it; null while there is no title, without which there is no listing. */
export function questionFrom(draft: ScreeningDraft, id: string | null): ListingToScreen | null {
  const text = textFrom(draft)
  if (text.title.trim() === '') return null
  return id === null ? text : { ...text, id }
}

function linesOf(written: string): string[] {
  return written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Without a colon the line is a value of no name, which is read all the same. */
function attributeFrom(line: string): [string, string] {
  const colon = line.indexOf(':')
  return colon < 1 ? ['detail', line] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}
