import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readHelp } from './help-document.ts'
import { languageOf, topicsOf, trailOf, wayToPerson } from './help.ts'

const small = `help: small
languages: [en]
title: { en: What is it about? }
none-of-these: person
calls:
  time-zone: Europe/Lisbon
  days: [mon]
  hours: ['09:00-12:00']
  minutes: 15
  people: 1
topics:
  - topic: money
    title: { en: Money }
    text: { en: About money. }
    measures: [payout.*]
    topics:
      - topic: held
        title: { en: Held }
        text: { en: It is held. }
        ends: [appeal, person]
  - topic: data
    title: { en: Data }
    text: { en: Your data. }
    ends: [own-data, call]
`
const changed = (from: string, to: string) => {
  expect(small).toContain(from)
  return small.replace(from, to)
}

describe('a help document is refused with line and column where it leaves somebody without a person', () => {
  const deep = `        topics:
          - topic: deeper
            title: { en: Deeper }
            text: { en: Too far. }
            ends: [person]
`
  it.each([
    [
      'a third step',
      changed('        ends: [appeal, person]\n', deep),
      20,
      9,
      /more than 3 choices away/,
    ],
    ['a dead end', changed('        ends: [appeal, person]\n', ''), 17, 9, /dead end/],
    [
      'no person at an end',
      changed('[own-data, call]', '[own-data]'),
      24,
      5,
      /nobody is at the end/,
    ],
    ['an appeal alone', changed('[appeal, person]', '[appeal]'), 20, 9, /nobody is at the end/],
    ['an end named twice', changed('[own-data, call]', '[call, call]'), 24, 5, /twice/],
    [
      'topics and ends',
      changed('    measures: [payout.*]', '    ends: [person]'),
      15,
      5,
      /either topics or ends/,
    ],
    [
      'a second topic of a name',
      changed('topic: data', 'topic: held'),
      21,
      12,
      /second topic is named "held"/,
    ],
    [
      'calls nobody makes',
      small.replace(/calls:[\s\S]*?topics:\n/, 'topics:\n'),
      18,
      22,
      /nobody calls/,
    ],
    [
      'a measure that is none',
      changed('payout.*', 'payuot.hold'),
      15,
      16,
      /did you mean "payout.hold"/,
    ],
    ['a language without words', changed('[en]', '[en, de]'), 3, 1, /is missing in de/],
    [
      'words without a language',
      changed('{ en: Held }', '{ en: Held, fr: Retenu }'),
      18,
      28,
      /does not name fr/,
    ],
    [
      'hours without a call',
      changed('09:00-12:00', '09:00-09:10'),
      8,
      11,
      /no call of 15 minutes fits/,
    ],
    [
      'hours that overlap',
      changed("['09:00-12:00']", "['09:00-12:00', '11:00-13:00']"),
      8,
      26,
      /begins before/,
    ],
    [
      'a zone that is none',
      changed('Europe/Lisbon', 'Europe/Lisboa'),
      6,
      14,
      /expected a time zone/,
    ],
  ])('%s', (_name, text, line, column, message) => {
    const read = readHelp(text)
    if (read.ok) throw new Error('it was read')
    expect(read.isReadable).toBe(true)
    expect(read.errors[0]).toMatchObject({ line, column })
    expect(read.errors[0]?.message).toMatch(message)
  })

  it.each([
    [
      '"none of these" missing',
      changed('none-of-these: person\n', ''),
      /"none-of-these" is missing/,
    ],
    [
      '"none of these" without a person',
      changed('none-of-these: person', 'none-of-these: own-data'),
      /expected one of person, call/,
    ],
    [
      'an unknown key',
      changed('    measures: [payout.*]', '    measure: [payout.*]'),
      /did you mean "measures"/,
    ],
    [
      'an end that is none',
      changed('[appeal, person]', '[appeal, persn]'),
      /did you mean "person"/,
    ],
    ['no topics at all', small.replace(/topics:[\s\S]*/, 'topics: []\n'), /at least 1 entry/],
    ['what is no YAML', `${small}  - [`, /YAML/],
  ])('%s cannot be read at all', (_name, text, message) => {
    const read = readHelp(text)
    if (read.ok) throw new Error('it was read')
    expect(read.isReadable).toBe(false)
    expect(read.errors[0]?.message).toMatch(message)
  })
})

