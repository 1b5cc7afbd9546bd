/** Signals in words, in order, and on one scale. */
import { expect, test } from 'vitest'
import type { Signal } from '../../core/policy.ts'
import { contextsOf, lookedFor, scaleOf, signalRows, strongest } from './signal-words.ts'

const signal = (name: string, weight: number, more: Partial<Signal> = {}): Signal => ({
  name,
  says: `is ${name}`,
  weight,
  ...more,
})
const signals = [signal('clay', -4), signal('mask', 3), signal('blue', 0.2), signal('n95', 6)]
const learned = {
  policy: 'ppe',
  of: 1,
  version: 2,
  base: -3,
  signals: { clay: -5, mask: 7, blue: 0.1, n95: 6 },
  buckets: 8,
  words: {},
  cases: { violations: 1, innocents: 1 },
  reliability: [],
}

test('what speaks for the rule stands first, by the weight in force; the written one stays beside it', () => {
  expect(signalRows({ signals }).map((row) => row.signal.name)).toEqual([
    'n95',
    'mask',
    'blue',
    'clay',
  ])
  expect(signalRows({ signals, learned })[0]).toMatchObject({
    signal: { name: 'mask' },
    weight: 7,
    written: 3,
  })
})

test('of many the strongest are kept on both sides, in their order', () => {
  const names = strongest(signalRows({ signals }), 3).map((row) => row.signal.name)
  expect(names).toEqual(['n95', 'mask', 'clay'])
})

test('bars and ticks share one scale, and a weight that decides alone does not flatten the others', () => {
  const at = scaleOf([-20, 4, -3])
  expect(at(-8)).toBe(0)
  expect(at(-20)).toBe(0)
  expect(at(4)).toBe(1)
  expect(at(0)).toBeCloseTo(8 / 12)
})

test('phrases are shortened with how many more there are, lists are read, groups are named', () => {
  const lists = { kill: ['kills', 'destroys'], 'on-surfaces': ['counter', 'sink'] }
  expect(lookedFor(signal('a', 1, { phrases: ['mask', '$kill', 'visor'] }), lists)).toEqual([
    { kind: 'phrases', words: '“mask”, “kills”, “destroys” and 1 more' },
  ])
  expect(
    lookedFor(signal('b', 1, { together: [['$kill'], ['germs', 'mould'], ['sink']] }), lists),
  ).toEqual([{ kind: 'together', words: 'kill… + germs… + sink' }])
  expect(
    lookedFor(signal('c', 1, { patterns: ['EPA', 'AMM'], when: 'brand == "x"' }), lists),
  ).toEqual([
    { kind: 'pattern', words: 'EPA and 1 more' },
    { kind: 'condition', words: 'brand == "x"' },
  ])
})

test('on opening, all that must be so around the words is a sentence', () => {
  const all = contextsOf(
    signal('a', 1, {
      together: [['kills'], ['germs']],
      fields: ['title', 'bullets'],
      notAfter: ['wear a'],
      unless: ['costume'],
      evenNegated: true,
      jurisdictions: ['eu'],
      when: 'brand != ""',
    }),
    {},
  )
  const said = all.map(({ words, phrases, code }) =>
    [words, ...phrases, code ?? ''].join(' ').trim(),
  )
  expect(said).toEqual([
    'What is claimed, one of these: kills',
    'together with one of these: germs',
    'all in one sentence, at most 12 words apart. Denied as “no …” or “free of …”, the claim is none.',
    'Only in the title and the points.',
    'Not where one of these ends up to three words before: wear a',
    'Not in a sentence in which one of these stands too: costume',
    'Also where “no” or “free of” stands before it.',
    'Only in the European Union.',
    'And this is so: brand != ""',
  ])
})
