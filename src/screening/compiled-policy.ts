/** A compiled policy is a rule laid out for finding: its signals with their sets of phrases by number. */
import type { FieldKind, Policy } from '../core/policy.ts'
import type { RE2JS } from 're2js'
import type { Condition } from './condition.ts'
import type { ReaderOf } from './features.ts'
import type { Slot } from './phrase-tree.ts'

/** A pattern, by a number that is the same wherever it stands again. */
export interface CompiledPattern {
  readonly number: number
  readonly engine: RE2JS
  /** Of each of these sets at least one stands in every text that it matches, the rarest first. */
  readonly needles: readonly (readonly string[])[]
}

export interface CompiledSignal {
  /** Signals are numbered over all policies, in the order of both. */
  readonly number: number
  readonly name: string
  /** In force: learned where there is one, else as written. */
  readonly weight: number
  /** Whether it was written to speak for a finding, whatever was learned of it. */
  readonly speaksFor: boolean
  /** Null when it looks at every field. */
  readonly fields: ReadonlySet<FieldKind> | null
  readonly phrases: Slot | null
  readonly patterns: readonly CompiledPattern[]
  readonly together: readonly Slot[]
  readonly within: number
  readonly notAfter: Slot | null
  readonly notBefore: Slot | null
  readonly unless: Slot | null
  readonly evenNegated: boolean
  readonly when: Condition | null
  /** What it takes to find it: least for words alone, more for a condition, most for patterns. */
  readonly effort: number
}

export interface CompiledPolicy {
  readonly policy: Policy
  readonly base: number
  /** As written. */
  readonly signals: readonly CompiledSignal[]
  /** The numbers of the signals of the next two lists. */
  readonly unseen: readonly number[]
  /** Those that are found by a condition alone, so that no text can be seen to lack them. */
  readonly byCondition: readonly CompiledSignal[]
  /** Those that speak against a finding by a pattern: looked for only where there may be one. */
  readonly againstByPattern: readonly CompiledSignal[]
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
