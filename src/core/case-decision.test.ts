/** Who may decide a case, with what, and how a decision is taken back or looked at again. */
import { describe, expect, test } from 'vitest'
import {
  answer,
  appealAgainst,
  ask,
  asking,
  at,
  byMachine,
  change,
  conclude,
  contest,
  day,
  decide,
  deciding,
  denied,
  deniedTwice,
  due,
  forward,
  granted,
  minute,
  newCases,
  opened,
  procedure,
  refusalOf,
  reopen,
  secondLook,
  start,
  take,
  taken,
  undo,
  until,
  write,
} from '../../test/cases.ts'
import { changeCase } from './case-change.ts'
import { nextInstant } from './case.ts'

describe('who may answer', () => {
  const powers = ['grant', 'narrow', 'deny'] as const

  test('the person who took the measure cannot decide its appeal, not even in favour', () => {
    const barred = { o1: { takenBy: 'milan', policyAuthor: null } }
    for (const power of powers)
      expect(refusalOf(taken(), decide(power, { barred }))).toBe('own_measure')
  })

  test('the person who wrote the version of the policy cannot decide its appeal', () => {
    const barred = { o1: { takenBy: null, policyAuthor: 'milan' } }
    for (const power of powers)
      expect(refusalOf(taken(), decide(power, { barred }))).toBe('own_policy')
  })

  test('of several objections one that bars a person bars them from all', () => {
    const both = opened(appealAgainst('listing.deactivate', 'listing.demote'))
    const barred = { o2: { takenBy: 'milan', policyAuthor: null } }
    expect(refusalOf(taken(both), decide('grant', { about: ['o1', 'o2'], barred }))).toBe(
      'own_measure',
    )
  })

  test('a second look is taken by somebody who did not take the first', () => {
    expect(refusalOf(taken(secondLook, at(day)), decide('deny'), at(day))).toBe('decided_before')
    expect(
      refusalOf(taken(secondLook, at(day), 'aiko'), decide('deny', { by: 'aiko' }), at(day)),
    ).toBeNull()
  })

  test('who decided before does not decide what new facts opened again', () => {
    const again = change(deniedTwice, at(2 * day), reopen)
    for (const by of ['milan', 'aiko'])
      expect(refusalOf(taken(again, at(2 * day), by), decide('deny', { by }), at(2 * day))).toBe(
        'decided_before',
      )
    expect(
      refusalOf(taken(again, at(2 * day), 'zoe'), decide('deny', { by: 'zoe' }), at(2 * day)),
    ).toBeNull()
  })

  test('a machine may grant and nothing else', () => {
    expect(refusalOf(opened(), byMachine('deny'))).toBe('machine_may_not_deny')
    expect(refusalOf(opened(), byMachine('narrow'))).toBe('machine_may_not_deny')
    expect(change(opened(), start, byMachine('grant')).objections[0]?.outcome).toBe(
      'measure_lifted',
    )
  })

  test('a machine may grant while a question waits, or within the minute of a denial', () => {
    expect(change(deciding, start, byMachine('grant'))).toMatchObject({
      state: 'restoring',
      pending: null,
      decidedBy: [],
    })
    const lifted = change(asking, at(3 * day), byMachine('grant'))
    expect(lifted).toMatchObject({ state: 'restoring', ask: null, stoodStill: 3 * day })
  })

  test('who checks what a rule did may not be who wrote it, unless they clear it', () => {
    const check = taken(opened(newCases.check))
    const own = { ...conclude, barred: { takenBy: null, policyAuthor: 'milan' } }
    expect(refusalOf(check, { ...own, conclusion: 'acted' })).toBe('own_policy')
    expect(refusalOf(check, own)).toBeNull()
  })

  test('only the person who holds the case acts on it', () => {
    const free = opened()
    const others = taken(opened(), start, 'aiko')
    for (const command of [decide('grant'), ask, answer, forward])
      for (const held of [free, others]) expect(refusalOf(held, command)).toBe('not_your_case')
    expect(refusalOf(others, { do: 'release', by: 'milan' })).toBe('not_your_case')
    expect(refusalOf(others, take())).toBe('held_by_another')
    const check = opened(newCases.check)
    expect(refusalOf(check, conclude)).toBe('not_your_case')
  })

  test('a desk uses only the powers that its procedure gives it', () => {
    const careful = { ...taken(), desk: 'careful' }
    expect(refusalOf(careful, decide('narrow'))).toBe('power_not_at_desk')
    expect(refusalOf(careful, ask)).toBe('power_not_at_desk')
    expect(refusalOf(careful, answer)).toBe('power_not_at_desk')
    expect(refusalOf({ ...taken(), desk: 'support' }, decide('deny'))).toBe('power_not_at_desk')
    const check = { ...taken(opened(newCases.check)), desk: 'support' }
    expect(refusalOf(check, conclude)).toBe('power_not_at_desk')
  })
})

