import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blank } from '../../test/blank.ts'
import { fieldText, type ListingText } from '../core/listing.ts'
import { Policy } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import { leaveOutAll, remedyFor } from './remedy.ts'
import { screen } from './screen.ts'

function policyOf(signals: object[], more: object = {}): Policy {
  return Policy.parse({
    policy: 'masks',
    version: 1,
    title: 'Masks',
    author: 'a@shop.example',
    text: 'Masks.',
    jurisdictions: ['us'],
    measure: 'listing.deactivate',
    level: 'act',
    base: -2,
    signals,
    thresholds: { review: 0.5, deactivate: 0.9 },
    wouldReverse: ['Say so.'],
    ...more,
  })
}

const signal = (name: string, weight: number, ...phrases: string[]) => ({
  name,
  says: name,
  weight,
  phrases,
})

/** The remedy for a text, and what the policy says once its words are left out. */
function mend(policy: Policy, text: Partial<ListingText>) {
  const whole = { ...blank, ...text }
  const judge = (of: Policy, words: ListingText) =>
    screen(compilePolicies([of], { jurisdiction: 'us' }), { id: 'a', text: words }).findings[0] ??
    null
  const open = { ...policy, thresholds: { ...policy.thresholds, review: 0 } }
  const finding = judge(policy, whole)
  if (finding === null) throw new Error('the policy found nothing')
  const remedy = remedyFor({
    text: whole,
    finding,
    thresholds: policy.thresholds,
    weigh: (words) => judge(open, words),
  })
  const left = judge(policy, leaveOutAll(whole, remedy.leaveOut))
  return { remedy, left, words: remedy.leaveOut.map(({ text: word }) => word) }
}

const masks = policyOf([
  signal('mask', 3, 'mask'),
  signal('filter', 2.5, 'filter'),
  signal('medical', 1, 'medical'),
  signal('clay', -1, 'clay'),
])

describe('what to leave out', () => {
  test('the strongest word alone, where that is enough', () => {
    const { remedy, words, left } = mend(masks, { title: 'Medical mask' })
    expect(words).toEqual(['mask'])
    expect(remedy).toMatchObject({ outcome: 'allow', score: expect.closeTo(0.2689, 3) })
    expect(left).toBeNull()
  })

  test('as many as it takes, in the order in which people read, in every place', () => {
    const { words, left } = mend(masks, {
      title: 'Filter mask',
      bullets: ['A mask', 'Medical'],
      description: 'With filter.',
    })
    expect(words).toEqual(['Filter', 'mask', 'mask', 'filter'])
    expect(left).toBeNull()
  })

  test('what speaks against it stays, and what it makes up for need not go', () => {
    const { words } = mend(masks, { title: 'Clay mask with filter' })
    expect(words).toEqual(['mask'])
  })

  test('a word that counts for two signals goes once', () => {
    const both = policyOf([signal('mask', 3, 'mask'), signal('face-mask', 2, 'face mask')])
    const { words, left } = mend(both, { title: 'Blue face mask' })
    expect(words).toEqual(['mask'])
    expect(left).toBeNull()
  })

  test('a word that stands in more places than a finding shows goes everywhere', () => {
    const { words, left } = mend(masks, { title: 'Mask', description: 'mask. '.repeat(35) })
    expect(words).toHaveLength(36)
    expect(left).toBeNull()
  })

  test('where no word decides it, it says what would still be so', () => {
    const brandless = policyOf([
      { name: 'no-brand', says: 'names no brand', weight: 5, when: 'brand == ""' },
      signal('mask', 1, 'mask'),
    ])
    const { remedy, left } = mend(brandless, { title: 'Mask' })
    expect(remedy.outcome).toBe('deactivate')
    expect(left?.outcome).toBe('deactivate')
  })

  test('what nothing speaks for any more has the score of the base', () => {
    const { remedy } = mend(policyOf([signal('mask', 9, 'mask')]), { title: 'A mask' })
    expect(remedy.score).toBeCloseTo(1 / (1 + Math.exp(2)), 10)
  })

  test('words are named as they stand, in attributes and bullets too', () => {
    const text = { title: 'Thing', bullets: ['ok', 'MASK'], attributes: { kind: ['a', 'mask'] } }
    const { remedy } = mend(masks, text)
    for (const { field, start, end, text: word } of remedy.leaveOut)
      expect(fieldText({ ...blank, ...text }, field)?.slice(start, end)).toBe(word)
    expect(remedy.leaveOut.map(({ field }) => field)).toEqual(['bullets[1]', 'attributes.kind'])
  })
})

test('whatever the text, without the words it passes', () => {
  const words = fc.array(
    fc.constantFrom('mask', 'filter', 'medical', 'clay', 'blue', 'face mask', '.'),
    { minLength: 1, maxLength: 12 },
  )
  const policy = policyOf([...masks.signals, signal('face', 1.5, 'face mask')])
  fc.assert(
    fc.property(words, words, (title, description) => {
      const text = { title: title.join(' '), description: description.join(' ') }
      const judged = screen(compilePolicies([policy], { jurisdiction: 'us' }), {
        id: 'a',
        text: { ...blank, ...text },
      })
      if (judged.outcome === 'allow') return
      const { left, remedy } = mend(policy, text)
      expect(left).toBeNull()
      expect(remedy.outcome).toBe('allow')
      expect(remedy.score).toBeLessThan(0.5)
      expect(remedy.leaveOut.length).toBeGreaterThan(0)
    }),
    { numRuns: 200 },
  )
})
