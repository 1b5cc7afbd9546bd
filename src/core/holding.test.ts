import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readProcedure } from '../procedure/read.ts'
import { changeCase, openCase, type Case, type CaseCommand } from './case.ts'
import { deskInSentence, holdingOf, sayLength, wayAhead, wayOf, type Reader } from './holding.ts'
import type { Measure } from './measure.ts'
import { routeTo } from './procedure.ts'

const read = readProcedure(
  readFileSync(new URL('../../procedures/recourse.yaml', import.meta.url), 'utf8'),
)
if (!read.ok) throw new Error('procedures/recourse.yaml cannot be read')
const { procedure } = read
const now = new Date('2026-11-23T09:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

function appeal(measure: Measure): Case {
  const opened = openCase(
    {
      id: 'cas_1',
      number: 7001,
      kind: 'appeal',
      matter: measure,
      channel: 'button',
      sellerId: 's',
      procedureId: 'p',
      by: 's',
      check: null,
      desk: routeTo(procedure, measure, 'button')!,
      objections: [
        { id: 'o', decisionId: 'd', measure, track: 'dispute', text: 'No.', remedy: null },
      ],
    },
    procedure,
    now,
  )
  if (!opened.ok) throw new Error(opened.refusal)
  return opened.case
}

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
  }: { at?: Date; reader?: Reader; holderName?: string | null } = {},
) {
  return holdingOf({
    case: held,
    procedure,
    now: at,
    timeZone: 'Europe/Lisbon',
    reader,
    holderName,
    restoration: null,
  })
}

const denied = (by: string): CaseCommand[] => [
  { do: 'take', by },
  {
    do: 'decide',
    by: { kind: 'person', id: by },
    barred: {},
    answers: [{ objectionId: 'o', power: 'deny', reasons: 'It stands.' }],
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
    const moved = after(appeal('listing.deactivate'), hours(48), { do: 'late' })
    expect(line(moved, { at: hours(48) })).toMatchObject({
      who: 'Executive office, a person',
      ifLate: 'The listing goes back on sale by itself',
    })
    expect(after(moved, hours(120), { do: 'late' }).objections[0]?.outcome).toBe('measure_lifted')
  })

  test('what may never come back by waiting is called overdue, with the officer told', () => {
    const safety = after(appeal('listing.deactivate.safety'), hours(48), { do: 'late' })
    expect(line(safety, { at: hours(48) })).toMatchObject({
      ifLate: 'Our officer is told, and the clock starts again',
    })
    const overdue = after(safety, hours(120), { do: 'late' })
    expect(line(overdue, { at: hours(121) })).toMatchObject({
      state: 'overdue',
      dueAt: hours(120),
      ifLate: 'Our officer has been told',
    })
  })

  test('what was denied says which desk can look again, and until when', () => {
    const stands = after(appeal('listing.deactivate'), now, ...denied('milan'))
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
    const granted = after(
      appeal('listing.deactivate'),
      now,
      { do: 'take', by: 'milan' },
      {
        do: 'decide',
        by: { kind: 'person', id: 'milan' },
        barred: {},
        answers: [{ objectionId: 'o', power: 'grant', reasons: 'Yes.' }],
      },
    )
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

  test('every desk of the procedure has words for its lateness, for every measure', () => {
    for (const measure of [
      'listing.deactivate',
      'listing.deactivate.safety',
      'listing.demote',
    ] as const) {
      for (const desk of Object.keys(procedure.desks)) {
        const { ifLate, ifLateDetail } = line({ ...appeal(measure), desk })
        expect(ifLate, `${measure} at ${desk}`).not.toBe('')
        expect(ifLateDetail).not.toBe('')
      }
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

  test('after the second look there is no third', () => {
    const again = after(after(appeal('listing.deactivate'), now, ...denied('milan')), now, {
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
