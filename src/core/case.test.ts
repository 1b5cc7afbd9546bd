import { describe, expect, test } from 'vitest'
import {
  caseOutcome,
  changeCase,
  nextCommands,
  openCase,
  type Case,
  type CaseCommand,
  type CaseState,
  type NewCase,
} from './case.ts'
import type { Procedure } from './procedure.ts'

const day = 86_400_000
const start = new Date('2026-11-23T09:00:00Z')
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds)

const procedure: Procedure = {
  procedure: 'test',
  title: 'Two desks',
  officer: 'officer@marketplace.example',
  promise: { person: 3 * day, answer: 8 * day },
  limits: { forwards: 0, asks: 0 },
  measures: { 'listing.deactivate': { takes: [], 'may-take': [], 'lift-by-clock': true } },
  channels: { button: { needs: ['account'] }, system: { needs: [] } },
  desks: {
    first: {
      staff: 'people',
      may: ['grant', 'narrow', 'deny'],
      within: 2 * day,
      late: 'second',
      review: 'second',
    },
    second: { staff: 'people', may: ['grant', 'narrow', 'deny'], within: 3 * day, late: 'lift' },
    careful: { staff: 'people', may: ['grant', 'deny'], within: day, late: 'narrow' },
  },
  routes: [{ for: ['*'], by: ['button', 'system'], to: 'first' }],
}

const appeal: NewCase = {
  id: 'cas_1',
  number: 7001,
  kind: 'appeal',
  matter: 'listing.deactivate',
  channel: 'button',
  sellerId: 'clay',
  procedureId: 'test-1',
  desk: 'first',
  by: 'ines@clay.example',
  objections: [
    {
      id: 'o1',
      decisionId: 'd1',
      measure: 'listing.deactivate',
      track: 'dispute',
      text: 'It is clay.',
      remedy: null,
    },
  ],
  check: null,
}

function opened(matter: NewCase = appeal): Case {
  const result = openCase(matter, procedure, start)
  if (!result.ok) throw new Error(result.refusal)
  return result.case
}

function change(held: Case, command: CaseCommand, now = start): Case {
  const result = changeCase(held, command, procedure, now)
  if (!result.ok) throw new Error(result.refusal)
  return result.case
}

function refusal(held: Case, command: CaseCommand, now = start): string | null {
  const result = changeCase(held, command, procedure, now)
  return result.ok ? null : result.refusal
}

const decide = (power: 'grant' | 'narrow' | 'deny', by = 'milan', barred = {}): CaseCommand => ({
  do: 'decide',
  by: { kind: 'person', id: by },
  answers: [{ objectionId: 'o1', power, reasons: 'The pack says kaolin.' }],
  barred,
})

const taken = (held = opened(), by = 'milan', now = start) => change(held, { do: 'take', by }, now)
const denied = change(taken(), decide('deny'))
const granted = change(taken(), decide('grant'))
const overdueCheck = opened({
  ...appeal,
  kind: 'check',
  matter: 'matter.check',
  desk: 'second',
  objections: [],
  check: { listingId: 'l1', listingVersion: 1, decisionId: null },
})

const inState: Record<CaseState, Case> = {
  open: taken(),
  restoring: granted,
  answered: denied,
  closed: change(opened(), { do: 'withdraw', by: 'ines' }),
}

const commands: Record<CaseCommand['do'], CaseCommand> = {
  take: { do: 'take', by: 'milan' },
  release: { do: 'release', by: 'milan' },
  decide: decide('grant'),
  conclude: {
    do: 'conclude',
    by: 'milan',
    conclusion: 'cleared',
    reasons: 'Fine.',
    barred: { takenBy: null, policyAuthor: null },
  },
  contest: { do: 'contest', by: 'ines', text: 'Look again.' },
  withdraw: { do: 'withdraw', by: 'ines' },
  late: { do: 'late' },
  restored: { do: 'restored' },
  lapse: { do: 'lapse' },
}

