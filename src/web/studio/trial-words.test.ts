/** The sentences of a trial. */
import { expect, test } from 'vitest'
import type { TrialReport } from '../../contract/trial.ts'
import { shareOf } from '../../core/likely-range.ts'
import { agreementWords, daysTitle, trialTitle, trialWords } from './trial-words.ts'

const said = (right: number, wrong: number) => ({
  agrees: shareOf(right, right + wrong),
  precision: shareOf(right, right + wrong),
  found: shareOf(right, right),
  violationsFlagged: right,
  violationsMissed: 0,
  innocentsFlagged: wrong,
  innocentsPassed: 0,
})
const difference = (count: number) => ({ count, listings: [] })
const report: TrialReport = {
  flagged: { deactivate: 9, review: 3 },
  flaggedBefore: { deactivate: 10, review: 0 },
  newlyFlagged: difference(3),
  noLongerFlagged: difference(1),
  moreSevere: difference(0),
  lessSevere: difference(0),
  people: said(7, 1),
  peopleBefore: said(5, 3),
  days: [],
}
const trial = {
  state: 'done',
  listings: 560,
  screened: 560,
  against: 2,
  isInForce: false,
  report,
} as const

test('the title says what would be flagged beside the version in force', () => {
  expect(trialTitle(trial)).toBe(
    'It would flag 12 of 560 listings, 3 that version 2 lets pass, and not 1 that it flags.',
  )
  const same = { ...report, newlyFlagged: difference(0), noLongerFlagged: difference(0) }
  expect(trialTitle({ ...trial, report: same })).toBe(
    'It would flag 12 of 560 listings, the same as version 2.',
  )
  expect(trialTitle({ ...trial, report: { ...same, newlyFlagged: difference(4) } })).toMatch(
    /4 more than version 2\.$/,
  )
  expect(trialTitle({ ...trial, isInForce: true })).toBe('It would flag 12 of 560 listings.')
})

test('while it runs, when it was stopped and when nothing came it says so', () => {
  expect(trialTitle({ ...trial, state: 'running', screened: 100 })).toBe(
    'Trying it: 100 of 560 listings so far, 12 flagged.',
  )
  expect(trialTitle({ ...trial, state: 'stopped', screened: 100, against: null })).toBe(
    'Stopped after 100 of 560 listings: it flagged 12.',
  )
  expect(trialTitle({ ...trial, listings: 0, screened: 0 })).toMatch(/^No listing came/)
  expect(trialWords({ ...trial, state: 'stopped', screened: 7, version: 3 })).toBe(
    'A changed document, version 3, stopped after 7 of 560 listings',
  )
})

test('agreement with people is said only where they decided', () => {
  expect(agreementWords(report)).toBe(
    'Of 8 listings that people decided about, it says the same as they did in 7; the version in force in 5.',
  )
  expect(agreementWords({ ...report, people: said(0, 0) })).toMatch(/nobody knows how often/)
  expect(agreementWords({ ...report, peopleBefore: said(7, 1) })).toMatch(/as often as the version/)
})

test('the plot by day names the busiest', () => {
  const day = (date: string, deactivate: number) => ({
    day: date,
    listings: 9,
    flagged: { deactivate, review: 0 },
    flaggedBefore: null,
  })
  expect(daysTitle([day('2026-11-20', 1), day('2026-11-21', 4)])).toBe(
    'At most 4 a day would be flagged, on 21 Nov',
  )
  expect(daysTitle([])).toBe('On no day would it flag anything')
})
