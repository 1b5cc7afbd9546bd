/** Words in every language: none is missing or empty, each says what the others say, and nothing unfilled is ever stored. */
import { describe, expect, test } from 'vitest'
import { expectPlainWords } from '../../test/notices.ts'
import { languages } from './language.ts'
import { isFilled, noticeKinds } from './notice.ts'
import { samplesOf } from './notice-sample.ts'
import { sayOwnReasons } from './own-reasons.ts'
import { sayMoney, sayTime } from './saying.ts'
import { wordsIn } from './words.ts'
import { say, unfilled } from './words/say.ts'

/** Every text and every function of a catalogue, by its path. */
function entriesOf(words: object, path = ''): [string, unknown][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entriesOf(value, `${path}${key}.`)
      : [[`${path}${key}`, value] as [string, unknown]],
  )
}

describe('each language', () => {
  test('has every key of the others, and no text of it is empty', () => {
    const [first, ...others] = languages.map((language) =>
      entriesOf(wordsIn(language)).map(([path, value]) => [path, typeof value]),
    )
    for (const other of others) expect(other.sort()).toEqual(first?.sort())
    for (const language of languages)
      for (const [path, value] of entriesOf(wordsIn(language)))
        if (typeof value === 'string') expect([path, value.trim()]).not.toEqual([path, ''])
  })

  test('has an example of every kind of notice, whole and with nothing in it that is no word', () => {
    for (const language of languages) {
      const samples = samplesOf(language)
      expect([...new Set(samples.map(({ kind }) => kind))]).toEqual(noticeKinds)
      for (const { worded, kind } of samples) {
        expect([kind, isFilled(worded)]).toEqual([kind, true])
        const { subject, body } = worded
        const said = [
          subject,
          body.opening,
          body.link?.label ?? 'no link',
          ...body.sections.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]),
        ]
        for (const text of said) {
          expect(text).not.toMatch(/undefined|NaN|\bnull\b|\{\{|\[object|\0/)
          expect(text.trim()).not.toBe('')
        }
        expect(body.sections.length).toBeGreaterThan(0)
      }
      // Our officer’s alarm lists clocks as they are kept.
      const toPeople = samples.filter(({ kind }) => kind !== 'alarm')
      if (language === 'en') expectPlainWords(toPeople.map(({ worded }) => worded))
    }
  })

  test('says the same values: numbers, names and dates of each example stand in all of them', () => {
    const [first = [], ...others] = languages.map((language) => samplesOf(language))
    const values =
      /[A-Z]-\d{4}|Lind & Co|Milan|Seller Performance|Executive office|\S+@\S+example|Kaolin face mask/g
    const valuesOf = (text: string) => [...new Set(text.match(values))].sort()
    for (const other of others)
      for (const [place, { worded }] of other.entries()) {
        const said = [worded.subject, worded.body.opening].map(valuesOf)
        const same = first[place]?.worded
        expect(said).toEqual([same?.subject ?? '', same?.body.opening ?? ''].map(valuesOf))
      }
  })

  test('is not the language of another: sellers get no sentence of ours twice alike', () => {
    const english = new Set(entriesOf(wordsIn('en')).map(([, value]) => value))
    const alike = entriesOf(wordsIn('de')).filter(
      ([path, value]) => typeof value === 'string' && english.has(value) && path !== 'measure',
    )
    expect(alike).toEqual([])
  })
})

test('a value that is missing leaves a mark, and a notice that holds it is not whole', () => {
  const missing = undefined as unknown as string // what an old row or a cast can bring
  const words = say`Your appeal ${missing} is here`
  expect(words).toContain(unfilled)
  const [sample] = samplesOf('en')
  if (!sample) throw new Error('there is no example')
  expect(isFilled({ ...sample.worded, subject: words })).toBe(false)
  const sections = [{ heading: 'Why', paragraphs: [say`${NaN} points`] }]
  expect(isFilled({ ...sample.worded, body: { ...sample.worded.body, sections } })).toBe(false)
})

test('German times, money and reasons of machines read as people write them', () => {
  const at = new Date('2026-11-24T13:00:00Z')
  expect(sayTime(at, 'Europe/Berlin', { language: 'de', withYear: true })).toBe(
    'Dienstag, 24. November 2026, 14:00 Uhr',
  )
  expect(sayMoney(1240.5, 'EUR', 'de')).toBe('1.240,50 EUR')
  const reasons = wordsIn('en').own.textPassesRule('3', 'Masks (a.b) “new”')
  expect(sayOwnReasons(reasons, 'de')).toBe(
    'Der neue Text, Fassung 3, genügt der Regel „Masks (a.b) “new”“.',
  )
  expect(sayOwnReasons('A person wrote this.', 'de')).toBeNull()
})