describe('the life of a case', () => {
  for (const [state, held] of Object.entries(inState)) {
    for (const [name, command] of Object.entries(commands)) {
      const listed =
        (nextCommands[held.state] as readonly string[]).includes(name) && name !== 'conclude' // an appeal is decided, a check concluded
      test(`${state} + ${name} is ${listed ? 'possible' : 'refused as wrong_state'}`, () => {
        const why = refusal(held, command, at(100 * day))
        if (listed) expect(why).not.toBe('wrong_state')
        else expect(why).toBe('wrong_state')
      })
    }
  }

  test('an open case has a desk and a clock that runs from its arrival', () => {
    expect(opened()).toMatchObject({ state: 'open', desk: 'first', dueAt: at(2 * day) })
  })

  test('an appeal that contests nothing, says nothing, or fixes without saying how is not opened', () => {
    const objection = appeal.objections[0]
    if (!objection) throw new Error('no objection')
    const tryIt = (objections: NewCase['objections']) => {
      const result = openCase({ ...appeal, objections }, procedure, start)
      return result.ok ? null : result.refusal
    }
    expect(tryIt([])).toBe('objection_missing')
    expect(tryIt([{ ...objection, text: ' \n' }])).toBe('text_missing')
    expect(tryIt([{ ...objection, track: 'remedy', remedy: null }])).toBe('remedy_incomplete')
    expect(
      tryIt([
        { ...objection, track: 'remedy', remedy: { cause: 'a', correction: 'b', prevention: ' ' } },
      ]),
    ).toBe('remedy_incomplete')
  })
})

describe('who may answer', () => {
  test('the person who took the measure cannot decide its appeal, not even in favour', () => {
    const barred = { o1: { takenBy: 'milan', policyAuthor: null } }
    for (const power of ['grant', 'narrow', 'deny'] as const)
      expect(refusal(taken(), decide(power, 'milan', barred))).toBe('own_measure')
  })

  test('the person who wrote the rule cannot decide its appeal', () => {
    expect(
      refusal(taken(), decide('deny', 'milan', { o1: { takenBy: null, policyAuthor: 'milan' } })),
    ).toBe('own_policy')
  })

  test('a second look is taken by somebody who did not take the first', () => {
    const contested = change(denied, { do: 'contest', by: 'ines', text: 'Look again.' })
    expect(refusal(taken(contested), decide('deny'))).toBe('decided_before')
    expect(refusal(taken(contested, 'aiko'), decide('deny', 'aiko'))).toBeNull()
  })

  test('a machine may grant and nothing else', () => {
    const byMachine = (power: 'grant' | 'narrow' | 'deny'): CaseCommand => ({
      do: 'decide',
      by: { kind: 'machine', id: 'screening' },
      answers: [{ objectionId: 'o1', power, reasons: 'The new text passes.' }],
      barred: {},
    })
    expect(refusal(opened(), byMachine('deny'))).toBe('machine_may_not_deny')
    expect(refusal(opened(), byMachine('narrow'))).toBe('machine_may_not_deny')
    expect(change(opened(), byMachine('grant')).objections[0]?.outcome).toBe('measure_lifted')
  })

  test('only the person who holds the case decides it, and a hold ends by itself', () => {
    expect(refusal(opened(), decide('grant'))).toBe('not_your_case')
    expect(refusal(taken(opened(), 'aiko'), decide('grant'))).toBe('not_your_case')
    expect(refusal(taken(opened(), 'aiko'), { do: 'take', by: 'milan' })).toBe('held_by_another')
    expect(
      refusal(taken(opened(), 'aiko'), { do: 'take', by: 'milan' }, at(20 * 60_000)),
    ).toBeNull()
    expect(refusal(taken(), decide('grant'), at(20 * 60_000))).toBe('not_your_case')
  })

  test('every answer needs reasons, and every open objection an answer', () => {
    const empty: CaseCommand = {
      do: 'decide',
      by: { kind: 'person', id: 'milan' },
      answers: [{ objectionId: 'o1', power: 'deny', reasons: '  ' }],
      barred: {},
    }
    expect(refusal(taken(), empty)).toBe('reasons_missing')
    expect(refusal(taken(), { ...empty, answers: [] })).toBe('answers_missing')
    expect(
      refusal(taken(), {
        ...empty,
        answers: [{ objectionId: 'other', power: 'grant', reasons: 'x' }],
      }),
    ).toBe('answers_missing')
  })

  test('a desk uses only the powers that its procedure gives it', () => {
    const careful = { ...taken(), desk: 'careful' }
    expect(refusal(careful, decide('narrow'))).toBe('power_not_at_desk')
  })
})

