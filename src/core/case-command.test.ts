/** What may be done with a case in each of its states, and what it makes of it. */
import { describe, expect, test } from 'vitest'
import {
  answer,
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
  find,
  forward,
  granted,
  link,
  minute,
  newCases,
  opened,
  procedure,
  refusalOf,
  reopen,
  start,
  take,
  taken,
  undo,
  until,
  withdraw,
  write,
} from '../../test/cases.ts'
import { changeCase } from './case-change.ts'
import { mayNow, nextCommands, type CaseCommand } from './case-command.ts'
import { caseStates, nextInstant, promisedBy, type Case, type CaseState } from './case.ts'

type Do = CaseCommand['do']
type Kind = keyof typeof newCases

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
  const claimed = ['secure', 'agree', 'pass'] as const
  const written: typeof appeal = { ...message, open: [...(message.open ?? []), 'join'] }
  const mayHappen: Record<Kind, typeof appeal> = {
    appeal,
    'reporter’s appeal': appeal,
    question: written,
    letter: written,
    recovery: {
      ...message,
      open: [...(message.open ?? []), 'link', ...claimed],
      asking: [...(message.asking ?? []), ...claimed],
      deciding: ['decide', 'undo', 'write', 'withdraw', 'secure', 'agree', 'unsettle', 'due'],
    },
    // Its seller answers and its reporter contests; only a person says what was found.
    complaint: {
      open: [...desk, 'write', 'ask', 'find', 'refute'],
      asking: ['refute', 'write', 'due'],
      deciding: ['refute', 'undo', 'write', 'due'],
      // What was found to be so may still fall with a ring.
      answered: ['contest', 'refute', 'lapse'],
      closed: [],
    },
    check: { open: [...desk, 'conclude'], deciding: ['undo', 'due'], closed: [] },
    repair: { open: [...desk, 'answer'], answered: ['lapse'], closed: [] },
  }

  const foundSo = { ...find, finding: 'confirmed' } as const

  function comeTo(kind: Kind, state: CaseState): Case {
    const held = taken(opened(newCases[kind]))
    switch (state) {
      case 'open':
        return held
      case 'asking':
        return change(held, start, ask)
      case 'deciding':
        // Two specialists said yes, and the cooling-off is not over.
        if (kind === 'recovery')
          return change(change(held, start, commands.secure), start, {
            do: 'agree',
            by: ['nadia', 'ines'],
            power: 'grant',
            reasons: 'Yes.',
            until: at(day),
          })
        return change(
          held,
          start,
          kind === 'check'
            ? conclude
            : kind === 'complaint'
              ? { ...find, undoFor: minute }
              : decide('deny', { undoFor: minute }),
        )
      case 'restoring':
        return change(held, start, decide('grant'))
      case 'answered': {
        const is =
          kind === 'complaint' ? foundSo : held.objections.length > 0 ? decide('deny') : answer
        return { ...change(held, start, is), contestBy: at(180 * day) }
      }
      case 'closed':
        if (kind === 'check') return change(held, start, { ...conclude, undoFor: 0 })
        if (kind === 'complaint')
          return { ...change(held, start, find), state: 'closed', closedAt: start }
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
    find,
    refute: { do: 'refute', by: 'aiko', reasons: 'It is of a ring.', words: 'It does not count.' },
    undo,
    write,
    contest,
    reopen,
    withdraw,
    link,
    join: { do: 'join', by: 'milan', into: { caseId: 'cas_2', number: 'A-7002' } },
    secure: {
      do: 'secure',
      matter: 'account.secure',
      objection: {
        id: 'obj_9',
        decisionId: 'dec_9',
        measure: 'account.secure.narrowed',
        track: 'dispute',
        text: 'It is mine.',
        remedy: null,
      },
    },
    agree: { do: 'agree', by: ['nadia', 'ines'], power: 'deny', reasons: 'No.', until: start },
    unsettle: { do: 'unsettle' },
    pass: { do: 'pass' },
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
