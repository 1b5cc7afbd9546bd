/** Tests of addresses: what is written comes back, and numbers in names stay names. */
import { expect, it } from 'vitest'
import { parseSearch, writeSearch } from './search.ts'

it('a name given twice is a list, and comes back the same', () => {
  const search = { decision: ['dec_1', 'dec_2'], track: 'remedy' }
  expect(writeSearch(search)).toBe('?decision=dec_1&decision=dec_2&track=remedy')
  expect(parseSearch(writeSearch(search))).toEqual(search)
})

it('a decision that looks like a number stays the words it is', () => {
  expect(parseSearch('?decision=1e3')).toEqual({ decision: '1e3' })
})

it('what is not there is not written', () => {
  expect(writeSearch({ next: undefined, error: null })).toBe('')
})
