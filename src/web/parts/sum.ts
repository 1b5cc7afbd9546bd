/** The sum is a finding's terms in log-odds, added one by one until they make the score. */
import { scoreOf, type Evidence } from '../../core/finding.ts'
import type { ListingText } from '../../core/listing.ts'
import { fieldLabel, numberTerms, type Term } from './runs.ts'

export { inHundred, signed } from '../../core/finding.ts'

export interface SumRow {
  /** The terms this row stands for; several only in the row of small ones. */
  terms: Term[]
  label: string
  /** The log-odds before and after this row. */
  from: number
  to: number
  weight: number
}

export interface Sum {
  rows: SumRow[]
  total: number
  /** The chance that the total stands for, 0 to 1. */
  score: number
  /** Matched again elsewhere, without counting again. */
  repeated: Term[]
}

const shown = 8

/** Lays the terms out as rows: the start first, then in reading order; beyond eight, the smallest make one row. */
export function addUp(text: ListingText, evidence: readonly Evidence[]): Sum {
  const terms = numberTerms(text, evidence)
  const counting = terms.filter(({ evidence: { weight } }) => weight !== 0)
  const repeated = terms.filter(
    ({ number, evidence: { weight } }) => weight === 0 && number !== null,
  )
  const ordered = [...counting].sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
  const strongest = new Set(
    [...ordered]
      .sort((a, b) => strength(b) - strength(a))
      .slice(0, ordered.length > shown + 1 ? shown : ordered.length),
  )
  const small = ordered.filter((term) => !strongest.has(term))
  let sum = 0
  const row = (members: Term[], label: string): SumRow => {
    const weight = members.reduce((added, { evidence: term }) => added + term.weight, 0)
    const from = sum
    sum += weight
    return { terms: members, label, from, to: sum, weight }
  }
  const rows = ordered
    .filter((term) => strongest.has(term))
    .map((term) => row([term], termLabel(term.evidence)))
  if (small.length > 0) rows.push(row(small, `${small.length} small ones, together`))
  return { rows, total: sum, score: scoreOf(sum), repeated }
}

function strength({ evidence }: Term): number {
  return Math.abs(evidence.weight)
}

/** What a row says: “face mask” in the title, or where every listing starts. */
export function termLabel({ text, field, signal }: Evidence): string {
  if (text !== null && field !== null) return `“${text}” in the ${placeWords(field)}`
  // A sentence of its own, which stands in no listing.
  if (text !== null) return text
  if (signal === 'base') return 'Where every listing starts'
  if (signal === 'rest') return 'Small ones, together'
  return signal.replaceAll('-', ' ')
}

function placeWords(field: string): string {
  const bullet = /^bullets\[(\d+)\]$/.exec(field)
  if (bullet) return `${ordinal(Number(bullet[1]) + 1)} point`
  return fieldLabel(field).toLowerCase()
}

function ordinal(place: number): string {
  return (
    ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'][
      place - 1
    ] ?? `${place}th`
  )
}

/** The log-odds that a chance stands for; the way back of `scoreOf`. */
export function logOddsOf(score: number): number {
  const inside = Math.min(Math.max(score, 1e-6), 1 - 1e-6)
  return Math.log(inside / (1 - inside))
}
