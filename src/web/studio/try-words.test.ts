/** What a tried text comes to, and the listing that its fields stand for. */
import { expect, test } from 'vitest'
import { Following } from '../../core/following.ts'
import { listingOf, nothingTyped, typedOf, verdictWords } from './try-words.ts'

test('a text that passes stays on sale, whatever the level', () => {
  for (const would of Following.options)
    expect(verdictWords({ outcome: 'allow', score: 0.03, would })).toEqual({
      words: '3 in 100, stays on sale',
      tone: 'green',
    })
})

test('what follows is what the level allows, not what the score alone would bring', () => {
  const says = (would: Following) =>
    verdictWords({ outcome: 'deactivate', score: 0.92, would }).words
  expect(says('measure')).toBe('92 in 100, would act')
  expect(says('check')).toBe('92 in 100, would ask a person')
  expect(says('note')).toBe('92 in 100, would only note it')
  expect(says('nothing')).toMatch(/since it is off$/)
})

test('lines are points and attributes; a listing that is typed anew is the same', () => {
  const text = {
    title: 'Mask',
    description: 'Blue.\nSoft.',
    bullets: ['one', 'two: three'],
    brand: 'Clay',
    category: 'Beauty',
    attributes: { material: 'cotton', size: '10 ml: small' },
  }
  expect(listingOf(typedOf(text))).toEqual(text)
  expect(listingOf({ ...nothingTyped, title: 'x', attributes: 'loose\n\n a : b ' })).toMatchObject({
    bullets: [],
    attributes: { loose: '', a: 'b' },
  })
})
