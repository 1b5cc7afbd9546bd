/** What a rule would do with a text that is only tried, in few words and one colour. */
import type { RuleScreening } from '../../contract/screening.ts'
import type { Outcome } from '../../core/finding.ts'
import { listingLimits, type ListingText } from '../../core/listing.ts'
import type { TagTone } from '../parts/measure-tag.tsx'
import { inHundred } from '../parts/sum.ts'

/** "3 in 100, stays on sale" */
export function verdictWords({ outcome, score, would }: Verdict): { words: string; tone: TagTone } {
  const { words, tone } = outcome === 'allow' ? pass : follows[would]
  return { words: `${inHundred(score)}, ${words}`, tone }
}

type Verdict = Pick<RuleScreening, 'outcome' | 'score' | 'would'>

const pass = { words: 'stays on sale', tone: 'green' } as const

const follows = {
  nothing: { words: 'would do nothing, since it is off', tone: 'plain' },
  note: { words: 'would only note it', tone: 'plain' },
  protected: { words: 'left alone, since people found it fine', tone: 'green' },
  check: { words: 'would ask a person', tone: 'amber' },
  'measure-and-check': { words: 'would act, and a person checks', tone: 'red' },
  measure: { words: 'would act', tone: 'red' },
} as const satisfies Record<Verdict['would'], { words: string; tone: TagTone }>

/** What an outcome means for a listing. */
export const outcomeWords = {
  allow: { words: 'passes', tone: 'green' },
  review: { words: 'a person looks', tone: 'amber' },
  deactivate: { words: 'acts', tone: 'red' },
} as const satisfies Record<Outcome, { words: string; tone: TagTone }>

/** What is typed in the box; lists are lines. */
export interface TypedText {
  title: string
  description: string
  bullets: string
  brand: string
  category: string
  attributes: string
}

export const nothingTyped: TypedText = {
  title: '',
  description: '',
  bullets: '',
  brand: '',
  category: '',
  attributes: '',
}

/** The listing that the fields stand for: a line for each point, `name: value` for each attribute. */
export function listingOf(typed: TypedText): ListingText {
  return {
    title: typed.title,
    description: typed.description,
    bullets: linesOf(typed.bullets).slice(0, listingLimits.bullets),
    brand: typed.brand,
    category: typed.category,
    attributes: Object.fromEntries(
      linesOf(typed.attributes).map((line) => {
        const at = line.indexOf(':')
        return at < 1 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
      }),
    ),
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/** A text as it would be typed: the way back of `listingOf`. */
export function typedOf(text: Partial<ListingText> & Pick<ListingText, 'title'>): TypedText {
  return {
    title: text.title,
    description: text.description ?? '',
    bullets: (text.bullets ?? []).map(oneLine).join('\n'),
    brand: text.brand ?? '',
    category: text.category ?? '',
    attributes: Object.entries(text.attributes ?? {})
      .map(
        ([name, value]) =>
          `${name}: ${oneLine(Array.isArray(value) ? value.join(', ') : String(value))}`,
      )
      .join('\n'),
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}
