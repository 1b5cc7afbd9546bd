/** Rules are policies made up with a seed, in the project's own format; a rule is one signal with about 33 terms. */
import type { FieldKind, Policy, Signal } from '../src/core/policy.ts'
import { chanceFrom } from './chance.ts'
import type { Chance } from './chance.ts'
import { openRuleWords, tellingWord } from './words.ts'

/** The three sizes of every run; the rules of a smaller one are the first of a larger. */
export const sizes = [60, 600, 6000] as const
export type Size = (typeof sizes)[number]

/** What a signal is made to show of the format. */
export type RuleKind = 'strong' | 'weak' | 'given' | 'together' | 'in-fields' | 'against'

/** What a listing must have besides the words: the same as the signal's `when`, for engines that know no CEL. */
export interface Given {
  /** A key of the attributes, or null for the category. */
  attribute: string | null
  value: string
}

export interface Rule {
  policy: Policy
  signal: Signal
  kind: RuleKind
  given: Given | null
  /** Words that only terms of several words hold: none of them says anything alone. */
  partWords: readonly string[]
}

export interface RuleSet {
  size: number
  policies: Policy[]
  rules: Rule[]
  /** How many terms all signals have. */
  terms: number
}

export const categories = Array.from({ length: 40 }, (_, at) =>
  at % 8 === 7 ? `Spare parts ${at}` : `Home & garden ${at}`,
)
export const materials = ['steel', 'cotton', 'nylon', 'oak', 'resin', 'glass', 'rubber', 'wool']
/** Policies look away here. */
const EXEMPT = 'spare parts 39'

const TERMS = 33
const kinds: readonly RuleKind[] = [
  ...(['strong', 'strong', 'strong', 'weak', 'weak', 'weak'] as const),
  ...(['given', 'together', 'in-fields', 'against'] as const),
]
/** One strong signal makes a finding; of weak ones it takes three. */
const BASE = -4
const REVIEW = 0.3

/** Makes the first so many rules: six policies of 10, then twelve of 45, then sixty of 90. */
export function makeRules(size: number): RuleSet {
  const chance = chanceFrom(7)
  const ruleWord = openRuleWords(chance)
  const policies: Policy[] = []
  const rules: Rule[] = []
  while (rules.length < size) {
    const number = policies.length
    const count = number < 6 ? 10 : number < 18 ? 45 : 90
    const made = makePolicy({ number, count, chance, ruleWord })
    policies.push(made.policy)
    rules.push(...made.rules)
  }
  return { size, policies, rules, terms: rules.reduce((sum, rule) => sum + termsOf(rule), 0) }
}

/** The groups of phrases of which a signal needs one each. */
export function groupsOf({ signal }: Pick<Rule, 'signal'>): readonly (readonly string[])[] {
  return signal.together ?? [signal.phrases ?? []]
}

function termsOf(rule: Rule): number {
  return groupsOf(rule).reduce((sum, group) => sum + group.length, 0)
}

interface Making {
  number: number
  count: number
  chance: Chance
  ruleWord: () => string
}

function makePolicy({ number, count, chance, ruleWord }: Making): {
  policy: Policy
  rules: Rule[]
} {
  const name = `rules-${String(number + 1).padStart(2, '0')}`
  const drafts = Array.from({ length: count }, (_, at) =>
    makeSignal({ kind: kinds[at % kinds.length] ?? 'strong', at, chance, ruleWord }),
  )
  const aloneWords = drafts
    .filter(({ kind }) => kind === 'strong')
    .map(({ signal }) => signal.phrases?.find((phrase) => !/[ *]/.test(phrase)))
    .filter((word) => word !== undefined)
  const policy: Policy = {
    policy: name,
    version: 1,
    title: `Rules ${number + 1}`,
    author: 'bench@recourse.example',
    naive: false,
    text: 'What the bench looks for.',
    jurisdictions: ['us'],
    ...(number % 3 === 2 ? { categories: { except: [EXEMPT] } } : {}),
    measure: 'listing.deactivate',
    level: 'act',
    innocent: aloneWords.map((word) => `${word} ${tellingWord(chance)}`),
    base: BASE,
    signals: drafts.map(({ signal }) => signal),
    thresholds: { review: REVIEW, deactivate: 0.9 },
    wouldReverse: ['Take the words out.'],
    examples: [],
  }
  return { policy, rules: drafts.map((draft) => ({ policy, ...draft })) }
}

function makeSignal({
  kind,
  at,
  chance,
  ruleWord,
}: Omit<Making, 'number' | 'count'> & { kind: RuleKind; at: number }): Omit<Rule, 'policy'> {
  const partWords = Array.from({ length: 6 }, ruleWord)
  const terms = (count: number) =>
    Array.from({ length: count }, () => makeTerm({ chance, ruleWord, partWords }))
  const given = kind === 'given' ? makeGiven(chance) : null
  const fields: FieldKind[] = ['title', 'bullets']
  const signal: Signal = {
    name: `signal-${at + 1}`,
    says: `says what rule ${at + 1} looks for`,
    weight: weightOf(kind, chance),
    ...(kind === 'together'
      ? { together: [terms(16), terms(TERMS - 16)] }
      : { phrases: [...new Set(terms(TERMS))] }),
    ...(kind === 'in-fields'
      ? { fields, notAfter: [tellingWord(chance), 'wear a'], unless: [tellingWord(chance)] }
      : {}),
    ...(given ? { when: conditionOf(given) } : {}),
  }
  return { signal, kind, given, partWords }
}

function weightOf(kind: RuleKind, chance: Chance): number {
  switch (kind) {
    case 'weak':
      return chance.pick([0.6, 0.8, 1])
    case 'against':
      return -2
    case 'strong':
    case 'given':
    case 'together':
    case 'in-fields':
      return chance.pick([3.5, 4.5, 6.5, 7.5])
  }
}

/** One to four words: 30, 40, 20 and 10 in a hundred; a few of one word stand for all that begin so. */
function makeTerm({
  chance,
  ruleWord,
  partWords,
}: {
  chance: Chance
  ruleWord: () => string
  partWords: readonly string[]
}): string {
  const draw = chance.share()
  if (draw < 0.3) return ruleWord() + (chance.in(0.1) ? '*' : '')
  const others = draw < 0.7 ? 1 : draw < 0.9 ? 2 : 3
  // Long terms are now and then made of ordinary words alone.
  const first = others > 1 && chance.in(0.1) ? tellingWord(chance) : chance.pick(partWords)
  const words = [first, ...Array.from({ length: others }, () => tellingWord(chance))]
  return (chance.in(0.5) ? words : words.reverse()).join(' ')
}

function makeGiven(chance: Chance): Given {
  return chance.in(0.5)
    ? { attribute: 'material', value: chance.pick(materials) }
    : { attribute: null, value: chance.in(0.5) ? 'Home & garden' : 'Spare parts' }
}

function conditionOf({ attribute, value }: Given): string {
  return attribute === null
    ? `category.startsWith("${value}")`
    : `attributes["${attribute}"] == "${value}"`
}

/** Whether a listing has what a rule demands besides its words. */
export function isGiven(
  given: Given | null,
  { category, attributes }: { category: string; attributes: Readonly<Record<string, unknown>> },
): boolean {
  if (given === null) return true
  return given.attribute === null
    ? category.startsWith(given.value)
    : attributes[given.attribute] === given.value
}
