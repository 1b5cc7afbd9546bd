/** A listing is what a seller offers; a listing version is its exact text at one time. */
import { z } from 'zod'

/** A value that a marketplace may give an attribute; lists are kept in order. */
export const AttributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])

/** The text of a listing as people read it: what is screened, quoted and judged. */
export const ListingText = z.object({
  title: z.string(),
  description: z.string(),
  bullets: z.array(z.string()),
  brand: z.string(),
  category: z.string(),
  attributes: z.record(z.string(), AttributeValue),
})
export type ListingText = z.infer<typeof ListingText>

/** How much of everything is taken, in characters and counts; the same at every door. */
export const listingLimits = {
  id: 200,
  title: 5000,
  description: 200_000,
  bullets: 200,
  bullet: 10_000,
  brand: 1000,
  category: 2000,
  attributes: 500,
  attributeName: 200,
  attributeValue: 20_000,
  attributeList: 500,
} as const

export interface ListingVersion {
  listingId: string
  sellerId: string
  /** 1, 2, 3 … for one listing. */
  version: number
  text: ListingText
  /** SHA-256 (hex) of the canonical text: equal text, equal key. */
  textKey: string
  receivedAt: Date
}

/**
 * The one spelling of a text that `textKey` is the hash of.
 * Attribute names are sorted, so that their order in a feed does not make a new text.
 */
export function canonicalText(text: ListingText): string {
  const attributes = Object.entries(text.attributes).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    text.title,
    text.description,
    text.bullets,
    text.brand,
    text.category,
    attributes,
  ])
}

/** Reads one field by the name that evidence uses: `title`, `bullets[0]`, `attributes.material`. */
export function fieldText(text: ListingText, field: string): string | null {
  switch (field) {
    case 'title':
    case 'description':
    case 'brand':
    case 'category':
      return text[field]
  }
  const bullet = /^bullets\[(\d+)\]$/.exec(field)
  if (bullet) return text.bullets[Number(bullet[1])] ?? null
  if (!field.startsWith('attributes.')) return null
  const name = field.slice('attributes.'.length)
  // Own names only: a field called `attributes.constructor` must not read the prototype.
  const value = Object.hasOwn(text.attributes, name) ? text.attributes[name] : undefined
  return value === undefined ? null : attributeText(value)
}

/** The value of an attribute as it is read. */
export function attributeText(value: ListingText['attributes'][string]): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Every field that has text, in the order in which people read it. */
export function fieldsOf(text: ListingText): string[] {
  return [
    'title',
    ...text.bullets.map((_, index) => `bullets[${index}]`),
    'description',
    'brand',
    'category',
    ...Object.keys(text.attributes).map((name) => `attributes.${name}`),
  ].filter((field) => fieldText(text, field) !== '')
}
