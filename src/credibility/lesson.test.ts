/** Investigations move the written weights a little at first, more with more of them, and never turn one round. */
import { expect, it } from 'vitest'
import { fitLogistic } from '../screening/logistic.ts'
import { learnWeights } from './lesson.ts'
import type { Investigated } from './lesson.ts'
import { words, writtenWeights } from './sum.ts'
import type { WrittenSignal } from './sum.ts'

const found = (isGenuine: boolean, ...signals: WrittenSignal[]): Investigated => ({
  isGenuine,
  reasons: (['start', ...signals] as const).map((signal) => ({
    signal,
    weight: writtenWeights[signal],
    text: words[signal],
  })),
})
const times = (count: number, one: Investigated) => Array.from({ length: count }, () => one)

it('teaches nothing where nothing was investigated', () => {
  expect(learnWeights([], fitLogistic)).toEqual(writtenWeights)
})

it('moves a weight by what was found, the more the more was found', () => {
  const after = (count: number) =>
    learnWeights(times(count, found(false, 'no-order')), fitLogistic)['no-order']
  expect(after(3)).toBeLessThan(writtenWeights['no-order'])
  expect(after(60)).toBeLessThan(after(3))
})

it('never turns a weight round', () => {
  const learned = learnWeights(times(300, found(false, 'delivered')), fitLogistic)
  expect(learned.delivered).toBeGreaterThanOrEqual(0)
})
