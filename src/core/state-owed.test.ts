import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureNames, measures, type Measure, type SubjectKind } from './measure.ts'
import {
  compareReadBack,
  opensALever,
  openStates,
  sameState,
  stateOwed,
  subjectsMovedBy,
  type Grip,
  type Terms,
} from './state-owed.ts'

const closed = { offered: false, searchable: false }
const grip = (measure: Measure, more: Partial<Grip> = {}): Grip => ({
  measure,
  terms: null,
  endsAt: null,
  ...more,
})
const kinds = ['listing', 'account', 'payouts'] as const
const [early, late] = [new Date('2026-12-01T00:00:00Z'), new Date('2026-12-24T00:00:00Z')]
const hold = (amount: number, endsAt: Date, onlyTo: string[] | null = null) =>
  grip('payout.hold', { terms: { amount, currency: 'EUR', onlyTo }, endsAt })

const grips = fc.record({
  measure: fc.constantFrom(...measureNames),
  terms: fc.option(
    fc.record<Terms>({
      amount: fc.option(fc.nat(1_000)),
      currency: fc.constant('EUR'),
      onlyTo: fc.option(fc.subarray(['a', 'b', 'c'])),
    }),
  ),
  endsAt: fc.option(fc.constantFrom(early, late)),
})
const several = fc.array(grips, { maxLength: 5 })
const owed = (kind: SubjectKind, inForce: Grip[]) => stateOwed(kind, inForce)

describe('the state owed', () => {
  test('of two measures each lever takes the more closed value', () => {
    expect(owed('listing', [])).toEqual(openStates.listing)
    expect(owed('listing', [grip('listing.demote')])).toEqual({ offered: true, searchable: false })
    expect(owed('listing', [grip('listing.demote'), grip('listing.deactivate')])).toEqual(closed)
  })

  test('is the same whatever the order and however often a measure is there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), several, (kind, inForce) => {
        expect(sameState(owed(kind, [...inForce, ...inForce].reverse()), owed(kind, inForce))).toBe(
          true,
        )
      }),
    )
  })

  test('never opens a lever by one more measure', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), several, grips, (kind, inForce, more) => {
        expect(opensALever(owed(kind, inForce), owed(kind, [...inForce, more]))).toBe(false)
      }),
    )
  })

  test('every narrower form opens something of what it takes the place of, and shuts nothing more', () => {
    for (const measure of measureNames) {
      const narrower = measures[measure].narrowsTo
      const { subject } = measures[measure]
      if (narrower === null || subject === 'payouts') continue
      const [before, after] = [owed(subject, [grip(measure)]), owed(subject, [grip(narrower)])]
      expect([measure, opensALever(before, after)]).toEqual([measure, true])
      expect([measure, opensALever(after, before)]).toEqual([measure, false])
    }
  })

  test('a warning moves no lever', () => {
    expect(owed('account', [grip('account.warn')])).toEqual(openStates.account)
  })

  test('of an account says who may sign in, sell and add', () => {
    expect(owed('account', [grip('account.suspend')])).toEqual({
      signIn: true,
      sell: false,
      addListings: false,
    })
    expect(owed('account', [grip('account.secure.narrowed')])).toEqual({
      signIn: false,
      sell: true,
      addListings: true,
    })
  })
})

describe('the state owed to payouts', () => {
  test('of two holds takes the larger amount and the later date', () => {
    expect(owed('payouts', [hold(120.5, early), hold(40, late)])).toEqual({
      held: { amount: 120.5, until: late.toISOString() },
      onlyTo: null,
    })
  })

  test('goes only where every measure lets it go', () => {
    const locked = grip('account.lock', {
      terms: { amount: null, currency: null, onlyTo: ['a', 'b'] },
    })
    expect(owed('payouts', [locked])).toEqual({ held: null, onlyTo: ['a', 'b'] })
    expect(owed('payouts', [locked, hold(40, early, ['b', 'c'])])).toEqual({
      held: { amount: 40, until: early.toISOString() },
      onlyTo: ['b'],
    })
  })

  test('a hold of nothing holds nothing', () => {
    expect(owed('payouts', [hold(0, early)])).toEqual(openStates.payouts)
  })

  test('what shuts an account can bind its payouts, and nothing else binds two', () => {
    expect(subjectsMovedBy({ kind: 'account', id: 's' })).toEqual([
      { kind: 'account', id: 's' },
      { kind: 'payouts', id: 's' },
    ])
    for (const kind of ['listing', 'payouts'] as const)
      expect(subjectsMovedBy({ kind, id: 's' })).toEqual([{ kind, id: 's' }])
  })

  test('giving back is less, shorter, or to more places; the reverse is not', () => {
    const before = owed('payouts', [hold(120, late, ['a'])])
    for (const freer of [hold(40, late, ['a']), hold(120, early, ['a']), hold(120, late)]) {
      const after = owed('payouts', [freer])
      expect(opensALever(before, after)).toBe(true)
      expect(opensALever(after, before)).toBe(false)
    }
    expect(opensALever(before, openStates.payouts)).toBe(true)
  })
})

describe('what the shop shows beside it', () => {
  const state = { sequence: 3, state: closed }

  test('agrees at the same or a higher number with the same state', () => {
    expect(compareReadBack(state, { sequence: 3, state: closed })).toBe('agrees')
    expect(compareReadBack(state, { sequence: 9, state: closed })).toBe('agrees')
  })

  test('differs at a lower number, even where the state happens to be the same', () => {
    expect(compareReadBack(state, { sequence: 2, state: closed })).toBe('differs')
  })

  test('is never called back where the shop has no such subject', () => {
    expect(compareReadBack(state, { sequence: 0, state: null })).toBe('not-in-shop')
  })

  test('is the same state in another order of keys and another spelling of the instant', () => {
    const one = { held: { amount: 12.5, until: '2026-12-01T00:00:00.000Z' }, onlyTo: ['a'] }
    const other = { onlyTo: ['a'], held: { until: '2026-12-01T00:00:00Z', amount: 12.5 } }
    expect(sameState(one, other)).toBe(true)
    expect(sameState(one, { ...other, onlyTo: ['b'] })).toBe(false)
    expect(sameState({ ...one, onlyTo: ['a', 'b'] }, { ...other, onlyTo: ['b', 'a'] })).toBe(true)
    expect(sameState(one, { ...other, held: null })).toBe(false)
  })
})
