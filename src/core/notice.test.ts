import { describe, expect, test } from 'vitest'
import type { ObjectionOutcome } from './objection.ts'
import {
  handedOver,
  appealReceived,
  notBackOfficer,
  notYetBackNotice,
  outcomeNotice,
  overdueNotice,
  restoredNotice,
  sayTime,
  type AnsweredObjection,
} from './notice.ts'

const timeZone = 'Europe/Lisbon'
const answered = (
  outcome: ObjectionOutcome,
  answeredBy: string | null = 'Milan',
): AnsweredObjection => ({
  subjectTitle: 'Clay face mask',
  outcome,
  answer: 'Clay is no mask.',
  answeredBy,
})
const outcome = (...objections: AnsweredObjection[]) =>
  outcomeNotice({ caseNumber: 'A-7001', caseId: 'cas_1', objections, secondLook: null, timeZone })

describe('a time in a notice', () => {
  test('is told in the seller’s zone, across its change of clocks', () => {
    expect(sayTime(new Date('2026-11-24T14:00:00Z'), 'Europe/Lisbon')).toBe(
      'Tuesday 24 November 14:00',
    )
    expect(sayTime(new Date('2026-11-24T14:00:00Z'), 'Asia/Kolkata')).toBe(
      'Tuesday 24 November 19:30',
    )
    expect(sayTime(new Date('2026-11-24T23:30:00Z'), 'Asia/Tokyo')).toBe(
      'Wednesday 25 November 08:30',
    )
    expect(sayTime(new Date('2027-03-28T00:30:00Z'), 'Europe/Berlin')).toBe('Sunday 28 March 01:30')
    expect(sayTime(new Date('2027-03-28T01:30:00Z'), 'Europe/Berlin')).toBe('Sunday 28 March 03:30')
  })

  test('at midnight begins the day instead of ending it', () => {
    expect(sayTime(new Date('2026-11-24T00:00:00Z'), 'UTC')).toBe('Tuesday 24 November 00:00')
  })

  test('far off has its year', () => {
    expect(sayTime(new Date('2027-05-23T10:00:00Z'), 'UTC', { withYear: true })).toBe(
      'Sunday 23 May 2027 10:00',
    )
  })

  test('in a zone that nobody knows is told in UTC, and says so', () => {
    const words = appealReceived({
      number: 'A-7001',
      caseId: 'c',
      deskTitle: 'Seller Performance',
      dueAt: new Date('2026-11-24T14:00:00Z'),
      ifLate: 'Then it moves on.',
      timeZone: 'Middle/Earth',
      subjectTitles: ['Mask'],
    })
    expect(words.subject).toContain('by Tuesday 24 November 14:00')
    expect(JSON.stringify(words.body)).toContain('Times are those of UTC.')
  })
})

describe('the outcome of an appeal', () => {
  test('says what is so first, then who answers how many points', () => {
    expect(outcome(answered('measure_stands'), answered('measure_stands')).body.opening).toBe(
      'The measures stand. Milan answers each of your two points below.',
    )
    expect(outcome(answered('measure_stands')).body.opening).toBe(
      'The measure stands. Milan answers your point below.',
    )
    expect(outcome(answered('measure_lifted')).subject).toBe(
      'The measure is lifted. The answer to your appeal A-7001',
    )
  })

  test('of several fates counts each of them', () => {
    const mixed = outcome(
      answered('measure_lifted'),
      answered('measure_stands', 'Ana'),
      answered('measure_lifted'),
      answered('measure_narrowed'),
      answered('withdrawn', null),
    )
    expect(mixed.body.opening).toBe(
      'Two measures are lifted, one measure is narrowed and one measure stands. Milan and Ana answer each of your four points below.',
    )
    expect(mixed.body.sections.map(({ heading }) => heading)).toContain(
      '“Clay face mask”: taken back',
    )
  })

  test('by a clock names no person', () => {
    expect(outcome(answered('measure_lifted', null)).body.opening).toBe(
      'The measure is lifted. The reasons are below.',
    )
  })

  test('that gives nothing back promises no look at the shop', () => {
    expect(JSON.stringify(outcome(answered('measure_stands')))).not.toContain('shop')
    expect(JSON.stringify(outcome(answered('measure_narrowed')))).toContain(
      'We look there ourselves',
    )
  })

  test('names the desk that can look again, and until when', () => {
    const objections = [answered('measure_stands')]
    const words = (contestBy: Date | null) =>
      outcomeNotice({
        caseNumber: 'A-7001',
        caseId: 'c',
        objections,
        timeZone,
        secondLook: { deskTitle: 'Executive office', contestBy },
      })
    expect(words(new Date('2027-05-23T10:00:00Z')).body.opening).toContain(
      'You can ask another desk, Executive office, to look again until Sunday 23 May 2027 11:00.',
    )
    expect(words(null).body.opening).toContain('for six months from the day this reaches you')
    expect(words(null).body.link?.label).toContain('second look')
  })
})

