import { expect, it } from 'vitest'
import { daysOf } from './call-words.ts'

it('times stand under their day, in the zone of who reads', () => {
  const slots = [
    '2026-11-23T23:30:00Z',
    '2026-11-24T09:00:00Z',
    '2026-11-24T09:15:00Z',
    '2026-11-30T09:00:00Z',
  ].map((startsAt) => ({ startsAt }))
  const now = new Date('2026-11-23T20:00:00Z')
  expect(
    daysOf(slots, now, 'Europe/Lisbon').map(({ name, times }) => [name, times.length]),
  ).toEqual([
    ['today', 1],
    ['Tuesday', 2],
    ['Monday 30 November', 1],
  ])
  expect(daysOf(slots, now, 'Europe/Helsinki')[0]).toMatchObject({
    name: 'Tuesday',
    times: [{ words: '01:30' }, { words: '11:00' }, { words: '11:15' }],
  })
})
