/** Screening is one pass over a listing's text that gives each policy its sum, and every term its place in the words. */
import { scoreOf, worstOutcome } from '../core/finding.ts'
import type { Evidence, Finding, Verdict } from '../core/finding.ts'
import { fieldText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { outcomeOf } from '../core/policy.ts'
import type { Policy } from '../core/policy.ts'
import type { CompiledPolicies, CompiledPolicy, CompiledSignal } from './compile.ts'
import { findSignal, holds, matchField, PLACES_SHOWN } from './match.ts'
import type { FieldMatches } from './match.ts'
import { freeWords, learnedTerms } from './features.ts'
import type { Place } from './features.ts'
import { BASE, LEARNED } from './policy.ts'

/** More than the order of adding can change a sum. */
const ROUNDING = 1e-9

/** What all policies say of one listing text. */
export function screen(
  compiled: CompiledPolicies,
  listing: { id: string; text: ListingText },
): Verdict {
  const fields = readFields(compiled, listing.text)
  const findings: Finding[] = []
  for (const policy of compiled.policies) {
    if (!looksAt(policy, fields)) continue
    const evidence = evidenceOf(compiled, policy, fields, listing.text)
    const finding = evidence === null ? null : weigh(policy.policy, evidence)
    if (finding !== null) findings.push(finding)
  }
  return { id: listing.id, outcome: worstOutcome(findings.map(({ outcome }) => outcome)), findings }
}

/** In the order in which people read: the first place of a signal is the one that counts. */
function readFields(compiled: CompiledPolicies, text: ListingText): FieldMatches[] {
  const fields: FieldMatches[] = []
  const read = (kind: FieldMatches['kind'], field: string, content: string) => {
    if (content !== '') fields.push(matchField(compiled, { kind, field, content }))
  }
  read('title', 'title', text.title)
  for (const [index, bullet] of text.bullets.entries()) read('bullets', `bullets[${index}]`, bullet)
  read('description', 'description', text.description)
  read('brand', 'brand', text.brand)
  read('category', 'category', text.category)
  for (const name of Object.keys(text.attributes)) {
    const field = `attributes.${name}`
    read('attributes', field, fieldText(text, field) ?? '')
  }
  return fields
}

function looksAt(policy: CompiledPolicy, fields: readonly FieldMatches[]): boolean {
  const { onlyIn, exceptIn } = policy
  if (onlyIn === null && exceptIn === null) return true
  const category = fields.find(({ kind }) => kind === 'category')
  if (category === undefined) return true
  return (
    (onlyIn === null || holds(category, onlyIn)) &&
    (exceptIn === null || !holds(category, exceptIn))
  )
}

/** The terms of the sum; null where nothing that a person wrote speaks for a finding, so that there is none. */
function evidenceOf(
  compiled: CompiledPolicies,
  policy: CompiledPolicy,
  fields: readonly FieldMatches[],
  text: ListingText,
): Evidence[] | null {
  const found = new Map<CompiledSignal, Evidence[]>()
  const look = (signals: readonly CompiledSignal[]) => {
    for (const signal of signals) {
      const terms = termsOf(compiled, policy, signal, fields, text)
      if (terms.length > 0) found.set(signal, terms)
    }
  }
  const foundWeight = () => [...found.keys()].reduce((sum, { weight }) => sum + weight, policy.base)
  look(policy.speakFor)
  const byPattern = policy.speakForByPattern.reduce((sum, { weight }) => sum + weight, 0)
  if (mayComeTo(policy, foundWeight() + byPattern)) look(policy.speakForByPattern)
  if (found.size === 0 || !mayComeTo(policy, foundWeight())) return null
  look(policy.speakAgainst)
  const written = policy.signals.flatMap((signal) => {
    const terms = found.get(signal)
    return terms ? [terms] : []
  })
  return [
    { field: null, start: null, end: null, text: null, signal: BASE, weight: policy.base },
    ...inReadingOrder([...written, ...learnedIn(policy, written.flat(), text)], fields),
  ]
}

/**
 * Whether a sum that only falls from here can end in a finding: most listings are done with at their first words. Learned
 * words may raise it, so a policy that has some is read to the end.
 */
function mayComeTo({ policy, learned }: CompiledPolicy, highest: number): boolean {
  return learned !== null || outcomeOf(policy, scoreOf(highest + ROUNDING)) !== 'allow'
}

/** Words that no signal reads, as far as a weight was learned for them. */
function learnedIn(
  { learned }: CompiledPolicy,
  written: readonly Evidence[],
  text: ListingText,
): Evidence[][] {
  if (learned === null) return []
  const covered = written.flatMap(placeOf)
  const free = freeWords(text, { covered, readerOf: learned.readerOf })
  return learnedTerms(text, free, learned.weightOf).map(
    ({ field, start, end, text: words, weight }) => [
      { field, start, end, text: words, signal: LEARNED, weight },
    ],
  )
}

/** Where a term stands, as a list of none or one. */
export function placeOf({ field, start, end }: Evidence): Place[] {
  return field === null || start === null || end === null ? [] : [{ field, start, end }]
}

function termsOf(
  compiled: CompiledPolicies,
  policy: CompiledPolicy,
  signal: CompiledSignal,
  fields: readonly FieldMatches[],
  text: ListingText,
): Evidence[] {
  const { name, weight } = signal
  const isConditionOnly =
    signal.phrases === null && signal.together.length === 0 && signal.patterns.length === 0
  if (isConditionOnly) {
    if (signal.when?.(text) !== true) return []
    return [{ field: null, start: null, end: null, text: null, signal: name, weight }]
  }
  const terms: Evidence[] = []
  for (const matches of fields) {
    for (const { start, end } of findSignal(compiled, policy, signal, matches)) {
      if (terms.length >= PLACES_SHOWN) break
      terms.push({
        field: matches.field,
        start,
        end,
        text: matches.reading.text.slice(start, end),
        signal: name,
        // It counts once, at its first place; the others are shown and weigh nothing.
        weight: terms.length === 0 ? weight : 0,
      })
    }
  }
  if (terms.length > 0 && signal.when !== null && !signal.when(text)) return []
  return terms
}

/** Signals by their first place; those without a place, such as a condition, at the end. */
function inReadingOrder(
  written: readonly Evidence[][],
  fields: readonly FieldMatches[],
): Evidence[] {
  const order = new Map(fields.map(({ field }, index) => [field, index]))
  const rank = ([first]: readonly Evidence[]) =>
    first?.field == null ? fields.length : (order.get(first.field) ?? fields.length)
  return [...written]
    .sort((a, b) => rank(a) - rank(b) || (a[0]?.start ?? 0) - (b[0]?.start ?? 0))
    .flat()
}

function weigh(policy: Policy, evidence: Evidence[]): Finding | null {
  // Added up in the order listed, so that whoever adds again gets the very same number.
  const score = scoreOf(evidence.reduce((sum, { weight }) => sum + weight, 0))
  const outcome = outcomeOf(policy, score)
  if (outcome === 'allow') return null
  return {
    policy: policy.policy,
    version: policy.version,
    outcome,
    score,
    evidence,
    wouldReverse: policy.wouldReverse,
  }
}
