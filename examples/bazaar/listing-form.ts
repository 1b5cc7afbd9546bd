/** The listing form is what a seller types; here it becomes a listing text, or a sentence beside each field. */
import { categories, type ListingText } from './listing.ts'

export const fields = [
  'title',
  'description',
  'bullets',
  'brand',
  'category',
  'price',
  'attributes',
] as const
export type Field = (typeof fields)[number]
export type Typed = Record<Field, string>
export type Wrongs = Partial<Record<Field, string>>

export const emptyForm: Typed = {
  title: '',
  description: '',
  bullets: '',
  brand: '',
  category: '',
  price: '',
  attributes: '',
}

/** The form as it is when an existing listing is opened. */
export function typedFrom(text: ListingText): Typed {
  return {
    title: text.title,
    description: text.description,
    bullets: text.bullets.join('\n'),
    brand: text.brand,
    category: text.category,
    price: (text.priceCents / 100).toFixed(2),
    attributes: Object.entries(text.attributes)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n'),
  }
}

/** Reads what was typed; what cannot be taken comes back with a sentence for its field. */
export function readForm(
  typed: Typed,
): { ok: true; text: ListingText } | { ok: false; wrongs: Wrongs } {
  const wrongs: Wrongs = {}
  const check = (field: Field, most: number) => {
    const text = typed[field].replace(/\r\n?/g, '\n').trim()
    if (text.length > most)
      wrongs[field] =
        `This takes up to ${most.toLocaleString('en')} characters; there are ${text.length.toLocaleString('en')}.`
    else if (/\0/.test(text) || /\p{Surrogate}/u.test(text))
      wrongs[field] = 'There is a character in this that no page can show. Type it again.'
    return text
  }

  const title = check('title', 200).replace(/\s+/g, ' ')
  if (title === '') wrongs.title = 'Give it a name that customers will know it by.'
  const description = check('description', 5_000)
  const brand = check('brand', 100)
  const bullets = linesOf(check('bullets', 5_000))
  if (bullets.length > 10) wrongs.bullets ??= `Ten points at most; there are ${bullets.length}.`
  const category = categories.find((known) => known === typed.category)
  if (category === undefined) wrongs.category = 'Choose the shelf that it stands on.'
  const priceCents = readPrice(typed.price)
  if (priceCents === null)
    wrongs.price = 'Write the price in euros, from 0.01 to 99,999.99, such as 18.50.'
  const attributes = readAttributes(check('attributes', 5_000))
  if (typeof attributes === 'string') wrongs.attributes ??= attributes

  if (
    Object.keys(wrongs).length > 0 ||
    category === undefined ||
    priceCents === null ||
    typeof attributes === 'string'
  )
    return { ok: false, wrongs }
  return {
    ok: true,
    text: { title, description, bullets, brand, category, attributes, priceCents },
  }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function readPrice(typed: string): number | null {
  const match = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[€\s]/g, ''))
  if (!match) return null
  const cents = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return cents > 0 ? cents : null
}

/** One `name: value` a line; a sentence where a line is something else. */
function readAttributes(text: string): Record<string, string> | string {
  const pairs = new Map<string, string>()
  for (const line of linesOf(text)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    if (colon < 1 || name === '' || value === '')
      return `Write one detail a line, as “name: value”. This line has another shape: “${line.slice(0, 60)}”.`
    if (name.length > 60 || value.length > 500)
      return `A name takes up to 60 characters and a value up to 500. This line is longer: “${line.slice(0, 60)}…”.`
    if (pairs.has(name)) return `“${name}” is there twice.`
    pairs.set(name, value)
  }
  if (pairs.size > 30) return `Thirty details at most; there are ${pairs.size}.`
  return Object.fromEntries(pairs)
}
