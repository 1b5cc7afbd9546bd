/** A remedy is the fewest words that, left out of a listing, would let it pass a policy. */
import { scoreOf, type Evidence, type Finding, type Outcome } from '../core/finding.ts'
import type { ListingText } from '../core/listing.ts'
import { outcomeOf } from '../core/policy.ts'
import { leaveOut } from './examples.ts'

/** Words where they stand. */
export interface Words {
  field: string
  start: number
  end: number
  text: string
}

export interface Remedy {
  leaveOut: Words[]
  /** What the policy would say then; `allow`, unless words alone do not decide it. */
  outcome: Outcome
  score: number
}

interface Mending {
  text: ListingText
  finding: Pick<Finding, 'evidence' | 'score'>
  thresholds: { review: number; deactivate: number }
  /** What the policy weighs in a text, whatever its thresholds; null where nothing speaks for a finding. */
  weigh: (text: ListingText) => Pick<Finding, 'evidence' | 'score'> | null
}

/** What a signal found: left out, all of its places go. */
interface Term {
  weight: number
  places: Words[]
}

/** More rounds than this are never needed: each leaves out at least one signal that the round before could not show. */
const MOST_ROUNDS = 50

/**
 * The smallest set of the strongest terms after which the score is below `review`. What is left is weighed again, so
 * the answer holds also where a word counts for several signals, or stands in more places than a finding shows.
 */
export function remedyFor(mending: Mending): Remedy {
  const { thresholds } = mending
  const chosen: Term[] = []
  let left: Mending['finding'] | null = mending.finding
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (left === null || left.score < thresholds.review) break
    const next = strongestEnough(left, thresholds.review)
    if (next.length === 0) break
    chosen.push(...next)
    left = weighWithout(mending, chosen)
  }
  const needed = left === null || left.score < thresholds.review ? prune(mending, chosen) : chosen
  left = weighWithout(mending, needed)
  const score = left?.score ?? scoreOf(baseOf(mending.finding.evidence))
  return {
    leaveOut: needed.flatMap(({ places }) => places).sort(inReadingOrder(mending.text)),
    outcome: left === null ? 'allow' : outcomeOf({ thresholds }, left.score),
    score,
  }
}

/** The text with words blanked out: everything else stays where it is. */
export function leaveOutAll(text: ListingText, words: readonly Words[]): ListingText {
  return words.reduce((left, one) => leaveOut(left, one) ?? left, text)
}

/** The strongest terms with a place that have to go, as far as the sum tells; all there are where that is not enough. */
function strongestEnough({ evidence }: Pick<Finding, 'evidence'>, review: number): Term[] {
  const terms = termsOf(evidence).sort((one, other) => other.weight - one.weight)
  let sum = evidence.reduce((added, { weight }) => added + weight, 0)
  const chosen: Term[] = []
  for (const term of terms) {
    if (scoreOf(sum) < review) break
    chosen.push(term)
    sum -= term.weight
  }
  return chosen
}

/** The terms that speak for the finding and stand in the text, each with all of its places. */
function termsOf(evidence: readonly Evidence[]): Term[] {
  const terms: (Term & { signal: string })[] = []
  for (const { field, start, end, text, signal, weight } of evidence) {
    if (field === null || start === null || end === null || text === null) continue
    const place = { field, start, end, text }
    // A signal counts at its first place; the others follow it and weigh nothing.
    const first = weight === 0 ? terms.findLast((term) => term.signal === signal) : undefined
    if (first) first.places.push(place)
    else if (weight > 0) terms.push({ signal, weight, places: [place] })
  }
  return terms
}

/** Without the terms that need not go, because what stands in their words goes with another one. */
function prune(mending: Mending, chosen: readonly Term[]): Term[] {
  let needed = [...chosen]
  for (const term of chosen.toSorted((one, other) => one.weight - other.weight)) {
    const others = needed.filter((one) => one !== term)
    const left = weighWithout(mending, others)
    if (left === null || left.score < mending.thresholds.review) needed = others
  }
  return needed
}

function weighWithout({ text, weigh }: Mending, terms: readonly Term[]) {
  return weigh(
    leaveOutAll(
      text,
      terms.flatMap(({ places }) => places),
    ),
  )
}

function baseOf(evidence: readonly Evidence[]): number {
  return evidence.reduce(
    (sum, { field, weight }) => sum + (field === null && weight < 0 ? weight : 0),
    0,
  )
}

function inReadingOrder(text: ListingText): (one: Words, other: Words) => number {
  const fields = ['title', ...text.bullets.map((_, index) => `bullets[${index}]`), 'description']
  const rank = (field: string) => (fields.includes(field) ? fields.indexOf(field) : fields.length)
  return (one, other) => rank(one.field) - rank(other.field) || one.start - other.start
}
