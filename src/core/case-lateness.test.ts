/** What happens by itself when a desk is late, and how a case ends. */
import { describe, expect, test } from 'vitest'
import {
  appealAgainst,
  asking,
  at,
  change,
  day,
  decide,
  deciding,
  due,
  granted,
  opened,
  procedure,
  refusalOf,
  start,
  taken,
  until,
  withdraw,
} from '../../test/cases.ts'
import { changeCase } from './case-change.ts'
import { caseOutcome } from './case.ts'

describe('lateness', () => {
  test('hands over, and the next desk has its time from the moment that was promised', () => {
    const late = change(opened(), at(4 * day), due)
    expect(late).toMatchObject({ desk: 'second', arrivedAt: at(2 * day), dueAt: at(5 * day) })
  })

  test('is none before its time', () => {
    expect(refusalOf(opened(), due, at(2 * day - 1))).toBe('wrong_state')
  })

  test('at the last desk lifts the measure, and the shop is asked to show it', () => {
    const second = until(opened(), at(2 * day))
    expect(changeCase(second, due, procedure, at(5 * day))).toMatchObject({
      ok: true,
      effects: [{ decisionId: 'd1', power: 'grant', needsPerson: false }],
      case: { state: 'restoring', decidedBy: [] },
      events: [{ kind: 'case.decided', by: null }],
    })
  })

  test('narrows where it can, marks the rest overdue, and the rest goes on with its clock', () => {
    const measures = ['account.secure', 'listing.deactivate.safety', 'listing.demote'] as const
    const second = until(opened(appealAgainst(...measures)), at(2 * day))
    const result = changeCase(second, due, procedure, at(5 * day))
    expect(result).toMatchObject({
      ok: true,
      effects: [
        { decisionId: 'd1', power: 'narrow', needsPerson: true },
        { decisionId: 'd3', power: 'grant', needsPerson: false },
      ],
      case: {
        state: 'open',
        decidedAt: null,
        overdueSince: at(5 * day),
        dueAt: at(8 * day),
        objections: [
          { outcome: 'measure_narrowed' },
          { outcome: null },
          { outcome: 'measure_lifted' },
        ],
      },
    })
    if (!result.ok) return
    const final = change(
      taken(result.case, at(6 * day)),
      at(6 * day),
      decide('deny', { about: ['o2'] }),
    )
    expect(final.overdueSince).toBeNull()
    expect(caseOutcome(final)).toBe('measure_stands')
  })

  test('narrows only with an end date that a clock may keep; otherwise a person must look', () => {
    const strict = {
      ...procedure,
      desks: { ...procedure.desks, first: { ...procedure.desks['first']!, late: 'narrow' } },
      measures: {
        'listing.deactivate': { takes: [], 'may-take': [], 'lift-by-clock': false },
        'listing.demote': { takes: [], 'may-take': [], 'lift-by-clock': true },
      },
    }
    expect(changeCase(opened(), due, strict, at(2 * day))).toMatchObject({
      effects: [{ power: 'narrow', needsPerson: true }],
    })
  })

  test('ends nothing that goes on from a case which no clock could end', () => {
    const goesOn = opened({ ...appealAgainst('listing.demote'), overdueSince: start })
    const second = until(goesOn, at(2 * day))
    expect(changeCase(second, due, procedure, at(5 * day))).toMatchObject({
      ok: true,
      effects: [],
      case: { overdueSince: start, dueAt: at(8 * day) },
    })
  })

  test('of a desk whose clock leads nowhere, which somebody accepted by name, is overdue', () => {
    const bare = { ...procedure, desks: { first: { staff: 'people' as const, may: [] } } }
    expect(changeCase(opened(), due, bare, at(2 * day))).toMatchObject({
      case: { desk: 'first', overdueSince: at(2 * day), dueAt: at(3 * day) },
    })
  })
})

describe('the end', () => {
  test('a lifted measure keeps the case open until the shop shows it, then closes it', () => {
    expect(granted.state).toBe('restoring')
    expect(change(granted, start, { do: 'restored' })).toMatchObject({ state: 'closed' })
  })

  test('an appeal taken back leaves the measure and closes, whatever was about to be decided', () => {
    for (const held of [opened(), asking, deciding]) {
      const result = changeCase(held, withdraw, procedure, start)
      expect(result).toMatchObject({ ok: true, effects: [], case: { state: 'closed' } })
      if (result.ok) expect(caseOutcome(result.case)).toBe('withdrawn')
    }
  })
})
