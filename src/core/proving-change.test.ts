import { describe, expect, test } from 'vitest'
import { later } from './calendar.ts'
import type { ClaimProofKind } from './claim-proof.ts'
import { changeProving, nextProving, type ProvingCommand } from './proving-change.ts'
import {
  coolingUntil,
  keepsShut,
  newProving,
  provingDue,
  provingStates,
  type Opinion,
  type Proving,
  type ProvingState,
} from './proving.ts'

const hour = 3_600_000
const day = 24 * hour
const start = new Date('2026-11-26T10:00:00Z')
const at = (ms: number) => later(start, ms)

const prove = (kind: ClaimProofKind, when = 0, freezesLately = 0): ProvingCommand => ({
  do: 'prove',
  proof: { kind, at: at(when), by: null },
  freezesLately,
})

const think = (
  by: string,
  says: Opinion['says'],
  {
    identity = 'matches',
    isHead = false,
  }: Partial<Pick<Opinion, 'identity'>> & { isHead?: boolean } = {},
): ProvingCommand => ({
  do: 'think',
  opinion: { by, says, identity, reasons: 'Seen.', at: start },
  isHead,
  barred: null,
})

/** Gives commands one after the other, each so many milliseconds after the start; a refusal fails the test. */
function after(
  steps: readonly (readonly [number, ProvingCommand])[],
  from = newProving(),
): Proving {
  return steps.reduce((held, [when, command]) => {
    const result = changeProving(held, command, at(when))
    if (!result.ok) throw new Error(`${command.do} of ${held.state}: ${result.refusal}`)
    return result.proving
  }, from)
}

const refusalOf = (held: Proving, command: ProvingCommand, when = 0) => {
  const result = changeProving(held, command, at(when))
  return result.ok ? null : result.refusal
}

const told = (when: number): ProvingCommand => ({ do: 'told', at: at(when) })
const object = (contact: string): ProvingCommand => ({ do: 'object', contact })
const due: ProvingCommand = { do: 'due' }

const frozen = after([[0, prove('contact')]])
const proved = after([[hour, prove('saved-code', hour)]], frozen)
const reached = after([[hour, told(hour)]], proved)
const split = after(
  [
    [2 * hour, think('nadia', 'yes')],
    [2 * hour, think('ines', 'no')],
  ],
  reached,
)
const agreed = after(
  [
    [2 * hour, think('nadia', 'yes')],
    [2 * hour, think('ines', 'yes')],
  ],
  reached,
)
const handedOver = after([[25 * hour, due]], agreed)
const refused = after(
  [
    [2 * hour, think('nadia', 'no')],
    [2 * hour, think('ines', 'no')],
  ],
  reached,
)
const held = {
  open: newProving(),
  frozen,
  proved,
  split,
  agreed,
  refused,
  'handed-over': handedOver,
  settled: after([[60 * day, due]], handedOver),
  over: after([[0, { do: 'end' }]]),
} as const satisfies Record<ProvingState, Proving>

test('each state is reached by what is said of it', () => {
  for (const state of provingStates) expect(held[state].state).toBe(state)
})

describe('from each state, what may happen and what is refused', () => {
  const commands = {
    prove: prove('payout'),
    object: object('new'),
    told: told(3 * hour),
    think: think('omar', 'no', { isHead: true }),
    contest: { do: 'contest', isSecondLook: true },
    due,
    end: { do: 'end' },
  } as const satisfies Record<ProvingCommand['do'], ProvingCommand>
  for (const state of provingStates)
    for (const command of Object.values(commands)) {
      const allowed: readonly string[] = nextProving[state]
      test(`${state}: ${command.do} is ${allowed.includes(command.do) ? 'taken' : 'refused'}`, () => {
        const refusal = refusalOf(held[state], command, 90 * day)
        expect(refusal).toBe(allowed.includes(command.do) ? null : 'wrong_state')
      })
    }
})

test('only one way leads to a hand-over: the yes of two, and the end of the cooling-off', () => {
  for (const state of provingStates)
    for (const command of [due, object('c'), told(day), { do: 'end' } as const, prove('payout')]) {
      const result = changeProving(held[state], command, at(400 * day))
      if (result.ok && result.proving.state === 'handed-over' && state !== 'handed-over')
        expect([state, command.do]).toEqual(['agreed', 'due'])
    }
})

describe('one proof', () => {
  test('freezes for 72 hours, and thaws: the claim and its proof stay', () => {
    expect(frozen).toMatchObject({ state: 'frozen', frozenUntil: at(72 * hour) })
    expect(refusalOf(frozen, due, 72 * hour - 1)).toBe('wrong_state')
    const thawed = after([[72 * hour, due]], frozen)
    expect(thawed).toMatchObject({
      state: 'open',
      frozenUntil: null,
      proofs: [{ kind: 'contact' }],
    })
    expect(after([[80 * hour, prove('passkey')]], thawed).state).toBe('proved')
  })

  test('freezes at most twice in 30 days, and counts all the same', () => {
    const third = after([[0, prove('contact', 0, 2)]])
    expect(third).toMatchObject({ state: 'open', proofs: [{ kind: 'contact' }] })
    expect(keepsShut(third)).toBe(false)
    expect(after([[0, prove('saved-code', 0, 2)]], third).state).toBe('proved')
  })

  test('of papers alone freezes nothing, and is never enough', () => {
    const papers = after([[0, prove('document')]])
    expect(papers.state).toBe('open')
    expect(refusalOf(papers, think('nadia', 'yes'))).toBe('proofs_missing')
  })

  test('given twice counts once', () => {
    expect(refusalOf(frozen, prove('contact'))).toBe('proof_given')
  })

  test('is not enough for a yes, and for a no there is no need of any', () => {
    expect(refusalOf(frozen, think('nadia', 'yes'))).toBe('proofs_missing')
    expect(
      after([
        [0, think('nadia', 'no')],
        [0, think('ines', 'no')],
      ]).state,
    ).toBe('refused')
  })
})

