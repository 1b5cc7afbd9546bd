/** What is learned stays what a person wrote, moved by what people decided, and every score stays a sum that can be shown. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank } from '../../test/blank.ts'
import { Learned, Policy } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import { learn } from './learn.ts'
import type { LabelledCase } from './learn.ts'
import { joinLearned, writeLearned } from './learned.ts'
import { screen } from './screen.ts'

const masks = Policy.parse({
  policy: 'masks',
  version: 4,
  title: 'Masks',
  author: 'a@shop.example',
  text: 'Masks.',
  jurisdictions: ['us'],
  measure: 'listing.deactivate',
  level: 'act',
  base: -3,
  signals: [
    { name: 'mask', says: 'names a mask', weight: 4, phrases: ['mask'], unless: ['costume'] },
    { name: 'filter', says: 'names a filter', weight: 2, phrases: ['filter'] },
    { name: 'clay', says: 'is clay', weight: -3, phrases: ['clay'] },
    { name: 'nothing', says: 'weighs nothing', weight: 0, phrases: ['layer'] },
  ],
  thresholds: { review: 0.5, deactivate: 0.8 },
  wouldReverse: ['Say so.'],
})

function caseOf(
  title: string,
  isViolation: boolean,
  more: Partial<Omit<LabelledCase, 'text'>> = {},
): LabelledCase {
  return {
    text: { ...blank, title },
    isViolation,
    weight: 1,
    family: null,
    source: 'case',
    ...more,
  }
}

/** Sleep masks of many families, and respirators of many more. */
const plain = Array.from({ length: 60 }, (_, at) => [
  caseOf(`mask number${at} for sleep, satin`, false, { family: `sleep ${at % 6}` }),
  caseOf(`mask number${at} with valve`, true, { family: `dust ${at % 6}` }),
]).flat()

const inForce = (policy: Policy, learned: Learned): Policy => {
  const joined = joinLearned([policy], [{ name: 'l', text: writeLearned(learned) }])
  if (!joined.ok) throw new Error(JSON.stringify(joined.errors))
  return joined.policies[0]!
}
const judge = (policy: Policy, title: string) =>
  screen(compilePolicies([policy], { jurisdiction: 'us' }), { id: 'a', text: { ...blank, title } })

describe('learning', () => {
  it('from nothing gives the written weights', () => {
    const { learned, spokenOf } = learn(masks, [])
    expect(learned).toMatchObject({
      policy: 'masks',
      of: 4,
      version: 5,
      base: -3,
      signals: { mask: 4, filter: 2, clay: -3, nothing: 0 },
      words: {},
      cases: { violations: 0, innocents: 0 },
      reliability: [],
    })
    expect(spokenOf).toBe(0)
  })

  it('takes no notice of cases in which no signal speaks for a finding', () => {
    const { learned, spokenOf } = learn(masks, [
      caseOf('clay pot', true),
      caseOf('costume mask', true),
    ])
    expect([learned.base, learned.signals, spokenOf]).toEqual([
      -3,
      { mask: 4, filter: 2, clay: -3, nothing: 0 },
      0,
    ])
  })

  it('finds the words that tell what signals cannot, and screening shows them', () => {
    const { learned, words, surprise } = learn(masks, plain)
    expect(words.map((one) => one.words)).toEqual(expect.arrayContaining(['sleep']))
    expect(surprise!.learned).toBeLessThan(surprise!.written)
    const policy = inForce(masks, learned)
    expect(judge(masks, 'silk mask for sleep').outcome).toBe('review')
    expect(judge(policy, 'silk mask for sleep').outcome).toBe('allow')
    const [finding] = judge(policy, 'mask with valve').findings
    expect(finding).toMatchObject({ version: 5 })
    expect(finding!.evidence).toContainEqual(
      expect.objectContaining({ signal: 'learned', text: 'valve', start: 10 }),
    )
  })

  it('learned words speak only beside a signal that a person wrote', () => {
    const policy = inForce(masks, learn(masks, plain).learned)
    expect(judge(policy, 'valve, and a valve').findings).toEqual([])
  })

  it('is the same in any order of the cases, to the last digit', () => {
    const one = writeLearned(learn(masks, plain).learned)
    expect(writeLearned(learn(masks, plain).learned)).toBe(one)
    expect(writeLearned(learn(masks, plain.toReversed()).learned)).toBe(one)
  })

  it('takes cases as they come, each as much as it weighs', () => {
    const some = (size: number, isViolation: boolean, weight: number) =>
      Array.from({ length: size }, (_, at) =>
        caseOf('mask', isViolation, { weight, family: `${isViolation} ${at}` }),
      )
    const scoreOf = (cases: LabelledCase[]) => {
      const { base, signals } = learn(masks, cases).learned
      return 1 / (1 + Math.exp(-base - signals['mask']!))
    }
    expect(scoreOf([...some(90, true, 1), ...some(30, false, 1)])).toBeCloseTo(0.75, 1)
    expect(scoreOf([...some(90, true, 1), ...some(90, false, 2)])).toBeCloseTo(0.33, 1)
  })

  it('tells how often what was scored so came true, in families that were held out', () => {
    const { reliability } = learn(masks, plain).learned
    expect(reliability.reduce((sum, { cases }) => sum + cases, 0)).toBe(120)
    for (const { said, happened } of reliability)
      expect(Math.abs(said - happened)).toBeLessThan(0.2)
  })

  it('tries no family with what was learned of it', () => {
    // The word is in one family only: were it learned of and tried on the same, it would seem to tell all.
    const one = Array.from({ length: 30 }, (_, at) => [
      caseOf(`mask aaa${at} pumpkin`, false, { family: 'pumpkins' }),
      caseOf(`mask bbb${at}`, true, { family: `dust ${at}` }),
    ]).flat()
    const { words } = learn(masks, one)
    expect(words.map((word) => word.words)).not.toContain('pumpkin')
  })
})

