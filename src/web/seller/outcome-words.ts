/** What became of an objection or a case, in the seller's words. */
import type { CaseForSeller, CaseSummary, ObjectionForSeller } from '../../contract/case.ts'
import type { TagTone } from '../parts/measure-tag.tsx'

type Outcome = NonNullable<ObjectionForSeller['outcome']>

export const outcomeTags = {
  measure_lifted: { words: 'Lifted', tone: 'green' },
  measure_narrowed: { words: 'Made narrower', tone: 'amber' },
  measure_stands: { words: 'Stands', tone: 'red' },
  withdrawn: { words: 'Taken back by you', tone: 'plain' },
} as const satisfies Record<Outcome, { words: string; tone: TagTone }>

/** The tag of a case in a list: its outcome, or where it is. */
export function caseTag({ state, outcome }: Pick<CaseSummary, 'state' | 'outcome'>): {
  words: string
  tone: TagTone
} {
  if (state === 'open') return { words: 'Open', tone: 'plain' }
  if (state === 'asking') return { words: 'Waits for you', tone: 'amber' }
  if (state === 'restoring') return { words: 'On its way back', tone: 'amber' }
  if (outcome !== null) return outcomeTags[outcome]
  return { words: state === 'answered' ? 'Answered' : 'Closed', tone: 'plain' }
}

/** What a case that is no longer open came to, as the first half of a sentence. */
export function outcomeSentence({
  outcome,
  objections,
}: Pick<CaseForSeller, 'outcome' | 'objections'>): string {
  switch (outcome) {
    case 'measure_lifted':
      return objections.length > 1 ? 'All the measures were lifted' : 'The measure was lifted'
    case 'measure_narrowed':
      return 'The measure was made narrower'
    case 'measure_stands':
      return objections.length > 1 && objections.some((one) => one.outcome !== 'measure_stands')
        ? 'A part of the measures stands'
        : objections.length > 1
          ? 'The measures stand'
          : 'The measure stands'
    case 'withdrawn':
      return 'You took this appeal back'
    case null:
      return 'This case is closed'
  }
}