describe('the proof of restoration', () => {
  const seen = (shows: Parameters<typeof restoredNotice>[0]['shows'], seconds = 16) =>
    restoredNotice({ subjectTitle: 'Clay face mask', shows, seconds, decisionId: 'd', caseId: 'c' })

  test('says how soon it was seen back', () => {
    expect(seen({ offered: true, searchable: true }).body.opening).toBe(
      '“Clay face mask” is back on sale: seen back in the shop 16 seconds after the decision.',
    )
    const after = (seconds: number) =>
      /shop (.+) after/.exec(seen({ offered: true, searchable: true }, seconds).body.opening)?.[1]
    expect([0, 1, 59, 119, 120, 7_199, 7_200, 172_800].map(after)).toEqual([
      '1 second',
      '1 second',
      '59 seconds',
      '119 seconds',
      '2 minutes',
      '120 minutes',
      '2 hours',
      '2 days',
    ])
  })

  test('calls nothing back that is not', () => {
    for (const shows of [null, { offered: false, searchable: false }])
      expect(JSON.stringify(seen(shows))).not.toMatch(/is back|seen back/)
    expect(seen({ offered: true, searchable: false }).subject).toBe(
      '“Clay face mask” is for sale again, outside search',
    )
  })
})

test('no notice blames, begs or promises nothing', () => {
  const at = new Date('2026-11-24T14:00:00Z')
  const holding = {
    number: 'A-7001',
    caseId: 'c',
    deskTitle: 'Executive office',
    dueAt: at,
    ifLate: 'If nobody has answered by then, the measure is lifted.',
    timeZone,
    subjectTitles: ['One', 'Two', 'Three', 'Four', 'Five'],
  }
  const all = [
    appealReceived(holding),
    handedOver({ ...holding, fromDeskTitle: 'Seller Performance', why: 'late' }),
    handedOver({ ...holding, fromDeskTitle: 'Seller Performance', why: 'second-look' }),
    outcome(answered('measure_stands')),
    notYetBackNotice({ subjectTitle: 'Mask', decisionId: 'd', caseId: null, since: at, timeZone }),
    notBackOfficer({
      subject: { kind: 'listing', id: 'l1' },
      subjectTitle: 'Mask',
      sequence: 2,
      since: at,
      error: null,
      timeZone,
    }),
    overdueNotice({
      caseNumber: 'A-7001',
      deskTitle: 'Safety',
      overdueSince: at,
      dueAt: at,
      timeZone,
    }),
  ]
  for (const words of all) {
    expect(JSON.stringify(words)).not.toMatch(
      /unfortunately|please note|being processed|forwarded to|you violated|pending|denied|!|undefined|null,null/i,
    )
    expect(words.subject.length).toBeLessThan(200)
    for (const { paragraphs } of words.body.sections)
      for (const words of paragraphs) expect(words).toMatch(/[.]$/)
  }
  expect(all[0]!.body.opening).toContain('“One”, “Two”, “Three” and two more')
})
