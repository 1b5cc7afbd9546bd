/** Explaining is choosing how many terms of a finding's sum are shown; the sum stays the same. */
import type { Evidence, Finding, Verdict } from '../core/finding.ts'
import { REST } from './policy.ts'

export const explanations = ['full', 'short', 'none'] as const
export type Explanation = (typeof explanations)[number]

const STRONGEST = 8

/** A finding with all of its terms, with the 8 strongest and one term for the rest, or with none. */
export function explain(finding: Finding, explanation: Explanation): Finding {
  switch (explanation) {
    case 'full':
      return finding
    case 'short':
      return { ...finding, evidence: shorten(finding.evidence) }
    case 'none':
      return { ...finding, evidence: [] }
  }
}

/** A verdict whose findings are all explained alike. */
export function explainVerdict(verdict: Verdict, explanation: Explanation): Verdict {
  if (explanation === 'full' || verdict.findings.length === 0) return verdict
  return { ...verdict, findings: verdict.findings.map((finding) => explain(finding, explanation)) }
}

function shorten(evidence: readonly Evidence[]): Evidence[] {
  if (evidence.length <= STRONGEST) return [...evidence]
  const byStrength = [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  const rest = sumOf(byStrength.slice(STRONGEST))
  return [
    ...byStrength.slice(0, STRONGEST),
    { field: null, start: null, end: null, text: null, signal: REST, weight: rest },
  ]
}

/** Twelve places are more than a weight is written with, and hide what binary fractions leave behind. */
function sumOf(evidence: readonly Evidence[]): number {
  return Number(evidence.reduce((sum, { weight }) => sum + weight, 0).toFixed(12))
}
