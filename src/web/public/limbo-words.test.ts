/** The sentence of the figures: exact where it is bad, and otherwise what is so. */
import { expect, test } from 'vitest'
import { limboWords } from './limbo-words.ts'

const nothing = {
  open: 0,
  withoutClock: 0,
  overdue: 0,
  beyondPerson: 0,
  beyondAnswer: 0,
  notYetBack: 0,
  oneLook: 0,
  mailsHeld: 0,
  mailsLate: 0,
  longestMs: 0,
}

const words = (waiting: Partial<typeof nothing>) =>
  limboWords({ waiting: { ...nothing, ...waiting }, acceptedGaps: [] })

test.each([
  [{}, 'Nobody waits. No case is open.', false],
  [{ open: 1 }, 'Nobody is in limbo. The one open case has a desk and a date.', false],
  [
    { open: 1412, mailsHeld: 3 },
    'Nobody is in limbo. All 1,412 open cases have a desk and a date.',
    false,
  ],
  [{ open: 9, withoutClock: 2 }, '2 open cases have no running clock.', true],
  [
    { open: 9, withoutClock: 1, mailsLate: 1 },
    '1 open case has no running clock, and 1 mail waits longer than promised.',
    true,
  ],
  [{ open: 9, beyondAnswer: 1, overdue: 1 }, '1 case waits longer than promised.', true],
  [{ open: 9, overdue: 2 }, '2 cases are overdue at their desks.', true],
])('of %j it is “%s”', (waiting, said, isBad) => {
  expect(words(waiting)).toEqual({ words: said, isBad, gaps: '' })
})
