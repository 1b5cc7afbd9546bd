/** An imposition being written: a measure, its rule and reasons, and what is still missing before it can be previewed. */

export interface ImpositionDraft {
  measure: string
  policy: string
  reasons: string
  /** A day as the date field gives it, such as 2026-12-24; empty for until lifted. */
  lastDay: string
}

export const emptyImposition: ImpositionDraft = {
  measure: '',
  policy: '',
  reasons: '',
  lastDay: '',
}

/** What is missing, as sentences by field; empty when nothing is. */
export function missingFromImposition(
  draft: ImpositionDraft,
  now: Date,
): { field: keyof ImpositionDraft; words: string }[] {
  const missing: { field: keyof ImpositionDraft; words: string }[] = []
  if (draft.measure === '')
    missing.push({ field: 'measure', words: 'Choose what should happen to the listing.' })
  if (draft.policy === '')
    missing.push({ field: 'policy', words: 'Choose the rule that it rests on.' })
  if (draft.reasons.trim() === '')
    missing.push({
      field: 'reasons',
      words: 'Say in a sentence or two what you saw. The seller reads it.',
    })
  const ends = endOf(draft.lastDay)
  if (draft.lastDay !== '' && (ends === null || ends <= now || ends > aYearAfter(now)))
    missing.push({ field: 'lastDay', words: 'The last day lies ahead, at most a year from now.' })
  return missing
}

/** The last moment of a day where the reader is; null for no day. */
export function endOf(lastDay: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(lastDay)) return null
  const end = new Date(`${lastDay}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end
}

function aYearAfter(now: Date): Date {
  const then = new Date(now)
  then.setFullYear(then.getFullYear() + 1)
  return then
}
