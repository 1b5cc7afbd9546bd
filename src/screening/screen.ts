/** Screening is one pass over a listing's text that gives each policy its sum, and every term its place in the words. */
import { scoreOf, worstOutcome } from '../core/finding.ts'
import type { Evidence, Finding, Verdict } from '../core/finding.ts'
import { attributeText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { outcomeOf } from '../core/policy.ts'
import type { FieldKind, Policy } from '../core/policy.ts'
import type { CompiledPolicies } from './compile.ts'
import type { CompiledPolicy, CompiledSignal } from './compiled-policy.ts'
import { bulletBit, bulletBits, kindBits } from './field-kinds.ts'
import { findSignal, matchField, passOver, PLACES_SHOWN } from './match.ts'
import type { FieldMatches } from './match.ts'
import { freeWords, learnedTerms } from './features.ts'
import type { Place } from './features.ts'
import { BASE, LEARNED } from './policy.ts'
import type { ToldLine } from './scan/told-line.ts'

/** More than the order of adding can change a sum. */
const ROUNDING = 1e-9

const ALL_FIELDS = -1

/** What is known of a listing before it is screened. */
export interface Hint {
  /** Bits of the fields that are read for phrases: in the others none stands that decides anything. All when absent. */
  fields?: number
  /** Where words stand in those fields, as far as that is known. */
  told?: ToldLine
}

/** What all policies say of one listing text. */
export function screen(
  compiled: CompiledPolicies,
  listing: { id: string; text: ListingText },
  hint: Hint = {},
): Verdict {
  const fields = readFields(compiled, listing.text, hint)
  const findings: Finding[] = []
  for (const number of touchedBy(compiled, fields)) {
    const policy = compiled.policies[number]
    if (policy === undefined || !looksAt(policy, fields)) continue
    const evidence = evidenceOf({ compiled, policy, number, fields, text: listing.text })
    const finding = evidence === null ? null : weigh(policy.policy, evidence)
    if (finding !== null) findings.push(finding)
  }
  return { id: listing.id, outcome: worstOutcome(findings.map(({ outcome }) => outcome)), findings }
}

/** In the order in which people read: the first place of a signal is the one that counts. */
function readFields(
  compiled: CompiledPolicies,
  text: ListingText,
  { fields: asked = ALL_FIELDS, told }: Hint,
): FieldMatches[] {
  compiled.page.clear()
  const fields: FieldMatches[] = []
  const read = (kind: FieldKind, field: string, content: string, bit = kindBits[kind]) => {
    if (content === '') return
    if ((asked & bit) === 0) fields.push(passOver(compiled, { kind, field, content }))
    else fields.push(matchField(compiled, { kind, field, content }, told?.wordsOf(bit)))
  }
  // Patterns read a text for themselves.
  const isRead = (bits: number) => compiled.hasPatterns || (asked & bits) !== 0
  if (isRead(kindBits.title)) read('title', 'title', text.title)
  if (isRead(bulletBits))
    for (const [index, bullet] of text.bullets.entries())
      if (isRead(bulletBit(index))) read('bullets', `bullets[${index}]`, bullet, bulletBit(index))
  if (isRead(kindBits.description)) read('description', 'description', text.description)
  if (isRead(kindBits.brand)) read('brand', 'brand', text.brand)
  // A category that is not read is still one that policies do not look at.
  read('category', 'category', text.category)
  if (isRead(kindBits.attributes))
    for (const [name, value] of Object.entries(text.attributes))
      read('attributes', `attributes.${name}`, attributeText(value))
  return fields
}

/** The policies that may find something, in order: no other has a signal of which anything stands here. */
function touchedBy(
  { standing, always }: CompiledPolicies,
  fields: readonly FieldMatches[],
): readonly number[] {
  standing.clear()
  for (const [index, matches] of fields.entries()) standing.addField(index, matches)
  const touched = standing.policies
  if (always.length === 0 && touched.length < 2) return touched
  return [...new Set([...always, ...touched])].sort((a, b) => a - b)
}

function looksAt(policy: CompiledPolicy, fields: readonly FieldMatches[]): boolean {
  const { onlyIn, exceptIn } = policy
  if (onlyIn === null && exceptIn === null) return true
  const category = fields.find(({ kind }) => kind === 'category')
  if (category === undefined) return true
  return (
    (onlyIn === null || category.holds(onlyIn)) && (exceptIn === null || !category.holds(exceptIn))
  )
}

/** One policy before one listing. */
interface Look {
  readonly compiled: CompiledPolicies
  readonly policy: CompiledPolicy
  readonly number: number
  readonly fields: readonly FieldMatches[]
  readonly text: ListingText
}

/** The terms of the sum; null where nothing that a person wrote speaks for a finding, so that there is none. */
function evidenceOf(look: Look): Evidence[] | null {
  const { policy, fields, text } = look
  const mayBeFound = candidatesOf(look)
  if (mayBeFound === null) return null
  const found = new Map<CompiledSignal, Evidence[]>()
  /** The most that the sum can still come to. */
  let highest =
    policy.base +
    mayBeFound.reduce((sum, { speaksFor, weight }) => sum + (speaksFor ? weight : 0), 0)
  for (const signal of surestLast(mayBeFound)) {
    const terms = termsOf(look, signal)
    if (terms.length > 0) {
      found.set(signal, terms)
      continue
    }
    highest -= signal.weight
    if (!mayComeTo(policy, highest)) return null
  }
  if (found.size === 0) return null
  for (const signal of mayBeFound) {
    const terms = signal.speaksFor ? [] : termsOf(look, signal)
    if (terms.length > 0) found.set(signal, terms)
  }
  const written = mayBeFound.flatMap((signal) => {
    const terms = found.get(signal)
    return terms ? [terms] : []
  })
  return [
    { field: null, start: null, end: null, text: null, signal: BASE, weight: policy.base },
    ...inReadingOrder([...written, ...learnedIn(policy, written.flat(), text)], fields),
  ]
}

/** Those that speak for a finding, so that what is told with little effort, or missed the most, is asked for first. */
function surestLast(signals: readonly CompiledSignal[]): CompiledSignal[] {
  return signals
    .filter(({ speaksFor }) => speaksFor)
    .sort((a, b) => a.effort - b.effort || b.weight - a.weight)
}

/** The signals that may be found, in the order in which they are written; null where they cannot come to a finding. */
function candidatesOf({ compiled, policy, number }: Look): CompiledSignal[] | null {
  const { standing, signals } = compiled
  let highest = policy.base + standing.sumOf(number)
  for (const { speaksFor, weight } of policy.byCondition) if (speaksFor) highest += weight
  if (!mayComeTo(policy, highest)) return null
  const { unseen } = policy
  const stand = standing.signalsOf(number)
  const all = unseen.length === 0 ? [...stand] : [...new Set([...unseen, ...stand])]
  if (all.length > 1) all.sort((a, b) => a - b)
  const found: CompiledSignal[] = []
  for (const one of all) {
    const signal = signals[one]
    if (signal !== undefined) found.push(signal)
  }
  return found
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

function termsOf({ compiled, policy, fields, text }: Look, signal: CompiledSignal): Evidence[] {
  const { name, number, weight } = signal
  const isConditionOnly =
    signal.phrases === null && signal.together.length === 0 && signal.patterns.length === 0
  if (isConditionOnly) {
    if (signal.when?.(text) !== true) return []
    return [{ field: null, start: null, end: null, text: null, signal: name, weight }]
  }
  const terms: Evidence[] = []
  for (const matches of fieldsFor(signal, compiled.standing.fieldsOf(number), fields)) {
    for (const { start, end } of findSignal(policy, signal, matches)) {
      if (terms.length >= PLACES_SHOWN) break
      terms.push({
        field: matches.field,
        start,
        end,
        text: matches.text.slice(start, end),
        signal: name,
        // It counts once, at its first place; the others are shown and weigh nothing.
        weight: terms.length === 0 ? weight : 0,
      })
    }
  }
  if (terms.length > 0 && signal.when !== null && !signal.when(text)) return []
  return terms
}

/** The fields in which a signal may stand. */
function fieldsFor(
  { speaksFor, patterns, fields: kinds }: CompiledSignal,
  standsIn: readonly number[],
  fields: readonly FieldMatches[],
): readonly FieldMatches[] {
  if (speaksFor || patterns.length === 0) return standsIn.flatMap((index) => fields[index] ?? [])
  return fields.filter(({ kind }) => kinds === null || kinds.has(kind))
}

/** Signals by their first place; those without a place, such as a condition, at the end. */
function inReadingOrder(
  written: readonly Evidence[][],
  fields: readonly FieldMatches[],
): Evidence[] {
  if (written.length < 2) return written.flat()
  const ranked = written.map((terms) => {
    const [first] = terms
    const index = fields.findIndex(({ field }) => field === first?.field)
    return { terms, rank: index < 0 ? fields.length : index, start: first?.start ?? 0 }
  })
  return ranked.sort((a, b) => a.rank - b.rank || a.start - b.start).flatMap(({ terms }) => terms)
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