describe('what an answer needs', () => {
  const both = taken(opened(appealAgainst('listing.deactivate', 'listing.deactivate.safety')))

  test('a denial answers every objection', () => {
    expect(refusalOf(both, decide('deny'))).toBe('answers_missing')
    expect(refusalOf(both, decide('deny', { about: [] }))).toBe('answers_missing')
    expect(refusalOf(both, decide('deny', { about: ['o1', 'o2', 'o3'] }))).toBe('answers_missing')
    expect(refusalOf(both, decide('deny', { about: ['o1', 'o2', 'o2'] }))).toBe('answers_missing')
    expect(refusalOf(both, decide('deny', { about: ['o1', 'o2'] }))).toBeNull()
  })

  test('and each with reasons of its own', () => {
    const empty = decide('deny', { about: ['o1', 'o2'] })
    empty.answers[1]!.reasons = ' \n'
    expect(refusalOf(both, empty)).toBe('reasons_missing')
  })

  test('what has no narrower form is not narrowed', () => {
    expect(refusalOf(both, decide('narrow', { about: ['o1', 'o2'] }))).toBe('nothing_narrower')
  })

  test('questions, messages, reasons and letters are words', () => {
    const blank = ' \n'
    expect(refusalOf(taken(), { do: 'ask', by: 'milan', question: blank })).toBe('question_missing')
    expect(refusalOf(taken(), { do: 'answer', by: 'milan', text: blank })).toBe('reasons_missing')
    expect(refusalOf(taken(), { ...forward, reason: blank })).toBe('reasons_missing')
    expect(refusalOf(taken(), { do: 'write', by: 'ines', text: blank })).toBe('text_missing')
    expect(refusalOf(denied, { do: 'contest', by: 'ines', text: blank })).toBe('text_missing')
    expect(refusalOf(deniedTwice, { ...reopen, text: blank })).toBe('text_missing')
    const check = taken(opened(newCases.check))
    expect(refusalOf(check, { ...conclude, reasons: blank })).toBe('reasons_missing')
  })
})

describe('the minute of undoing', () => {
  test('a decision can be taken back, and nothing has left before', () => {
    const result = changeCase(taken(), decide('deny', { undoFor: minute }), procedure, start)
    expect(result).toMatchObject({
      ok: true,
      case: { state: 'deciding', objections: [{ outcome: null }], decidedAt: null, decidedBy: [] },
      events: [{ kind: 'case.given' }],
      effects: [],
    })
    const undone = change(deciding, at(minute - 1), undo)
    expect(undone).toMatchObject({ state: 'open', pending: null, heldBy: 'milan', decidedBy: [] })
    expect(refusalOf(undone, decide('grant'), at(minute))).toBeNull()
  })

  test('then it counts, with what was said and by whom', () => {
    const result = changeCase(deciding, due, procedure, at(minute))
    expect(result).toMatchObject({
      ok: true,
      case: { state: 'answered', pending: null, decidedBy: ['milan'], decidedAt: at(minute) },
      effects: [{ decisionId: 'd1', power: 'deny', reasons: 'The pack says kaolin.' }],
    })
    expect(refusalOf(deciding, due, at(minute - 1))).toBe('wrong_state')
  })

  test('is only for who decided, and only so long', () => {
    expect(refusalOf(deciding, { do: 'undo', by: 'aiko' })).toBe('not_yours_to_undo')
    expect(refusalOf(deciding, undo, at(minute))).toBe('undo_too_late')
  })

  test('never extends the desk’s time', () => {
    const last = at(2 * day - 1000)
    const given = change(taken(opened(), last), last, decide('deny', { undoFor: minute }))
    expect(nextInstant(given)).toEqual(at(2 * day))
    const undone = change(given, at(2 * day - 1), undo)
    expect(undone).toMatchObject({ dueAt: at(2 * day), heldUntil: at(2 * day) })
    expect(until(undone, at(2 * day))).toMatchObject({ desk: 'second' })
  })

  test('a check is concluded after its minute too', () => {
    const given = change(taken(opened(newCases.check)), start, conclude)
    expect(given.check?.conclusion).toBeNull()
    expect(until(given, at(minute))).toMatchObject({
      state: 'closed',
      check: { conclusion: 'cleared', reasons: 'Fine.' },
    })
  })
})

