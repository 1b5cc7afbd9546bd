/** Matching finds where the signals of the policies stand in one field, with what stands around them taken into account. */
import type { FieldKind } from '../core/policy.ts'
import type { CompiledPolicies, CompiledPolicy, CompiledSignal, Slot, Step } from './compile.ts'
import { isNegated, overlap, spansNear, standsBeside } from './context.ts'
import type { Span, Speech } from './context.ts'
import { findPattern } from './pattern.ts'
import { joinsWords, readText } from './reading.ts'
import type { Reading } from './reading.ts'

/** How many places of one signal are shown. */
export const PLACES_SHOWN = 10

/** Of each group, how many of the nearest to the claim are tried; more would let a text of nothing but claims stall. */
const NEAREST_TRIED = 8

/** Where in a field something stands. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** One field as read, with every phrase of every set that stands in it. */
export interface FieldMatches {
  readonly kind: FieldKind
  readonly field: string
  readonly reading: Reading
  readonly spans: ReadonlyMap<Slot, readonly Span[]>
}

const NOWHERE: readonly Span[] = []
const NO_PLACE: readonly Place[] = []

/** Reads a field and finds the phrases of all sets in it. */
export function matchField(
  compiled: CompiledPolicies,
  { kind, field, content }: { kind: FieldKind; field: string; content: string },
): FieldMatches {
  const reading = readText(content, compiled.vocabulary)
  const spans = new Map<Slot, Span[]>()
  if (reading.holdsAny) {
    for (let from = 0; from < reading.starts.length; from++) {
      const isKnown = (reading.known[from]?.length ?? 0) > 0 || reading.joined.has(from)
      if (isKnown) follow({ reading, spans, from }, compiled.start, from)
    }
  }
  return { kind, field, reading, spans }
}

interface Walk {
  reading: Reading
  spans: Map<Slot, Span[]>
  from: number
}

/** Goes on through the phrases that begin at `from`, with the word at `at` next. */
function follow(walk: Walk, step: Step, at: number): void {
  const { reading, spans, from } = walk
  for (const slot of step.ends) {
    const list = spans.get(slot)
    if (list) list.push({ from, to: at - 1 })
    else spans.set(slot, [{ from, to: at - 1 }])
  }
  if (step.next.size === 0 || at >= reading.starts.length) return
  if (at > from && !joinsWords(reading.text, reading.ends[at - 1] ?? 0, reading.starts[at] ?? 0))
    return
  for (const word of reading.known[at] ?? []) {
    const next = step.next.get(word)
    if (next) follow(walk, next, at + 1)
  }
  for (const { known, next: after } of reading.joined.get(at) ?? []) {
    for (const word of known) {
      const next = step.next.get(word)
      if (next) follow(walk, next, after)
    }
  }
}

/** Whether a set of phrases stands anywhere in the field. */
export function holds(matches: FieldMatches, slot: Slot): boolean {
  return matches.spans.has(slot)
}

/**
 * Where a signal stands in a field: of each finding the places of its words, the first of them the one that counts.
 * Patterns are looked for only where asked, since they read the text letter by letter.
 */
export function findSignal(
  compiled: CompiledPolicies,
  policy: CompiledPolicy,
  signal: CompiledSignal,
  matches: FieldMatches,
): readonly Place[] {
  if (signal.fields !== null && !signal.fields.has(matches.kind)) return NO_PLACE
  if (!mayStand(signal, matches)) return NO_PLACE
  const sight: Sight = {
    signal,
    matches,
    // What means something else speaks for nothing; against the finding it may speak still.
    innocent: signal.speaksFor ? spansOf(matches, policy.innocent) : NOWHERE,
    spared: new Set(
      spansOf(matches, signal.unless).map(({ from }) => matches.reading.sentences[from] ?? -1),
    ),
    negations: {
      next: spansOf(matches, compiled.negations.next),
      near: spansOf(matches, compiled.negations.near),
      list: spansOf(matches, compiled.negations.list),
      after: spansOf(matches, compiled.negations.after),
      none: spansOf(matches, compiled.negations.none),
    },
  }
  const named = longestFirst(spansOf(matches, signal.phrases)).filter((span) =>
    speaks(sight, span, 'name'),
  )
  const spans =
    signal.together.length > 0 ? longestFirst([...named, ...findTogether(sight)]) : named
  const { starts, ends, text } = matches.reading
  const places = spans.map(({ from, to }) => ({ start: starts[from] ?? 0, end: ends[to] ?? 0 }))
  for (const pattern of signal.patterns) {
    for (const found of findPattern(pattern, text, PLACES_SHOWN)) {
      if (!places.some(({ start, end }) => found.start < end && start < found.end))
        places.push(found)
    }
  }
  return signal.patterns.length > 0 ? places.sort((a, b) => a.start - b.start) : places
}

