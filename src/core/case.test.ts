import { describe, expect, test } from 'vitest'
import {
  appealAgainst,
  at,
  change,
  contest,
  day,
  decide,
  minute,
  newCases,
  opened,
  procedure,
  refusalOf,
  reopen,
  take,
  taken,
  until,
} from '../../test/cases.ts'
import {
  caseNumber,
  caseOutcome,
  isMatter,
  liftsByClock,
  nextInstant,
  openCase,
  promisedBy,
  secondLookDesk,
  whenLate,
  type NewCase,
} from './case.ts'
import type { Measure } from './measure.ts'

const day0 = at(0)
const ask = { do: 'ask', by: 'milan', question: 'Which pack?' } as const

describe('opening a case', () => {
  for (const [kind, matter] of Object.entries(newCases))
    test(`a case (${kind}) has a desk and a clock that runs from its arrival`, () => {
      const held = opened(matter)
      expect(held).toMatchObject({ state: 'open', desk: 'first', arrivedAt: at(0) })
      expect(nextInstant(held)).toEqual(at(2 * day))
    })

  test('at a desk without a clock, which somebody accepted by name, it is counted after a day', () => {
    const bare = { ...procedure, desks: { first: { staff: 'people' as const, may: [] } } }
    const result = openCase(newCases.appeal, bare, day0)
    expect(result).toMatchObject({ ok: true, case: { dueAt: at(day) } })
  })

  test('an appeal that contests nothing, says nothing, or fixes without saying how is not opened', () => {
    const [objection] = newCases.appeal.objections
    const tryIt = (objections: NewCase['objections']) => {
      const result = openCase({ ...newCases.appeal, objections }, procedure, day0)
      return result.ok ? null : result.refusal
    }
    const remedy = { cause: 'a', correction: 'b', prevention: ' ' }
    expect(tryIt([])).toBe('objection_missing')
    expect(tryIt([{ ...objection!, text: ' \n' }])).toBe('text_missing')
    expect(tryIt([{ ...objection!, track: 'remedy', remedy: null }])).toBe('remedy_incomplete')
    expect(tryIt([{ ...objection!, track: 'remedy', remedy }])).toBe('remedy_incomplete')
  })

  test('a letter that says nothing is not opened', () => {
    expect(openCase({ ...newCases.letter, text: ' ' }, procedure, day0)).toMatchObject({
      refusal: 'text_missing',
    })
  })

  test('every kind has a letter of its own in its number', () => {
    const numbers = Object.values(newCases).map(caseNumber)
    expect(numbers).toContain('A-7001')
    expect(new Set(numbers).size).toBe(7) // the reporter's appeal is an appeal
  })

  test('what is about no measure is a matter', () => {
    const matters = Object.entries(newCases).filter(([, matter]) => isMatter(matter))
    expect(matters.map(([kind]) => kind)).not.toContain('appeal')
    expect(matters.length).toBe(7)
  })
})

describe('the next instant', () => {
  test('is the desk’s while it has the case, and the question’s while one waits', () => {
    expect(nextInstant(opened())).toEqual(at(2 * day))
    const asking = change(taken(), day0, ask)
    expect(nextInstant(asking)).toEqual(at(14 * day))
  })

  test('is the end of the minute while a decision can be taken back', () => {
    const deciding = change(taken(), day0, decide('deny', { undoFor: minute }))
    expect(nextInstant(deciding)).toEqual(at(minute))
  })

  test('of an answered appeal is the end of the appeal window, once that has begun', () => {
    const answered = change(taken(), day0, decide('deny'))
    expect(nextInstant(answered)).toBeNull()
    expect(nextInstant({ ...answered, contestBy: at(180 * day) })).toEqual(at(180 * day))
  })

  test('is none once the case is over, or waits for the shop', () => {
    expect(nextInstant(change(opened(), day0, { do: 'withdraw', by: 'ines' }))).toBeNull()
    expect(nextInstant(change(taken(), day0, decide('grant')))).toBeNull()
  })
})

