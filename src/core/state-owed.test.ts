import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureNames } from './measure.ts'
import { compareReadBack, opensALever, openStates, sameState, stateOwed } from './state-owed.ts'

const closed = { offered: false, searchable: false }

describe('the state owed to a listing', () => {
  test('of two measures each lever takes the more closed value', () => {
    expect(stateOwed([])).toEqual(openStates.listing)
    expect(stateOwed(['listing.demote'])).toEqual({ offered: true, searchable: false })
    expect(stateOwed(['listing.demote', 'listing.deactivate'])).toEqual(closed)
  })

  test('is the same whatever the order and however often a measure is there', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...measureNames)), (inForce) => {
        expect(stateOwed([...inForce, ...inForce].reverse())).toEqual(stateOwed(inForce))
      }),
    )
  })

  test('never opens a lever by one more measure', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...measureNames)),
        fc.constantFrom(...measureNames),
        (inForce, more) => {
          expect(opensALever(stateOwed(inForce), stateOwed([...inForce, more]))).toBe(false)
        },
      ),
    )
  })
})

describe('what the shop shows beside it', () => {
  const owed = { sequence: 3, state: closed }

  test('agrees at the same or a higher number with the same state', () => {
    expect(compareReadBack(owed, { sequence: 3, state: closed })).toBe('agrees')
    expect(compareReadBack(owed, { sequence: 9, state: closed })).toBe('agrees')
  })

  test('differs at a lower number, even where the state happens to be the same', () => {
    expect(compareReadBack(owed, { sequence: 2, state: closed })).toBe('differs')
  })

  test('is never called back where the shop has no such subject', () => {
    expect(compareReadBack(owed, { sequence: 0, state: null })).toBe('not-in-shop')
  })

  test('is the same state in another order of keys and another spelling of the instant', () => {
    const one = { held: { amount: 12.5, until: '2026-12-01T00:00:00.000Z' }, onlyTo: ['a'] }
    const other = { onlyTo: ['a'], held: { until: '2026-12-01T00:00:00Z', amount: 12.5 } }
    expect(sameState(one, other)).toBe(true)
    expect(sameState(one, { ...other, onlyTo: ['b'] })).toBe(false)
    expect(sameState(one, { ...other, held: null })).toBe(false)
  })
})
