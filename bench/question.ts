/** The question as other engines can be asked it: which terms stand in the text; the sum is then added up for them. */
import { scoreOf } from '../src/core/finding.ts'
import { groupsOf, isGiven } from './rules.ts'
import type { Given, Rule, RuleSet } from './rules.ts'

/** What no other engine decides, since none has a way to say it. */
export const LEFT_OUT =
  'negation, innocent phrases, fields, what stands before or after, nearness, disguises, spans and explanations'

/** A rule as groups of patterns: one of each is needed. */
export interface PlainRule {
  groups: readonly (readonly string[])[]
  given: Given | null
  weight: number
  policy: number
}

export interface Question {
  rules: readonly PlainRule[]
  /** Every pattern once: words between spaces, where a starred one has no space after it. */
  patterns: readonly string[]
  openTally(): Tally
}

/** Which patterns were found in one listing, and what that comes to. */
export interface Tally {
  found(pattern: string): void
  foundRule(rule: number): void
  /** Whether a policy finds something; ends the listing. */
  isFlagged(listing: PlainListing): boolean
}

/** A listing as parsed, of which only these are used. */
export interface PlainListing {
  id: string
  title: string
  bullets: string[]
  description: string
  brand: string
  category: string
  attributes: Record<string, string | number | boolean>
}

/** All words of a listing in lower case with one space before and after each. */
export function plainText(listing: PlainListing): string {
  const { title, bullets, description, brand, category, attributes } = listing
  const all = [title, ...bullets, description, brand, category, ...Object.values(attributes)]
  return ` ${all
    .join(' | ')
    .toLowerCase()
    .replace(/[^a-z0-9|]+/g, ' ')} `
}

export function askPlainly({ rules, policies }: RuleSet): Question {
  const policyNumbers = new Map(policies.map((policy, at) => [policy, at]))
  const plain = rules.map((rule): PlainRule => plainRule(rule, policyNumbers.get(rule.policy) ?? 0))
  const places = new Map<string, { rule: number; group: number }[]>()
  plain.forEach(({ groups }, rule) =>
    groups.forEach((patterns, group) => {
      for (const pattern of patterns) {
        const known = places.get(pattern)
        if (known) known.push({ rule, group })
        else places.set(pattern, [{ rule, group }])
      }
    }),
  )
  return {
    rules: plain,
    patterns: [...places.keys()],
    openTally: () => openTally(plain, places, policies),
  }
}

function plainRule(rule: Rule, policy: number): PlainRule {
  const groups = groupsOf(rule).map((group) =>
    group.map((term) => (term.endsWith('*') ? ` ${term.slice(0, -1)}` : ` ${term} `)),
  )
  return { groups, given: rule.given, weight: rule.signal.weight, policy }
}

function openTally(
  rules: readonly PlainRule[],
  places: ReadonlyMap<string, readonly { rule: number; group: number }[]>,
  policies: RuleSet['policies'],
): Tally {
  /** Of each rule that something was found for, its groups as bits. */
  const groupsFound = new Map<number, number>()
  const standing = new Set<number>()
  return {
    found(pattern) {
      for (const { rule, group } of places.get(pattern) ?? []) {
        const groups = (groupsFound.get(rule) ?? 0) | (1 << group)
        groupsFound.set(rule, groups)
        if (groups === (1 << (rules[rule]?.groups.length ?? 0)) - 1) standing.add(rule)
      }
    },
    foundRule: (rule) => standing.add(rule),
    isFlagged(listing) {
      const sums = new Map<number, number>()
      for (const at of standing) {
        const rule = rules[at]
        if (!rule || !isGiven(rule.given, listing)) continue
        const base = policies[rule.policy]?.base ?? 0
        sums.set(rule.policy, (sums.get(rule.policy) ?? base) + rule.weight)
      }
      groupsFound.clear()
      standing.clear()
      return [...sums].some(
        ([policy, sum]) => scoreOf(sum) >= (policies[policy]?.thresholds.review ?? 1),
      )
    },
  }
}
