/** A misspelt name is answered with the one that was meant. */
import { expect, it } from 'vitest'
import { nearestName, suggestName } from './spelling.ts'

it.each([
  ['siganls', 'signals'],
  ['polcy', 'policy'],
  ['SCREEN', 'screen'],
  ['perfomance', 'performance'],
])('%s is nearest to %s', (typed, meant) => {
  expect(nearestName(typed, ['policy', 'signals', 'screen', 'performance'])).toBe(meant)
})

it('a name that resembles none is answered with all of them', () => {
  expect(nearestName('zzz', ['policy', 'screen'])).toBeNull()
  expect(suggestName('zzz', ['screen', 'policy'])).toBe('known here: policy, screen')
})
