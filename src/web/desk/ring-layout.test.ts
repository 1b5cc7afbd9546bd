/** The picture of a ring: everybody has a place, beyond forty those who share the same stand together. */
import { describe, expect, test } from 'vitest'
import { layRing, mostReporters } from './ring-layout.ts'

const member = (at: number) => ({
  reporterId: `r${at}`,
  label: `R${at + 1}`,
  joinedAt: null,
  pruned: null,
})
const members = (count: number) => Array.from({ length: count }, (_, at) => member(at))
const shared = (label: string, reporters: string[], isRivals = false) => ({
  ...{ label, kind: 'device' as const, reporters, isRivals },
})
const target = { id: 's', name: 'Clay', standing: null, since: null }

describe('the picture of a ring', () => {
  test('draws each reporter with what they share, and nobody over another', () => {
    const layout = layRing({
      members: members(7),
      outside: [{ ...member(9), reporterId: 'out' }],
      shared: [shared('D1', ['r0', 'r1', 'r2'], true), shared('D2', ['r2', 'r3'])],
      rival: { id: 'x', name: 'Oak', sellsAlike: true },
      targets: [target],
    })
    expect(layout.reporters).toHaveLength(8)
    expect(layout.uses).toHaveLength(5)
    const heights = layout.reporters.map(({ y }) => y).toSorted((a, b) => a - b)
    for (const [at, y] of heights.entries())
      if (at > 0) expect(y - (heights[at - 1] ?? 0)).toBeGreaterThan(30)
    for (const { y } of [...layout.reporters, ...layout.things, ...layout.targets])
      expect(y).toBeLessThan(layout.height)
  })

  test('over forty reporters are drawn by what they share, and none is left out', () => {
    const all = members(mostReporters + 20)
    const half = all.slice(0, 35).map(({ reporterId }) => reporterId)
    const layout = layRing({
      ...{ members: all, outside: [], rival: null, targets: [target] },
      shared: [shared('D1', half)],
    })
    expect(layout.reporters.map(({ label }) => label)).toEqual(['35', '25'])
    expect(layout.reporters.flatMap(({ reporters }) => reporters)).toHaveLength(all.length)
  })
})
