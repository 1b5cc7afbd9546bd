/** Runs are a listing's field cut where matched words begin and end, so that each piece can be marked once. */
import type { Evidence } from '../../core/finding.ts'
import { fieldsOf, fieldText, type ListingText } from '../../core/listing.ts'

/** One term of the sum, with the number that stands at its words; terms without words have none. */
export interface Term {
  /** Its place in the evidence as given: the key that marks and rows share. */
  index: number
  /** 1, 2, 3 … in reading order; null where there is no place in the text. */
  number: number | null
  evidence: Evidence
}

export interface Run {
  text: string
  /** The terms whose words this piece is part of, strongest first; empty for plain text. */
  terms: Term[]
  /** The terms whose words end with this piece: their numbers are shown after it. */
  ending: Term[]
}

type Placed = Evidence & { field: string; start: number; end: number }

function hasPlace(evidence: Evidence): evidence is Placed {
  const { field, start, end } = evidence
  return field !== null && start !== null && end !== null && end > start
}

/** Numbers the terms in reading order. A later place of a signal that counted before weighs 0 and keeps its own number. */
export function numberTerms(text: ListingText, evidence: readonly Evidence[]): Term[] {
  const order = new Map(fieldsOf(text).map((field, place) => [field, place]))
  const terms = evidence.map((term, index): Term => ({ index, number: null, evidence: term }))
  const placed = terms.flatMap((term) =>
    hasPlace(term.evidence) && order.has(term.evidence.field) ? [{ term, at: term.evidence }] : [],
  )
  placed.sort(
    (a, b) =>
      (order.get(a.at.field) ?? 0) - (order.get(b.at.field) ?? 0) ||
      a.at.start - b.at.start ||
      a.at.end - b.at.end,
  )
  for (const [place, { term }] of placed.entries()) term.number = place + 1
  return terms
}

/** Cuts one field into plain and marked runs. Places outside the text are left out rather than guessed. */
export function runsOf(text: ListingText, field: string, terms: readonly Term[]): Run[] {
  const whole = fieldText(text, field) ?? ''
  const spans = terms.flatMap((term) => {
    const { evidence } = term
    return hasPlace(evidence) &&
      evidence.field === field &&
      evidence.end <= whole.length &&
      evidence.start >= 0
      ? [{ term, start: evidence.start, end: evidence.end }]
      : []
  })
  const cuts = [
    ...new Set([0, whole.length, ...spans.flatMap(({ start, end }) => [start, end])]),
  ].sort((a, b) => a - b)
  const runs = cuts.slice(1).flatMap((end, place): Run[] => {
    const start = cuts[place] ?? 0
    if (end === start) return []
    const covering = spans
      .filter((span) => span.start <= start && span.end >= end)
      .map(({ term }) => term)
    covering.sort((a, b) => Math.abs(b.evidence.weight) - Math.abs(a.evidence.weight))
    const ending = spans.filter((span) => span.end === end).map(({ term }) => term)
    return [{ text: whole.slice(start, end), terms: covering, ending }]
  })
  // Words that overlap are read as one: their numbers wait for the end of the whole.
  for (const [place, run] of runs.entries()) {
    const next = runs[place + 1]
    if (next === undefined || !next.terms.some((term) => run.terms.includes(term))) continue
    next.ending = [...run.ending, ...next.ending].sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
    run.ending = []
  }
  return runs
}

/** What a field is called for people: "Title", "Point 2", "Material". */
export function fieldLabel(field: string): string {
  const bullet = /^bullets\[(\d+)\]$/.exec(field)
  if (bullet) return `Point ${Number(bullet[1]) + 1}`
  const attribute = field.startsWith('attributes.') ? field.slice('attributes.'.length) : field
  const name = attribute.replaceAll('_', ' ').trim()
  return name.charAt(0).toUpperCase() + name.slice(1)
}
