/** A verdict is a sum that anyone can add up again, and every term shows its words in the text as given. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blank } from '../../test/blank.ts'
import { fieldsOf, fieldText } from '../core/listing.ts'
import type { ListingText } from '../core/listing.ts'
import { Policy } from '../core/policy.ts'
import type { FieldKind } from '../core/policy.ts'
import { compilePolicies } from './compile.ts'
import { explain } from './explain.ts'
import { bitsOf, bulletBit } from './field-kinds.ts'
import { screen } from './screen.ts'

function policyOf(
  signals: Record<string, [number, ...string[]]>,
  more: Record<string, unknown> = {},
): Policy {
  return Policy.parse({
    policy: 'ppe',
    version: 2,
    title: 'Masks',
    author: 'a@shop.example',
    text: 'Masks.',
    jurisdictions: ['us'],
    measure: 'listing.deactivate',
    level: 'act',
    base: -1,
    signals: Object.entries(signals).map(([name, [weight, ...phrases]]) => ({
      name,
      says: name,
      weight,
      phrases,
    })),
    thresholds: { review: 0.3, deactivate: 0.6 },
    wouldReverse: ['Say so.'],
    ...more,
  })
}

function judge(policies: Policy[], text: Partial<ListingText>) {
  return screen(compilePolicies(policies, { jurisdiction: 'us' }), {
    id: 'a',
    text: { ...blank, ...text },
  })
}

/** The words that each term stands on, by signal. */
function placesOf(policy: Policy, text: Partial<ListingText>): string[] {
  const [finding] = judge([policy], text).findings
  return (finding?.evidence ?? [])
    .filter(({ field }) => field !== null)
    .map(
      (term) =>
        `${term.signal} ${term.field} ${term.start}-${term.end} ${term.text} ${term.weight}`,
    )
}

