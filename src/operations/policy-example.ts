/** The examples of a policy document, run by the engine that screens listings. */
import type { Evidence, Outcome } from '../core/finding.ts'
import { outcomeOf, type Jurisdiction, type Policy } from '../core/policy.ts'
import { compilePolicies, type CompiledPolicies } from '../screening/compile.ts'
import { tellingAll, textOf } from '../screening/examples.ts'
import { screen } from '../screening/screen.ts'

export interface ExampleResult {
  example: Policy['examples'][number]
  jurisdiction: Jurisdiction
  outcome: Outcome
  /** Null where the policy finds nothing at all. */
  score: number | null
  evidence: Evidence[]
  passes: boolean
}

/** What the latest version of each policy came to: a version never changes, so it is run once. */
const kept = new Map<string, { document: string; results: ExampleResult[] }>()

/** What the engine says of each example of a whole document, each as the policy reads where the example is set. */
export function runExamples(document: Policy): ExampleResult[] {
  const key = JSON.stringify(document)
  const last = kept.get(document.policy)
  if (last?.document === key) return last.results
  const results = resultsOf(document)
  kept.set(document.policy, { document: key, results })
  return results
}

function resultsOf(document: Policy): ExampleResult[] {
  const compiled = new Map<Jurisdiction, CompiledPolicies>()
  const compiledFor = (jurisdiction: Jurisdiction): CompiledPolicies => {
    const known =
      compiled.get(jurisdiction) ?? compilePolicies([tellingAll(document)], { jurisdiction })
    compiled.set(jurisdiction, known)
    return known
  }
  return document.examples.map((example) => {
    const jurisdiction = example.jurisdiction ?? document.jurisdictions[0] ?? 'us'
    const { findings } = screen(compiledFor(jurisdiction), { id: '', text: textOf(example) })
    const [found] = findings
    const outcome = found ? outcomeOf(document, found.score) : 'allow'
    return {
      example,
      jurisdiction,
      outcome,
      score: found?.score ?? null,
      evidence: found?.evidence ?? [],
      passes: outcome === example.outcome,
    }
  })
}