describe('the promise', () => {
  test('forwarding never moves it', () => {
    const before = taken()
    const moved = change(before, at(minute), {
      do: 'forward',
      by: 'milan',
      to: 'second',
      reason: 'Theirs.',
    })
    expect(moved.desk).toBe('second')
    expect(promisedBy(moved, procedure)).toEqual(promisedBy(before, procedure))
    expect(promisedBy(moved, procedure)).toEqual(at(8 * day))
  })

  test('lateness never moves it', () => {
    expect(promisedBy(until(opened(), at(4 * day)), procedure)).toEqual(at(8 * day))
  })

  test('moves by the time in which a question waited, and no more', () => {
    const asking = change(taken(), day0, ask)
    expect(promisedBy(asking, procedure)).toEqual(at(22 * day))
    const replied = change(asking, at(3 * day), { do: 'write', by: 'ines', text: 'The blue one.' })
    expect(promisedBy(replied, procedure)).toEqual(at(11 * day))
    expect(promisedBy(until(asking, at(14 * day)), procedure)).toEqual(at(22 * day))
  })

  test('moves by the time that the seller took to contest', () => {
    const denied = change(taken(), at(day / 100), decide('deny'))
    const contested = change(denied, at(30 * day), contest)
    const stood = 30 * day - day / 100
    expect(promisedBy(contested, procedure)).toEqual(at(8 * day + stood))
  })

  test('is made anew when new facts open it again, or an answered matter is written to', () => {
    const final = change(
      taken({ ...change(change(taken(), day0, decide('deny')), day0, contest) }, day0, 'aiko'),
      day0,
      decide('deny', { by: 'aiko' }),
    )
    expect(promisedBy(change(final, at(9 * day), reopen), procedure)).toEqual(at(17 * day))
    const answer = { do: 'answer', by: 'milan', text: 'Nothing.' } as const
    const answered = change(taken(opened(newCases.question)), day0, answer)
    const again = change(answered, at(9 * day), { do: 'write', by: 'ines', text: 'Really?' })
    expect(promisedBy(again, procedure)).toEqual(at(17 * day))
  })
})

describe('what lateness may do to a measure', () => {
  const late = (measure: Measure, lateness: 'lift' | 'narrow') =>
    whenLate(procedure, measure, lateness)

  test('it lifts what a clock may lift, and narrows what has a narrower form', () => {
    expect(late('listing.deactivate', 'lift')).toBe('grant')
    expect(late('listing.deactivate', 'narrow')).toBe('narrow')
    expect(late('listing.demote', 'narrow')).toBe('grant')
  })

  test('it never lifts what is not lifted by clock: that is narrowed, or waits for a person', () => {
    for (const lateness of ['lift', 'narrow'] as const) {
      expect(late('account.secure', lateness)).toBe('narrow')
      expect(late('account.secure.narrowed', lateness)).toBeNull()
      expect(late('listing.deactivate.safety', lateness)).toBeNull()
    }
  })

  test('a procedure may forbid it for a measure, and never allow what we forbid', () => {
    const strict = {
      ...procedure,
      measures: {
        'account.suspend': { takes: [], 'may-take': [], 'lift-by-clock': false },
        'listing.deactivate.safety': { takes: [], 'may-take': [], 'lift-by-clock': true },
      },
    }
    expect(liftsByClock(strict, 'account.suspend')).toBe(false)
    expect(liftsByClock(strict, 'account.suspend.narrowed')).toBe(false)
    expect(liftsByClock(strict, 'listing.deactivate.safety')).toBe(false)
  })
})

describe('what came of a case', () => {
  const both = appealAgainst('listing.deactivate', 'listing.demote')

  test('counts by its least favourable objection, once all are answered', () => {
    expect(caseOutcome(opened(both))).toBeNull()
    const mixed = change(taken(opened(both)), day0, {
      ...decide('grant'),
      answers: [
        { objectionId: 'o1', power: 'grant', reasons: 'Right.' },
        { objectionId: 'o2', power: 'deny', reasons: 'Not right.' },
      ],
    })
    expect(caseOutcome(mixed)).toBe('measure_stands')
  })

  test('a matter has none', () => {
    expect(caseOutcome(opened(newCases.question))).toBeNull()
  })

  test('a second look is there for what stands, at another desk, once', () => {
    const denied = change(taken(), day0, decide('deny'))
    expect(secondLookDesk(denied, procedure)).toBe('second')
    expect(secondLookDesk({ ...denied, secondLook: true }, procedure)).toBeNull()
    expect(secondLookDesk({ ...denied, desk: 'careful' }, procedure)).toBeNull()
    expect(secondLookDesk(change(taken(), day0, decide('grant')), procedure)).toBeNull()
  })
})

describe('holding a case', () => {
  test('keeps others off for twenty minutes', () => {
    const mine = taken(opened(), day0, 'aiko')
    expect(refusalOf(mine, take(), at(20 * minute - 1))).toBe('held_by_another')
    expect(refusalOf(mine, take(), at(20 * minute))).toBeNull()
    expect(refusalOf(mine, decide('grant', { by: 'aiko' }), at(20 * minute))).toBe('not_your_case')
  })

  test('ends with the desk’s time: who is late has no more say', () => {
    const late = taken(opened(), at(2 * day - 1))
    expect(late.heldUntil).toEqual(at(2 * day))
    expect(refusalOf(late, decide('deny'), at(2 * day - 1))).toBeNull()
    expect(refusalOf(late, decide('deny'), at(2 * day))).toBe('not_your_case')
    expect(refusalOf(late, take(), at(2 * day))).toBe('wrong_state')
  })
})
