/** What is counted of policies is what they say of goods that they never learned from. */
import { describe, expect, it } from 'vitest'
import { blank } from '../../test/blank.ts'
import { Policy } from '../core/policy.ts'
import { evaluate, judgeCases, judgeHeldOut, targetsOf } from './evaluation.ts'
import { casesFor, casesOfDecisions, casesOfExamples, readLabelled } from './labelled-case.ts'
import type { CaseKind, LabelledListing } from './labelled-case.ts'

const masks = Policy.parse({
  policy: 'masks',
  version: 1,
  title: 'Masks',
  author: 'a@shop.example',
  text: 'Masks.',
  jurisdictions: ['us', 'eu'],
  measure: 'listing.deactivate',
  level: 'act',
  base: -3,
  signals: [
    { name: 'mask', says: 'names a mask', weight: 4, phrases: ['mask'] },
    { name: 'filter', says: 'names a filter', weight: 2, phrases: ['filter'] },
    { name: 'beauty', says: 'is for beauty', weight: -4, phrases: ['clay'] },
    {
      name: 'shelf',
      says: 'stands among cosmetics',
      weight: -4,
      phrases: ['cosmetics'],
      fields: ['category'],
    },
  ],
  thresholds: { review: 0.5, deactivate: 0.9 },
  wouldReverse: ['Say so.'],
  examples: [
    { title: 'Mask with filter', outcome: 'deactivate' },
    { title: 'Sleep mask', outcome: 'review', shouldBe: 'allow', jurisdiction: 'eu' },
    { title: 'Mask', outcome: 'review' },
  ],
})

function caseOf(
  kind: CaseKind,
  title: string,
  more: Partial<LabelledListing> = {},
  category = '',
): LabelledListing {
  return {
    family: title,
    kind,
    policy: kind === 'violation' || kind === 'borderline' ? 'masks' : null,
    language: 'en',
    why: 'it is so',
    listing: { id: title, sellerId: null, text: { ...blank, title, category } },
    ...more,
  }
}

const some = [
  caseOf('violation', 'Mask with filter'),
  caseOf('violation', 'Mask of cloth'),
  caseOf('violation', 'Respirator'),
  caseOf('borderline', 'Mask of a kind'),
  caseOf('hard', 'Mask, clay'),
  caseOf('hard', 'Mask for lips', {}, 'Cosmetics'),
  caseOf('ordinary', 'Garden hose'),
]
const judged = (withCategory: boolean) =>
  evaluate([masks], judgeCases([masks], some, { jurisdiction: 'us', withCategory }))

describe('an evaluation', () => {
  it('counts each kind by what it came to, and each signal by where it was found', () => {
    const { kinds, signals, mistakes } = judged(true)
    expect(kinds.violation).toMatchObject({
      allow: { count: 1, of: 3 },
      review: { count: 1 },
      deactivate: { count: 1 },
    })
    expect(kinds.hard.allow).toMatchObject({ count: 2, of: 2 })
    expect(signals.find(({ signal }) => signal === 'mask')).toEqual({
      policy: 'masks',
      signal: 'mask',
      found: { violation: 2, borderline: 1, hard: 2, ordinary: 0 },
      inMistakes: 0,
    })
    expect(mistakes.map(({ labelled, outcome }) => `${labelled.listing.id}: ${outcome}`)).toEqual([
      'Respirator: allow',
    ])
  })

  it('without categories lacks what they tell, and says which signal then speaks the wrong way', () => {
    const { kinds, signals, mistakes } = judged(false)
    expect(kinds.hard.review).toMatchObject({ count: 1, of: 2 })
    expect(signals.find(({ signal }) => signal === 'mask')?.inMistakes).toBe(1)
    expect(mistakes.at(-1)?.judgements[0]?.evidence.map(({ signal }) => signal)).toEqual([
      'base',
      'mask',
    ])
  })

  it('says which aims are met', () => {
    const met = targetsOf(judged(true)).map(({ what, isMet }) => `${isMet ? '' : 'not '}${what}`)
    expect(met).toEqual([
      'not clear violations found',
      'not clear violations deactivated',
      'hard innocents deactivated',
      'hard innocents reviewed',
      'ordinary goods deactivated',
      'ordinary goods reviewed',
    ])
  })
})

it('a family is judged by weights that were learned without it, whatever there is of it', () => {
  const families = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((family) => [
    ...[1, 2, 3].map((at) =>
      caseOf('violation', `${family}${at} mask filter`, { family: `dust ${family}` }),
    ),
    ...[1, 2, 3].map((at) =>
      caseOf('hard', `${family}${at} mask satin`, { family: `sleep ${family}` }),
    ),
  ])
  // Cases of the same family that would turn everything round, if it were learned from.
  const more = Array.from({ length: 30 }, (_, at) =>
    caseOf('hard', `x${at} mask satin valve`, { family: 'sleep a' }),
  )
  const scores = (labelled: LabelledListing[], family: string) =>
    judgeHeldOut([masks], labelled, { jurisdiction: 'us', folds: 5 })
      .withCategory.filter(
        (one) => one.labelled.family === family && families.includes(one.labelled),
      )
      .map(({ judgements }) => judgements.map(({ score }) => score))
  expect(scores([...families, ...more], 'sleep a')).toEqual(scores(families, 'sleep a'))
  expect(scores([...families, ...more], 'sleep b')).not.toEqual(scores(families, 'sleep b'))
})

describe('a labelled case', () => {
  const line = {
    family: 'sheet masks',
    kind: 'hard',
    policy: null,
    listing: { id: 'a', title: 'Sheet mask' },
  }
  it.each([
    [line, 'taken'],
    ['{', /^not JSON/],
    [{ ...line, kind: 'easy' }, /kind/],
    [{ ...line, policy: 'ppe' }, 'a case that is hard belongs to no policy'],
    [{ ...line, kind: 'violation' }, 'a violation names its policy'],
    [{ ...line, listing: { id: 'a' } }, 'title is missing.'],
  ])('%j is taken or refused with a reason', (given, answer) => {
    const read = readLabelled(typeof given === 'string' ? given : JSON.stringify(given))
    const said = read.ok ? 'taken' : read.why
    if (typeof answer === 'string') expect(said).toBe(answer)
    else expect(said).toMatch(answer)
  })

  it('teaches its own policy; what a person should look at teaches something of both', () => {
    const teaches = (cases: { isViolation: boolean; weight: number }[]) =>
      cases.map(({ isViolation, weight }) => `${isViolation ? 'violation' : 'innocent'} ${weight}`)
    const of = (kind: CaseKind, more = {}) => teaches(casesFor(masks, [caseOf(kind, 'm', more)]))
    expect(of('violation')).toEqual(['violation 1'])
    expect(of('borderline')).toEqual(['violation 0.7', 'innocent 0.30000000000000004'])
    expect(of('hard')).toEqual(['innocent 1'])
    expect(of('violation', { policy: 'another' })).toEqual([])
    expect(teaches(casesOfExamples(masks))).toEqual([
      'violation 1',
      'innocent 1',
      'violation 0.7',
      'innocent 0.30000000000000004',
    ])
    expect(casesOfExamples(masks)[1]).toMatchObject({ jurisdiction: 'eu', source: 'example' })
    const decision = { policy: 'masks', text: blank, isViolation: true, sellerId: 's' }
    expect(casesOfDecisions(masks, [decision, { ...decision, policy: 'other' }])).toMatchObject([
      { family: 'seller s', source: 'decision', isViolation: true },
    ])
  })
})
