/** Signals as people read them: in order of weight, and what each looks for in a line. */
import type { FieldKind, Jurisdiction, Policy, Signal } from '../../core/policy.ts'
import { WITHIN } from '../../core/policy.ts'

export interface SignalRow {
  signal: Signal
  /** In force: learned where weights were learned, else as written. */
  weight: number
  written: number
}

/** Every signal with its weight in force and as written; what speaks for the rule first, strongest first. */
export function signalRows(policy: Pick<Policy, 'signals' | 'learned'>): SignalRow[] {
  const rows = policy.signals.map((signal) => ({
    signal,
    weight: policy.learned?.signals[signal.name] ?? signal.weight,
    written: signal.weight,
  }))
  return rows.sort(
    (a, b) => b.weight - a.weight || a.signal.name.localeCompare(b.signal.name, 'en'),
  )
}

/** The strongest of them, for and against, still in their order. */
export function strongest(rows: readonly SignalRow[], most: number): SignalRow[] {
  if (rows.length <= most) return [...rows]
  const chosen = new Set(
    [...rows].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most),
  )
  return rows.filter((row) => chosen.has(row))
}

/** The scale of the bars: a weight beyond it decides alone, so that its bar may end there. */
export const SCALE_ENDS = 8

/** Where zero and each weight lie, from 0 to 1; wide enough for all, and no wider than `SCALE_ENDS`. */
export function scaleOf(weights: readonly number[]): (weight: number) => number {
  const inside = weights.map((weight) => Math.max(-SCALE_ENDS, Math.min(SCALE_ENDS, weight)))
  const low = Math.min(0, ...inside)
  const high = Math.max(0, ...inside)
  return (weight) => Math.max(0, Math.min(1, (weight - low) / (high - low || 1)))
}

export interface LookedFor {
  kind: 'phrases' | 'together' | 'pattern' | 'condition' | 'event'
  words: string
}

type Lists = Policy['lists']

const PHRASES_SHOWN = 3
const CODE_SHOWN = 48

/** What a signal looks for, shortened to a line each. */
export function lookedFor(signal: Signal, lists: Lists): LookedFor[] {
  const { phrases, together, patterns, when, event } = signal
  const found: LookedFor[] = []
  if (phrases !== undefined)
    found.push({ kind: 'phrases', words: shortPhrases(expand(phrases, lists)) })
  if (together !== undefined)
    found.push({
      kind: 'together',
      words: together.map((group) => groupWords(group, lists)).join(' + '),
    })
  if (patterns !== undefined)
    found.push({ kind: 'pattern', words: shortCode(patterns[0] ?? '', patterns.length - 1) })
  if (when !== undefined) found.push({ kind: 'condition', words: shortCode(when, 0) })
  if (event !== undefined) found.push({ kind: 'event', words: 'what happens to accounts' })
  return found
}

/** “mask”, “masks”, “face mask” and 12 more. */
export function shortPhrases(phrases: readonly string[], shown = PHRASES_SHOWN): string {
  const first = phrases.slice(0, shown).map((phrase) => `“${phrase}”`)
  const more = phrases.length - first.length
  return more > 0 ? `${first.join(', ')} and ${more.toLocaleString('en')} more` : first.join(', ')
}

/** A group by the name of its list, or by its first phrase; the dots say that there are more. */
function groupWords(group: readonly string[], lists: Lists): string {
  const [only] = group
  if (group.length === 1 && only?.startsWith('$')) return `${only.slice(1).replaceAll('-', ' ')}…`
  const all = expand(group, lists)
  return all.length === 1 ? `${all[0]}` : `${all[0] ?? ''}…`
}

function shortCode(code: string, more: number): string {
  const flat = code.replaceAll(/\s+/g, ' ').trim()
  const short = flat.length > CODE_SHOWN ? `${flat.slice(0, CODE_SHOWN)}…` : flat
  return more > 0 ? `${short} and ${more} more` : short
}

/** Phrases with every `$name` replaced by the phrases of that list. */
export function expand(phrases: readonly string[], lists: Lists): string[] {
  return phrases.flatMap((phrase) =>
    phrase.startsWith('$') ? (lists?.[phrase.slice(1)] ?? [phrase]) : [phrase],
  )
}

const fieldWords = {
  title: 'title',
  description: 'description',
  bullets: 'points',
  brand: 'brand',
  category: 'category',
  attributes: 'attributes',
} as const satisfies Record<FieldKind, string>

/** "in the title and the points" */
export function placesWords(fields: readonly FieldKind[]): string {
  const names = fields.map((field) => `the ${fieldWords[field]}`)
  const last = names.pop() ?? ''
  return `in ${names.length > 0 ? `${names.join(', ')} and ${last}` : last}`
}

export const jurisdictionWords = {
  us: 'the United States',
  eu: 'the European Union',
} as const satisfies Record<Jurisdiction, string>

/** One thing that has to be so around the words, and the phrases that it is about. */
export interface Context {
  words: string
  phrases: string[]
  code?: string
}

/** Everything that a signal's line leaves out, in whole sentences. */
export function contextsOf(signal: Signal, lists: Lists): Context[] {
  const { fields, together, within, notAfter, notBefore, unless, evenNegated, when } = signal
  const contexts: Context[] = []
  const say = (words: string, phrases: readonly string[] = []) =>
    contexts.push({ words, phrases: expand(phrases, lists) })
  if (signal.phrases !== undefined) say('Any one of these:', signal.phrases)
  together?.forEach((group, at) =>
    say(at === 0 ? 'What is claimed, one of these:' : 'together with one of these:', group),
  )
  if (together !== undefined)
    say(
      `all in one sentence, at most ${within ?? WITHIN} words apart. Denied as “no …” or “free of …”, the claim is none.`,
    )
  for (const pattern of signal.patterns ?? [])
    contexts.push({ words: 'What has this form:', phrases: [], code: pattern })
  if (fields !== undefined) say(`Only ${placesWords(fields)}.`)
  if (notAfter !== undefined) say('Not where one of these ends up to three words before:', notAfter)
  if (notBefore !== undefined)
    say('Not where one of these begins up to three words after:', notBefore)
  if (unless !== undefined) say('Not in a sentence in which one of these stands too:', unless)
  if (evenNegated) say('Also where “no” or “free of” stands before it.')
  if (signal.jurisdictions !== undefined)
    say(`Only in ${signal.jurisdictions.map((each) => jurisdictionWords[each]).join(' and ')}.`)
  if (when !== undefined) {
    const isAlone = contexts.length === 0
    contexts.push({
      words: isAlone ? 'Where this is so:' : 'And this is so:',
      phrases: [],
      code: when,
    })
  }
  return contexts
}