const vocabulary = ['mask', 'filter', 'clay', 'layer', 'costume', 'satin', 'valve', 'sleep', 'no']
const someTitle = fc
  .array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '))
const someCases = fc.array(
  fc.record({
    text: someTitle.map((title) => ({ ...blank, title })),
    isViolation: fc.boolean(),
    weight: fc.constantFrom(0.5, 1, 3),
    family: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    source: fc.constantFrom('example' as const, 'case' as const, 'decision' as const),
  }),
  { maxLength: 40 },
)

describe('whatever people decide', () => {
  it('no signal is turned round, and the file is taken back as it was written', () => {
    fc.assert(
      fc.property(someCases, (cases) => {
        const { learned } = learn(masks, cases)
        expect(Learned.parse(learned)).toEqual(learned)
        for (const { name, weight } of masks.signals)
          expect(Math.sign(learned.signals[name]!) * Math.sign(weight)).toBeGreaterThanOrEqual(0)
        expect(learned.signals['nothing']).toBe(0)
        expect(inForce(masks, learned)).toEqual({ ...masks, version: 5, learned })
      }),
      { numRuns: 40 },
    )
  })

  it('the weights listed add up to the log-odds of the score, and none stands for another word', () => {
    fc.assert(
      fc.property(someCases, fc.array(someTitle), (cases, titles) => {
        const policy = {
          ...inForce(masks, learn(masks, cases).learned),
          thresholds: { review: 0, deactivate: 1 },
        }
        for (const title of titles) {
          for (const { score, evidence } of judge(policy, title).findings) {
            const sum = evidence.reduce((total, { weight }) => total + weight, 0)
            expect(score).toBe(1 / (1 + Math.exp(-sum)))
            for (const { field, start, end, text } of evidence)
              if (field !== null) expect(title.slice(start!, end!)).toBe(text)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('a file of learned weights', () => {
  const { learned } = learn(masks, plain)
  const mistakesIn = (change: Partial<Learned>) => {
    const joined = joinLearned(
      [masks],
      [{ name: 'masks.learned.json', text: writeLearned({ ...learned, ...change }) }],
    )
    return joined.ok ? [] : joined.errors.map(({ line, message }) => `${line}: ${message}`)
  }

  it.each([
    [{}, []],
    [
      { of: 3 },
      [
        '3: these weights were learned for version 3, and the document is version 4; train again, or delete this file and give the document a version above 5',
      ],
    ],
    [{ version: 4 }, ["4: expected a version above the document's, 4"]],
    [{ policy: 'mask' }, ['2: there is no policy "mask" beside this file; did you mean "masks"?']],
    [
      { signals: { ...learned.signals, clay: 1 } },
      ['9: "clay" weighs -3 as written; learning never turns a signal round, found 1'],
    ],
    [
      { signals: { mask: 4, filter: 2, nothing: 0, clya: -3 } },
      [
        '6: the weight of "clay" is missing: expected one for each signal',
        '10: the policy has no signal "clya"; did you mean "clay"?',
      ],
    ],
    [{ words: { '65536': 1 } }, ['14: expected the number of a bucket, at most 65535']],
  ])('with %j is held against its document', (change, mistakes) => {
    expect(mistakesIn(change)).toEqual(mistakes)
  })
})
