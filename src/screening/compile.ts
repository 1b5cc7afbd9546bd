/** Compiled policies are all rules that apply, laid out so that one pass over a listing meets them together. */
import { policyIn, WITHIN } from '../core/policy.ts'
import type { FieldKind, Jurisdiction, Policy, Signal } from '../core/policy.ts'
import type { RE2JS } from 're2js'
import { readCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import { negations } from './context.ts'
import type { Negation } from './context.ts'
import { readersIn } from './features.ts'
import type { ReaderOf } from './features.ts'
import { readPattern } from './pattern.ts'
import { phrasesIn, readPhrase, waysToWrite } from './phrase.ts'
import { VocabularyMaker } from './vocabulary.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A set of phrases that is looked for as one, by number. */
export type Slot = number

/** One word on the way through the phrases that begin alike. */
export interface Step {
  /** What may follow, by the word's number in the vocabulary. */
  readonly next: Map<number, Step>
  /** The sets that have a phrase which ends here. */
  readonly ends: Slot[]
}

export interface CompiledSignal {
  readonly name: string
  /** In force: learned where there is one, else as written. */
  readonly weight: number
  /** Whether it was written to speak for a finding, whatever was learned of it. */
  readonly speaksFor: boolean
  /** Null when it looks at every field. */
  readonly fields: ReadonlySet<FieldKind> | null
  readonly phrases: Slot | null
  readonly patterns: readonly RE2JS[]
  readonly together: readonly Slot[]
  readonly within: number
  readonly notAfter: Slot | null
  readonly notBefore: Slot | null
  readonly unless: Slot | null
  readonly evenNegated: boolean
  readonly when: Condition | null
}

export interface CompiledPolicy {
  readonly policy: Policy
  readonly base: number
  /** As written, and those of them that speak for a finding, and those that do not. */
  readonly signals: readonly CompiledSignal[]
  readonly speakFor: readonly CompiledSignal[]
  /** Those that speak for a finding by a pattern, which reads letter by letter and so is asked last. */
  readonly speakForByPattern: readonly CompiledSignal[]
  readonly speakAgainst: readonly CompiledSignal[]
  readonly innocent: Slot | null
  readonly onlyIn: Slot | null
  readonly exceptIn: Slot | null
  /** Words with learned weights, and who reads the others; null where nothing was learned. */
  readonly learned: LearnedWords | null
}

export interface LearnedWords {
  readonly weightOf: (bucket: number) => number | undefined
  readonly readerOf: ReaderOf
}

export interface CompiledPolicies {
  readonly jurisdiction: Jurisdiction
  /** Those that apply, by name, as they read in the jurisdiction. */
  readonly policies: readonly CompiledPolicy[]
  readonly vocabulary: Vocabulary
  readonly start: Step
  readonly negations: Readonly<Record<Negation, Slot>>
}

/** Lays out every policy that is not off and holds in the jurisdiction; the level rules only what follows. */
export function compilePolicies(
  policies: readonly Policy[],
  { jurisdiction }: { jurisdiction: Jurisdiction },
): CompiledPolicies {
  const index = new PhraseIndex()
  const applied = policies
    .filter((policy) => policy.level !== 'off' && policy.jurisdictions.includes(jurisdiction))
    .map((policy) => policyIn(policy, jurisdiction))
    .sort((a, b) => (a.policy < b.policy ? -1 : 1))
    .map((policy) => compilePolicy(policy, index))
  return Object.freeze({
    jurisdiction,
    policies: applied,
    negations: {
      next: index.slotOf(negations.next),
      near: index.slotOf(negations.near),
      list: index.slotOf(negations.list),
      after: index.slotOf(negations.after),
      none: index.slotOf(negations.none),
    },
    start: index.start,
    vocabulary: index.vocabulary(),
  })
}

/** Every phrase of every set, as ways through steps from word to word. */
class PhraseIndex {
  readonly start: Step = { next: new Map(), ends: [] }
  #words = new VocabularyMaker()
  #slots = 0

  slotOf(phrases: readonly string[]): Slot {
    const slot = this.#slots++
    for (const phrase of phrases) this.#add(phrase, slot)
    return slot
  }

  vocabulary(): Vocabulary {
    return this.#words.make()
  }

  #add(phrase: string, slot: Slot): void {
    const words = readPhrase(phrase)
    if (words.length === 0) throw new Error(`compile the phrase "${phrase}": it has no word`)
    for (const way of waysToWrite(words)) {
      let step = this.start
      for (const word of way) {
        const number = this.#words.add(word, { isWhole: way.length === words.length })
        const known = step.next.get(number)
        if (known) step = known
        else {
          const next: Step = { next: new Map(), ends: [] }
          step.next.set(number, next)
          step = next
        }
      }
      if (!step.ends.includes(slot)) step.ends.push(slot)
    }
  }
}

