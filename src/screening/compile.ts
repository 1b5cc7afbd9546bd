/** Compiled policies are all rules that apply, laid out so that one pass over a listing meets them together. */
import { policyIn, watchesAccounts, WITHIN } from '../core/policy.ts'
import type { FieldKind, Jurisdiction, Policy, Signal } from '../core/policy.ts'
import type {
  CompiledPattern,
  CompiledPolicy,
  CompiledSignal,
  LearnedWords,
} from './compiled-policy.ts'
import { readCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import { negations } from './context.ts'
import type { Negation } from './context.ts'
import { readersIn } from './features.ts'
import { openScan } from './needle-scan.ts'
import type { NeedleScan } from './needle-scan.ts'
import { needleSetsOf } from './needles.ts'
import { Page } from './page.ts'
import { readPattern } from './pattern.ts'
import { phrasesIn } from './phrase.ts'
import { PhraseTreeMaker } from './phrase-tree.ts'
import type { PhraseTree, Slot } from './phrase-tree.ts'
import { openStanding } from './standing.ts'
import type { Standing } from './standing.ts'
import { openVocabulary } from './vocabulary.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface CompiledPolicies {
  readonly jurisdiction: Jurisdiction
  /** Those that apply, by name, as they read in the jurisdiction. */
  readonly policies: readonly CompiledPolicy[]
  readonly signals: readonly CompiledSignal[]
  readonly negations: Readonly<Record<Negation, Slot>>
  readonly tree: PhraseTree
  readonly vocabulary: Vocabulary
  readonly standing: Standing
  readonly hasPatterns: boolean
  readonly needles: NeedleScan
  /** The same for each kind of field with patterns alone that speak for a finding there. */
  readonly speakingNeedles: Readonly<Record<FieldKind, NeedleScan>>
  /** Where listings are read, one at a time. */
  readonly page: Page
  /** The numbers of the policies that may find something where nothing of theirs stands. */
  readonly always: readonly number[]
}

/** Lays out every policy that is not off and holds in the jurisdiction; the level rules only what follows. */
export function compilePolicies(
  policies: readonly Policy[],
  { jurisdiction }: { jurisdiction: Jurisdiction },
): CompiledPolicies {
  const made: Making = { tree: new PhraseTreeMaker(), patterns: new Map(), signals: [] }
  const applied = policies
    .filter(
      (policy) =>
        policy.level !== 'off' &&
        policy.jurisdictions.includes(jurisdiction) &&
        !watchesAccounts(policy),
    )
    .map((policy) => policyIn(policy, jurisdiction))
    .sort((a, b) => (a.policy < b.policy ? -1 : 1))
    .map((policy) => compilePolicy(policy, made))
  const slots = {
    next: made.tree.slotOf(negations.next),
    near: made.tree.slotOf(negations.near),
    list: made.tree.slotOf(negations.list),
    after: made.tree.slotOf(negations.after),
    none: made.tree.slotOf(negations.none),
  }
  const tree = made.tree.make()
  const page = new Page()
  return Object.freeze({
    jurisdiction,
    policies: applied,
    signals: made.signals,
    negations: slots,
    tree,
    vocabulary: openVocabulary(tree.lexicon),
    standing: openStanding({ tree, page }, applied),
    always: applied.flatMap(({ byCondition }, number) =>
      byCondition.some(({ speaksFor }) => speaksFor) ? [number] : [],
    ),
    page,
    hasPatterns: made.patterns.size > 0,
    needles: openScan([...made.patterns.values()]),
    speakingNeedles: speakingNeedles(made.signals),
  })
}

function speakingNeedles(signals: readonly CompiledSignal[]): Record<FieldKind, NeedleScan> {
  const scanOf = (kind: FieldKind) =>
    openScan([
      ...new Set(
        signals.flatMap(({ speaksFor, fields, patterns }) =>
          speaksFor && (fields === null || fields.has(kind)) ? patterns : [],
        ),
      ),
    ])
  return {
    title: scanOf('title'),
    description: scanOf('description'),
    bullets: scanOf('bullets'),
    brand: scanOf('brand'),
    category: scanOf('category'),
    attributes: scanOf('attributes'),
  }
}

/** What all policies share while they are laid out. */
interface Making {
  readonly tree: PhraseTreeMaker
  /** By their source. */
  readonly patterns: Map<string, CompiledPattern>
  readonly signals: CompiledSignal[]
}

function compilePolicy(policy: Policy, made: Making): CompiledPolicy {
  const slotOf = (phrases: readonly string[] | undefined): Slot | null =>
    phrases === undefined ? null : made.tree.slotOf(phrasesIn(policy, phrases))
  const signals = policy.signals.map((signal) => compileSignal(policy, signal, slotOf, made))
  const byCondition = signals.filter(
    ({ phrases, together, patterns }) =>
      phrases === null && together.length === 0 && patterns.length === 0,
  )
  const againstByPattern = signals.filter(
    ({ speaksFor, patterns }) => !speaksFor && patterns.length > 0,
  )
  return {
    policy,
    base: policy.learned?.base ?? policy.base,
    innocent: slotOf(policy.innocent),
    onlyIn: slotOf(policy.categories?.only),
    exceptIn: slotOf(policy.categories?.except),
    learned: compileLearned(policy),
    signals,
    byCondition,
    againstByPattern,
    unseen: [...byCondition, ...againstByPattern].map(({ number }) => number),
  }
}

function compileSignal(
  policy: Policy,
  signal: Signal,
  slotOf: (phrases: readonly string[] | undefined) => Slot | null,
  made: Making,
): CompiledSignal {
  const compiled = {
    number: made.signals.length,
    name: signal.name,
    weight: weightOf(policy, signal),
    speaksFor: signal.weight > 0,
    fields: signal.fields ? new Set(signal.fields) : null,
    phrases: slotOf(signal.phrases),
    patterns: (signal.patterns ?? []).map((source) =>
      compilePattern(policy, signal, source, made.patterns),
    ),
    together: (signal.together ?? []).map(slotOf).filter((slot) => slot !== null),
    within: signal.within ?? WITHIN,
    notAfter: slotOf(signal.notAfter),
    notBefore: slotOf(signal.notBefore),
    unless: slotOf(signal.unless),
    evenNegated: signal.evenNegated ?? false,
    when: signal.when === undefined ? null : compileCondition(policy, signal, signal.when),
    effort: signal.patterns ? 1 + signal.patterns.length : signal.when === undefined ? 0 : 1,
  }
  made.signals.push(compiled)
  return compiled
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

function compilePattern(
  policy: Policy,
  signal: Signal,
  source: string,
  patterns: Map<string, CompiledPattern>,
): CompiledPattern {
  const known = patterns.get(source)
  if (known !== undefined) return known
  const read = readPattern(source)
  if (!read.ok)
    throw new Error(`compile ${policy.policy}: a pattern of ${signal.name}: ${read.why}`)
  const compiled = { number: patterns.size, engine: read.pattern, needles: needleSetsOf(source) }
  patterns.set(source, compiled)
  return compiled
}

function compileCondition(policy: Policy, signal: Signal, source: string): Condition {
  const read = readCondition(source)
  if (read.ok) return read.condition
  throw new Error(`compile ${policy.policy}: the condition of ${signal.name}: ${read.why}`)
}
