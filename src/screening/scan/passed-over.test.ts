/** What the fast pass once passed over, although the exact engine finds it. */
import { expect, test } from 'vitest'
import { chanceFrom } from '../../../test/histories/chance.ts'
import { compare } from '../../../test/agreement/comparison.ts'
import { openWorld } from '../../../test/agreement/world.ts'
import type { World } from '../../../test/agreement/world.ts'
import type { FieldKind, Policy, Signal } from '../../core/policy.ts'

const policy: Policy = {
  policy: 'claims',
  version: 1,
  title: 'Claims',
  author: 'policy@example.com',
  naive: false,
  text: 'No claims.',
  jurisdictions: ['us'],
  measure: 'listing.deactivate',
  level: 'act',
  base: -1,
  signals: [],
  thresholds: { review: 0.5, deactivate: 1 },
  wouldReverse: ['Take out the claim.'],
  examples: [],
}

/** Expects that both ways find something in the listing. */
function expectFound(
  signals: readonly Partial<Signal>[],
  listing: object,
  learned?: Pick<NonNullable<Policy['learned']>, 'base' | 'signals'>,
): void {
  const world = worldWith(signals, learned)
  const line = encode({ id: 'a', title: 'Thing', ...listing })
  const { difference, outcomes } = compare(world, [line])
  expect(difference).toBeNull()
  expect(outcomes.review).toBe(1)
}

function worldWith(
  signals: readonly Partial<Signal>[],
  learned?: Pick<NonNullable<Policy['learned']>, 'base' | 'signals'>,
): World {
  const written = {
    ...policy,
    signals: signals.map((one, at) => ({ name: `s${at}`, says: 'a claim', weight: 2, ...one })),
    ...(learned && {
      learned: {
        ...{ policy: 'claims', of: 1, version: 2, buckets: 0x10000, words: {}, reliability: [] },
        ...{ cases: { violations: 1, innocents: 1 }, ...learned },
      },
    }),
  }
  return openWorld('claims', {
    policies: [written],
    jurisdiction: 'us',
    listings: [],
    chance: chanceFrom(1, 1),
  })
}

function encode(...listings: object[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(listings.map((one) => `${JSON.stringify(one)}\n`).join(''))
}

test.each(['kǃlls', 'killⵑ', 'ǃnsect'])(
  'a letter that looks like a sign for another letter: %s',
  (title) => expectFound([{ phrases: ['kills', 'killi', 'insect'] }], { title }),
)

test('a long word that begins like another', () => {
  const word = 'antibacterialantimicrobialdisinfectant'
  const signals = [{ phrases: [`${word}foam`], weight: 0.2 }, { phrases: [`${word}spray`] }]
  expectFound(signals, { title: `${word}spray` })
})

test.each(['\\sfogger', '[ \\t]fogger', 'w\\S+ fogger'])(
  'a pattern over the space between two texts of an attribute: %s',
  (pattern) =>
    expectFound([{ patterns: [pattern] }], { attributes: { use: ['window', 'fogger'] } }),
)

test('a signal that was learned to weigh nothing, where all else is enough', () =>
  expectFound([{ phrases: ['kills'] }], { title: 'Kills' }, { base: 1, signals: { s0: 0 } }))

test.each(['ant!$eptic', '4nt!$eptic', 'ANT!$EPTIс'])(
  'a sign for a letter right before a word that begins with one: %s',
  (title) => expectFound([{ phrases: ['antiseptic', 'septic cleaner'] }], { title }),
)

test('a word written in parts that is longer than all others', () => {
  const word = `dampf${'donau'.repeat(38)}`
  expectFound([{ phrases: [word] }], { title: `${word.slice(0, 20)}-${word.slice(20)}` })
})

test.each(['zz', '12'])('a pattern that is a word of two letters or digits: %s', (title) =>
  expectFound([{ patterns: ['zz|12'] }], { title }),
)

test.each(['rat-away', 'no more rats', 'derm@t', '-95 n', 'of 10 %', 'k!'])(
  'a pattern of more than a word, at either end of any text or within: %s',
  (letters) => {
    const texts = [
      letters,
      `${letters} here`,
      `here ${letters}`,
      `Here${letters.toUpperCase()}here`,
    ]
    for (const text of texts)
      for (const listing of [
        { title: text },
        { description: text },
        { attributes: { note: text } },
      ])
        expectFound([{ patterns: [letters] }], listing)
  },
)

test.each<[FieldKind, FieldKind]>([
  ['title', 'description'],
  ['description', 'title'],
])(
  'a pattern that is looked for in the %s, beside one of the same letters for the %s',
  (own, other) => {
    for (const letters of ['out', 'out-side', 'd!y'])
      for (const before of ['', 'the '])
        expectFound(
          [
            { patterns: [letters], fields: [own] },
            { patterns: [`${letters}s`], fields: [other] },
          ],
          { [own]: `${before}${letters}` },
        )
  },
)

test('a listing whose fields bear the numbers of another before stamps were wiped', () => {
  const world = worldWith([
    { phrases: ['kills'], weight: 0.6 },
    { together: [['germs'], ['hands']], weight: 0.6 },
  ])
  const rest = { description: 'Germs on hands', brand: 'x', category: 'y' }
  const many = (lines: number, title: string, description: string) =>
    world.screen(
      encode(
        ...Array.from({ length: lines }, (_, id) => ({ id: `${id}`, ...rest, title, description })),
      ),
      true,
    ).outcomes
  // What is found is read twice, four fields each time: stamps of 16 bits are used up after so many lines.
  expect(many(8192, 'Kills', rest.description).review).toBe(8192)
  expect(many(16_382, 'Wool', 'Soft').allow).toBe(16_382)
  expect(many(1, 'Kills', rest.description).review).toBe(1)
})

test.each(['mould', 'mildew'])(
  'a phrase behind more words that wait for another than are noted: %s',
  (word) =>
    expectFound([{ phrases: ['mould remover', 'mildew remover', 'mould killer'] }], {
      description: `${'mould and '.repeat(700)}${word} remover`,
    }),
)

test('a policy that looks at other categories, where another finds something', () => {
  const signals = [{ name: 's', says: 'a claim', weight: 2, phrases: ['kills'] }]
  const elsewhere = { ...policy, policy: 'toys', signals, categories: { only: ['toys'] } }
  const world = openWorld('categories', {
    policies: [{ ...policy, signals }, elsewhere],
    jurisdiction: 'us',
    listings: [],
    chance: chanceFrom(1, 1),
  })
  const line = encode({ id: 'a', title: 'Kills', category: 'Garden' })
  const { difference, outcomes } = compare(world, [line])
  expect(difference).toBeNull()
  expect(outcomes.review).toBe(1)
})
