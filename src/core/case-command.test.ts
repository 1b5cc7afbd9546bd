import { describe, expect, test } from 'vitest'
import {
  appealAgainst,
  at,
  byMachine,
  change,
  conclude,
  contest,
  day,
  decide,
  minute,
  newCases,
  opened,
  procedure,
  refusalOf,
  reopen,
  start,
  take,
  taken,
  until,
} from '../../test/cases.ts'
import { changeCase } from './case-change.ts'
import { mayNow, nextCommands, type CaseCommand } from './case-command.ts'
import {
  caseOutcome,
  caseStates,
  nextInstant,
  promisedBy,
  type Case,
  type CaseState,
} from './case.ts'

type Do = CaseCommand['do']
type Kind = keyof typeof newCases

const ask: CaseCommand = { do: 'ask', by: 'milan', question: 'Which pack?' }
const answer: CaseCommand = { do: 'answer', by: 'milan', text: 'Nothing, all is well.' }
const write: CaseCommand = { do: 'write', by: 'ines', text: 'The blue one.' }
const withdraw: CaseCommand = { do: 'withdraw', by: 'ines' }
const due: CaseCommand = { do: 'due' }
const link: CaseCommand = {
  do: 'link',
  by: 'milan',
  matter: 'matter.recovery',
  objection: null,
  sellerId: 'clay',
  sellerName: 'Clay & Clover',
}
const forward: CaseCommand = { do: 'forward', by: 'milan', to: 'second', reason: 'For a lawyer.' }
const undo: CaseCommand = { do: 'undo', by: 'milan' }

const denied = change(taken(), start, decide('deny'))
const granted = change(taken(), start, decide('grant'))
const deciding = change(taken(), start, decide('deny', { undoFor: minute }))
const asking = change(taken(), start, ask)
const secondLook = change(denied, at(day), contest)
const deniedTwice = change(taken(secondLook, at(day), 'aiko'), at(day), {
  ...decide('deny', { by: 'aiko' }),
})