/** False for nearly every signal of nearly every field, so it is asked first. */
function mayStand(
  { phrases, together, patterns }: CompiledSignal,
  { spans }: FieldMatches,
): boolean {
  return (
    patterns.length > 0 ||
    (phrases !== null && spans.has(phrases)) ||
    (together.length > 0 && together.every((slot) => spans.has(slot)))
  )
}

interface Sight {
  signal: CompiledSignal
  matches: FieldMatches
  innocent: readonly Span[]
  /** The sentences in which something stands that takes the signal away. */
  spared: ReadonlySet<number>
  negations: Parameters<typeof isNegated>[3]
}

function spansOf(matches: FieldMatches, slot: Slot | null): readonly Span[] {
  return slot === null ? NOWHERE : (matches.spans.get(slot) ?? NOWHERE)
}

/** Whether words that stand there say what the signal means, or something around them says otherwise. */
function speaks(sight: Sight, span: Span, speech: Speech): boolean {
  const { signal, matches, innocent, negations } = sight
  const { reading } = matches
  if (isInnocent(innocent, span)) return false
  if (!signal.evenNegated && isNegated(reading, span, speech, negations)) return false
  return (
    !standsBeside(reading, span, spansOf(matches, signal.notAfter), 'before') &&
    !standsBeside(reading, span, spansOf(matches, signal.notBefore), 'after') &&
    !sight.spared.has(reading.sentences[span.from] ?? -1)
  )
}

function isInnocent(innocent: readonly Span[], span: Span): boolean {
  return spansNear(innocent, span, 0).some((other) => overlap(other, span))
}

/** One of each group near one another in a sentence: the words of every such finding. */
function findTogether(sight: Sight): Span[] {
  const { signal, matches, innocent } = sight
  const { sentences } = matches.reading
  const [claims = NOWHERE, ...others] = signal.together.map((slot) => spansOf(matches, slot))
  if (claims.length === 0 || others.some((spans) => spans.length === 0)) return []
  const candidates = others.map((spans) => spans.filter((span) => !isInnocent(innocent, span)))
  const found: Span[] = []
  for (const claim of longestFirst(claims)) {
    if (found.length >= PLACES_SHOWN) break
    if (!speaks(sight, claim, 'claim')) continue
    const near = candidates.map((spans) => {
      const standing = spansNear(spans, claim, signal.within).filter(
        (span) =>
          !overlap(span, claim) &&
          sentences[span.from] === sentences[claim.from] &&
          extent([claim, span]) <= signal.within,
      )
      return standing.length <= NEAREST_TRIED
        ? standing
        : standing.sort((a, b) => extent([claim, a]) - extent([claim, b])).slice(0, NEAREST_TRIED)
    })
    const chosen = chooseOneOfEach(near, [claim], signal.within)
    if (chosen !== null) found.push(...chosen)
  }
  return found
}

function chooseOneOfEach(
  groups: readonly (readonly Span[])[],
  chosen: readonly Span[],
  within: number,
): readonly Span[] | null {
  const [group, ...rest] = groups
  if (group === undefined) return chosen
  for (const span of group) {
    if (chosen.some((other) => overlap(other, span)) || extent([...chosen, span]) > within) continue
    const all = chooseOneOfEach(rest, [...chosen, span], within)
    if (all !== null) return all
  }
  return null
}

function extent(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from)) + 1
}

/** Of spans that overlap, the first to begin stands, and of two that begin together the longer. */
function longestFirst(spans: readonly Span[]): Span[] {
  const stands: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = stands.at(-1)
    if (last === undefined || span.from > last.to) stands.push(span)
  }
  return stands
}
