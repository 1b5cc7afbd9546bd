/** Compiled policies are all rules that apply, laid out so that one pass over a listing meets them together. */
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { readPhrase } from './phrase.ts'
import type { Phrase } from './phrase.ts'
import { hashWord } from './words.ts'

type FieldKind = NonNullable<Policy['signals'][number]['fields']>[number]
export type { FieldKind }

export interface CompiledSignal {
  /** The place of its policy in `policies`. */
  readonly policy: number
  readonly name: string
  readonly weight: number
  /** Null when it looks at every field. */
  readonly fields: ReadonlySet<FieldKind> | null
}

export interface CompiledPhrase extends Phrase {
  /** The place of its signal in `signals`. */
  readonly signal: number
}

export interface CompiledPolicies {
  readonly jurisdiction: Jurisdiction
  /** Those that apply, by name. */
  readonly policies: readonly Policy[]
  readonly signals: readonly CompiledSignal[]
  readonly phrasesByFirstWord: ReadonlyMap<string, readonly CompiledPhrase[]>
  /** One byte per hash: 0 says for certain that no phrase begins with a plain word of that hash. */
  readonly mayBegin: Readonly<Uint8Array>
}

/** Lays out every policy that is not off and holds in the jurisdiction; the level rules only what follows. */
export function compilePolicies(
  policies: readonly Policy[],
  { jurisdiction }: { jurisdiction: Jurisdiction },
): CompiledPolicies {
  const applied = policies
    .filter((policy) => policy.level !== 'off' && policy.jurisdictions.includes(jurisdiction))
    .sort((a, b) => (a.policy < b.policy ? -1 : 1))
  const signals: CompiledSignal[] = []
  const phrasesByFirstWord = new Map<string, CompiledPhrase[]>()
  const mayBegin = new Uint8Array(0x10000)
  for (const [place, policy] of applied.entries()) {
    for (const { name, weight, fields, phrases } of policy.signals) {
      const signal =
        signals.push({ policy: place, name, weight, fields: fields ? new Set(fields) : null }) - 1
      for (const text of phrases ?? []) {
        const phrase = readPhrase(text)
        if (phrase === null)
          throw new Error(`compile ${policy.policy}: a phrase of ${name} has no word`)
        const first = phrase.words[0]
        const known = phrasesByFirstWord.get(first)
        if (known) known.push({ ...phrase, signal })
        else phrasesByFirstWord.set(first, [{ ...phrase, signal }])
        mayBegin[hashWord(first) & 0xffff] = 1
      }
    }
  }
  return Object.freeze({ jurisdiction, policies: applied, signals, phrasesByFirstWord, mayBegin })
}
