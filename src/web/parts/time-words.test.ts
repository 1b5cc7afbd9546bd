/** Tests of time words: the calendar, the zone and the counting. */
import { describe, expect, it } from 'vitest'
import {
  distanceWords,
  dueWords,
  exactWords,
  momentWords,
  passedWords,
  pastWords,
  spanWords,
  todayWords,
} from './time-words.ts'

const paris = 'Europe/Paris'
// Thursday 12 November 2026, 10:20 in Paris.
const now = new Date('2026-11-12T09:20:00Z')

describe('time words', () => {
  it('names the weekday within a week and the date beyond it', () => {
    expect(momentWords(new Date('2026-11-13T08:12:00Z'), now, paris)).toBe('Friday 09:12')
    expect(momentWords(new Date('2026-11-12T17:00:00Z'), now, paris)).toBe('today 18:00')
    expect(dueWords(new Date('2026-11-26T08:58:00Z'), now, paris)).toBe(
      'Thursday 26 November 09:58 (in 14 days)',
    )
    expect(momentWords(new Date('2026-11-19T08:00:00Z'), now, paris)).toBe(
      'Thursday 19 November 09:00',
    )
  })

  it('drops the minute and adds the year where the date is far ahead', () => {
    expect(dueWords(new Date('2027-05-11T08:58:00Z'), now, paris)).toBe(
      'Tuesday 11 May 2027 (in 6 months)',
    )
  })

  it('counts in hours under 48 hours, a freshly started two days as two days', () => {
    expect(distanceWords(new Date('2026-11-13T18:20:00Z'), now)).toBe('in 33 hours')
    expect(distanceWords(new Date('2026-11-14T09:19:58Z'), now)).toBe('in 2 days')
    expect(distanceWords(new Date('2026-11-12T09:21:20Z'), now)).toBe('in 1 minute')
    expect(distanceWords(new Date('2026-11-12T09:20:20Z'), now)).toBe('in less than a minute')
    expect(distanceWords(new Date('2026-11-12T07:20:00Z'), now)).toBe('2 hours ago')
  })

  it('says yesterday by the calendar of the seller and not of the server', () => {
    const late = new Date('2026-11-11T23:30:00Z')
    expect(pastWords(late, now, paris)).toBe('today 00:30')
    expect(pastWords(late, now, 'America/New_York')).toBe('yesterday 18:30')
    expect(pastWords(new Date('2026-11-09T17:40:00Z'), now, paris)).toBe('Mon 9 Nov 18:40')
    expect(pastWords(new Date('2025-11-09T17:40:00Z'), now, paris)).toBe('Sun 9 Nov 2025 18:40')
  })

  it('falls back to UTC for a zone that nobody knows', () => {
    expect(todayWords(now, 'Mars/Olympus')).toBe('Thursday 12 November, 09:20')
    expect(exactWords(now, paris)).toBe('12 November 2026 10:20:00 (Europe/Paris)')
  })

  it('tells how long something took', () => {
    expect(spanWords(300)).toBe('less than a second')
    expect(spanWords(16_000)).toBe('16 s')
    expect(spanWords(12 * 60_000)).toBe('12 minutes')
    expect(spanWords((9 * 60 + 49) * 60_000)).toBe('9 h 49 min')
    expect(spanWords(3 * 86_400_000)).toBe('3 days')
  })

  it('tells how much of a clock is used up', () => {
    const started = new Date('2026-11-11T08:20:00Z')
    const due = new Date('2026-11-13T08:20:00Z')
    expect(passedWords(started, due, now)).toBe('25 of 48 hours have passed')
    expect(passedWords(started, due, new Date('2026-12-01T00:00:00Z'))).toBe(
      '48 of 48 hours have passed',
    )
  })
})
