/** Tests of runs and of the sum that repeats their numbers. */
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../core/finding.ts'
import { scoreOf } from '../../core/finding.ts'
import type { ListingText } from '../../core/listing.ts'
import { fieldLabel, numberTerms, runsOf } from './runs.ts'
import { addUp, inHundred, logOddsOf, signed } from './sum.ts'

const text: ListingText = {
  title: 'Kaolin face mask, 10 sheets',
  description: 'Our filter-fine clay. A mask that protects.',
  bullets: ['Breathable cotton'],
  brand: '',
  category: 'Beauty',
  attributes: { material: 'clay' },
}

function term(
  field: string | null,
  words: string | null,
  weight: number,
  signal = words ?? 'base',
): Evidence {
  if (field === null || words === null)
    return { field: null, start: null, end: null, text: null, signal, weight }
  const whole =
    field === 'title'
      ? text.title
      : field === 'description'
        ? text.description
        : (text.bullets[0] ?? '')
  const start = whole.indexOf(words)
  return { field, start, end: start + words.length, text: words, signal, weight }
}

const evidence = [
  term(null, null, -2.2),
  term('title', 'mask', 3),
  term('description', 'mask', 0),
  term('title', 'face mask', 1.6),
  term('title', 'face', 0.7),
  term('bullets[0]', 'Breathable', 0.9),
]

describe('runs', () => {
  it('number the terms in reading order, and leave the start without a number', () => {
    const numbers = numberTerms(text, evidence).map(({ number }) => number)
    expect(numbers).toEqual([null, 3, 5, 2, 1, 4])
  })

  it('cut overlapping words so that every piece of the text appears exactly once', () => {
    const runs = runsOf(text, 'title', numberTerms(text, evidence))
    expect(runs.map((run) => run.text)).toEqual(['Kaolin ', 'face', ' ', 'mask', ', 10 sheets'])
    expect(runs.map((run) => run.terms.map(({ index }) => index))).toEqual([
      [],
      [3, 4],
      [3],
      [1, 3],
      [],
    ])
    // All three numbers stand after the whole of “face mask”, in reading order.
    expect(runs.map((run) => run.ending.map(({ index }) => index))).toEqual([
      [],
      [],
      [],
      [4, 3, 1],
      [],
    ])
  })

  it('leave out a place that lies outside the text', () => {
    const wrong = { ...term('title', 'mask', 1), start: 20, end: 900 }
    const runs = runsOf(text, 'title', numberTerms(text, [wrong]))
    expect(runs).toEqual([{ text: text.title, terms: [], ending: [] }])
  })

  it('call fields what people call them', () => {
    expect(fieldLabel('bullets[1]')).toBe('Point 2')
    expect(fieldLabel('attributes.material')).toBe('Material')
  })
})

describe('the sum', () => {
  it('starts where every listing starts and ends at the score', () => {
    const sum = addUp(text, evidence)
    expect(sum.rows[0]).toMatchObject({ label: 'Where every listing starts', from: 0, to: -2.2 })
    expect(sum.rows.map((row) => row.label)).toContain('“face mask” in the title')
    expect(sum.total).toBeCloseTo(4)
    expect(sum.score).toBeCloseTo(scoreOf(4))
    expect(sum.repeated.map(({ index }) => index)).toEqual([2])
  })

  it('puts all but the eight strongest of a long sum into one row, and loses nothing', () => {
    const many = Array.from({ length: 20 }, (_, place) =>
      term(null, null, (place + 1) / 10, `signal-${place}`),
    )
    const sum = addUp(text, many)
    expect(sum.rows).toHaveLength(9)
    expect(sum.rows.at(-1)?.label).toBe('12 small ones, together')
    expect(sum.total).toBeCloseTo(21)
  })

  it('shows a sign always, and a chance as so many in 100', () => {
    expect(signed(1.6)).toBe('+1.6')
    expect(signed(-2.2)).toBe('−2.2')
    expect(inHundred(0.917)).toBe('92 in 100')
    expect(inHundred(0.9999)).toBe('over 99 in 100')
    expect(logOddsOf(0.9)).toBeCloseTo(2.197, 2)
  })
})
