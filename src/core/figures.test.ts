/** Figures are told apart only where nobody is recognised, and nothing is lost of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  barsOf,
  leastGroup,
  mergeSmall,
  mostPlaces,
  stepFor,
  type MeasureGroup,
} from './figures.ts'

const hour = 3_600_000

const someGroup = fc
  .record({ taken: fc.integer({ min: 1, max: 40 }), contested: fc.nat(40), overturned: fc.nat(40) })
  .map(({ taken, contested, overturned }) => ({
    taken,
    contested: Math.min(taken, contested),
    overturned: Math.min(taken, overturned),
  }))
const someGroups = fc.array(someGroup, { maxLength: 12 }).map((groups) =>
  groups.map((group, place): MeasureGroup => {
    const name = `rule-${place}`
    return { ...group, group: name, title: name }
  }),
)

const sum = (groups: readonly MeasureGroup[], of: 'taken' | 'contested' | 'overturned') =>
  groups.reduce((all, group) => all + group[of], 0)

describe('small groups', () => {
  test('are put together until nobody is recognised, and every sum stays what it was', () => {
    fc.assert(
      fc.property(someGroups, (groups) => {
        const told = mergeSmall(groups, 'others')
        for (const of of ['taken', 'contested', 'overturned'] as const)
          expect(sum(told, of)).toBe(sum(groups, of))
        // Only where all of them together are too few is a group small, and then it is the only one.
        if (told.length > 1)
          for (const { taken } of told) expect(taken).toBeGreaterThanOrEqual(leastGroup)
        for (const { group, taken } of told)
          if (group !== null) expect(taken).toBe(groups.find((one) => one.group === group)?.taken)
      }),
    )
  })

  test('take the next one with them where they alone would be told by what is left', () => {
    const group = (name: string, taken: number) => ({
      group: name,
      title: name,
      taken,
      contested: 0,
      overturned: 0,
    })
    const told = mergeSmall([group('masks', 30), group('knives', 12), group('seeds', 2)], 'others')
    expect(told.map(({ title, taken }) => [title, taken])).toEqual([
      ['masks', 30],
      ['others', 14],
    ])
  })
})

describe('waits', () => {
  test('are counted in steps that a promise has at most sixteen of', () => {
    expect(stepFor(8 * 24 * hour)).toBe(12 * hour)
    expect(stepFor(3 * 24 * hour)).toBe(6 * hour)
    expect(stepFor(0)).toBe(hour / 60)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000 * 24 * hour }), (promise) => {
        expect(promise / stepFor(promise)).toBeLessThanOrEqual(16)
      }),
    )
  })

  test('leave no step out, and the last holds all that is longer', () => {
    expect(barsOf([{ place: 2, ended: 5 }], hour)).toEqual([
      { fromMs: 0, toMs: hour, cases: 0 },
      { fromMs: hour, toMs: 2 * hour, cases: 0 },
      { fromMs: 2 * hour, toMs: 3 * hour, cases: 5 },
    ])
    expect(barsOf([{ place: mostPlaces - 1, ended: 1 }], hour).at(-1)?.toMs).toBeNull()
    expect(barsOf([], hour)).toEqual([])
  })
})
