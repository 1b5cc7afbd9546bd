/**
 * Candidates are listings that words alone cannot clear: every word of enough phrases stands in one kind of field. Counted
 * slowly and apart from the engines, to say what a corpus asks of them.
 */
import { fieldsOf, fieldText } from '../src/core/listing.ts'
import type { ListingText } from '../src/core/listing.ts'
import { scoreOf } from '../src/core/finding.ts'
import { outcomeOf } from '../src/core/policy.ts'
import type { FieldKind, Policy, Signal } from '../src/core/policy.ts'
import { readPattern } from '../src/screening/pattern.ts'
import { LETTERS_BEFORE_STAR, phrasesIn, readPhrase } from '../src/screening/phrase.ts'
import type { PhraseWord } from '../src/screening/phrase.ts'
import { foldWord, nextWord, openCursor } from '../src/screening/words.ts'

/** A phrase of a set; it is looked up by one of its words. */
interface Entry {
  words: readonly PhraseWord[]
  set: number
}

interface SignalSets {
  signal: Signal
  phrases: number | null
  together: readonly number[]
  mayStandAnyhow: (text: ListingText) => boolean
}

/** Tells of a listing whether it is a candidate. Glued and disguised words are not looked for. */
export function openCandidates(policies: readonly Policy[]): (text: ListingText) => boolean {
  const entries = new Map<string, Entry[]>()
  let sets = 0
  const addSet = (policy: Policy, phrases: readonly string[]): number => {
    const set = sets++
    for (const phrase of phrasesIn(policy, phrases)) {
      const words = readPhrase(phrase)
      const key = keyOf(words)
      const known = entries.get(key)
      if (known) known.push({ words, set })
      else entries.set(key, [{ words, set }])
    }
    return set
  }
  const all = policies.map((policy) => ({
    policy,
    signals: policy.signals
      .filter(({ weight }) => weight > 0)
      .map((signal): SignalSets => {
        const { phrases, together = [] } = signal
        return {
          signal,
          phrases: phrases ? addSet(policy, phrases) : null,
          together: together.map((group) => addSet(policy, group)),
          mayStandAnyhow: anyhow(signal),
        }
      }),
  }))
  return (text) => {
    const standing = findStanding(text, entries)
    return all.some(({ policy, signals }) => {
      const sum = signals.reduce(
        (score, sets) => score + (mayStand(sets, standing, text) ? sets.signal.weight : 0),
        policy.base,
      )
      return outcomeOf(policy, scoreOf(sum + 1e-9)) !== 'allow'
    })
  }
}

/** The longest plain word, since it is rarest; of starred words alone the letters that all of theirs begin with. */
function keyOf(words: readonly PhraseWord[]): string {
  const plain = words.filter(({ isStarred }) => !isStarred).map(({ text }) => text)
  if (plain.length > 0)
    return plain.reduce((one, other) => (other.length > one.length ? other : one))
  return `${words[0]?.text.slice(0, LETTERS_BEFORE_STAR) ?? ''}*`
}

/** In which kinds of fields each set may stand. */
function findStanding(
  text: ListingText,
  entries: ReadonlyMap<string, readonly Entry[]>,
): Map<number, Set<FieldKind>> {
  const standing = new Map<number, Set<FieldKind>>()
  for (const [kind, words] of wordsByKind(text)) {
    for (const word of words) {
      const head = `${word.slice(0, LETTERS_BEFORE_STAR)}*`
      for (const entry of [...(entries.get(word) ?? []), ...(entries.get(head) ?? [])]) {
        if (!entry.words.every((needed) => holdsWord(words, needed))) continue
        const kinds = standing.get(entry.set) ?? new Set()
        standing.set(entry.set, kinds.add(kind))
      }
    }
  }
  return standing
}

function holdsWord(words: ReadonlySet<string>, { text, isStarred }: PhraseWord): boolean {
  if (!isStarred) return words.has(text)
  for (const word of words) if (word.startsWith(text)) return true
  return false
}

function wordsByKind(text: ListingText): Map<FieldKind, Set<string>> {
  const kinds = new Map<FieldKind, Set<string>>()
  for (const field of fieldsOf(text)) {
    const kind = kindOf(field)
    const words = kinds.get(kind) ?? new Set()
    kinds.set(kind, words)
    const cursor = openCursor(fieldText(text, field) ?? '')
    while (nextWord(cursor)) words.add(foldWord(cursor.text.slice(cursor.start, cursor.end)))
  }
  return kinds
}

function kindOf(field: string): FieldKind {
  if (field.startsWith('bullets')) return 'bullets'
  if (field.startsWith('attributes')) return 'attributes'
  return field as FieldKind // the others are named as their kinds are
}

/** What a signal may stand by besides phrases: a pattern that matches, or a condition alone. */
function anyhow({ phrases, together, patterns, when }: Signal): (text: ListingText) => boolean {
  const isConditionOnly = !phrases && !together && !patterns && when !== undefined
  const compiled = (patterns ?? []).flatMap((source) => {
    const read = readPattern(source)
    return read.ok ? [read.pattern] : []
  })
  return (text) =>
    isConditionOnly ||
    compiled.some((pattern) =>
      fieldsOf(text).some((field) => pattern.test(fieldText(text, field) ?? '')),
    )
}

function mayStand(
  { signal, phrases, together, mayStandAnyhow }: SignalSets,
  standing: ReadonlyMap<number, ReadonlySet<FieldKind>>,
  text: ListingText,
): boolean {
  const looksIn = (kind: FieldKind) => signal.fields?.includes(kind) ?? true
  const kindsOf = (set: number) => [...(standing.get(set) ?? [])].filter(looksIn)
  if (phrases !== null && kindsOf(phrases).length > 0) return true
  const [claim, ...others] = together
  if (
    claim !== undefined &&
    kindsOf(claim).some((kind) => others.every((set) => standing.get(set)?.has(kind)))
  )
    return true
  return mayStandAnyhow(text)
}