describe('what becomes of it', () => {
  test('a lifted measure keeps the case open until the shop shows it, then closes it', () => {
    expect(granted.state).toBe('restoring')
    expect(change(granted, { do: 'restored' })).toMatchObject({ state: 'closed' })
  })

  test('a denial can be contested once, at another desk, and what was lifted stays lifted', () => {
    const objections = [
      ...appeal.objections,
      { ...appeal.objections[0], id: 'o2', decisionId: 'd2' },
    ] as NewCase['objections'] // both spelled above
    const both = taken(opened({ ...appeal, objections }))
    const mixed = change(both, {
      do: 'decide',
      by: { kind: 'person', id: 'milan' },
      answers: [
        { objectionId: 'o1', power: 'grant', reasons: 'Right.' },
        { objectionId: 'o2', power: 'deny', reasons: 'Not right.' },
      ],
      barred: {},
    })
    expect(caseOutcome(mixed)).toBe('measure_stands')
    const contested = change(mixed, { do: 'contest', by: 'ines', text: 'Look again.' })
    expect(contested).toMatchObject({ state: 'open', desk: 'second', secondLook: true })
    expect(contested.objections.map((objection) => objection.outcome)).toEqual([
      'measure_lifted',
      null,
    ])
    const final = change(taken(contested, 'aiko'), {
      ...decide('deny', 'aiko'),
      answers: [{ objectionId: 'o2', power: 'deny', reasons: 'Still.' }],
    } as CaseCommand) // the same command with the open objection
    expect(final.state).toBe('closed')
  })

  test('a late desk hands over, and the next desk has its time from the moment that was promised', () => {
    const late = change(opened(), { do: 'late' }, at(10 * day))
    expect(late).toMatchObject({ desk: 'second', arrivedAt: at(2 * day), dueAt: at(5 * day) })
  })

  test('a desk is not late before its time', () => {
    expect(refusal(opened(), { do: 'late' }, at(2 * day - 1))).toBe('wrong_state')
  })

  test('the last desk being late lifts the measure', () => {
    const second = change(opened(), { do: 'late' }, at(2 * day))
    const result = changeCase(second, { do: 'late' }, procedure, at(5 * day))
    expect(result).toMatchObject({
      ok: true,
      effects: [{ decisionId: 'd1', power: 'grant' }],
      case: { state: 'restoring' },
    })
  })

  test('lateness lifts no measure that may not be lifted by clock: the officer is called, and the clock runs again', () => {
    const unsafe = appeal.objections.map((objection) => ({
      ...objection,
      measure: 'listing.deactivate.safety' as const,
    }))
    const second = change(opened({ ...appeal, objections: unsafe }), { do: 'late' }, at(2 * day))
    const late = change(second, { do: 'late' }, at(5 * day))
    expect(late).toMatchObject({ state: 'open', overdueSince: at(5 * day), dueAt: at(8 * day) })
    expect(change(late, { do: 'late' }, at(8 * day)).overdueSince).toEqual(at(5 * day))
  })

  test('a check whose time runs out imposes and lifts nothing', () => {
    const result = changeCase(overdueCheck, { do: 'late' }, procedure, at(3 * day))
    expect(result).toMatchObject({
      ok: true,
      effects: [],
      case: { state: 'open', overdueSince: at(3 * day) },
    })
  })

  test('an appeal taken back leaves the measure and closes', () => {
    expect(caseOutcome(change(opened(), { do: 'withdraw', by: 'ines' }))).toBe('withdrawn')
  })
})
