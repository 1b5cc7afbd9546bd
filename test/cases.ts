/** Cases for tests of core: a small procedure, a case of every kind, and the commands that people give. */
import { changeCase } from '../src/core/case-change.ts'
import { type CaseCommand } from '../src/core/case-command.ts'
import { openCase, type Case, type CaseResult, type NewCase } from '../src/core/case.ts'
import { measureInProcedure, type Measure } from '../src/core/measure.ts'
import type { Procedure } from '../src/core/procedure.ts'

export const minute = 60_000
export const day = 24 * 60 * minute
export const start = new Date('2026-11-23T09:00:00Z')
export const at = (milliseconds: number) => new Date(start.getTime() + milliseconds)

const liftable = { takes: [], 'may-take': [], 'lift-by-clock': true }
const everything = ['grant', 'narrow', 'deny', 'answer', 'ask'] as const

/** Support a day, then the first desk two, then the second three; `careful` narrows, `lifting` lifts when late. */
export const procedure: Procedure = {
  procedure: 'test',
  title: 'A few desks',
  officer: 'officer@marketplace.example',
  promise: { person: 3 * day, answer: 8 * day },
  limits: { forwards: 2, asks: 1, 'ask-wait': 14 * day },
  measures: {
    'listing.deactivate': liftable,
    'listing.deactivate.safety': { ...liftable, 'lift-by-clock': false },
    'account.secure': { ...liftable, 'lift-by-clock': false },
    'matter.question': liftable,
  },
  channels: { button: { needs: ['account'] }, system: { needs: [] } },
  desks: {
    support: {
      staff: 'people',
      may: ['answer', 'ask'],
      within: day,
      late: 'first',
      forward: ['first'],
    },
    first: {
      staff: 'people',
      may: [...everything],
      within: 2 * day,
      late: 'second',
      review: 'second',
      forward: ['second'],
    },
    second: {
      staff: 'people',
      may: [...everything],
      within: 3 * day,
      late: 'lift',
      forward: ['first'],
    },
    careful: { staff: 'people', may: ['grant', 'deny'], within: day, late: 'narrow' },
  },
  routes: [
    { for: ['matter.question'], by: ['button'], to: 'support' },
    { for: ['*'], by: ['button', 'system'], to: 'first' },
  ],
}

/** An appeal against one decision for each measure named: d1 with o1, d2 with o2. */
export function appealAgainst(...contested: Measure[]): NewCase {
  return {
    id: 'cas_1',
    number: 7001,
    kind: 'appeal',
    matter: measureInProcedure(contested[0] ?? 'listing.deactivate'),
    channel: 'button',
    sellerId: 'clay',
    procedureId: 'test-1',
    desk: 'first',
    by: 'ines',
    text: null,
    check: null,
    overdueSince: null,
    objections: contested.map((measure, place) => ({
      id: `o${place + 1}`,
      decisionId: `d${place + 1}`,
      measure,
      track: 'dispute',
      text: 'It is clay.',
      remedy: null,
    })),
  }
}

const appeal = appealAgainst('listing.deactivate')
const written = { ...appeal, text: 'What did I do?', objections: [] }

/** One of every kind, and the appeal of a reporter, which is a matter that contests a decision. */
export const newCases = {
  appeal,
  'reporter’s appeal': { ...appeal, matter: 'matter.complaint' },
  question: { ...written, kind: 'question', matter: 'matter.question' },
  letter: { ...written, kind: 'letter', matter: 'matter.letter' },
  recovery: { ...written, kind: 'recovery', matter: 'matter.recovery' },
  complaint: {
    ...written,
    kind: 'complaint',
    matter: 'matter.complaint',
    channel: 'report',
    complaint: {
      complaintId: 'cmp_1',
      kind: 'not-as-described',
      listingId: 'l1',
      title: 'Clay mask',
      decisionId: null,
    },
  },
  check: {
    ...written,
    kind: 'check',
    matter: 'matter.check',
    channel: 'system',
    by: null,
    text: null,
    check: { listingId: 'l1', listingVersion: 1, decisionId: null },
  },
  repair: {
    ...written,
    kind: 'repair',
    matter: 'matter.repair',
    channel: 'system',
    by: null,
    text: null,
  },
} as const satisfies Record<string, NewCase>

