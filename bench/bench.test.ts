/** The bench is worth what its corpus holds and what it checks: both are made small here, without any other engine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { compilePolicies } from '../src/screening/compile.ts'
import { readListingLine } from '../src/screening/listing-line.ts'
import { readPolicies } from '../src/screening/policy.ts'
import { screen } from '../src/screening/screen.ts'
import { openCandidates } from './candidates.ts'
import { countAgreement, findDifference, linesOf } from './check.ts'
import { heavyShares, makeCorpus, ordinaryShares } from './corpus.ts'
import { answersOf } from './engine.ts'
import type { EngineSetup } from './engine.ts'
import { median, ratioOf } from './figures.ts'
import { openOurs, openPlain } from './ours.ts'
import { askPlainly, plainText } from './question.ts'
import type { PlainListing } from './question.ts'
import { makeRules } from './rules.ts'

const rules = makeRules(60)
const LINES = 400
const ordinary = makeCorpus({ rules, shares: ordinaryShares, lines: LINES })
const heavy = makeCorpus({ rules, shares: heavyShares, lines: LINES })

const folder = mkdtempSync(path.join(tmpdir(), 'recourse-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the rules of the bench', () => {
  it('are policies that the project reads, about 33 terms a rule', () => {
    const files = rules.policies.map((policy) => ({
      name: `${policy.policy}.yaml`,
      text: JSON.stringify(policy),
    }))
    expect(readPolicies(files)).toMatchObject({ ok: true })
    expect(rules.rules).toHaveLength(60)
    expect(rules.terms / 60).toBeGreaterThan(32)
  })

  it('are the first of a larger set, so that a size adds rules and changes none', () => {
    const more = makeRules(600)
    expect(more.rules).toHaveLength(600)
    expect(more.policies.slice(0, rules.policies.length)).toEqual(rules.policies)
  })

  it('use conditions, groups, fields, innocent phrases and what speaks against', () => {
    const signals = rules.policies.flatMap((policy) => policy.signals)
    for (const key of ['when', 'together', 'fields', 'notAfter', 'unless'] as const)
      expect(signals.some((signal) => signal[key] !== undefined)).toBe(true)
    expect(signals.some(({ weight }) => weight < 0)).toBe(true)
    expect(rules.policies.every(({ innocent = [] }) => innocent.length > 0)).toBe(true)
  })
})

describe('the corpus of the bench', () => {
  const listings = (bytes: Buffer) =>
    bytes
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const read = readListingLine(line)
        if (!read.ok) throw new Error(read.error.detail)
        return read.listing
      })

  it('is listings of about 1.6 KB that the project reads, the same for the same seed', () => {
    expect(listings(ordinary.bytes)).toHaveLength(LINES)
    expect(ordinary.bytes.length / LINES).toBeGreaterThan(1500)
    expect(ordinary.bytes.length / LINES).toBeLessThan(1700)
    const again = makeCorpus({ rules, shares: ordinaryShares, lines: LINES })
    expect(again.bytes.equals(ordinary.bytes)).toBe(true)
  })

  it('has at least the shares of escapes and accents of real listings', () => {
    expect(ordinary.shares.escapes).toBeGreaterThan(0.415)
    expect(ordinary.shares.accents).toBeGreaterThan(0.033)
  })

  it.each([
    ['ordinary', ordinary, 0.15],
    ['heavy', heavy, 0.5],
  ])('of the %s kind has the share of candidates that it promises', (_, corpus, share) => {
    expect(corpus.shares.candidates).toBeCloseTo(share, 1)
    const isCandidate = openCandidates(rules.policies)
    const byWords = listings(corpus.bytes).filter(({ text }) => isCandidate(text)).length / LINES
    // Counted by words as they stand, so that disguised ones are missed.
    expect(byWords).toBeGreaterThan(share * 0.85)
    expect(byWords).toBeLessThan(share * 1.15)
  })

  it('has candidates that the engine flags and others that it allows', () => {
    const compiled = compilePolicies(rules.policies, { jurisdiction: 'us' })
    const flagged = listings(ordinary.bytes).filter(
      (listing) => screen(compiled, listing).outcome !== 'allow',
    )
    expect(flagged.length / LINES).toBeGreaterThan(0.06)
    expect(flagged.length / LINES).toBeLessThan(0.13)
  })
})

describe('the check of the bench', () => {
  const corpus = path.join(folder, 'ordinary.ndjson')
  const oracle = path.join(folder, 'oracle.ndjson')
  const setup: EngineSetup = { engine: '', rules: 60, workers: 1, explanation: 'full', corpus }

  const writeOracle = async (bytes: Buffer) => {
    const plain = await openPlain(setup, bytes)
    const answers: string[] = []
    for await (const answer of answersOf(plain)) answers.push(`${answer}\n`)
    writeFileSync(oracle, answers.join(''))
    return answers
  }

  it.each([
    { workers: 1, explanation: 'full' },
    { workers: 1, explanation: 'none' },
    { workers: 2, explanation: 'full' },
  ] as const)('finds every answer of ours equal to the oracle’s (%j)', async (how) => {
    await writeOracle(heavy.bytes)
    const ours = await openOurs({ ...setup, ...how }, heavy.bytes)
    try {
      const checked = await findDifference(answersOf(ours), linesOf(oracle), how.explanation)
      expect(checked).toEqual({ lines: LINES, difference: null })
      expect(await ours.work(50)).toBeGreaterThan(0)
    } finally {
      await ours.close()
    }
  })

  it('tells the first line that differs, and one that is missing', async () => {
    const answers = await writeOracle(ordinary.bytes)
    const lines = answers.map((answer) => answer.trimEnd())
    const wrong = lines.map((line, at) => (at === 7 ? line.replace('"id"', '"ID"') : line))
    expect(await findDifference(inTurn(wrong), linesOf(oracle), 'full')).toMatchObject({
      difference: { line: 8, expected: lines[7], found: wrong[7] },
    })
    expect(await findDifference(inTurn(lines.slice(0, -1)), linesOf(oracle), 'full')).toMatchObject(
      { difference: { line: LINES, found: '' } },
    )
  })

  it('lets a whole-word search, which knows no context, agree on most listings and not on all', async () => {
    await writeOracle(ordinary.bytes)
    const question = askPlainly(rules)
    const tally = question.openTally()
    const answers = ordinary.bytes
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => {
        const listing = JSON.parse(line) as PlainListing
        const text = plainText(listing)
        for (const pattern of question.patterns) if (text.includes(pattern)) tally.found(pattern)
        return tally.isFlagged(listing) ? '"outcome":"review"' : '"outcome":"allow"'
      })
    const { lines, agreed } = await countAgreement(inTurn(answers), linesOf(oracle), 10_000)
    expect(lines).toBe(LINES)
    expect(agreed / lines).toBeGreaterThan(0.85)
    expect(agreed / lines).toBeLessThan(1)
  })
})

describe('a ratio', () => {
  it('is the median of turns that stood beside each other, whatever a busy minute did to both', () => {
    const rounds = (...lines: number[]) => ({
      rounds: lines.map((count) => ({ lines: count, wallSeconds: 1, cpuSeconds: 2 })),
    })
    expect(ratioOf(rounds(100, 10, 300), rounds(50, 5, 100))).toEqual({ cpu: 2, wall: 2 })
    expect(ratioOf(rounds(), rounds(1))).toBeNull()
    expect(median([1, 4, 2, 3])).toBe(2.5)
  })
})

async function* inTurn(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}
