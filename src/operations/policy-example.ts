/** The examples of a policy document, run by the engine that screens listings. */
import type { Evidence, Outcome } from '../core/finding.ts'
import type { ListingText } from '../core/listing.ts'
import type { Jurisdiction, Policy } from '../core/policy.ts'
import { compilePolicies, type CompiledPolicies } from '../screening/compile.ts'
import { outcomeAt } from '../screening/remedy.ts'
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
  const open = {
    ...document,
    level: 'act',
    thresholds: { ...document.thresholds, review: 0 },
  } as const
  const compiled = new Map<Jurisdiction, CompiledPolicies>()
  const compiledFor = (jurisdiction: Jurisdiction): CompiledPolicies => {
    const known = compiled.get(jurisdiction) ?? compilePolicies([open], { jurisdiction })
    compiled.set(jurisdiction, known)
    return known
  }
  return document.examples.map((example) => {
    const jurisdiction = example.jurisdiction ?? document.jurisdictions[0] ?? 'us'
    const { findings } = screen(compiledFor(jurisdiction), { id: '', text: textOf(example) })
    const [found] = findings
    const outcome = found ? outcomeAt(found.score, document.thresholds) : 'allow'
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

function textOf(example: Policy['examples'][number]): ListingText {
  return {
    title: example.title,
    description: example.description ?? '',
    bullets: example.bullets ?? [],
    brand: example.brand ?? '',
    category: example.category ?? '',
    attributes: example.attributes ?? {},
  }
}
