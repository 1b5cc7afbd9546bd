import { expect, test } from 'vitest'
import type { Case } from './case.ts'
import type { Procedure } from './procedure.ts'
import { threadOf, type Story } from './thread.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute))
const objection = {
  id: 'o',
  decisionId: 'd',
  measure: 'listing.deactivate',
  track: 'dispute',
  text: 'It is clay.',
  remedy: null,
  outcome: 'measure_lifted',
  answer: 'It is a cosmetic.',
  answeredBy: 'stf',
  answeredAt: at(9),
} as const
const held = {
  id: 'c',
  kind: 'appeal',
  desk: 'executive',
  objections: [objection],
  check: null,
  secondLook: true,
} as unknown as Case
const procedure = {
  desks: { performance: { title: 'Seller Performance' }, executive: { title: 'Executive office' } },
} as unknown as Procedure

const story: Story = {
  case: held,
  procedure,
  about: [
    {
      decisionId: 'd',
      measure: 'listing.deactivate',
      takenBy: { kind: 'policy', policy: 'ppe', version: 1 },
      takenAt: at(0),
      policyTitle: 'Protective masks',
      policyVersion: 1,
      subjectTitle: 'Clay mask',
    },
  ],
  events: [
    {
      at: at(1),
      kind: 'case.opened',
      by: 's',
      detail: { channel: 'link', matter: 'listing.deactivate' },
    },
    {
      at: at(1),
      kind: 'case.arrived',
      by: null,
      detail: { desk: 'performance', from: null, dueAt: at(2).toISOString() },
    },
    { at: at(1), kind: 'case.taken', by: 'stf', detail: {} },
    {
      at: at(2),
      kind: 'case.arrived',
      by: null,
      detail: { desk: 'executive', from: 'performance', dueAt: at(8).toISOString() },
    },
    {
      at: at(9),
      kind: 'case.decided',
      by: 'stf',
      detail: {
        outcome: 'measure_lifted',
        answers: [{ decisionId: 'd', answer: 'It is a cosmetic.' }],
      },
    },
    { at: at(10), kind: 'case.restored', by: null, detail: {} },
    { at: at(10), kind: 'something.else', by: null, detail: {} },
    { at: at(10), kind: 'case.closed', by: null, detail: {} },
  ],
  timeZone: 'UTC',
  reader: 'seller',
  nameOf: (id) => (id === 'stf' ? 'Milan' : null),
}

test('a thread tells what happened, oldest first, to the seller', () => {
  expect(threadOf(story).map(({ who, words, quote }) => [who, words, quote])).toEqual([
    ['machine', 'Rule “Protective masks”, version 1, took “Clay mask” off sale.', null],
    ['you', 'You appealed: this is a mistake.', 'It is clay.'],
    ['clock', 'Came to Seller Performance. They have until Monday 23 November 09:02.', null],
    [
      'clock',
      'Seller Performance was late, so it went to the executive office by itself. They have until Monday 23 November 09:08.',
      null,
    ],
    ['person', 'Milan, Executive office, decided. The measure is lifted.', 'It is a cosmetic.'],
    ['shop', 'The shop shows what is owed: we looked there ourselves.', null],
    ['clock', 'The case is closed.', null],
  ])
})

test('the desk reads of the seller, and who took the case', () => {
  const words = threadOf({ ...story, reader: 'desk', nameOf: () => 'Milan Rost' }).map(
    (step) => step.words,
  )
  expect(words).toContain('The seller appealed from the link in the mail: this is a mistake.')
  expect(words).toContain('Milan Rost took the case.')
})

test('a clock that decided is not called a person', () => {
  const events = [
    { at: at(9), kind: 'case.decided', by: null, detail: { outcome: 'measure_lifted' } },
  ]
  expect(threadOf({ ...story, events }).at(-1)).toMatchObject({
    who: 'clock',
    words: 'Nobody answered in time, so it was decided by itself. The measure is lifted.',
  })
})