describe('screening', () => {
  const mask = policyOf({ mask: [2, 'mask', 'face mask', 'masks'] })

  it('gives the base rate and each matched signal as terms of one sum', () => {
    expect(judge([mask], { title: 'A mask' })).toEqual({
      id: 'a',
      outcome: 'deactivate',
      findings: [
        {
          policy: 'ppe',
          version: 2,
          outcome: 'deactivate',
          score: 1 / (1 + Math.exp(-1)),
          evidence: [
            { field: null, start: null, end: null, text: null, signal: 'base', weight: -1 },
            { field: 'title', start: 2, end: 6, text: 'mask', signal: 'mask', weight: 2 },
          ],
          wouldReverse: ['Say so.'],
        },
      ],
    })
  })

  it('allows what no signal speaks of', () => {
    expect(judge([mask], { title: 'Unmasked masking tape, damask' })).toEqual({
      id: 'a',
      outcome: 'allow',
      findings: [],
    })
  })

  it('counts a signal once, shows its other places without weight, and takes the longer of two phrases', () => {
    const text = { title: 'Face mask', bullets: ['nothing', 'two MASKS'], description: 'mask' }
    expect(placesOf(mask, text)).toEqual([
      'mask title 0-9 Face mask 2',
      'mask bullets[1] 4-9 MASKS 0',
      'mask description 0-4 mask 0',
    ])
  })

  it('shows at most ten places of one signal', () => {
    expect(placesOf(mask, { description: 'mask '.repeat(5000) })).toHaveLength(10)
  })

  it.each([
    ['😷😷 mask', 'mask title 5-9 mask 2'],
    ['İİİ mask', 'mask title 4-8 mask 2'],
    ['ßßß FACE\u00a0\n MASK', 'mask title 4-15 FACE\u00a0\n MASK 2'],
    ['face‑mask', 'mask title 0-9 face‑mask 2'],
    ['face. Mask', 'mask title 6-10 Mask 2'],
    ['e\u0301e\u0301 mask!', 'mask title 5-9 mask 2'],
  ])('places words in the text as given: %j', (title, place) => {
    expect(placesOf(mask, { title })).toEqual([place])
  })

  it('compares letters of every alphabet without regard to case', () => {
    const policy = policyOf({ words: [2, 'straße', 'disk', 'crème brûlée', 'ΟΔΟΣ'] })
    for (const title of ['STRASSE', 'DİSK', 'CRE\u0300ME BRÛLÉE', 'οδος']) {
      expect(placesOf(policy, { title })).toEqual([`words title 0-${title.length} ${title} 2`])
    }
  })

  it('goes on with a phrase over one sign within a number or a pair, not over the end of a sentence', () => {
    const policy = policyOf({ rate: [2, 'kills 99.9'] })
    for (const title of ['KILLS 99.9% of it', 'kills 99,9%'])
      expect(placesOf(policy, { title })).toEqual([`rate title 0-10 ${title.slice(0, 10)} 2`])
    expect(placesOf(policy, { title: 'kills. 99.9%' })).toEqual([])
  })

  it('looks only at the fields that a signal names', () => {
    const policy = policyOf({ mask: [2, 'mask'] })
    const signals = policy.signals.map((signal) => ({
      ...signal,
      fields: ['category' as const, 'attributes' as const],
    }))
    const text = {
      title: 'mask',
      description: 'mask',
      category: 'Mask',
      attributes: { kind: ['sheet', 'mask'] },
    }
    expect(placesOf({ ...policy, signals }, text)).toEqual([
      'mask category 0-4 Mask 2',
      'mask attributes.kind 7-11 mask 0',
    ])
  })

  it('reads only the fields that it is told to, and looks for patterns and conditions in all', () => {
    const policy = policyOf({ mask: [2, 'mask'], box: [1, 'box'] })
    const [mask, box] = policy.signals
    const signals = [
      mask!,
      { ...box!, patterns: ['N\\d{2}'] },
      { name: 'long', says: 'long', weight: 1, when: 'description.contains("mask")' },
    ]
    const text = { ...blank, title: 'mask, box', description: 'mask N95', brand: 'box' }
    const compiled = compilePolicies([{ ...policy, signals }], { jurisdiction: 'us' })
    const places = (kinds: FieldKind[]) =>
      screen(compiled, { id: 'a', text }, { fields: bitsOf(new Set(kinds)) })
        .findings.flatMap(({ evidence }) => evidence)
        .map(({ field, text: words, signal }) => [field, words ?? signal])
    expect(places(['title'])).toEqual([
      [null, 'base'],
      ['title', 'mask'],
      ['title', 'box'],
      ['description', 'N95'],
      [null, 'long'],
    ])
    expect(places([])).toEqual([
      [null, 'base'],
      ['description', 'N95'],
      [null, 'long'],
    ])
    const all = bitsOf(null)
    expect(screen(compiled, { id: 'a', text }, { fields: all })).toEqual(
      screen(compiled, { id: 'a', text }),
    )
  })

  it('reads one bullet and passes over the others, however many there are', () => {
    const policy = policyOf({ mask: [2, 'mask'] })
    const compiled = compilePolicies([policy], { jurisdiction: 'us' })
    const bullets = Array.from({ length: 40 }, () => 'A mask.')
    const read = (index: number) =>
      screen(compiled, { id: 'a', text: { ...blank, bullets } }, { fields: bulletBit(index) })
        .findings.flatMap(({ evidence }) => evidence)
        .flatMap(({ field }) => field ?? [])
    expect(read(0)).toEqual(['bullets[0]'])
    expect(read(22)).toEqual(['bullets[22]'])
    // Those that come after have one bit together.
    expect(read(39).slice(0, 2)).toEqual(['bullets[23]', 'bullets[24]'])
  })

  it('applies every policy that is not off and holds in the jurisdiction, each for itself', () => {
    const policies = [
      policyOf({ mask: [2, 'mask'] }, { policy: 'z-acts' }),
      policyOf({ mask: [0.5, 'mask'] }, { policy: 'a-shadow', level: 'shadow' }),
      policyOf({ mask: [2, 'mask'] }, { policy: 'b-off', level: 'off' }),
      policyOf({ mask: [2, 'mask'] }, { policy: 'c-europe', jurisdictions: ['eu'] }),
    ]
    const verdict = judge(policies, { title: 'mask' })
    expect(verdict.findings.map(({ policy, outcome }) => `${policy} ${outcome}`)).toEqual([
      'a-shadow review',
      'z-acts deactivate',
    ])
    expect(verdict.outcome).toBe('deactivate')
  })

  it('lets a signal speak against', () => {
    const policy = policyOf({ mask: [2, 'mask'], clay: [-3, 'clay'] })
    expect(judge([policy], { title: 'mask' }).outcome).toBe('deactivate')
    expect(judge([policy], { title: 'clay mask' }).outcome).toBe('allow')
  })
})

