/** The examples of a policy in the order in which one wants to see them: what fails first, then what is known to be wrong. */
import type { ExampleResult } from '../../contract/policy.ts'
import type { Outcome } from '../../core/finding.ts'

export interface NumberedExample extends ExampleResult {
  /** Its place in the document, from 1. */
  number: number
}

export type ExampleFilter = 'all' | 'failing' | Outcome

/** Failing, then known to be wrong, then the rest; each in the order of the document. */
export function orderExamples(results: readonly ExampleResult[]): NumberedExample[] {
  const rank = ({ passes, example }: ExampleResult) =>
    !passes ? 0 : example.shouldBe !== undefined ? 1 : 2
  return results
    .map((result, place) => ({ ...result, number: place + 1 }))
    .sort((a, b) => rank(a) - rank(b) || a.number - b.number)
}

/** Those that must come out so, or that fail, and whose text has these words. */
export function filterExamples(
  examples: readonly NumberedExample[],
  filter: ExampleFilter,
  words: string,
): NumberedExample[] {
  const wanted = words.trim().toLocaleLowerCase('en')
  return examples.filter(
    (result) =>
      (filter === 'all' ||
        (filter === 'failing' ? !result.passes : result.example.outcome === filter)) &&
      (wanted === '' || textOf(result).includes(wanted)),
  )
}

function textOf({ example }: ExampleResult): string {
  return [example.title, example.description, ...(example.bullets ?? []), example.brand]
    .join('\n')
    .toLocaleLowerCase('en')
}

/** "61 of 62 pass." */
export function examplesWords(results: readonly ExampleResult[]): string {
  const passing = results.filter(({ passes }) => passes).length
  if (results.length === 0) return 'It has no examples.'
  if (passing === results.length)
    return results.length === 1 ? 'Its one example passes.' : `All ${results.length} pass.`
  return `${passing} of ${results.length} pass.`
}

/** The next example that fails, after the one that is open; the first again after the last. */
export function nextFailing(
  examples: readonly NumberedExample[],
  open: number | null,
): NumberedExample | null {
  const failing = examples.filter(({ passes }) => !passes)
  const at = failing.findIndex(({ number }) => number === open)
  return failing[(at + 1) % Math.max(1, failing.length)] ?? null
}
