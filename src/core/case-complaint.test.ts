/** A complaint is looked into by people: what a clock, a machine, its seller and its reporter can do with it, and what not. */
import { describe, expect, test } from 'vitest'
import {
  ask,
  at,
  change,
  contest,
  day,
  decide,
  due,
  find,
  minute,
  newCases,
  opened,
  procedure,
  refusalOf,
  start,
  take,
  taken,
  undo,
  until,
  withdraw,
  write,
} from '../../test/cases.ts'
import { changeCase } from './case-change.ts'
import { promisedBy, type Case } from './case.ts'
import { complaintFindings } from './complaint.ts'

const complaint = () => taken(opened(newCases.complaint))
const danger = () =>
  taken(
    opened({
      ...newCases.complaint,
      matter: 'matter.complaint.safety',
      complaint: { ...newCases.complaint.complaint, kind: 'unsafe', decisionId: 'd1' },
    }),
  )
const contested = { do: 'contest', by: 'reporter', text: 'Look again.' } as const

describe('what a person finds', () => {
  for (const finding of complaintFindings)
    test(`${finding}: it counts, with reasons for the seller and words that the case does not keep`, () => {
      const result = changeCase(complaint(), { ...find, finding }, procedure, start)
      if (!result.ok) throw new Error(result.refusal)
      expect(result.case).toMatchObject({
        state: 'answered',
        complaint: { finding, reasons: find.reasons },
        decidedBy: ['milan'],
      })
      expect(result.toReporter).toEqual({ words: find.words, isUnfounded: false })
      expect(JSON.stringify([result.case, result.events])).not.toContain(find.words)
    })

  test('manifestly unfounded is only what is refuted, and its seller reads nothing of that', () => {
    for (const finding of complaintFindings) {
      const said = { ...find, finding, isUnfounded: true }
      const result = changeCase(complaint(), said, procedure, start)
      if (!result.ok) throw new Error(result.refusal)
      expect(result.toReporter?.isUnfounded).toBe(finding === 'refuted')
      expect(JSON.stringify([result.case, result.events])).not.toContain('nfounded')
    }
  })

  test('needs the case in hand, reasons for the one and words for the other', () => {
    expect(refusalOf(opened(newCases.complaint), find)).toBe('not_your_case')
    expect(refusalOf(complaint(), { ...find, reasons: ' ' })).toBe('reasons_missing')
    expect(refusalOf(complaint(), { ...find, words: '\n' })).toBe('words_missing')
  })

  test('needs a desk that may decide, for or against the seller', () => {
    const atSupport = taken(opened({ ...newCases.complaint, desk: 'support' }))
    for (const finding of complaintFindings)
      expect(refusalOf(atSupport, { ...find, finding })).toBe('power_not_at_desk')
  })

  test('may be taken back for a minute, and counts when that is over', () => {
    const given = change(complaint(), start, { ...find, undoFor: minute })
    expect(given).toMatchObject({ state: 'deciding', complaint: { finding: null } })
    expect(change(given, start, undo)).toMatchObject({ state: 'open', heldBy: 'milan' })
    const result = changeCase(given, due, procedure, at(minute))
    expect(result).toMatchObject({
      ok: true,
      toReporter: { words: find.words },
      case: { state: 'answered', complaint: { finding: 'refuted' } },
    })
  })
})

describe('nobody else finds anything', () => {
  test('lateness hands over, and then only calls the officer, however long it goes on', () => {
    const late = until(opened(newCases.complaint), at(40 * day))
    expect(late).toMatchObject({ desk: 'second', state: 'open', complaint: { finding: null } })
    expect(late.overdueSince).not.toBeNull()
  })

  test('a machine decides none, and its seller takes none back and contests none', () => {
    const held = complaint()
    const machine = { ...decide('grant'), by: { kind: 'machine', id: 'screening' } } as const
    expect(refusalOf(held, machine)).toBe('wrong_state')
    expect(refusalOf(held, withdraw)).toBe('wrong_state')
    expect(refusalOf(change(held, start, find), contest)).toBe('nothing_to_contest')
  })

  test('a message of the desk ends none', () => {
    expect(refusalOf(complaint(), { do: 'answer', by: 'milan', text: 'We saw it.' })).toBe(
      'wrong_state',
    )
  })
})

describe('the seller is asked', () => {
  test('with a date, while our clock stands still, and the answer starts it again', () => {
    const asked = change(opened(newCases.complaint), at(day), take(), ask)
    expect(asked).toMatchObject({ state: 'asking', ask: { until: at(15 * day) } })
    expect(change(asked, at(2 * day), write)).toMatchObject({ state: 'open', dueAt: at(3 * day) })
    expect(until(asked, at(15 * day))).toMatchObject({ state: 'open', dueAt: at(16 * day) })
  })

  test('and not waited for where somebody may be in danger: the case stays in hand and may be found at once', () => {
    const held = danger()
    const asked = change(held, start, ask)
    expect(asked).toMatchObject({ state: 'open', heldBy: 'milan', dueAt: held.dueAt, asks: 1 })
    expect(change(asked, start, find)).toMatchObject({ state: 'answered' })
    expect(refusalOf(asked, ask)).toBe('asks_spent')
  })
})

describe('the reporter contests', () => {
  const found = (): Case => change(complaint(), start, find)

  test('what was found, whatever it was, in the time that there is for it', () => {
    for (const finding of complaintFindings) {
      const held = change(complaint(), start, { ...find, finding })
      expect(change(held, at(day), contested)).toMatchObject({
        state: 'open',
        desk: 'second',
        secondLook: true,
        complaint: { finding: null, reasons: null },
      })
    }
    const over = { ...found(), contestBy: at(180 * day) }
    expect(refusalOf(over, contested, at(181 * day))).toBe('window_closed')
  })

  test('once, and nobody who found it before looks again', () => {
    const again = change(found(), at(day), contested)
    expect(refusalOf(change(again, at(day), take('milan')), find, at(day))).toBe('decided_before')
    const second = change(again, at(day), take('aiko'), { ...find, by: 'aiko' })
    expect(second.state).toBe('closed')
    expect(refusalOf(second, contested, at(2 * day))).toBe('wrong_state')
  })

  test('and lateness of the second look finds nothing either: a person still has to', () => {
    const late = until(change(found(), at(day), contested), at(60 * day))
    expect(late).toMatchObject({ state: 'open', complaint: { finding: null } })
  })

  test('their own time is none of ours: the promise runs on from where it stood', () => {
    const again = change(found(), at(100 * day), contested)
    expect(promisedBy(again, procedure)).toEqual(at(108 * day))
  })
})