function compilePolicy(policy: Policy, index: PhraseIndex): CompiledPolicy {
  const slotOf = (phrases: readonly string[] | undefined): Slot | null =>
    phrases === undefined ? null : index.slotOf(phrasesIn(policy, phrases))
  const signals = policy.signals.map((signal) => compileSignal(policy, signal, slotOf))
  return {
    policy,
    base: policy.learned?.base ?? policy.base,
    innocent: slotOf(policy.innocent),
    onlyIn: slotOf(policy.categories?.only),
    exceptIn: slotOf(policy.categories?.except),
    learned: compileLearned(policy),
    signals,
    speakFor: signals.filter(({ speaksFor, patterns }) => speaksFor && patterns.length === 0),
    speakForByPattern: signals.filter(
      ({ speaksFor, patterns }) => speaksFor && patterns.length > 0,
    ),
    speakAgainst: signals.filter(({ speaksFor }) => !speaksFor),
  }
}

function compileSignal(
  policy: Policy,
  signal: Signal,
  slotOf: (phrases: readonly string[] | undefined) => Slot | null,
): CompiledSignal {
  return {
    name: signal.name,
    weight: weightOf(policy, signal),
    speaksFor: signal.weight > 0,
    fields: signal.fields ? new Set(signal.fields) : null,
    phrases: slotOf(signal.phrases),
    patterns: (signal.patterns ?? []).map((source) => compilePattern(policy, signal, source)),
    together: (signal.together ?? []).map(slotOf).filter((slot) => slot !== null),
    within: signal.within ?? WITHIN,
    notAfter: slotOf(signal.notAfter),
    notBefore: slotOf(signal.notBefore),
    unless: slotOf(signal.unless),
    evenNegated: signal.evenNegated ?? false,
    when: signal.when === undefined ? null : compileCondition(policy, signal, signal.when),
  }
}

function compileLearned(policy: Policy): LearnedWords | null {
  if (policy.learned === undefined) return null
  const weights = new Map(
    Object.entries(policy.learned.words).map(([bucket, weight]) => [Number(bucket), weight]),
  )
  return { weightOf: (bucket) => weights.get(bucket), readerOf: readersIn(policy) }
}

/** The weight in force. */
export function weightOf(policy: Policy, signal: Signal): number {
  const { learned } = policy
  const weight =
    learned && Object.hasOwn(learned.signals, signal.name)
      ? learned.signals[signal.name]
      : undefined
  return weight ?? signal.weight
}

function compilePattern(policy: Policy, signal: Signal, source: string): RE2JS {
  const read = readPattern(source)
  if (read.ok) return read.pattern
  throw new Error(`compile ${policy.policy}: a pattern of ${signal.name}: ${read.why}`)
}

function compileCondition(policy: Policy, signal: Signal, source: string): Condition {
  const read = readCondition(source)
  if (read.ok) return read.condition
  throw new Error(`compile ${policy.policy}: the condition of ${signal.name}: ${read.why}`)
}
