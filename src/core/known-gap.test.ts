/** Known gaps: whom they touch, and what sellers read of them. */
import { expect, test } from 'vitest'
import { gapsTouching, notCovered, type KnownGap } from './known-gap.ts'
import { sayKnownGaps, tellKnownGaps } from './known-gap-words.ts'
import { Procedure } from './procedure.ts'

const procedure = Procedure.parse({
  procedure: 'shop',
  title: 'A shop',
  officer: 'owner@shop.example',
  promise: { person: 1, answer: 2 },
  measures: { 'listing.deactivate': {}, 'account.lock': {} },
  channels: { button: {}, link: {}, letter: {} },
  desks: {
    first: { staff: 'people', may: ['deny'], within: 1, late: 'second', review: 'second' },
    second: { staff: 'people', may: ['grant'], title: 'The second desk' },
    legal: { staff: 'people' },
  },
  routes: [
    { for: ['listing.deactivate'], by: ['button'], to: 'first' },
    { for: ['account.lock'], by: ['letter'], to: 'legal' },
  ],
})

function gap(changes: Partial<KnownGap>): KnownGap {
  return {
    name: '',
    code: 'limbo',
    desk: null,
    measure: null,
    means: null,
    channel: null,
    worst: null,
    path: [],
    message: 'A gap.',
    mending: '',
    ...changes,
  }
}

test('a gap at a desk touches the measures whose cases can come there, also late or on a second look', () => {
  const limbo = gap({ desk: 'second' })
  const loop = gap({ code: 'loop', desk: 'first+second' })
  expect(gapsTouching([limbo, loop], procedure, 'listing.deactivate')).toEqual([limbo, loop])
  expect(gapsTouching([limbo, loop], procedure, 'account.lock')).toEqual([])
})

test('a gap of a measure touches that measure alone', () => {
  const shut = gap({ code: 'no-way-in', measure: 'account.lock', means: ['account'] })
  expect(gapsTouching([shut], procedure, 'account.lock')).toEqual([shut])
  expect(gapsTouching([shut], procedure, 'listing.deactivate')).toEqual([])
  expect(sayKnownGaps([shut], procedure)).toEqual([
    'Known gap of our procedure: from this measure, without a mailbox, there is no way in.',
  ])
})

test('what differs only in the way in is one sentence with each way', () => {
  const late = (channel: string) =>
    gap({ code: 'promise-answer', measure: 'account.lock', means: [], channel })
  expect(sayKnownGaps([late('link'), late('letter'), late('link')], procedure)).toEqual([
    'Known gap of our procedure: by link or letter, the last answer can take longer than we promise.',
  ])
})

test('measures that no door of the system leads on are not covered', () => {
  const names = notCovered(procedure).map(({ measure }) => measure)
  expect(names).toContain('listing.demote')
  expect(names).not.toContain('listing.deactivate')
})

test('a statement without a door names the officer, and one with doors keeps them', () => {
  const redress = {
    channels: ['The button'],
    desk: 'First',
    windowMonths: 6,
    words: 'You can appeal.',
    outside: ['Court.'],
  }
  const told = { procedure, knownGaps: ['A gap.'], language: 'en' } as const
  expect(tellKnownGaps(redress, told)).toEqual({
    ...redress,
    words: 'You can appeal. A gap.',
  })
  const shut = tellKnownGaps({ ...redress, channels: [], desk: '' }, told)
  expect(shut.desk).toBe('The officer of the marketplace')
  expect(shut.words).toMatch(/owner@shop\.example, within 6 months .* A gap\.$/)
})
