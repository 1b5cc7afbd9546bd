/** Context is what stands around words and takes their meaning away: "no", "free of", "-free". */
import type { Parts } from './reading.ts'

/** Words of one reading, from the first to the last of them. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Whether a span is a claim, a verb that says what goods do, or names a thing. */
export type Speech = 'claim' | 'name'

/** Negations in the languages of the shipped policies; each holds for what stands near it. */
export const negations = {
  /** Holds for the next word alone: a "non-toxic roach bait" is a bait. */
  next: ['non'],
  /** Holds for the next three words, not over a comma. */
  near: [
    ...['no', 'not', 'never', 'nor', 'neither', 'cannot', "can't", "don't", "doesn't"],
    ...["isn't", "aren't", "won't", "didn't", 'nothing', 'instead of', 'rather than', 'unlike'],
    ...['nunca', 'ni', 'tampoco', 'en lugar de', 'en vez de'],
    ...['nicht', 'kein', 'keine', 'keinen', 'keiner', 'keinem', 'nie', 'niemals', 'statt'],
    ...['ne', 'pas', 'jamais', 'aucun', 'aucune', 'au lieu de'],
    ...['sin', 'sans', 'ohne', 'without', 'free of', 'free from'],
  ],
  /** Begins a list: holds for names up to twelve words on, over commas. */
  list: [
    ...['free of', 'free from', 'without', 'contains no', 'contain no', 'containing no'],
    ...['does not contain', 'do not contain', "doesn't contain", "don't contain", 'no added'],
    ...['made without', 'grown without', 'zero', 'no harsh', 'no harmful', 'no toxic'],
    ...['sin', 'libre de', 'libres de', 'no contiene', 'no contienen'],
    ...['ohne', 'frei von', 'enthält kein', 'enthält keine'],
    ...['sans', 'exempt de', 'exempte de', 'ne contient pas', 'ne contient pas de'],
  ],
  /** Stands right after what it takes away, as in "pesticide-free". */
  after: ['free', 'frei', 'freie', 'freier', 'freies'],
  /** Longer phrases that only look like one. */
  none: [
    ...['not only', 'not just', 'not merely', 'nicht nur', 'no solo', 'no sólo', 'non seulement'],
    ...[
      'no more',
      'no longer',
      'zero tolerance',
      'no matter',
      'no need',
      'no mess',
      'no odor',
      'no odour',
    ],
    ...['no scrubbing', 'no rinse', 'no rinsing', 'no wonder', 'why not', 'if not', 'or not'],
    ...['free shipping', 'free delivery', 'free gift', 'free returns', 'free sample'],
    ...['model no', 'reg no', 'est no', 'item no', 'part no', 'art no', 'lot no'],
    ...['don’t wait', "don't wait", 'not to mention', 'nothing else', 'nothing but'],
  ],
} as const satisfies Record<string, readonly string[]>

export type Negation = keyof typeof negations

/** How far a negation reaches, and how near words that belong together stand. */
const REACH = { next: 1, near: 3, list: 12 }
export const BESIDE = 4
/** No phrase of a policy has more words. */
const LONGEST = 60

/** Whether a negation in the reading takes the span away. */
export function isNegated(
  { sentences, clauses }: Parts,
  span: Span,
  speech: Speech,
  found: Record<Negation, readonly Span[]>,
): boolean {
  const stands = (negation: Span) =>
    !spansNear(found.none, negation, 0).some((longer) => covers(longer, negation))
  const isBefore = (negation: Span, reach: number) =>
    negation.to < span.from &&
    span.from - negation.to <= reach &&
    sentences[negation.to] === sentences[span.from]
  const sameClause = (negation: Span) => clauses[negation.to] === clauses[span.from]
  return (
    (['next', 'near'] as const).some((kind) =>
      spansNear(found[kind], span, REACH[kind]).some(
        (negation) => isBefore(negation, REACH[kind]) && sameClause(negation) && stands(negation),
      ),
    ) ||
    spansNear(found.list, span, REACH.list).some(
      (negation) =>
        isBefore(negation, REACH.list) &&
        (speech === 'name' || sameClause(negation)) &&
        stands(negation),
    ) ||
    spansNear(found.after, span, 1).some(
      (negation) => negation.from === span.to + 1 && sameClause(negation) && stands(negation),
    )
  )
}

/** Whether one of the others ends before the span, or begins after it, in its sentence and near it. */
export function standsBeside(
  { sentences }: Parts,
  span: Span,
  others: readonly Span[],
  side: 'before' | 'after',
): boolean {
  return spansNear(others, span, BESIDE).some((other) => {
    const distance = side === 'before' ? span.from - other.to : other.from - span.to
    return distance > 0 && distance <= BESIDE && sentences[other.from] === sentences[span.from]
  })
}

/** Whether two spans share a word. */
export function overlap(one: Span, other: Span): boolean {
  return one.from <= other.to && other.from <= one.to
}

/**
 * Those of the spans, which are sorted by their first word, that may stand within so many words of this one. A text of
 * nothing but matches has thousands, so they are never all compared with all.
 */
export function spansNear(spans: readonly Span[], span: Span, reach: number): readonly Span[] {
  if (spans.length === 0) return spans
  return spans.slice(
    firstFrom(spans, span.from - reach - LONGEST),
    firstFrom(spans, span.to + reach + 1),
  )
}

/** The place of the first span that begins at this word or later. */
function firstFrom(spans: readonly Span[], word: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[middle]?.from ?? 0) < word) low = middle + 1
    else high = middle
  }
  return low
}

function covers(longer: Span, span: Span): boolean {
  return longer.from <= span.from && span.to <= longer.to
}
