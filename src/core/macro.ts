/** A macro is words that a desk has prepared: they fill a text box with what is so of a case, and a person goes on from there. */
import { refuse, type Refused } from './refusal.ts'

/** Where the words go: to the seller as an answer or a question, with a hand-over, or as the reasons of a decision. */
export const macroUses = ['answer', 'ask', 'forward', 'reasons'] as const
export type MacroUse = (typeof macroUses)[number]

/** What may stand in braces, and what it is filled with. */
export const macroFields = {
  seller: 'the name of the seller',
  'case number': 'the number of the case, such as A-7004',
  'answer by': 'the day and time by which the last answer was promised',
  listing: 'the title of the listing that it is about',
  rule: 'the title of the rule that was applied',
  decision: 'the number of the decision, such as D-4102',
  desk: 'the name of the desk',
} as const
export type MacroField = keyof typeof macroFields

/** What is so of a case, by field; null for what it has not. */
export type FieldValues = Record<MacroField, string | null>

export interface Macro {
  id: string
  desk: string
  use: MacroUse
  name: string
  text: string
}

export const longestMacro = 5_000

/**
 * So many words of one's own, at least, stand beside prepared ones where a seller is told no (DSA Art. 20(5), P2B
 * Art. 11(2): an individual answer).
 */
const leastOwnWords = 3

const names = Object.keys(macroFields) as MacroField[] // the keys of a constant
/** A field as it is written: in braces, in any case and with any spaces, and nothing else that stands in braces. */
const placeholder = new RegExp(
  `\\{\\s*(${names.map((name) => name.replaceAll(' ', '\\s+')).join('|')})\\s*\\}`,
  'giu',
)

/** Why these words cannot be kept as a macro, or null: in a macro braces hold a field, and nothing else. */
export function whyNoMacro({ name, text }: Pick<Macro, 'name' | 'text'>): Refused | null {
  if (name.trim() === '' || text.trim() === '') return refuse('macro_incomplete')
  const odd = /\{[^{}\n]{0,40}\}?|\}/u.exec(text.replaceAll(placeholder, ''))
  if (odd === null) return null
  return refuse(
    'field_unknown',
    `“${odd[0]}” is no field. What may stand in braces: ${names.map((each) => `{${each}}`).join(', ')}.`,
  )
}

/** The words with what is so of a case; a field that it has not stays as it is, and is named. */
export function fillMacro(
  text: string,
  values: FieldValues,
): { text: string; lacking: MacroField[] } {
  const lacking = new Set<MacroField>()
  const filled = text.replaceAll(placeholder, (written, said: string) => {
    const field = fieldOf(said)
    const value = values[field]
    if (value === null) lacking.add(field)
    return value ?? written
  })
  return { text: filled, lacking: [...lacking] }
}

/**
 * The first field in these words that nobody filled, or null. Other braces are none of it, and what a seller wrote may be
 * quoted even where it reads like a field.
 */
export function unfilledIn(words: string, ofSeller: readonly string[] = []): string | null {
  for (const [written] of words.matchAll(placeholder))
    if (!ofSeller.some((said) => said.includes(written))) return written
  return null
}

/** Whether words have a field in them at all: only then what the seller wrote is worth looking up. */
export function hasField(words: string): boolean {
  return words.search(placeholder) !== -1
}

/**
 * Whether reasons are prepared words and hardly anything else, in whatever order, spelling of capitals and punctuation.
 * `prepared` are macros as they read once filled.
 */
export function isOnlyPrepared(reasons: string, prepared: readonly string[]): boolean {
  const said = wordsIn(reasons)
  const known = prepared.map(wordsIn).filter(({ length }) => length > 0)
  // The fewest words of one's own with which the words up to here can be told; macros in between count nothing.
  const own: number[] = [0]
  const uses: boolean[] = [false]
  for (let at = 0; at < said.length; at++) {
    reach(own, uses, { from: at, to: at + 1, cost: 1, byMacro: false })
    for (const words of known)
      if (words.every((word, place) => said[at + place] === word))
        reach(own, uses, { from: at, to: at + words.length, cost: 0, byMacro: true })
  }
  return (uses[said.length] ?? false) && (own[said.length] ?? 0) < leastOwnWords
}

function reach(
  own: number[],
  uses: boolean[],
  { from, to, cost, byMacro }: { from: number; to: number; cost: number; byMacro: boolean },
): void {
  const total = (own[from] ?? 0) + cost
  if (total >= (own[to] ?? Infinity)) return
  own[to] = total
  uses[to] = byMacro || (uses[from] ?? false)
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function fieldOf(said: string): MacroField {
  const name = said.toLowerCase().replaceAll(/\s+/g, ' ')
  const field = names.find((each) => each === name)
  if (field === undefined) throw new Error(`fill a macro: ${said} is no field`)
  return field
}
