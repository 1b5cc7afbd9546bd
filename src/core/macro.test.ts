import { describe, expect, test } from 'vitest'
import {
  fillMacro,
  isOnlyPrepared,
  macroFields,
  unfilledIn,
  whyNoMacro,
  type FieldValues,
} from './macro.ts'

const values: FieldValues = {
  seller: 'Clay & Clover',
  'case number': 'A-7004',
  'answer by': 'Thursday 26 November 09:58',
  listing: 'Kaolin face mask',
  rule: 'Protective masks',
  decision: 'D-4102',
  desk: 'Seller Performance',
}

describe('fields', () => {
  test.each(Object.keys(macroFields))('{%s} is filled from the case', (field) => {
    const { text, lacking } = fillMacro(`To {${field}}.`, values)
    expect(text).toBe(`To ${values[field as keyof FieldValues] ?? ''}.`)
    expect(lacking).toEqual([])
  })

  test('a field is one in any case and with any spaces', () => {
    expect(fillMacro('{ Case  Number }, {SELLER}', values).text).toBe('A-7004, Clay & Clover')
  })

  test('what a case has not stays as it is written, and is named once', () => {
    const filled = fillMacro('{listing} and {listing}', { ...values, listing: null })
    expect(filled).toEqual({ text: '{listing} and {listing}', lacking: ['listing'] })
  })

  test('what fills a field is not filled again', () => {
    expect(fillMacro('{seller}', { ...values, seller: '{listing}' }).text).toBe('{listing}')
  })
})

describe('words that are kept', () => {
  test.each([
    'Dear {customer}, it is so.',
    'Dear {seller, it is so.',
    'Dear seller}, it is so.',
    'Write {"sku": 1}.',
    'Nothing {} here.',
    '{seller}}',
  ])('“%s” is refused, because nothing would fill it', (text) => {
    expect(whyNoMacro({ name: 'x', text })).toMatchObject({ refusal: 'field_unknown' })
  })

  test('an unknown field is named, with those that there are', () => {
    const why = whyNoMacro({ name: 'x', text: 'Dear {customer},' })
    expect(why?.detail).toMatch(/“\{customer\}” is no field.*\{seller\}.*\{answer by\}/)
  })

  test('need a name and words', () => {
    expect(whyNoMacro({ name: ' ', text: 'x' })).toMatchObject({ refusal: 'macro_incomplete' })
    expect(whyNoMacro({ name: 'x', text: ' ' })).toMatchObject({ refusal: 'macro_incomplete' })
    expect(whyNoMacro({ name: 'x', text: 'Dear {seller},' })).toBeNull()
  })
})

describe('an unfilled field', () => {
  test('is found in whatever is sent', () => {
    expect(unfilledIn('Dear { Seller }, hello')).toBe('{ Seller }')
  })

  test.each([
    'function f() { return { seller: 1 } }',
    '{"seller":"Clay"}',
    'I sell {red} and {blue} cups',
    '{}',
    '{{seller_name}}',
    'a set {listings}',
  ])('is not what people write in braces otherwise: %s', (words) => {
    expect(unfilledIn(words)).toBeNull()
  })

  test('is not what the seller wrote and we quote', () => {
    const ofSeller = ['Our title says “Buy {listing} today”']
    expect(unfilledIn('You wrote “Buy {listing} today”.', ofSeller)).toBeNull()
    expect(unfilledIn('You wrote “Buy {listing} today”, dear {seller}.', ofSeller)).toBe('{seller}')
  })
})

describe('reasons of a no', () => {
  const canned = 'The rule asks for an approval number. D-4102 stands until one is there.'
  const other = 'You can appeal again.'
  const only = (reasons: string) => isOnlyPrepared(reasons, [canned, other, 'Not eligible.'])

  test.each([
    canned,
    canned.toUpperCase(),
    canned.replaceAll(' ', '\n'),
    canned.replaceAll('.', ' — '),
    `${other} ${canned}`,
    `${canned}\n\n${canned}`,
    `Hello. ${canned}`,
    `${canned} Regards, Milan`,
    'Not eligible',
  ])('are prepared words alone: %s', (reasons) => {
    expect(only(reasons)).toBe(true)
  })

  test.each([
    `The box shows no number. ${canned}`,
    canned.replace('an approval number', 'a number of the notified body'),
    'We looked at the photo, and nothing on the pack names a maker.',
    'No.',
    '',
  ])('are a person’s own where they say what is so in this case: %s', (reasons) => {
    expect(only(reasons)).toBe(false)
  })

  test('of the longest kind are judged at once', () => {
    const long = 'so it is '.repeat(3_000)
    const start = performance.now()
    isOnlyPrepared(
      long,
      Array.from({ length: 300 }, (_, place) => `so it is ${place}`),
    )
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
