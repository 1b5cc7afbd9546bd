/** A condition is read once and is true or false of any listing, without ever failing or running long. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListingText } from '../core/listing.ts'
import { readCondition } from './condition.ts'

const blank: ListingText = {
  title: 'Clay mask',
  description: '',
  bullets: ['one', 'two'],
  brand: '',
  category: 'Beauty',
  attributes: { volume: 100, kind: ['sheet', 'clay'], vegan: true },
}

function holds(source: string, text: Partial<ListingText> = {}): boolean {
  const read = readCondition(source)
  if (!read.ok) throw new Error(read.why)
  return read.condition({ ...blank, ...text })
}

describe('a condition', () => {
  it.each([
    'category == "Beauty"',
    'title.lowerAscii().contains("mask")',
    'attributes.volume > 50.0',
    '"clay" in attributes.kind',
    'attributes.vegan == true',
    'bullets.exists(b, b == "two")',
    '!("epa" in attributes)',
    'size(bullets) == 2',
  ])('%s is true', (source) => {
    expect(holds(source)).toBe(true)
  })

  it.each(['attributes.epa == "1"', 'attributes.volume == "much"', 'attributes.kind > 5.0'])(
    '%s, which asks for what is not there, is false',
    (source) => {
      expect(holds(source)).toBe(false)
    },
  )

  it('sees no more of an object than what the listing says', () => {
    expect(holds('"constructor" in attributes || "__proto__" in attributes')).toBe(false)
    expect(holds('attributes.constructor != "x"')).toBe(false)
  })

  it.each([
    ['title.contains(', 'unexpected token'],
    ['titel == "x"', 'unknown variable: titel'],
    ['1 + 1', 'true or false, found int'],
    ['title.matches("^(a+)+$")', 'under "patterns"'],
    ['bullets.all(a, bullets.all(b, a == b))', 'one list, not several'],
    [`title == "${'x'.repeat(10)}"${' || title == "x"'.repeat(600)}`, 'exceeded'],
  ])('%s is refused', (source, why) => {
    const read = readCondition(source)
    expect(read.ok ? 'taken' : read.why.toLowerCase()).toContain(why)
  })

  it('never throws, whatever is written or offered', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('title == "a"', 'attributes.a > 1.0', 'attributes[title] == brand'),
        ),
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())),
        (source, attributes) => {
          const read = readCondition(source)
          if (read.ok) expect(typeof read.condition({ ...blank, attributes })).toBe('boolean')
        },
      ),
    )
  })
})