describe('every cell of the life of a case', () => {
  /** By kind: what may happen in each state that a case of this kind can come to. */
  const desk = ['take', 'release', 'forward', 'due'] as const
  const sender = ['write', 'withdraw'] as const
  const appeal: Partial<Record<CaseState, readonly Do[]>> = {
    open: [...desk, ...sender, 'ask', 'answer', 'decide'],
    asking: ['decide', ...sender, 'due'],
    deciding: ['decide', 'undo', ...sender, 'due'],
    restoring: ['restored', 'contest'],
    answered: ['contest', 'lapse'],
    closed: ['reopen'],
  }
  const message: typeof appeal = {
    open: [...desk, ...sender, 'ask', 'answer'],
    asking: [...sender, 'due'],
    answered: ['write', 'lapse'],
    closed: [],
  }
  const mayHappen: Record<Kind, typeof appeal> = {
    appeal,
    'reporter’s appeal': appeal,
    question: message,
    letter: message,
    recovery: { ...message, open: [...(message.open ?? []), 'link'] },
    complaint: message,
    check: { open: [...desk, 'conclude'], deciding: ['undo', 'due'], closed: [] },
    repair: { open: [...desk, 'answer'], answered: ['lapse'], closed: [] },
  }

  function comeTo(kind: Kind, state: CaseState): Case {
    const held = taken(opened(newCases[kind]))
    switch (state) {
      case 'open':
        return held
      case 'asking':
        return change(held, start, ask)
      case 'deciding':
        return change(
          held,
          start,
          kind === 'check' ? conclude : decide('deny', { undoFor: minute }),
        )
      case 'restoring':
        return change(held, start, decide('grant'))
      case 'answered': {
        const is = held.objections.length > 0 ? decide('deny') : answer
        return { ...change(held, start, is), contestBy: at(180 * day) }
      }
      case 'closed':
        if (kind === 'check') return change(held, start, { ...conclude, undoFor: 0 })
        if (kind !== 'repair') return change(held, start, withdraw)
        return change(change(held, start, answer), at(14 * day), { do: 'lapse' })
    }
  }

  const commands: Record<Do, CaseCommand> = {
    take: take(),
    release: { do: 'release', by: 'milan' },
    forward,
    ask,
    answer,
    decide: decide('grant'),
    conclude,
    undo,
    write,
    contest,
    reopen,
    withdraw,
    link,
    due,
    restored: { do: 'restored' },
    lapse: { do: 'lapse' },
  }

  for (const [kind, states] of Object.entries(mayHappen) as [Kind, typeof appeal][])
    for (const [state, allowed] of Object.entries(states) as [CaseState, readonly Do[]][])
      test(`a case (${kind}) that is ${state} may: ${allowed.join(', ') || 'nothing more'}`, () => {
        const held = comeTo(kind, state)
        expect(held.state).toBe(state)
        for (const name of Object.keys(commands) as Do[]) {
          const isClock = name === 'due' || name === 'lapse'
          // Whoever holds it decides an open case; past that only a machine may still say yes.
          const command =
            name === 'decide' && state !== 'open' ? byMachine('grant') : commands[name]
          const now = isClock ? (nextInstant(held) ?? start) : start
          const why = refusalOf(held, command, now)
          expect([name, mayNow(held, name)]).toEqual([name, allowed.includes(name)])
          if (allowed.includes(name)) expect([name, why]).not.toEqual([name, 'wrong_state'])
          else expect([name, why]).toEqual([name, 'wrong_state'])
        }
      })

  test('every state and every command of the table is there', () => {
    const listed = Object.entries(nextCommands)
    expect(listed.map(([state]) => state)).toEqual([...caseStates])
    for (const [state, allowed] of listed)
      for (const name of allowed)
        expect(
          Object.values(mayHappen).some((states) => states[state as CaseState]?.includes(name)),
        ).toBe(true)
  })

  test('a refusal changes nothing: the case that was handed in is as it was', () => {
    const before = structuredClone(denied)
    changeCase(denied, contest, procedure, at(day))
    changeCase(denied, take(), procedure, start)
    expect(denied).toEqual(before)
  })
})

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

describe('forwarding', () => {
  test('goes only where the procedure lets it, and only so often', () => {
    expect(refusalOf(taken(), { ...forward, to: 'careful' })).toBe('not_a_forward')
    const once = change(taken(), start, forward)
    const back: CaseCommand = { ...forward, to: 'first' }
    const twice = change(taken(once), start, back)
    expect(twice).toMatchObject({ desk: 'first', forwards: 2 })
    expect(refusalOf(taken(twice), forward)).toBe('forwards_spent')
  })

  test('frees the case for the next desk, with that desk’s time and the reason on record', () => {
    const result = changeCase(taken(opened(), at(day)), forward, procedure, at(day))
    expect(result).toMatchObject({
      ok: true,
      case: { desk: 'second', heldBy: null, arrivedAt: at(day), dueAt: at(4 * day) },
      events: [
        {
          kind: 'case.arrived',
          by: 'milan',
          detail: { why: 'forward', from: 'first', reason: 'For a lawyer.' },
        },
      ],
    })
  })
})

describe('asking', () => {
  test('stops the clock: the reply gives the desk the time that was left, and no more', () => {
    const late = change(taken(opened(), at(day)), at(day), ask)
    const replied = change(late, at(6 * day), write)
    expect(replied).toMatchObject({ state: 'open', dueAt: at(7 * day), stoodStill: 5 * day })
  })

  test('a silent seller is decided on what there is, in the time that was left', () => {
    const late = change(taken(opened(), at(day)), at(day), ask)
    expect(nextInstant(late)).toEqual(at(15 * day))
    const result = changeCase(late, due, procedure, at(15 * day))
    expect(result).toMatchObject({
      ok: true,
      case: { state: 'open', dueAt: at(16 * day), objections: [{ outcome: null }] },
      events: [{ kind: 'case.silent', by: null }],
      effects: [],
    })
  })

  test('an outage gives no more time than there was: silence ends when it was due to', () => {
    const silent = change(asking, at(20 * day), due)
    expect(silent).toMatchObject({ dueAt: at(16 * day), stoodStill: 14 * day })
    expect(change(asking, at(20 * day), write)).toMatchObject({
      dueAt: at(16 * day),
      stoodStill: 14 * day,
    })
  })

  test('nobody is asked more often than the procedure says, and a silence is not over early', () => {
    const replied = change(asking, at(day), write)
    expect(refusalOf(taken(replied, at(day)), ask, at(day))).toBe('asks_spent')
    expect(refusalOf(asking, due, at(14 * day - 1))).toBe('wrong_state')
  })
})