it('a sound document leads to a person from each of its topics', () => {
  const read = readHelp(small)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  expect(topicsOf(read.help).map(wayToPerson)).toEqual([
    ['money', 'none-of-these'],
    ['money', 'held', 'person'],
    ['data', 'call'],
  ])
  expect(trailOf(read.help, 'held')).toBe('Money › Held')
  expect(trailOf(read.help, 'nothing')).toBeNull()
})

it('the shipped help leads from every topic to a person in three choices', () => {
  const file = new URL('../../procedures/help.yaml', import.meta.url)
  const read = readHelp(readFileSync(file, 'utf8'))
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const ways = topicsOf(read.help).map(wayToPerson)
  expect(ways.length).toBeGreaterThan(20)
  for (const way of ways) expect(way.length).toBeLessThanOrEqual(3)
})

it('a reader gets their language, one of its kind, or the first', () => {
  const help = { languages: ['en', 'de'] }
  expect(languageOf(help, 'de')).toBe('de')
  expect(languageOf(help, 'de-AT')).toBe('de')
  expect(languageOf(help, 'fr')).toBe('en')
  expect(languageOf(help)).toBe('en')
})

/** A topic as somebody may write it, with no thought of people. */
interface Written {
  topic: string
  title: Record<string, string>
  text: Record<string, string>
  ends?: string[]
  topics?: Written[]
}

const end = fc.constantFrom('appeal', 'person', 'call', 'recovery', 'own-data')
const { topic } = fc.letrec<{ topic: Written }>((tie) => ({
  topic: fc.record(
    {
      topic: fc.uuid().map((id) => `t-${id}`),
      title: fc.constant({ en: 'A title' }),
      text: fc.constant({ en: 'A text.' }),
      ends: fc.uniqueArray(end, { maxLength: 3 }),
      topics: fc.array(tie('topic'), { maxLength: 3, depthIdentifier: 'topics' }),
    },
    { requiredKeys: ['topic', 'title', 'text'] },
  ),
}))

/** Walks as a person would, on what was written: how many choices to a person through every topic; Infinity where there is none. */
function walk(given: Written, choices: number): number[] {
  const below = given.topics ?? []
  const ends = given.ends ?? []
  const reaches = ends.some((each) => ['person', 'call', 'recovery'].includes(each))
  const isPlain = below.length === 0 || ends.length === 0
  const here = below.length > 0 ? choices + 1 : reaches ? choices + 1 : Infinity
  return [isPlain ? here : Infinity, ...below.flatMap((each) => walk(each, choices + 1))]
}

it('a document is sound exactly when a walk from every topic finds a person within three choices', () => {
  const seen = { sound: 0, unsound: 0 }
  fc.assert(
    fc.property(fc.array(topic, { minLength: 1, maxLength: 4 }), (topics) => {
      const document = {
        help: 'random',
        languages: ['en'],
        title: { en: 'What?' },
        'none-of-these': 'person',
      }
      const calls = {
        'time-zone': 'UTC',
        days: ['sun'],
        hours: ['00:00-24:00'],
        minutes: 60,
        people: 1,
      }
      const read = readHelp(stringify({ ...document, calls, topics }))
      const farthest = Math.max(...topics.flatMap((each) => walk(each, 1)))
      expect(read.ok).toBe(farthest <= 3)
      seen[read.ok ? 'sound' : 'unsound']++
      if (read.ok)
        for (const placed of topicsOf(read.help))
          expect(wayToPerson(placed).length).toBeLessThanOrEqual(3)
      else expect(read.errors.every(({ line, column }) => line > 0 && column > 0)).toBe(true)
    }),
    { numRuns: 150 },
  )
  expect(seen.sound).toBeGreaterThan(3)
  expect(seen.unsound).toBeGreaterThan(3)
})
