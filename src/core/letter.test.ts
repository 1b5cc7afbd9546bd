import { describe, expect, test } from 'vitest'
import { later } from './calendar.ts'
import {
  datesOf,
  fateOfLetter,
  firstWaitedFor,
  letterSenders,
  marksIn,
  remindAt,
  wishWords,
  type LetterFate,
  type LetterSender,
} from './letter.ts'
import type { Objection } from './objection.ts'

const now = new Date('2026-11-26T12:00:00Z')
const aDay = 86_400_000

describe('what becomes of a letter', () => {
  const undecided = {
    kind: 'appeal' as const,
    objections: [{ outcome: null }] as Objection[], // all that is looked at
  }
  const decided = {
    kind: 'appeal' as const,
    objections: [{ outcome: 'measure_stands' }] as Objection[],
  }
  const contestable = { isContestable: true, isTakenBack: false }
  const over = { isContestable: false, isTakenBack: false }
  const takenBack = { isContestable: false, isTakenBack: true }
  type Who = { kind: LetterSender; showsAuthority?: boolean; sellerHears?: boolean }
  const matters = {
    'an appeal that is open': { open: undecided, decision: contestable },
    'an appeal that was decided': { open: decided, decision: over },
    'a decision that can be contested': { open: null, decision: contestable },
    'a decision whose time is over': { open: null, decision: over },
    'a decision that was taken back': { open: null, decision: takenBack },
    'nothing in particular': { open: null, decision: null },
  }
  const speaks: LetterFate[] = ['join', 'join', 'appeal', 'letter', 'letter', 'letter']
  const informs: LetterFate[] = ['join', 'join', 'letter', 'letter', 'letter', 'letter']
  const brings: LetterFate[] = ['join', 'dispute', 'dispute', 'dispute', 'letter', 'letter']
  const rows: [string, Who, LetterFate[]][] = [
    ['the seller', { kind: 'seller' }, speaks],
    ['a lawyer with an authority', { kind: 'representative', showsAuthority: true }, speaks],
    ['a lawyer without one', { kind: 'representative' }, informs],
    ['an authority', { kind: 'authority' }, informs],
    ['an authority that the seller hears', { kind: 'authority', sellerHears: true }, informs],
    ['a body', { kind: 'body', sellerHears: true }, brings],
    ['a body in confidence', { kind: 'body' }, informs],
  ]
  test.each(rows)('of %s', (_, { kind, showsAuthority = false, sellerHears = false }, fates) => {
    const letter = { sender: { kind }, showsAuthority, sellerHears }
    expect(Object.values(matters).map((matter) => fateOfLetter(letter, matter))).toEqual(fates)
  })
})

describe('the dates on a letter', () => {
  const read = (receivedOn: string, more: { writtenOn?: string; dueOn?: string } = {}) =>
    datesOf({ writtenOn: null, dueOn: null, receivedOn, ...more }, 'Europe/Lisbon', now)

  test('count from the first moment of the day of receipt to the last of the day by which it is due', () => {
    expect(read('2026-11-25', { dueOn: '2026-12-01' })).toEqual({
      ok: true,
      receivedAt: new Date('2026-11-25T00:00:00Z'),
      dueAt: new Date('2026-12-01T23:59:59Z'),
    })
  })

  test.each([
    ['2026-11-27', {}],
    ['2025-10-01', {}],
    ['2026-13-01', {}],
    ['2026-11-25', { writtenOn: '2026-11-26' }],
    ['2026-11-25', { dueOn: '2026-11-24' }],
    ['2026-11-25', { dueOn: '2031-01-01' }],
  ])('that cannot be so are refused: received %s, %o', (receivedOn, more) => {
    expect(read(receivedOn, more)).toMatchObject({ refusal: 'letter_dates_wrong' })
  })
})

test('the marks in a letter are numbers, ids and addresses as our notices write them', () => {
  const text =
    'Your cases A-7012 and Q – 7013, decision D-1004 (dec_0123456789abcdef), of <Ines@Clay.example>. A-12 is a road.'
  expect(marksIn(text)).toEqual({
    caseNumbers: [7012, 7013],
    decisionNumbers: [1004],
    decisionIds: ['dec_0123456789abcdef'],
    addresses: ['ines@clay.example'],
  })
  // However long and strange it is, it is read in a moment and offers no more than a page can show.
  const long = 'A-7000@A-7000 '.repeat(4_000)
  const start = performance.now()
  expect(marksIn(long).caseNumbers).toEqual([7000])
  expect(performance.now() - start).toBeLessThan(500)
})

test('the desk is reminded two days before, or after half of the time that is left', () => {
  expect(remindAt(later(now, 10 * aDay), now)).toEqual(later(now, 8 * aDay))
  expect(remindAt(later(now, 2 * aDay), now)).toEqual(later(now, aDay))
  expect(remindAt(later(now, -aDay), now)).toEqual(later(now, -aDay))
})

test('of several who wait, the one whose day comes first stands in the queue', () => {
  const letter = (dueAt: Date | null, metAt: Date | null = null) => ({ dueAt, metAt })
  const [late, soon, met, none] = [
    letter(later(now, 5 * aDay)),
    letter(later(now, aDay)),
    letter(now, now),
    letter(null),
  ]
  expect(firstWaitedFor([late, soon, met, none])).toBe(soon)
  expect(firstWaitedFor([met, none])).toBeNull()
})

test('what somebody waits for is said in plain words', () => {
  const said = letterSenders.map((kind) =>
    wishWords({ sender: { kind, name: '', answerTo: '' }, wants: 'file' }, { isPast: false }),
  )
  expect(said).toContain('The body wants our file by')
  expect(said).toContain('The authority wants our file by')
})
