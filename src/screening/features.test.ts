/** Learned words are words that no signal reads; each stands in one term, and leaving a term out takes away what it weighs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank } from '../../test/blank.ts'
import { fieldText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { Policy } from '../core/policy.ts'
import { BUCKETS, featuresOf, freeWords, hashFeature, learnedTerms, readersIn } from './features.ts'
import type { Place, ReaderOf } from './features.ts'

const nothing: { covered: Place[]; readerOf: ReaderOf } = { covered: [], readerOf: () => null }

const wordsIn = (text: Partial<ListingText>, reading = nothing) => {
  const whole = { ...blank, ...text }
  return featuresOf(whole, freeWords(whole, reading)).map(({ words }) => words)
}

describe('the features of a listing', () => {
  it('are its words and pairs of neighbours, folded, each once', () => {
    expect(wordsIn({ title: 'Silk SLEEP mask', bullets: ['sleep-mask: ＳＩＬＫ'] })).toEqual([
      'silk',
      'silk sleep',
      'sleep',
      'sleep mask',
      'mask',
    ])
  })

  it('are neither grammar nor numbers, nor the brand', () => {
    expect(wordsIn({ title: 'The 50 of us and 3ply', brand: 'Acme' })).toEqual(['3ply'])
  })

  it('part where anything else stands between two words', () => {
    expect(wordsIn({ title: 'silk, mask', description: 'foam  pad' })).toEqual([
      'silk',
      'mask',
      'foam',
      'pad',
    ])
  })

  it('of a script without spaces are its signs and their neighbours', () => {
    expect(wordsIn({ title: '面膜 x' })).toEqual(['面', '面 膜', '膜'])
  })

  it('leave out what a signal reads, and are not joined over it', () => {
    const readerOf = (word: string) => (word === 'sleep' ? 'signal' : null)
    expect(wordsIn({ title: 'silk sleep mask' }, { covered: [], readerOf })).toEqual([
      'silk',
      'mask',
    ])
    const covered = [{ field: 'title', start: 6, end: 8 }]
    expect(
      wordsIn({ title: 'silk sleep mask', category: 'sleep' }, { ...nothing, covered }),
    ).toEqual(['silk', 'mask', 'sleep'])
  })

  it('stand where their words stand', () => {
    const text = { ...blank, attributes: { kind: ['İpek', 'gece'] } }
    const places = featuresOf(text, freeWords(text, nothing)).map(({ field, start, end }) =>
      fieldText(text, field)?.slice(start, end),
    )
    expect(places).toEqual(['İpek', 'gece'])
  })
})

it('the signals of a policy read the words of their phrases, and look at others to tell what these mean', () => {
  const policy = Policy.parse({
    policy: 'p',
    version: 1,
    title: 'T',
    author: 'a',
    text: 'T',
    jurisdictions: ['us'],
    measure: 'listing.deactivate',
    level: 'act',
    base: 0,
    lists: { kill: ['kill*', 'wipe out'] },
    signals: [
      { name: 'a', says: 'a', weight: 1, phrases: ['Máscara facial'], unless: ['costume'] },
      { name: 'b', says: 'b', weight: 1, together: [['$kill'], ['germs']] },
    ],
    thresholds: { review: 0.5, deactivate: 0.8 },
    wouldReverse: ['Say so.'],
  })
  const readerOf = readersIn(policy)
  const words = ['mascara', 'killing', 'wipe', 'germs', 'germ', 'costume', 'skill', 'without']
  expect(words.filter((word) => readerOf(word) === 'signal')).toEqual([
    ...['mascara', 'killing', 'wipe', 'germs'],
  ])
  expect(words.filter((word) => readerOf(word) === 'context')).toEqual(['costume', 'without'])
})

it('the bucket of a word is the same for ever, since files hold its number', () => {
  expect(['sleep', 'sleep mask', '面'].map(hashFeature)).toEqual([
    { bucket: 6109, sign: 1 },
    { bucket: 50495, sign: -1 },
    { bucket: 42861, sign: 1 },
  ])
})

const someWords = fc
  .array(fc.constantFrom('aloe', 'bead', 'cord', 'dome', 'read', '面', '膜', 'x9', '7'), {
    maxLength: 12,
  })
  .chain((words) =>
    fc
      .array(fc.constantFrom(' ', '-', '  ', ', ', ''), {
        minLength: words.length,
        maxLength: words.length,
      })
      .map((gaps) => words.map((word, at) => word + (gaps[at] ?? '')).join('')),
  )
const someText = fc
  .record({
    title: someWords,
    description: someWords,
    bullets: fc.array(someWords, { maxLength: 2 }),
  })
  .map((text): ListingText => ({ ...blank, ...text }))

/** Some of the words and pairs have a weight. */
const someWeights = fc
  .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 30, maxLength: 30 })
  .map((weights) => (bucket: number) => {
    const weight = weights[bucket % weights.length] ?? 0
    return Math.abs(weight) < 1 ? undefined : weight
  })
const reading: typeof nothing = {
  covered: [],
  readerOf: (word) => (word === 'read' ? 'signal' : word === 'dome' ? 'context' : null),
}

describe('for any listing and any weights', () => {
  const termsIn = (text: ListingText, weightOf: (bucket: number) => number | undefined) =>
    learnedTerms(text, freeWords(text, reading), weightOf)
  const total = (terms: { weight: number }[]) => terms.reduce((sum, { weight }) => sum + weight, 0)

  it('no two terms share a word, and each shows its words', () => {
    fc.assert(
      fc.property(someText, someWeights, (text, weightOf) => {
        const terms = termsIn(text, weightOf)
        for (const [at, { field, start, end, text: words, bucket, weight }] of terms.entries()) {
          expect(fieldText(text, field)?.slice(start, end)).toBe(words)
          expect(bucket).toBeLessThan(BUCKETS)
          if (/(^|[ -])dome($|[ -])/.test(words)) expect(weight).toBeLessThan(0)
          for (const other of terms.slice(at + 1))
            if (other.field === field) expect(other.start >= end || other.end <= start).toBe(true)
        }
      }),
    )
  })

  it.each([
    // One space would make neighbours of what a single sign parted.
    ['blanked', (words: string) => ' '.repeat(Math.max(2, words.length))],
    ['taken out', () => ''],
  ])('a term that is %s takes away its weight, or nothing where it stands again', (_, instead) => {
    fc.assert(
      fc.property(someText, someWeights, (text, weightOf) => {
        const before = termsIn(text, weightOf)
        for (const term of before) {
          // In a script without spaces, what is taken out without a trace makes neighbours of what was beside it.
          const around = (fieldText(text, term.field) ?? '').slice(
            Math.max(0, term.start - 1),
            term.end + 1,
          )
          if (/[面膜]/.test(around) && instead('x') === '') continue
          const cut = (field: string, content: string) =>
            field === term.field
              ? content.slice(0, term.start) + instead(term.text) + content.slice(term.end)
              : content
          const without = {
            ...text,
            title: cut('title', text.title),
            description: cut('description', text.description),
            bullets: text.bullets.map((bullet, at) => cut(`bullets[${at}]`, bullet)),
          }
          const after = termsIn(without, weightOf)
          const stays = after.some(({ bucket }) => bucket === term.bucket)
          expect(total(after)).toBeCloseTo(total(before) - (stays ? 0 : term.weight), 9)
        }
      }),
    )
  })
})
