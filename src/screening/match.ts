/** Matching finds where the signals of the policies stand in one field, with what stands around them taken into account. */
import type { FieldKind } from '../core/policy.ts'
import type { CompiledPolicies } from './compile.ts'
import type { CompiledPattern, CompiledPolicy, CompiledSignal } from './compiled-policy.ts'
import { isNegated, overlap, spansNear, standsBeside } from './context.ts'
import type { Span, Speech } from './context.ts'
import { findPattern } from './pattern.ts'
import { joinsWords } from './gap.ts'
import type { Page } from './page.ts'
import { stepOn } from './phrase-tree.ts'
import type { PhraseTree, Slot, Step } from './phrase-tree.ts'
import { readText, readToldText } from './reading.ts'
import type { Parts, Reading } from './reading.ts'
import type { ToldWords } from './scan/told-line.ts'
import type { Known, Vocabulary } from './vocabulary.ts'

/** How many places of one signal are shown. */
export const PLACES_SHOWN = 10

/** Of each group, how many of the nearest to the claim are tried; more would let a text of nothing but claims stall. */
const NEAREST_TRIED = 8

/** Where in a field something stands. */
export interface Place {
  readonly start: number
  readonly end: number
}

type Negated = Parameters<typeof isNegated>[3]

const NOWHERE: readonly Span[] = []
const NO_PLACE: readonly Place[] = []

/** One field as read, with every phrase of every set that stands in it. */
export class FieldMatches {
  readonly kind: FieldKind
  readonly field: string
  readonly text: string
  readonly reading: Reading | null
  /** What was found in it, from place to place on the page. */
  readonly from: number
  readonly to: number
  /** The numbers of the patterns that may stand in it, of those that speak for a finding. */
  readonly speaking: readonly number[]
  readonly #compiled: CompiledPolicies
  #spans: Map<Slot, Span[]> | null = null
  #negations: Negated | null = null
  #patterns: readonly number[] | null = null
  #places: Map<number, readonly Place[]> | null = null

  constructor(
    compiled: CompiledPolicies,
    { kind, field, content }: Field,
    reading: Reading | null,
  ) {
    const { page } = compiled
    this.kind = kind
    this.field = field
    this.text = content
    this.reading = reading
    this.#compiled = compiled
    this.from = page.found
    if (reading !== null) findPhrases(compiled, reading)
    this.to = page.found
    this.speaking = compiled.speakingNeedles[kind].patternsIn(page.cursor)
  }

  /** Whether a set of phrases stands anywhere in the field. */
  holds(slot: Slot): boolean {
    return this.spansOf(slot).length > 0
  }

  /** Where the phrases of a set stand, by their first word. */
  spansOf(slot: Slot | null): readonly Span[] {
    if (slot === null || this.from === this.to) return NOWHERE
    return (this.#spans ??= this.#spansBySlot()).get(slot) ?? NOWHERE
  }

  #spansBySlot(): Map<Slot, Span[]> {
    const { tree, page } = this.#compiled
    const { endingBegins, endingSlots } = tree
    const bySlot = new Map<Slot, Span[]>()
    for (let at = this.from; at < this.to; at++) {
      const span = { from: page.froms[at] ?? 0, to: page.tos[at] ?? 0 }
      const ending = page.endings[at] ?? 0
      const end = endingBegins[ending + 1] ?? 0
      for (let place = endingBegins[ending] ?? 0; place < end; place++) {
        const slot = endingSlots[place] ?? 0
        const spans = bySlot.get(slot)
        if (spans === undefined) bySlot.set(slot, [span])
        else spans.push(span)
      }
    }
    return bySlot
  }

  /** Where what takes meaning away stands. */
  get negations(): Negated {
    const { next, near, list, after, none } = this.#compiled.negations
    return (this.#negations ??= {
      next: this.spansOf(next),
      near: this.spansOf(near),
      list: this.spansOf(list),
      after: this.spansOf(after),
      none: this.spansOf(none),
    })
  }

  /** The numbers of the patterns that may stand in it; no other does. */
  get patterns(): readonly number[] {
    const { needles, page } = this.#compiled
    if (this.#patterns === null) {
      page.cursor.open(this.text)
      this.#patterns = needles.patternsIn(page.cursor)
    }
    return this.#patterns
  }

  /** Where a pattern that may stand in it does, from the left. */
  placesOf({ number, engine }: CompiledPattern): readonly Place[] {
    const known = this.#places?.get(number)
    if (known !== undefined) return known
    const places = findPattern(engine, this.text, PLACES_SHOWN)
    ;(this.#places ??= new Map<number, readonly Place[]>()).set(number, places)
    return places
  }
}

/** A field of a listing and what it says. */
export interface Field {
  readonly kind: FieldKind
  readonly field: string
  readonly content: string
}

/** Reads a field and finds the phrases of all sets in it; where its words stand may be known. */
export function matchField(
  compiled: CompiledPolicies,
  field: Field,
  told: ToldWords | null = null,
): FieldMatches {
  const { vocabulary, page, hasPatterns } = compiled
  const { content } = field
  if (told === null) return new FieldMatches(compiled, field, readText(content, vocabulary, page))
  if (hasPatterns) page.cursor.open(content)
  return new FieldMatches(compiled, field, readToldText(content, told, vocabulary, page))
}