describe('a message from the seller', () => {
  test('never restarts a clock that runs', () => {
    for (const held of [opened(), taken(), deciding]) {
      const after = change(held, at(1), write)
      expect(after).toEqual(held)
    }
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

describe('new facts', () => {
  test('open a closed case again, once, at a first look and to people who have not decided', () => {
    const again = change(deniedTwice, at(9 * day), reopen)
    expect(again).toMatchObject({
      state: 'open',
      desk: 'first',
      dueAt: at(11 * day),
      reopenedAt: at(9 * day),
      closedAt: null,
      secondLook: true,
      objections: [{ outcome: null }],
    })
    const closed = change(
      taken(again, at(9 * day), 'zoe'),
      at(9 * day),
      decide('deny', { by: 'zoe' }),
    )
    expect(closed.state).toBe('closed')
    expect(refusalOf(closed, reopen, at(9 * day))).toBe('reopened_before')
  })

  test('must be new, and come within the appeal window', () => {
    expect(refusalOf(deniedTwice, { ...reopen, hasNewFacts: false })).toBe('no_new_facts')
    expect(refusalOf(deniedTwice, { ...reopen, until: at(day) }, at(2 * day))).toBe('window_closed')
  })

  test('open nothing where nothing stands', () => {
    expect(refusalOf(change(granted, start, { do: 'restored' }), reopen)).toBe('nothing_to_contest')
    expect(refusalOf(change(opened(), start, withdraw), reopen)).toBe('nothing_to_contest')
  })
})

describe('a matter', () => {
  const question = opened(newCases.question)
  const answered = change(taken(question), start, answer)

  test('is ended by an answer, and closed when its sender stays silent', () => {
    expect(answered).toMatchObject({ state: 'answered', contestBy: at(14 * day), heldBy: null })
    expect(refusalOf(answered, { do: 'lapse' }, at(14 * day - 1))).toBe('wrong_state')
    expect(change(answered, at(14 * day), { do: 'lapse' }).state).toBe('closed')
  })

  test('is opened again by writing again, with a clock and a promise of its own', () => {
    const again = change(answered, at(13 * day), write)
    expect(again).toMatchObject({ state: 'open', desk: 'first', dueAt: at(15 * day) })
    expect(promisedBy(again, procedure)).toEqual(at(21 * day))
  })

  test('lateness passes it on and lifts nothing: it is overdue, and the clock runs again', () => {
    const overdue = until(question, at(5 * day))
    expect(overdue).toMatchObject({
      state: 'open',
      desk: 'second',
      overdueSince: at(5 * day),
      dueAt: at(8 * day),
    })
    expect(until(overdue, at(8 * day))).toMatchObject({
      overdueSince: at(5 * day),
      dueAt: at(11 * day),
    })
    expect(change(taken(overdue, at(6 * day)), at(6 * day), answer).overdueSince).toBeNull()
  })

  test('taken back while it is overdue is overdue no more', () => {
    expect(change(until(question, at(5 * day)), at(6 * day), withdraw)).toMatchObject({
      state: 'closed',
      overdueSince: null,
    })
  })

  test('a check whose time runs out imposes and lifts nothing', () => {
    const check = until(opened(newCases.check), at(2 * day))
    const result = changeCase(check, due, procedure, at(5 * day))
    expect(result).toMatchObject({
      ok: true,
      effects: [],
      case: { overdueSince: at(5 * day), check: { conclusion: null } },
    })
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
