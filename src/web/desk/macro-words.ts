/** Prepared words on pages: finding them, putting them into a text, and the sentence that the page opens with. */
import type { Macros } from '../../contract/macro.ts'
import { unfilledIn, type FieldValues, type MacroUse } from '../../core/macro.ts'

/** What each use is called. */
export const useWords = {
  answer: { title: 'Answers and messages', one: 'Answer' },
  ask: { title: 'Questions to the seller', one: 'Question' },
  forward: { title: 'Reasons to hand it on', one: 'Hand-over' },
  reasons: { title: 'Reasons of a decision', one: 'Reasons' },
} as const satisfies Record<MacroUse, { title: string; one: string }>

/** A made-up case, for seeing how words read before anybody uses them. */
export const exampleValues: FieldValues = {
  seller: 'Clay & Clover',
  'case number': 'A-7004',
  'answer by': 'Thursday 26 November 09:58',
  listing: 'Kaolin face mask, 10 sheets',
  rule: 'Protective masks',
  decision: 'D-4102',
  desk: 'Seller Performance',
}

/** Those whose name or words hold every word that was searched; where the name holds them first. */
export function findPrepared<Item extends { name: string; text: string }>(
  macros: readonly Item[],
  search: string,
): Item[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = (text: string) => wanted.every((word) => text.toLowerCase().includes(word))
  const named = macros.filter(({ name }) => holds(name))
  const others = macros.filter(
    (each) => !named.includes(each) && holds(`${each.name} ${each.text}`),
  )
  return [...named, ...others]
}

/** Words put at the end of what stands there already. */
export function withPrepared(written: string, words: string): string {
  return written.trim() === '' ? words : `${written.trimEnd()}\n\n${words}`
}

/** Where the first unfilled field stands in a text; null where none does. */
export function fieldPlace(text: string): { start: number; end: number } | null {
  const field = unfilledIn(text)
  if (field === null) return null
  const start = text.indexOf(field)
  return { start, end: start + field.length }
}

/** The text cut at its unfilled fields. */
export function splitFields(text: string): { words: string; isField: boolean }[] {
  const parts: { words: string; isField: boolean }[] = []
  let rest = text
  for (let place = fieldPlace(rest); place !== null; place = fieldPlace(rest)) {
    parts.push({ words: rest.slice(0, place.start), isField: false })
    parts.push({ words: rest.slice(place.start, place.end), isField: true })
    rest = rest.slice(place.end)
  }
  parts.push({ words: rest, isField: false })
  return parts.filter(({ words }) => words !== '')
}

/** "Six texts are prepared, four of them for your desks." */
export function macrosSentence({ macros, desks }: Pick<Macros, 'macros' | 'desks'>): string {
  const own = desks.filter(({ mayWrite }) => mayWrite).map(({ name }) => name)
  const ofOwn = macros.filter(({ desk }) => own.includes(desk)).length
  if (macros.length === 0) return 'No desk has prepared any words yet.'
  const all = macros.length === 1 ? 'One text is prepared' : `${macros.length} texts are prepared`
  if (own.length === 0) return `${all}, each by the people of its desk.`
  return `${all}, ${ofOwn === 0 ? 'none' : ofOwn} of them for your ${own.length === 1 ? 'desk' : 'desks'}.`
}