describe('the cooling-off', () => {
  test('is 24 hours from the last notice that reached a known contact', () => {
    expect(coolingUntil(reached)).toEqual(at(25 * hour))
    expect(coolingUntil(after([[4 * hour, told(4 * hour)]], reached))).toEqual(at(28 * hour))
    // What had reached somebody before there were two proofs was not yet about this.
    expect(after([[2 * hour, told(hour - 1)]], proved).toldAt).toBeNull()
  })

  test('is 72 hours where nobody known could be told, and where one objected', () => {
    expect(coolingUntil(proved)).toEqual(at(73 * hour))
    expect(coolingUntil(after([[3 * hour, object('a')]], reached))).toEqual(at(75 * hour))
  })

  test('moves a hand-over that waits, when a notice reaches somebody late', () => {
    expect(agreed.handOverAt).toEqual(at(25 * hour))
    expect(after([[9 * hour, told(9 * hour)]], agreed).handOverAt).toEqual(at(33 * hour))
    expect(refusalOf(agreed, due, 25 * hour - 1)).toBe('wrong_state')
  })

  test('that is over when two say yes hands over at once', () => {
    const late = after(
      [
        [50 * hour, think('nadia', 'yes')],
        [50 * hour, think('ines', 'yes')],
      ],
      reached,
    )
    expect(provingDue(late)).toEqual(at(50 * hour))
  })
})

describe('two specialists', () => {
  test('who differ leave it to the head of identity', () => {
    expect(refusalOf(split, think('omar', 'yes'))).toBe('head_decides')
    expect(after([[3 * hour, think('omar', 'yes', { isHead: true })]], split).state).toBe('agreed')
    expect(after([[3 * hour, think('omar', 'no', { isHead: true })]], split).state).toBe('refused')
  })

  test('are two people', () => {
    const one = after([[2 * hour, think('nadia', 'yes')]], reached)
    expect(refusalOf(one, think('nadia', 'yes'))).toBe('both_parts')
    expect(refusalOf(split, think('nadia', 'yes', { isHead: true }))).toBe('both_parts')
  })

  test('had no part in what shuts the account, and gave reasons', () => {
    const command = think('milan', 'yes')
    if (command.do !== 'think') throw new Error('unreachable')
    expect(refusalOf(reached, { ...command, barred: 'own_measure' })).toBe('own_measure')
    const silent = { ...command, opinion: { ...command.opinion, reasons: ' ' } }
    expect(refusalOf(reached, silent)).toBe('reasons_missing')
  })

  test('think anew when something new is proved', () => {
    const one = after([[2 * hour, think('nadia', 'no')]], frozen)
    expect(after([[3 * hour, prove('payout')]], one).opinions).toEqual([])
  })

  test('who said no take no second look', () => {
    const again = after([[3 * hour, { do: 'contest', isSecondLook: true }]], refused)
    expect(again).toMatchObject({ state: 'proved', opinions: [] })
    expect(refusalOf(again, think('nadia', 'yes'))).toBe('decided_before')
    expect(refusalOf(again, think('vera', 'no'))).toBeNull()
  })
})

describe('somebody known who objects', () => {
  const contested = after([[3 * hour, object('a')]], reached)

  test('ends nothing, and asks for papers that each who says yes has seen', () => {
    expect(contested.state).toBe('proved')
    expect(refusalOf(contested, think('nadia', 'yes'))).toBe('document_needed')
    const papers = after([[4 * hour, prove('document')]], contested)
    expect(refusalOf(papers, think('nadia', 'yes', { identity: 'not-seen' }))).toBe(
      'identity_not_seen',
    )
    expect(refusalOf(papers, think('nadia', 'yes'))).toBeNull()
  })

  test('between the yes and the hand-over takes the yes back', () => {
    const back = after([[20 * hour, object('a')]], agreed)
    expect(back).toMatchObject({ state: 'proved', opinions: [], handOverAt: null })
    expect(coolingUntil(back)).toEqual(at(92 * hour))
  })

  test('on probation shuts the account again at once', () => {
    const again = after([[10 * day, object('a')]], handedOver)
    expect(again).toMatchObject({ state: 'proved', probationUntil: null, opinions: [] })
    expect(keepsShut(again)).toBe(true)
  })

  test('is heard once: what the specialists had before them is no news', () => {
    const yes = after(
      [
        [4 * hour, prove('document')],
        [5 * hour, think('nadia', 'yes')],
        [5 * hour, think('ines', 'yes')],
        [6 * hour, object('a')],
      ],
      contested,
    )
    expect(yes).toMatchObject({ state: 'agreed', heard: ['a'] })
    expect(after([[6 * hour, object('b')]], yes).state).toBe('proved')
  })
})