const someText = fc.string({
  unit: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('mask ', 'Face', ' ', '-', 'İ', 'ß', '😷', 'N95', '\u0301', 'x '),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  ),
})
const someListing = fc.record({
  title: someText,
  description: someText,
  bullets: fc.array(someText, { maxLength: 3 }),
  brand: someText,
  category: someText,
  attributes: fc.dictionary(
    someText,
    fc.oneof(
      someText,
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.array(someText, { maxLength: 3 }),
    ),
    { maxKeys: 3, noNullPrototype: true },
  ),
})
const someSignals = fc.dictionary(
  fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 5 })
    .filter((name) => name !== 'base' && name !== 'rest'),
  fc.tuple(
    fc.double({ min: -20, max: 20, noNaN: true }),
    fc.constantFrom('mask', 'face', 'face mask', 'N95', 'x', 'i', 'ss'),
  ),
  { minKeys: 1, maxKeys: 14 },
)

describe('for any listing and any policy', () => {
  const always = { thresholds: { review: 0, deactivate: 0.5 } }

  it('the weights listed add up to the log-odds of the score, in full and in short', () => {
    fc.assert(
      fc.property(someListing, someSignals, (text, signals) => {
        const [finding] = judge([policyOf(signals, always)], text).findings
        // A threshold of 0 finds all that some signal speaks for.
        fc.pre(finding !== undefined)
        if (!finding) return
        const sum = finding.evidence.reduce((total, { weight }) => total + weight, 0)
        expect(finding.score).toBe(1 / (1 + Math.exp(-sum)))
        expect(finding.outcome).toBe(finding.score >= 0.5 ? 'deactivate' : 'review')
        const short = explain(finding, 'short')
        expect(short.evidence.length).toBeLessThanOrEqual(9)
        expect(short.evidence.reduce((total, { weight }) => total + weight, 0)).toBeCloseTo(sum, 9)
        expect(explain(finding, 'none')).toEqual({ ...finding, evidence: [] })
      }),
    )
  })

  it('every place is where its words stand, in reading order, and a signal weighs once', () => {
    fc.assert(
      fc.property(someListing, someSignals, (text, signals) => {
        const [finding] = judge([policyOf(signals, always)], text).findings
        const weighed = new Set<string>()
        for (const { field, start, end, text: words, signal, weight } of finding?.evidence ?? []) {
          if (field === null) continue
          expect(fieldsOf(text)).toContain(field)
          expect(fieldText(text, field)?.slice(start!, end!)).toBe(words)
          if (!weighed.has(signal)) expect(weight).toBe(signals[signal]?.[0])
          else expect(weight).toBe(0)
          weighed.add(signal)
        }
      }),
    )
  })

  it('short keeps the eight strongest terms', () => {
    const signals = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `s${at}`,
        [(at % 2 ? -1 : 1) * (at + 0.1), `word${at}`] as [number, string],
      ]),
    )
    const title = Object.values(signals)
      .map(([, word]) => word)
      .join(' ')
    const [finding] = judge([policyOf(signals, always)], { title }).findings
    expect(explain(finding!, 'short').evidence.map(({ signal }) => signal)).toEqual([
      's11',
      's10',
      's9',
      's8',
      's7',
      's6',
      's5',
      's4',
      'rest',
    ])
  })
})