/** A field that is not read: no phrase stands in it, or none that anybody asks for. */
export function passOver(compiled: CompiledPolicies, field: Field): FieldMatches {
  compiled.page.cursor.open(field.content)
  return new FieldMatches(compiled, field, null)
}

interface Walk {
  readonly tree: PhraseTree
  readonly vocabulary: Vocabulary
  readonly page: Page
  readonly reading: Reading
  /** The word at which it began. */
  from: number
}

function findPhrases({ tree, vocabulary, page }: CompiledPolicies, reading: Reading): void {
  const { firsts } = tree
  const { length, joined } = reading
  const walk: Walk = { tree, vocabulary, page, reading, from: 0 }
  for (let from = 0; from < length; from++) {
    const sign = reading.signOf(from)
    // Most words begin no phrase.
    if (joined === null && (sign === 0 || (sign > 0 && firsts[sign - 1] === 0))) continue
    walk.from = from
    goOn(walk, 0, from)
  }
}

/** Goes on through the phrases that begin at `walk.from`, with the word at `at` next. */
function follow(walk: Walk, step: Step, at: number): void {
  const { tree, page, reading, from } = walk
  const ending = tree.endings[step] ?? 0
  if (ending !== 0) page.addFound(ending, from, at - 1)
  if (tree.goesOn[step] !== 1 || at >= reading.length) return
  if (reading.joined === null && reading.signOf(at) === 0) return
  if (joinsWords(reading.text, reading.endOf(at - 1), reading.startOf(at))) goOn(walk, step, at)
}

function goOn(walk: Walk, step: Step, at: number): void {
  const { tree, reading } = walk
  const sign = reading.signOf(at)
  if (sign > 0) {
    const next = stepOn(tree, step, sign - 1)
    if (next !== 0) follow(walk, next, at + 1)
  } else if (sign < 0) goOnByAny(walk, step, walk.vocabulary.knownBy(sign), at + 1)
  if (reading.joined === null) return
  for (const { known, next } of reading.joined.get(at) ?? []) goOnByAny(walk, step, known, next)
}

function goOnByAny(walk: Walk, step: Step, known: Known, at: number): void {
  for (const word of known) {
    const next = stepOn(walk.tree, step, word)
    if (next !== 0) follow(walk, next, at)
  }
}

/**
 * Where a signal stands in a field: of each finding the places of its words, the first of them the one that counts.
 */
export function findSignal(
  policy: CompiledPolicy,
  signal: CompiledSignal,
  matches: FieldMatches,
): readonly Place[] {
  const places = findWords(policy, signal, matches)
  if (signal.patterns.length === 0) return places
  // Where a signal that speaks for a finding may stand, its patterns were looked for already.
  const mayStand = signal.speaksFor ? matches.speaking : matches.patterns
  const all = [...places]
  for (const pattern of signal.patterns) {
    if (!mayStand.includes(pattern.number)) continue
    for (const found of matches.placesOf(pattern)) {
      if (!all.some(({ start, end }) => found.start < end && start < found.end)) all.push(found)
    }
  }
  return all.sort((a, b) => a.start - b.start)
}

function findWords(
  policy: CompiledPolicy,
  signal: CompiledSignal,
  matches: FieldMatches,
): readonly Place[] {
  const { reading } = matches
  if (reading === null) return NO_PLACE
  const spans = matches.spansOf(signal.phrases)
  if (spans.length === 0 && signal.together.length === 0) return NO_PLACE
  const { sentences } = reading.parts
  const sight: Sight = {
    signal,
    matches,
    parts: reading.parts,
    // What means something else speaks for nothing; against the finding it may speak still.
    innocent: signal.speaksFor ? matches.spansOf(policy.innocent) : NOWHERE,
    spared: matches.spansOf(signal.unless).map(({ from }) => sentences[from] ?? -1),
    negations: matches.negations,
  }
  const named = longestFirst(spans).filter((span) => speaks(sight, span, 'name'))
  const standing =
    signal.together.length > 0 ? longestFirst([...named, ...findTogether(sight)]) : named
  return standing.map(({ from, to }) => ({ start: reading.startOf(from), end: reading.endOf(to) }))
}

interface Sight {
  signal: CompiledSignal
  matches: FieldMatches
  parts: Parts
  innocent: readonly Span[]
  /** The sentences in which something stands that takes the signal away. */
  spared: readonly number[]
  negations: Negated
}

/** Whether words that stand there say what the signal means, or something around them says otherwise. */
function speaks(sight: Sight, span: Span, speech: Speech): boolean {
  const { signal, matches, parts, innocent, negations } = sight
  if (isInnocent(innocent, span)) return false
  if (!signal.evenNegated && isNegated(parts, span, speech, negations)) return false
  return (
    !standsBeside(parts, span, matches.spansOf(signal.notAfter), 'before') &&
    !standsBeside(parts, span, matches.spansOf(signal.notBefore), 'after') &&
    !sight.spared.includes(parts.sentences[span.from] ?? -1)
  )
}

function isInnocent(innocent: readonly Span[], span: Span): boolean {
  return spansNear(innocent, span, 0).some((other) => overlap(other, span))
}

/** One of each group near one another in a sentence: the words of every such finding. */
function findTogether(sight: Sight): Span[] {
  const { signal, matches, innocent } = sight
  const { sentences } = sight.parts
  const [claims = NOWHERE, ...others] = signal.together.map((slot) => matches.spansOf(slot))
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
