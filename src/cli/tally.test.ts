/** What is left of a run is said in plain words, no finer than anybody can know. */
import { expect, it } from 'vitest'
import { sayTimeLeft } from './tally.ts'

it.each([
  [1, 0.5, null],
  [60, 0.005, null],
  [10, 0.9, 'a few seconds left'],
  [10, 0.5, 'about 10 seconds left'],
  [60, 0.45, 'about 70 seconds left'],
  [60, 0.2, 'about 4 minutes left'],
  [600, 0.05, 'about 3 hours left'],
])('after %d seconds and a share of %d it is: %s', (seconds, share, words) => {
  expect(sayTimeLeft(seconds, share)).toBe(words)
})
