import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { newCases } from '../../test/cases.ts'
import { readProcedure } from '../procedure/read.ts'
import { changeCase } from './case-change.ts'
import { type CaseCommand } from './case-command.ts'
import { openCase, type Case, type NewCase } from './case.ts'
import {
  deskInSentence,
  holdingOf,
  sayLength,
  wayAhead,
  wayOf,
  type Reader,
  type Restored,
} from './holding.ts'
import { measureInProcedure, measureNames, type Measure } from './measure.ts'
import { routeTo, type Procedure } from './procedure.ts'

const day = 86_400_000
const any = { takes: [], 'may-take': [], 'lift-by-clock': true }
const people = {
  staff: 'people' as const,
  may: ['grant', 'narrow', 'deny', 'answer', 'ask'] as const,
}
const desk = (title: string, days: number, late: string, more: object = {}) => ({
  ...people,
  may: [...people.may],
  title,
  within: days * day,
  late,
  ...more,
})
const procedure: Procedure = {
  procedure: 'told',
  title: 'Told in words',
  officer: 'officer@marketplace.example',
  promise: { person: 3 * day, answer: 8 * day },
  limits: { forwards: 1, asks: 1, 'ask-wait': 14 * day },
  measures: {
    'listing.deactivate': any,
    'listing.deactivate.safety': { ...any, 'lift-by-clock': false },
    'matter.question': any,
  },
  channels: { button: { needs: [] }, contact: { needs: [] } },
  desks: {
    support: desk('Seller Support', 1, 'performance', { forward: ['performance'] }),
    performance: desk('Seller Performance', 2, 'executive', { review: 'executive' }),
    executive: desk('Executive office', 3, 'lift'),
    safety: desk('Product safety', 2, 'safety-lead', { review: 'safety-lead' }),
    'safety-lead': desk('Lead of product safety', 3, 'narrow'),
  },
  routes: [
    { for: ['listing.deactivate.safety'], by: ['button'], to: 'safety' },
    { for: ['*'], by: ['contact'], to: 'support' },
    { for: ['*'], by: ['button'], to: 'performance' },
  ],
}
const now = new Date('2026-11-23T09:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

function open(matter: NewCase): Case {
  const opened = openCase(matter, procedure, now)
  if (!opened.ok) throw new Error(opened.refusal)
  return opened.case
}

const appeal = (measure: Measure) =>
  open({
    ...newCases.appeal,
    matter: measureInProcedure(measure),
    desk: routeTo(procedure, measureInProcedure(measure), 'button')!,
    objections: [
      { id: 'o', decisionId: 'd', measure, track: 'dispute', text: 'No.', remedy: null },
    ],
  })
const question = open({ ...newCases.question, desk: 'support' })

function after(held: Case, at: Date, ...commands: CaseCommand[]): Case {
  return commands.reduce((one, command) => {
    const result = changeCase(one, command, procedure, at)
    if (!result.ok) throw new Error(`${command.do}: ${result.refusal}`)
    return result.case
  }, held)
}

function line(
  held: Case,
  {
    at = now,
    reader = 'seller',
    holderName = null,
    restoration = null,
  }: {
    at?: Date
    reader?: Reader
    holderName?: string | null
    restoration?: Restored | null
  } = {},
) {
  return holdingOf({
    case: held,
    procedure,
    now: at,
    timeZone: 'Europe/Lisbon',
    reader,
    holderName,
    restoration,
  })
}

const decided = (power: 'grant' | 'deny', by = 'milan', undoFor = 0): CaseCommand[] => [
  { do: 'take', by },
  {
    do: 'decide',
    by: { kind: 'person', id: by },
    barred: {},
    answers: [{ objectionId: 'o', power, reasons: 'So it is.' }],
    undoFor,
  },
]

describe('the holding line', () => {
  test('says who has it, until when, and what happens by itself', () => {
    expect(line(appeal('listing.deactivate'))).toEqual({
      state: 'running',
      who: 'Seller Performance, a person',
      whoDetail: 'Not the one who took the measure or wrote the rule',
      startedAt: now,
      dueAt: hours(48),
      ifLate: 'The executive office gets it by itself',
      ifLateDetail:
        'If they are late as well, the listing goes back on sale by itself on Saturday 28 November 09:00.',
    })
  })

  test('names the person who holds it, as long as they hold it', () => {
    const taken = after(appeal('listing.deactivate'), now, { do: 'take', by: 'milan' })
    expect(line(taken, { holderName: 'Milan' }).who).toBe('Milan, Seller Performance')
    expect(line(taken, { holderName: 'Milan', at: hours(1) }).who).toBe(
      'Seller Performance, a person',
    )
  })

  test('a late desk names the next one; a late last desk brings the listing back', () => {
    const moved = after(appeal('listing.deactivate'), hours(48), { do: 'due' })
    expect(line(moved, { at: hours(48) })).toMatchObject({
      who: 'Executive office, a person',
      ifLate: 'The listing goes back on sale by itself',
    })
    expect(after(moved, hours(120), { do: 'due' }).objections[0]?.outcome).toBe('measure_lifted')
  })

  test('what may never come back by waiting is called overdue, with the officer told', () => {
    const safety = after(appeal('listing.deactivate.safety'), hours(48), { do: 'due' })
    expect(line(safety, { at: hours(48) })).toMatchObject({
      ifLate: 'Our officer is told, and the clock starts again',
    })
    const overdue = after(safety, hours(120), { do: 'due' })
    expect(line(overdue, { at: hours(121) })).toMatchObject({
      state: 'overdue',
      dueAt: hours(120),
      ifLate: 'Our officer has been told',
    })
  })

  test('what was denied says which desk can look again, and until when', () => {
    const stands = after(appeal('listing.deactivate'), now, ...decided('deny'))
    expect(line(stands)).toMatchObject({
      state: 'done',
      who: 'Answered. The measure stands.',
      whoDetail:
        'You can ask the executive office to look again; the time for that begins when you have been told.',
    })
    const told = { ...stands, contestBy: new Date('2027-05-23T09:00:00Z') }
    expect(line(told, { reader: 'desk' }).whoDetail).toBe(
      'The seller can ask the executive office to look again until Sunday 23 May 10:00.',
    )
  })

  test('a case that waits for the shop says so, and says when a person is called', () => {
    const granted = after(appeal('listing.deactivate'), now, ...decided('grant'))
    expect(line(granted)).toMatchObject({
      state: 'restoring',
      who: 'The shop, asked to show it again',
      dueAt: hours(1),
      ifLate: 'A person of the marketplace is called',
    })
    expect(line(granted, { at: hours(2) })).toMatchObject({
      whoDetail: 'Not yet back since Monday 23 November 09:00',
      ifLate: 'A person of the marketplace has been called',
    })
    expect(line(after(granted, hours(1), { do: 'restored' }))).toMatchObject({
      state: 'done',
      who: 'Closed. The measure is lifted.',
    })
  })

  test('a question to the seller says whose turn it is, and what happens should they stay silent', () => {
    const asking = after(
      appeal('listing.deactivate'),
      now,
      { do: 'take', by: 'milan' },
      { do: 'ask', by: 'milan', question: 'Which pack?' },
    )
    expect(line(asking)).toEqual({
      state: 'stands-still',
      who: 'You: Seller Performance asked you something',
      whoDetail: 'Our clock stands still meanwhile, and waiting is never held against you',
      startedAt: now,
      dueAt: hours(14 * 24),
      ifLate: 'Seller Performance goes on with what there is',
      ifLateDetail:
        'They then have the 2 days that were left, until Wednesday 9 December 09:00 at the latest.',
    })
    expect(line(asking, { reader: 'desk' }).who).toBe('The seller: Seller Performance asked')
  })

  test('within the minute of undoing nobody outside the desk sees a difference', () => {
    const open = appeal('listing.deactivate')
    const deciding = after(open, now, ...decided('deny', 'milan', 60_000))
    expect(line(deciding)).toEqual(line(open))
  })

  test('a matter is answered and not decided, and can be written to again', () => {
    expect(line(question)).toMatchObject({
      who: 'Seller Support, a person',
      whoDetail: 'Reads it and answers',
      ifLate: 'Seller Performance gets it by itself',
    })
    const answer = { do: 'answer', by: 'milan', text: 'All is well.' } as const
    const answered = after(question, now, { do: 'take', by: 'milan' }, answer)
    expect(line(answered)).toMatchObject({
      state: 'done',
      who: 'Answered.',
      whoDetail: 'You can write again until Monday 7 December 09:00, and it opens again.',
      ifLate: 'Then the question is closed',
    })
  })

  test('a matter that nobody answered in time is never ended by its clock, and says so', () => {
    const last = after(question, hours(3 * 24), { do: 'due' }, { do: 'due' })
    expect(line(last)).toMatchObject({
      ifLate: 'Our officer is told, and the clock starts again',
      ifLateDetail: 'A person has to answer it, and it stays open until one has.',
    })
    expect(line(after(last, hours(6 * 24), { do: 'due' }))).toMatchObject({
      state: 'overdue',
      dueAt: hours(6 * 24),
    })
  })

  test('what came back says where it was seen', () => {
    const back = after(appeal('listing.deactivate'), now, ...decided('grant'), { do: 'restored' })
    const seen = { since: now, seenAt: hours(1) }
    expect(line(back, { restoration: { state: 'back', ...seen } }).whoDetail).toBe(
      'Seen back in the shop on Monday 23 November 10:00.',
    )
    expect(
      line(back, { restoration: { state: 'not-in-shop', since: now, seenAt: null } }).whoDetail,
    ).toBe('It is not in the shop now; when it appears, it appears as owed.')
  })

  test('every desk of the procedure that ships has words for its lateness, for every measure', () => {
    const read = readProcedure(
      readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8'),
    )
    if (!read.ok) throw new Error('procedures/recourse.yaml cannot be read')
    for (const measure of measureNames)
      for (const name of Object.keys(read.procedure.desks)) {
        const { ifLate, ifLateDetail } = holdingOf({
          case: { ...appeal(measure), desk: name },
          procedure: read.procedure,
          now,
          timeZone: 'UTC',
          reader: 'seller',
          holderName: null,
          restoration: null,
        })
        expect([measure, name, ifLate]).not.toContain('')
        expect(ifLateDetail).toMatch(/\.$/)
        expect(`${ifLate} ${ifLateDetail}`).not.toMatch(/undefined|\.\./)
      }
  })

  test('an unknown time zone is read as UTC and breaks nothing', () => {
    const held = appeal('listing.deactivate')
    expect(
      holdingOf({
        case: held,
        procedure,
        now,
        timeZone: 'Mars/Olympus',
        reader: 'seller',
        holderName: null,
        restoration: null,
      }).ifLateDetail,
    ).toContain('09:00')
  })
})

describe('the whole way', () => {
  test('an appeal not yet filed knows its desks and its last date', () => {
    expect(
      wayAhead({
        measure: 'listing.deactivate',
        channel: 'button',
        procedure,
        now,
        timeZone: 'Europe/Lisbon',
      }),
    ).toEqual({
      desk: 'Seller Performance',
      within: '2 days',
      answerBy: 'Saturday 28 November 09:00',
      secondLook: 'Executive office',
    })
    expect(
      wayAhead({ measure: 'listing.deactivate', channel: 'fax', procedure, now, timeZone: 'UTC' }),
    ).toBeNull()
  })

  test('one step is now, and what lies ahead has its dates', () => {
    const steps = wayOf({
      case: appeal('listing.deactivate'),
      procedure,
      timeZone: 'Europe/Lisbon',
      reader: 'seller',
    })
    expect(steps.map(({ title, state }) => `${title}: ${state}`)).toEqual([
      'Your appeal: done',
      'Seller Performance: now',
      'Second look, if you want one: ahead',
      'The last answer: ahead',
      'Back in the shop, if lifted: ahead',
    ])
    expect(steps[3]?.words).toBe('By Saturday 28 November 09:00, worst case')
  })

  test('the last answer counts a forward that is still possible', () => {
    const last = (held: Case) =>
      wayOf({ case: held, procedure, timeZone: 'UTC', reader: 'seller' }).find(
        ({ title }) => title === 'The last answer',
      )?.words
    expect(last(question)).toBe('By Sunday 29 November 09:00, worst case')
    const forward = { do: 'forward', by: 'milan', to: 'performance', reason: 'Theirs.' } as const
    const moved = after(question, hours(1), { do: 'take', by: 'milan' }, forward)
    expect(last(moved)).toBe('By Saturday 28 November 10:00, worst case')
  })

  test('a matter has no second look and nothing to bring back', () => {
    const steps = wayOf({ case: question, procedure, timeZone: 'UTC', reader: 'desk' })
    expect(steps.map(({ title, words }) => `${title}: ${words}`)).toEqual([
      'The question: Here since Monday 23 November 09:00',
      'Seller Support: Answers by Tuesday 24 November 09:00',
      'The last answer: By Sunday 29 November 09:00, worst case',
    ])
  })

  test('after the second look there is no third', () => {
    const again = after(after(appeal('listing.deactivate'), now, ...decided('deny')), now, {
      do: 'contest',
      by: 's',
      text: 'Look again.',
    })
    const titles = wayOf({ case: again, procedure, timeZone: 'UTC', reader: 'seller' }).map(
      ({ title }) => title,
    )
    expect(titles).toContain('Second look: Executive office')
    expect(titles).not.toContain('Second look, if you want one')
  })
})

test('a desk is named in a sentence as people say it', () => {
  expect(deskInSentence('Executive office')).toBe('the executive office')
  expect(deskInSentence('Seller Performance')).toBe('Seller Performance')
  expect(deskInSentence('Lead of product safety')).toBe('the lead of product safety')
})

test('lengths are said in the unit that fits', () => {
  expect([172_800_000, 86_400_000, 129_600_000, 1_200_000, 3_600_000].map(sayLength)).toEqual([
    '2 days',
    '24 hours',
    '36 hours',
    '20 minutes',
    '1 hour',
  ])
})
