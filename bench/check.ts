/** A check holds the answers of an engine against the plain engine's, line by line. */
import { readFile } from 'node:fs/promises'
import { Verdict } from '../src/core/finding.ts'
import { explainVerdict } from '../src/screening/explain.ts'
import type { Explanation } from '../src/screening/explain.ts'

/** The first line on which two engines differ. */
export interface Difference {
  line: number
  expected: string
  found: string
}

export interface Agreement {
  /** How many lines were compared, and on how many both flag or both allow. */
  lines: number
  agreed: number
  flagged: number
}

/** Compares every answer byte for byte; null where none differs. */
export async function findDifference(
  answers: AsyncIterable<string>,
  expected: AsyncIterable<string>,
  explanation: Explanation,
): Promise<{ lines: number; difference: Difference | null }> {
  const others = expected[Symbol.asyncIterator]()
  let lines = 0
  for await (const found of answers) {
    lines++
    const next = await others.next()
    const wanted = next.done ? '' : explained(next.value, explanation)
    if (found !== wanted) return { lines, difference: { line: lines, expected: wanted, found } }
  }
  const missing = await others.next()
  if (missing.done) return { lines, difference: null }
  return { lines, difference: { line: lines + 1, expected: missing.value, found: '' } }
}

function explained(answer: string, explanation: Explanation): string {
  if (explanation === 'full' || answer.startsWith('{"line"')) return answer
  return JSON.stringify(explainVerdict(Verdict.parse(JSON.parse(answer)), explanation))
}

/** Counts on how many lines an engine flags what the plain engine flags, for about so long. */
export async function countAgreement(
  answers: AsyncIterable<string>,
  expected: AsyncIterable<string>,
  millis: number,
): Promise<Agreement> {
  const until = performance.now() + millis
  const others = expected[Symbol.asyncIterator]()
  const agreement = { lines: 0, agreed: 0, flagged: 0 }
  for await (const found of answers) {
    const next = await others.next()
    if (next.done) break
    agreement.lines++
    if (isFlagged(found) === isFlagged(next.value)) agreement.agreed++
    if (isFlagged(found)) agreement.flagged++
    if (performance.now() > until) break
  }
  return agreement
}

function isFlagged(answer: string): boolean {
  return !answer.includes('"outcome":"allow"')
}

/** The lines of a file, one after the other. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  yield* (await readFile(file, 'utf8')).split('\n').slice(0, -1)
}