describe('a second look', () => {
  test('takes up what stands; what was lifted stays lifted', () => {
    const both = taken(opened(appealAgainst('listing.deactivate', 'listing.demote')))
    const mixed = change(both, start, {
      ...decide('grant'),
      answers: [
        { objectionId: 'o1', power: 'grant', reasons: 'Right.' },
        { objectionId: 'o2', power: 'deny', reasons: 'Not right.' },
      ],
    })
    expect(mixed.state).toBe('restoring')
    const contested = change(mixed, at(day), contest)
    expect(contested).toMatchObject({ state: 'open', desk: 'second', secondLook: true })
    expect(contested.objections.map(({ outcome }) => outcome)).toEqual(['measure_lifted', null])
    const final = change(
      taken(contested, at(day), 'aiko'),
      at(day),
      decide('deny', { by: 'aiko', about: ['o2'] }),
    )
    // Over is it only once the shop was seen to show what the first look gave back.
    expect(final.state).toBe('restoring')
    expect(change(final, at(day), { do: 'restored' }).state).toBe('closed')
  })

  test('is had once, within the appeal window, and the case is over when it has passed', () => {
    expect(refusalOf(deniedTwice, contest)).toBe('wrong_state')
    const told = { ...denied, contestBy: at(180 * day) }
    expect(refusalOf(told, contest, at(180 * day + 1))).toBe('window_closed')
    expect(refusalOf(told, { do: 'lapse' }, at(180 * day - 1))).toBe('wrong_state')
    expect(change(told, at(180 * day), { do: 'lapse' }).state).toBe('closed')
    expect(refusalOf(denied, { do: 'lapse' }, at(999 * day))).toBe('wrong_state') // nobody told them
  })

  test('there is none where nothing stands', () => {
    expect(refusalOf(granted, contest)).toBe('nothing_to_contest')
  })
})

describe('an appeal of a reporter', () => {
  const reporters = opened(newCases['reporter’s appeal'])

  test('can impose nothing by machine', () => {
    for (const power of ['grant', 'narrow', 'deny'] as const)
      expect(refusalOf(reporters, byMachine(power))).toBe('machine_may_not_deny')
  })

  test('can impose nothing by clock', () => {
    const before = until(reporters, at(2 * day))
    expect(changeCase(before, due, procedure, at(5 * day))).toMatchObject({
      ok: true,
      effects: [],
      case: { overdueSince: at(5 * day), objections: [{ outcome: null }] },
    })
  })

  test('is decided by a person, point for point: a message ends nothing there', () => {
    const told = change(taken(reporters), start, answer)
    expect(told).toMatchObject({ state: 'open', objections: [{ outcome: null }] })
    const denial = change(taken(reporters), start, decide('deny'))
    expect(denial.state).toBe('answered')
    expect(refusalOf(denial, write)).toBe('wrong_state')
    expect(change(denial, start, contest)).toMatchObject({ desk: 'second', secondLook: true })
  })
})
