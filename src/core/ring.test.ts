/** Rings of one weighing found again in the next, and what a person decided stays decided. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  comesFrom,
  complaintsHeld,
  likelihoodOf,
  matchRings,
  type Ring,
  type RingReport,
  type RingState,
} from './ring.ts'

const at = '2026-11-23T09:00:00.000Z'

function report(members: readonly string[], { name = 'ring-1', round = 1 } = {}): RingReport {
  return {
    name,
    evidence: {
      total: 9,
      parts: {
        ...{ strange: 9, identity: 0, wording: 0, target: 0 },
        ...{ rival: 0, joined: 0, burst: 0, chance: 0 },
      },
    },
    members: members.map((reporterId) => ({
      reporterId,
      joinedAt: null,
      complaints: [{ id: `${reporterId}-${round}`, at, sellerId: 's', counts: false }],
    })),
    ...{ targets: ['s'], rival: null, shared: [], sayings: [], joined: null, outside: [] },
    span: { from: at, to: at },
  }
}

function ring(number: number, members: readonly string[], state: RingState = 'open'): Ring {
  return {
    ...{ id: `rng_${number}`, number, follows: null, state, version: 1, weighing: 1 },
    foundAt: new Date(at),
    report: report(members),
    ...{ pruned: [], remainder: null, isRemainderDue: false, decided: null, outcome: null },
  }
}

const abc = ['a', 'b', 'c']

describe('a ring of a new weighing', () => {
  test('is the open one that shares half of the smaller, also where it grew or shrank', () => {
    const held = [ring(1, abc)]
    for (const members of [abc, [...abc, 'd', 'e', 'f'], ['a', 'b', 'x'], ['b', 'c']])
      expect(matchRings([report(members)], held)).toMatchObject([
        { is: 'known', ring: { id: 'rng_1' } },
      ])
    expect(matchRings([report(['a', 'x', 'y'])], held)).toMatchObject([
      { is: 'new', follows: null },
    ])
  })

  test('is never two, and no two are one', () => {
    const names = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 3 })
    fc.assert(
      fc.property(
        fc.array(names, { maxLength: 4 }),
        fc.array(names, { maxLength: 4 }),
        (found, held) => {
          const matched = matchRings(
            found.map((members, place) => report(members, { name: `ring-${place}` })),
            held.map((members, place) => ring(place, members)),
          )
          const known = matched.flatMap((one) => (one.is === 'known' ? [one.ring.id] : []))
          expect(matched).toHaveLength(found.length)
          expect(new Set(known).size).toBe(known.length)
        },
      ),
    )
  })

  test('of a confirmed one is that one, until a new complaint comes', () => {
    const held = [ring(1, abc, 'confirmed')]
    expect(matchRings([report(abc)], held)).toMatchObject([{ is: 'decided' }])
    expect(matchRings([report(['a', 'b'])], held)).toMatchObject([{ is: 'decided' }])
    expect(matchRings([report(abc, { round: 2 })], held)).toMatchObject([
      { is: 'new', follows: 'rng_1' },
    ])
  })

  test('of what is none stays none, until somebody new joins', () => {
    const held = [ring(1, abc, 'dismissed')]
    expect(matchRings([report(abc, { round: 2 })], held)).toMatchObject([{ is: 'decided' }])
    const next = matchRings([report([...abc, 'd'])], held)
    expect(next).toMatchObject([{ is: 'new', follows: 'rng_1' }])
    const known = matchRings([report([...abc, 'd'])], [...held, ring(2, [...abc, 'd'])])
    expect(known).toMatchObject([{ is: 'known', ring: { id: 'rng_2' } }])
  })
})

test('who was taken out falls with nobody', () => {
  const by = { by: 'aiko', byName: 'Aiko', at: new Date(at) }
  const pruned = [{ reporterId: 'b', why: 'Bought it.', ...by }]
  expect(complaintsHeld({ ...ring(1, abc), pruned })).toEqual(['a-1', 'c-1'])
})

test('a complaint comes from a ring by its reporter or what ties it, never by a network', () => {
  const shared = [
    { kind: 'device' as const, name: 'd', reporters: abc },
    { kind: 'network' as const, name: 'n', reporters: abc },
  ]
  const held = { pruned: [], report: { ...report(abc), shared } }
  const nobody = { reporterId: 'x', devices: [], paymentHashes: [], addressHashes: [] }
  expect(comesFrom(held, { ...nobody, reporterId: 'a' })).toBe(true)
  expect(comesFrom(held, { ...nobody, devices: ['d'] })).toBe(true)
  expect(comesFrom(held, { ...nobody, devices: ['n'], paymentHashes: ['d'] })).toBe(false)
  expect(comesFrom(held, nobody)).toBe(false)
})

test('the likelihood is that of the sum', () => {
  expect(likelihoodOf(report(abc))).toBeCloseTo(1 / (1 + Math.exp(9)))
})
