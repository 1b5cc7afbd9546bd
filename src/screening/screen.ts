/** Screening is one pass over a listing's text that gives each policy its sum, and every term its place in the words. */
import { scoreOf, worstOutcome } from '../core/finding.ts'
import type { Evidence, Finding, Verdict } from '../core/finding.ts'
import { fieldText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import type { Policy } from '../core/policy.ts'
import type { CompiledPolicies, FieldKind } from './compile.ts'
import { phraseEnd } from './phrase.ts'
import { BASE } from './policy.ts'
import { foldWord, nextWord, openCursor } from './words.ts'

/** How many places of one signal are shown; the first carries the weight, the others weigh nothing. */
const PLACES_SHOWN = 10

interface Place {
  field: string
  start: number
  end: number
  text: string
}

/** The places of each signal that matched, by its number in the compiled policies. */
type Matches = Map<number, Place[]>

/** What all policies say of one listing text. */
export function screen(
  compiled: CompiledPolicies,
  listing: { id: string; text: ListingText },
): Verdict {
  const matches = matchText(compiled, listing.text)
  const findings: Finding[] = []
  for (const [place, policy] of compiled.policies.entries()) {
    const finding = weigh(policy, evidenceFor(compiled, place, matches))
    if (finding !== null) findings.push(finding)
  }
  return { id: listing.id, outcome: worstOutcome(findings.map(({ outcome }) => outcome)), findings }
}

function matchText(compiled: CompiledPolicies, text: ListingText): Matches {
  const matches: Matches = new Map()
  const look = (kind: FieldKind, field: string, content: string) => {
    if (content !== '') matchField({ compiled, matches, kind, field, content })
  }
  // The order in which people read: the first place of a signal is the one that counts.
  look('title', 'title', text.title)
  for (const [index, bullet] of text.bullets.entries()) look('bullets', `bullets[${index}]`, bullet)
  look('description', 'description', text.description)
  look('brand', 'brand', text.brand)
  look('category', 'category', text.category)
  for (const name of Object.keys(text.attributes)) {
    const field = `attributes.${name}`
    look('attributes', field, fieldText(text, field) ?? '')
  }
  return matches
}

interface FieldPass {
  compiled: CompiledPolicies
  matches: Matches
  kind: FieldKind
  field: string
  content: string
}

function matchField({ compiled, matches, kind, field, content }: FieldPass): void {
  const cursor = openCursor(content)
  while (nextWord(cursor)) {
    if (cursor.isPlain && compiled.mayBegin[cursor.hash & 0xffff] === 0) continue
    const { start, end: firstEnd } = cursor
    const phrases = compiled.phrasesByFirstWord.get(foldWord(content.slice(start, firstEnd)))
    if (phrases === undefined) continue
    for (const phrase of phrases) {
      const fields = compiled.signals[phrase.signal]?.fields
      if (fields?.has(kind) === false) continue
      const end = phraseEnd(phrase, content, firstEnd)
      if (end >= 0)
        addPlace(matches, phrase.signal, { field, start, end, text: content.slice(start, end) })
    }
  }
}

/** Of phrases that overlap, the first to begin stands, and of two that begin together the longer. */
function addPlace(matches: Matches, signal: number, place: Place): void {
  const places = matches.get(signal)
  if (places === undefined) {
    matches.set(signal, [place])
    return
  }
  const last = places.at(-1)
  if (last?.field === place.field && place.start < last.end) {
    if (place.start === last.start && place.end > last.end) places[places.length - 1] = place
    return
  }
  if (places.length < PLACES_SHOWN) places.push(place)
}

function evidenceFor(compiled: CompiledPolicies, place: number, matches: Matches): Evidence[] {
  const { base = 0 } = compiled.policies[place] ?? {}
  const evidence: Evidence[] = [
    { field: null, start: null, end: null, text: null, signal: BASE, weight: base },
  ]
  for (const [number, places] of matches) {
    const signal = compiled.signals[number]
    if (signal?.policy !== place) continue
    for (const [index, found] of places.entries()) {
      evidence.push({ ...found, signal: signal.name, weight: index === 0 ? signal.weight : 0 })
    }
  }
  return evidence
}

function weigh(policy: Policy, evidence: Evidence[]): Finding | null {
  // Added up in the order listed, so that whoever adds again gets the very same number.
  const score = scoreOf(evidence.reduce((sum, { weight }) => sum + weight, 0))
  if (score < policy.thresholds.review) return null
  return {
    policy: policy.policy,
    version: policy.version,
    outcome: score >= policy.thresholds.deactivate ? 'deactivate' : 'review',
    score,
    evidence,
    wouldReverse: policy.wouldReverse,
  }
}
