/** A listing line is read whole or refused with a stable reason; nothing that a line holds can break the reader. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '../core/listing.ts'
import { listingLimits } from '../core/listing.ts'
import { readListing, readListingLine } from './listing-line.ts'

function refusal(line: string): string {
  const read = readListingLine(line)
  return read.ok ? 'taken' : `${read.error.type}: ${read.error.detail}`
}

describe('a listing line', () => {
  it('needs an id and a title only', () => {
    expect(readListingLine('{"id":"a","title":"Clay"}')).toEqual({
      ok: true,
      listing: {
        id: 'a',
        sellerId: null,
        text: {
          title: 'Clay',
          description: '',
          bullets: [],
          brand: '',
          category: '',
          attributes: {},
        },
      },
    })
  })

  it('is read with everything it may hold; unknown keys are ignored and null is absent', () => {
    const line = {
      id: 'a',
      sellerId: 's',
      title: 'T',
      description: null,
      bullets: ['one', ''],
      brand: 'B',
      category: 'C',
      attributes: { size: 4, vegan: true, parts: ['x', 'y'], note: null, text: 't' },
      price: { amount: 3 },
    }
    expect(readListing(line)).toEqual({
      ok: true,
      listing: {
        id: 'a',
        sellerId: 's',
        text: {
          title: 'T',
          description: '',
          bullets: ['one', ''],
          brand: 'B',
          category: 'C',
          attributes: { size: 4, vegan: true, parts: ['x', 'y'], text: 't' },
        },
      },
    })
  })

  it('takes the last of two equal keys', () => {
    expect(readListingLine('{"id":"a","id":"b","title":"x","title":"y"}')).toMatchObject({
      ok: true,
      listing: { id: 'b', text: { title: 'y' } },
    })
  })

  it.each([
    ['', /^invalid_json: The line is not JSON: /],
    ['{"id":"a"', /^invalid_json: /],
    ['[]', /^wrong_type: A listing must be a JSON object with an id and a title, not a list\.$/],
    ['null', /^wrong_type: .* not null\.$/],
    ['"a"', /^wrong_type: .* not a text\.$/],
    ['{"id":"a"}', /^missing_field: title is missing\.$/],
    ['{"title":"a"}', /^missing_field: id is missing\.$/],
    ['{"id":null,"title":"a"}', /^missing_field: id is missing\.$/],
    ['{"id":"a","title":" \\n"}', /^missing_field: title is empty\.$/],
    ['{"id":7,"title":"a"}', /^wrong_type: id must be a text, not a number\.$/],
    ['{"id":"a","title":["a"]}', /^wrong_type: title must be a text, not a list\.$/],
    [
      '{"id":"a","title":"a","bullets":"b"}',
      /^wrong_type: bullets must be a list of texts, not a text\.$/,
    ],
    [
      '{"id":"a","title":"a","bullets":["b",{}]}',
      /^wrong_type: bullets\[1\] must be a text, not an object\.$/,
    ],
    [
      '{"id":"a","title":"a","attributes":[]}',
      /^wrong_type: attributes must be a JSON object, not a list\.$/,
    ],
    [
      '{"id":"a","title":"a","attributes":{"m":{}}}',
      /^wrong_type: attributes\.m must be a text, a number, true, false or a list of texts, not an object\.$/,
    ],
    [
      '{"id":"a","title":"a","attributes":{"m":[1]}}',
      /^wrong_type: attributes\.m\[0\] must be a text, not a number\.$/,
    ],
    [
      '{"id":"a","title":"a","attributes":{"m":1e999}}',
      /^too_large: attributes\.m is a number beyond/,
    ],
    ['{"id":"a\\nb","title":"a"}', /^invalid_text: id has a control character in it\.$/],
    [
      '{"id":"a","title":"a","sellerId":"\\u0007"}',
      /^invalid_text: sellerId has a control character in it\.$/,
    ],
    ['{"id":"a","title":"a\\u0000"}', /^invalid_text: title has a NUL character in it\.$/],
    ['{"id":"a","title":"a","bullets":["\\u0000"]}', /^invalid_text: bullets\[0\] has a NUL/],
    [
      '{"id":"a","title":"a","attributes":{"\\u0000":"x"}}',
      /^invalid_text: The name of an attribute has a NUL/,
    ],
    ['{"id":"a","title":"\\ud83d"}', /^invalid_text: title has half a character/],
    ['{"id":"a","title":"\\ude00\\ud83d"}', /^invalid_text: title has half a character/],
    [
      `{"id":"${'i'.repeat(201)}","title":"a"}`,
      /^too_large: id has 201 characters; at most 200 are taken\.$/,
    ],
    [
      `{"id":"a","title":"${'t'.repeat(1_000_000)}"}`,
      /^too_large: title has 1,000,000 characters; at most 5,000 are taken\.$/,
    ],
    [
      JSON.stringify({ id: 'a', title: 'a', bullets: Array(201).fill('b') }),
      /^too_large: bullets has 201 entries/,
    ],
    [
      JSON.stringify({
        id: 'a',
        title: 'a',
        attributes: Object.fromEntries(Array.from({ length: 501 }, (_, at) => [at, ''])),
      }),
      /^too_large: attributes has 501 entries/,
    ],
  ])('%.60s is refused in a sentence', (line, sentence) => {
    expect(refusal(line)).toMatch(sentence)
  })

  it('takes what is just within the limits, and characters of four bytes whole', () => {
    expect(
      refusal(JSON.stringify({ id: 'i'.repeat(200), title: 't'.repeat(listingLimits.title) })),
    ).toBe('taken')
    expect(refusal(JSON.stringify({ id: 'a', title: '😷‮ <script>' }))).toBe('taken')
  })

  it('cannot reach what objects inherit', () => {
    const read = readListingLine(
      '{"id":"a","title":"a","__proto__":{"brand":"x"},"attributes":{"__proto__":{"polluted":1},"constructor":"c","toString":"t"}}',
    )
    expect(read).toMatchObject({ ok: true, listing: { text: { brand: '' } } })
    if (!read.ok) return
    expect(Object.entries(read.listing.text.attributes)).toEqual([
      ['constructor', 'c'],
      ['toString', 't'],
    ])
    expect(Object.getPrototypeOf(read.listing.text.attributes)).toBe(Object.prototype)
    expect(readListingLine('{"__proto__":{"id":"a","title":"a"}}')).toMatchObject({
      error: { type: 'missing_field' },
    })
  })

  it('of any text or JSON is taken or refused, never thrown at', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (line) => void readListingLine(line)))
    fc.assert(fc.property(fc.json(), (line) => void readListingLine(line)))
    const anyField = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue())
    const almost = fc.record(
      {
        id: anyField,
        title: anyField,
        bullets: anyField,
        attributes: fc.oneof(anyField, fc.dictionary(fc.string(), anyField)),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(almost, (value) => {
        const read = readListingLine(JSON.stringify(value))
        if (!read.ok) expect(read.error.detail).toMatch(/\S.*\.$/s)
        // What is taken can be written down and read again as the same.
        else
          expect(canonicalText(read.listing.text)).toBe(
            canonicalText(structuredClone(read.listing.text)),
          )
      }),
      { numRuns: 500 },
    )
  })
})
