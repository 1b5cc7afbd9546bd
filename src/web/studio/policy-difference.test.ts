/** What a changed policy says otherwise. */
import { expect, test } from 'vitest'
import { Policy } from '../../core/policy.ts'
import { sayPolicyDifference } from './policy-difference.ts'

const before = Policy.parse({
  policy: 'ppe',
  version: 2,
  title: 'Masks',
  author: 'a@example',
  text: 'The rule.',
  jurisdictions: ['us'],
  measure: 'listing.deactivate',
  level: 'act',
  base: -2,
  lists: { kill: ['kills'] },
  signals: [
    { name: 'mask', says: 'names a mask', weight: 3, phrases: ['mask'] },
    { name: 'clay', says: 'is of clay', weight: -4, phrases: ['clay'] },
  ],
  thresholds: { review: 0.5, deactivate: 0.9 },
  wouldReverse: ['Show the number.'],
  examples: [{ title: 'Clay mask', outcome: 'allow' }],
})

test('the same policy says nothing otherwise, whatever its version', () => {
  expect(sayPolicyDifference(before, { ...before, version: 9 })).toEqual([])
})

test('every change is a sentence', () => {
  const [mask, clay] = before.signals
  if (!mask || !clay) throw new Error('the policy has two signals')
  const after: Policy = {
    ...before,
    text: 'Another rule.',
    base: -3,
    lists: { kill: ['kills', 'destroys'] },
    thresholds: { review: 0.6, deactivate: 1 },
    signals: [
      { ...mask, weight: 2, phrases: ['masks'], notAfter: ['wear a'] },
      { name: 'ffp2', says: 'names FFP2', weight: 5, phrases: ['ffp2'] },
    ],
    examples: [...before.examples, { title: 'FFP2', outcome: 'deactivate' }],
  }
  expect(sayPolicyDifference(before, after)).toEqual([
    'It asks a person from 60 in 100 (was 50 in 100).',
    'It never acts by itself (was 90 in 100).',
    'Every listing starts at −3.0 (was −2.0).',
    '“mask” weighs +2.0 (was +3.0), has 1 phrase more and 1 fewer, looks at its words otherwise.',
    'New signal “ffp2”: names FFP2 (+5.0).',
    'Gone is the signal “clay”: is of clay (−4.0).',
    'The list “kill” has 1 phrase more.',
    'The rule, for people, reads otherwise: what was given back under the old words may be found anew.',
    '1 example new or changed.',
  ])
})
