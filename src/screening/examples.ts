/** Examples are what a policy's own document says of some listings; checking runs them, and leaves words out of them. */
import type { Evidence, Outcome } from '../core/finding.ts'
import { fieldText, fieldsOf } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { isForPeople, outcomeOf } from '../core/policy.ts'
import type { Example, Jurisdiction, Policy } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import type { CompiledPolicies } from './compile.ts'
import { screen } from './screen.ts'

/** An example of which the policy says something else than its document. */
export interface WrongExample {
  title: string
  jurisdiction: Jurisdiction
  expected: Outcome
  found: Outcome
  score: number | null
  /** The sum that it comes to, term by term; empty where nothing speaks for a finding. */
  terms: Evidence[]
}

/** Words that speak for a finding, and without which the sum was higher. */
export interface RisenExample {
  title: string
  jurisdiction: Jurisdiction
  without: Evidence
  from: number
  to: number
}

export interface ExamplesCheck {
  policy: string
  version: number
  /** Whether people alone judge by it, so that there is nothing to run. */
  isForPeople: boolean
  examples: number
  /** Of each outcome, how many examples there are. */
  outcomes: Record<Outcome, number>
  failures: WrongExample[]
  risen: RisenExample[]
  /** Where the document itself says that the policy is wrong. */
  knownWrong: { title: string; outcome: Outcome; shouldBe: Outcome }[]
}

/** Runs every example of a policy, whatever its level, and leaves each term that speaks for a finding out once. */
export function checkExamples(policy: Policy): ExamplesCheck {
  const compiled = new Map<Jurisdiction, CompiledPolicies>()
  const read = (text: ListingText, jurisdiction: Jurisdiction): Sum => {
    const rules =
      compiled.get(jurisdiction) ?? compilePolicies([tellingAll(policy)], { jurisdiction })
    compiled.set(jurisdiction, rules)
    const [finding] = screen(rules, { id: 'example', text }).findings
    return finding ?? { score: null, evidence: [] }
  }
  const check: ExamplesCheck = {
    policy: policy.policy,
    version: policy.version,
    isForPeople: isForPeople(policy),
    examples: policy.examples.length,
    outcomes: { allow: 0, review: 0, deactivate: 0 },
    failures: [],
    risen: [],
    knownWrong: [],
  }
  for (const example of policy.examples) {
    const { title, outcome: expected, shouldBe } = example
    const jurisdiction = example.jurisdiction ?? policy.jurisdictions[0] ?? 'us'
    const text = textOf(example)
    const whole = read(text, jurisdiction)
    const found = whole.score === null ? 'allow' : outcomeOf(policy, whole.score)
    check.outcomes[expected]++
    if (found !== expected) {
      const { score, evidence } = whole
      check.failures.push({ title, jurisdiction, expected, found, score, terms: evidence })
    }
    if (shouldBe !== undefined) check.knownWrong.push({ title, outcome: expected, shouldBe })
    for (const without of whole.evidence) {
      if (without.weight <= 0) continue
      const cut = leaveOut(text, without)
      if (cut === null) continue
      const from = sumOf(whole.evidence)
      const cutTo = read(cut, jurisdiction)
      // Two sums of the same numbers in another order may differ in the last digit.
      if (cutTo.score === null || sumOf(cutTo.evidence) <= from + 1e-9) continue
      check.risen.push({ title, jurisdiction, without, from, to: sumOf(cutTo.evidence) })
    }
  }
  return check
}

function sumOf(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, { weight }) => sum + weight, 0)
}

interface Sum {
  /** Null where nothing speaks for a finding. */
  score: number | null
  evidence: Evidence[]
}

/** The policy, telling the sum of whatever it finds, whatever that comes to and whatever its level. */
export function tellingAll(policy: Policy): Policy {
  return { ...policy, level: 'act', thresholds: { review: 0, deactivate: 1 } }
}

/** An example as the listing that it stands for. */
export function textOf(example: Example): ListingText {
  const { title, description = '', bullets = [], brand = '', category = '' } = example
  return { title, description, bullets, brand, category, attributes: example.attributes ?? {} }
}

/** The text with spaces where the words of a term stood; null for a term without a place. */
export function leaveOut(
  text: ListingText,
  { field, start, end }: Pick<Evidence, 'field' | 'start' | 'end'>,
): ListingText | null {
  if (field === null || start === null || end === null) return null
  if (!fieldsOf(text).includes(field)) return null
  const blank = (content: string) =>
    content.slice(0, start) + ' '.repeat(end - start) + content.slice(end)
  switch (field) {
    case 'title':
    case 'description':
    case 'brand':
    case 'category':
      return { ...text, [field]: blank(text[field]) }
  }
  const name = /^attributes\.(.*)$/s.exec(field)?.[1]
  if (name !== undefined) {
    const attributes = { ...text.attributes, [name]: blank(fieldText(text, field) ?? '') }
    return { ...text, attributes }
  }
  return {
    ...text,
    bullets: text.bullets.map((bullet, at) =>
      field === `bullets[${at}]` ? blank(bullet) : bullet,
    ),
  }
}
