/** Where everything of a ring stands in its picture: reporters left, what they share in the middle, rival and target right. */
import type { RingForDesk } from '../../contract/ring.ts'

/** A reporter, or over forty of them those who share the same. */
export interface ReporterNode {
  id: string
  /** "R3", or "12" where it stands for so many. */
  label: string
  reporters: string[]
  joinedAt: string | null
  isPruned: boolean
  isOutside: boolean
  x: number
  y: number
}

export interface ThingNode {
  label: string
  isRivals: boolean
  reporters: string[]
  x: number
  y: number
}

export interface BoxNode {
  id: string
  x: number
  y: number
}

export interface Layout {
  width: number
  height: number
  reporters: ReporterNode[]
  things: ThingNode[]
  rival: BoxNode | null
  targets: BoxNode[]
  /** From a reporter to what they use, by places in the lists. */
  uses: { reporter: number; thing: number }[]
}

export const mostReporters = 40
/** Of who stays outside so many are drawn; all are in the table. */
export const mostOutsideDrawn = 3
export const mostTargetsDrawn = 4
const width = 900
const row = 46
const top = 40
export const columns = { reporters: 112, things: 330, rival: 560, targets: 800 } as const

export function layRing(
  ring: Pick<RingForDesk, 'members' | 'outside' | 'shared' | 'rival' | 'targets'>,
): Layout {
  const inside = ring.members.length > mostReporters ? grouped(ring) : single(ring)
  const outside = ring.outside.slice(0, mostOutsideDrawn).map((member) => ({
    ...{ id: member.reporterId, label: member.label, reporters: [member.reporterId] },
    ...{ joinedAt: member.joinedAt, isPruned: false, isOutside: true },
  }))
  const rows = Math.max(inside.length, 2 * ring.shared.length, 3)
  const spread = (at: number, all: number) => top + ((at + 0.5) * rows * row) / Math.max(1, all)
  const reporters = [
    ...inside.map((node, at) => ({
      ...node,
      isOutside: false,
      x: columns.reporters,
      y: spread(at, inside.length),
    })),
    ...outside.map((node, at) => ({
      ...node,
      x: columns.reporters,
      y: top + rows * row + 28 + at * row,
    })),
  ]
  const middleOf = (ids: readonly string[]) => {
    const held = reporters.filter((node) => node.reporters.some((id) => ids.includes(id)))
    return held.reduce((sum, { y }) => sum + y, 0) / Math.max(1, held.length)
  }
  const things = ring.shared
    .map(({ label, isRivals, reporters: ids }) => ({
      label,
      isRivals,
      reporters: ids,
      y: middleOf(ids),
    }))
    .toSorted((a, b) => a.y - b.y)
    .map((thing, at, all) => ({ ...thing, x: columns.things, y: spread(at, all.length) }))
  const middle = top + (rows * row) / 2
  const shown = ring.targets.slice(0, mostTargetsDrawn)
  return {
    width,
    height: top + rows * row + (outside.length > 0 ? 28 + outside.length * row : 8),
    reporters,
    things,
    rival: ring.rival === null ? null : { id: ring.rival.id, x: columns.rival, y: middle - 36 },
    targets: shown.map(({ id }, at) => ({
      id,
      x: columns.targets,
      y: middle + 36 + (at - (shown.length - 1) / 2) * 72,
    })),
    uses: reporters.flatMap((node, reporter) =>
      things.flatMap((thing, at) =>
        node.reporters.some((id) => thing.reporters.includes(id)) ? [{ reporter, thing: at }] : [],
      ),
    ),
  }
}

type Placeless = Omit<ReporterNode, 'x' | 'y' | 'isOutside'>

function single({ members }: Pick<RingForDesk, 'members'>): Placeless[] {
  return members.map(({ reporterId, label, joinedAt, pruned }) => ({
    ...{ id: reporterId, label, reporters: [reporterId], joinedAt },
    isPruned: pruned !== null,
  }))
}

/** One node for all who share the same things. */
function grouped({ members, shared }: Pick<RingForDesk, 'members' | 'shared'>): Placeless[] {
  const groups = new Map<string, Placeless>()
  for (const { reporterId, joinedAt, pruned } of members) {
    const uses = shared.filter(({ reporters }) => reporters.includes(reporterId))
    const key = uses.map(({ label }) => label).join(' ') || 'nothing'
    const known = groups.get(key)
    if (known === undefined)
      groups.set(key, {
        ...{ id: key, label: '1', reporters: [reporterId], joinedAt },
        isPruned: pruned !== null,
      })
    else {
      known.reporters.push(reporterId)
      known.label = String(known.reporters.length)
      known.isPruned &&= pruned !== null
    }
  }
  return [...groups.values()]
}