export function opened(matter: NewCase = appeal, now = start): Case {
  return held(openCase(matter, procedure, now), 'open')
}

/** The case after these commands at one instant. */
export function change(one: Case, now: Date, ...commands: CaseCommand[]): Case {
  return commands.reduce(
    (before, command) => held(changeCase(before, command, procedure, now), command.do),
    one,
  )
}

/** Why it is refused, or null. */
export function refusalOf(one: Case, command: CaseCommand, now = start): string | null {
  const result = changeCase(one, command, procedure, now)
  return result.ok ? null : result.refusal
}

/** The clock rings at its own instant until this one. */
export function until(one: Case, now: Date): Case {
  const result = changeCase(one, { do: 'due' }, procedure, now)
  return result.ok ? until(result.case, now) : one
}

export const take = (by = 'milan'): CaseCommand => ({ do: 'take', by })
export const taken = (one = opened(), now = start, by = 'milan') => change(one, now, take(by))

type Power = 'grant' | 'narrow' | 'deny'
type Decide = Extract<CaseCommand, { do: 'decide' }>

/** One power for every objection named. */
export function decide(
  power: Power,
  {
    by = 'milan',
    about = ['o1'],
    ...more
  }: { by?: string; about?: string[] } & Partial<Pick<Decide, 'barred' | 'undoFor'>> = {},
): Decide {
  return {
    do: 'decide',
    by: { kind: 'person', id: by },
    answers: about.map((objectionId) => ({ objectionId, power, reasons: 'The pack says kaolin.' })),
    barred: {},
    undoFor: 0,
    ...more,
  }
}

export const byMachine = (power: Power): Decide => ({
  ...decide(power),
  by: { kind: 'machine', id: 'screening' },
})

export const contest: CaseCommand = { do: 'contest', by: 'ines', text: 'Look again.' }
export const reopen = {
  do: 'reopen',
  by: 'ines',
  text: 'Here is the laboratory report.',
  desk: 'first',
  hasNewFacts: true,
  until: null,
} as const satisfies CaseCommand
export const conclude = {
  do: 'conclude',
  by: 'milan',
  conclusion: 'cleared',
  reasons: 'Fine.',
  barred: { takenBy: null, policyAuthor: null },
  undoFor: minute,
} as const satisfies CaseCommand

function held(result: CaseResult, what: string): Case {
  if (!result.ok) throw new Error(`${what}: ${result.refusal}`)
  return result.case
}

export const ask = { do: 'ask', by: 'milan', question: 'Which pack?' } satisfies CaseCommand
export const answer = {
  do: 'answer',
  by: 'milan',
  text: 'Nothing, all is well.',
} satisfies CaseCommand
export const write = { do: 'write', by: 'ines', text: 'The blue one.' } satisfies CaseCommand
export const withdraw = { do: 'withdraw', by: 'ines' } satisfies CaseCommand
export const due = { do: 'due' } satisfies CaseCommand
export const link = {
  do: 'link',
  by: 'milan',
  matter: 'matter.recovery',
  objection: null,
  sellerId: 'clay',
  sellerName: 'Clay & Clover',
} satisfies CaseCommand
export const forward = {
  do: 'forward',
  by: 'milan',
  to: 'second',
  reason: 'For a lawyer.',
} satisfies CaseCommand
export const find = {
  do: 'find',
  by: 'milan',
  finding: 'refuted',
  reasons: 'The pack says what the page says.',
  words: 'We compared the pack with the page, and they say the same.',
  undoFor: 0,
} as const satisfies CaseCommand
export const undo = { do: 'undo', by: 'milan' } satisfies CaseCommand

export const denied = change(taken(), start, decide('deny'))
export const granted = change(taken(), start, decide('grant'))
export const deciding = change(taken(), start, decide('deny', { undoFor: minute }))
export const asking = change(taken(), start, ask)
export const secondLook = change(denied, at(day), contest)
export const deniedTwice = change(taken(secondLook, at(day), 'aiko'), at(day), {
  ...decide('deny', { by: 'aiko' }),
})
