/** An arrangement gives every box of a picture its place: layers left to right, lines only between boxes, never through one. */

export interface Node {
  id: string
  layer: number
  width: number
  height: number
  /** Free space that it wants above and below. */
  space: number
  /** Where its lines are attached, from its top; spread over its height where unset. */
  port?: number
}

export interface Link {
  id: string
  from: string
  to: string
  /** Links of one name share the place where they reach their box. */
  shares?: string
}

export interface Placed {
  x: number
  y: number
  width: number
  height: number
}

export interface Arrangement {
  boxes: Map<string, Placed>
  /** The corners of each link, in pairs: from the side of one box to that of the next, through free lanes. */
  lines: Map<string, { x: number; y: number }[]>
  layers: { x: number; width: number }[]
  width: number
  height: number
}

interface Slot extends Node {
  isLane: boolean
  left: Join[]
  right: Join[]
  y: number
}

interface Join {
  link: Link
  from: Slot
  to: Slot
  out: number
  into: number
}

const SWEEPS = 14

/** Arranges boxes whose links all lead to a later layer. */
export function arrange(
  nodes: readonly Node[],
  links: readonly Link[],
  gapAfter: (layer: number, lines: number) => number,
): Arrangement {
  const slots = new Map<string, Slot>(
    nodes.map((node) => [node.id, { ...node, isLane: false, left: [], right: [], y: 0 }]),
  )
  const count = Math.max(0, ...nodes.map(({ layer }) => layer)) + 1
  const layers: Slot[][] = Array.from({ length: count }, () => [])
  for (const slot of slots.values()) layers[slot.layer]?.push(slot)
  const chains = new Map(links.map((link) => [link.id, layChain(link, slots, layers)]))

  orderLayers(layers)
  for (const slot of layers.flat()) attachPorts(slot, layers)
  settleHeights(layers)

  let x = 0
  const columns = layers.map((slotsHere, layer) => {
    const column = { x, width: Math.max(0, ...slotsHere.map(({ width }) => width)) }
    const lines = slotsHere.reduce((sum, { right }) => sum + right.length, 0)
    x += column.width + gapAfter(layer, lines)
    return column
  })
  const last = columns.at(-1)
  const all = layers.flat()
  return {
    boxes: new Map(
      [...slots.values()].map(({ id, layer, width, height, y }) => [
        id,
        { x: columns[layer]?.x ?? 0, y, width, height },
      ]),
    ),
    lines: new Map(
      [...chains].map(([id, chain]) => [id, chain.flatMap((join) => cornersOf(join, columns))]),
    ),
    layers: columns,
    width: last === undefined ? 0 : last.x + last.width,
    height: Math.max(0, ...all.map(({ y, height }) => y + height)),
  }
}

function layChain(link: Link, slots: ReadonlyMap<string, Slot>, layers: Slot[][]): Join[] {
  const [from, to] = [slots.get(link.from), slots.get(link.to)]
  if (from === undefined || to === undefined || from.layer >= to.layer)
    throw new Error(`arrange: "${link.id}" does not lead to a later layer`)
  const chain: Join[] = []
  let at = from
  for (let layer = from.layer + 1; layer <= to.layer; layer++) {
    const next = layer === to.layer ? to : laneOf(link, layer)
    if (next.isLane) layers[layer]?.push(next)
    const join = { link, from: at, to: next, out: 0, into: 0 }
    at.right.push(join)
    next.left.push(join)
    chain.push(join)
    at = next
  }
  return chain
}

function laneOf(link: Link, layer: number): Slot {
  const id = `${link.id} ${layer}`
  return {
    id,
    layer,
    width: 0,
    height: 4,
    space: 5,
    port: 2,
    isLane: true,
    left: [],
    right: [],
    y: 0,
  }
}

/** Sweeps the layers so that few lines cross, and keeps the best order that was seen. */
function orderLayers(layers: Slot[][]): void {
  let best = layers.map((slots) => [...slots])
  let least = crossingsOf(layers)
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
    const isForward = sweep % 2 === 0
    const places = new Map(layers.flatMap((slots) => slots.map((slot, place) => [slot, place])))
    const walk = isForward ? layers : [...layers].reverse()
    for (const slots of walk) {
      const middles = new Map(
        slots.map((slot) => {
          const beside = isForward
            ? slot.left.map(({ from }) => from)
            : slot.right.map(({ to }) => to)
          const sum = beside.reduce((total, other) => total + (places.get(other) ?? 0), 0)
          return [slot, beside.length === 0 ? (places.get(slot) ?? 0) : sum / beside.length]
        }),
      )
      slots.sort((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0))
      slots.forEach((slot, place) => places.set(slot, place))
    }
    const crossings = crossingsOf(layers)
    if (crossings >= least) continue
    least = crossings
    best = layers.map((slots) => [...slots])
  }
  layers.forEach((slots, layer) => slots.splice(0, slots.length, ...(best[layer] ?? [])))
}

function crossingsOf(layers: readonly Slot[][]): number {
  let crossings = 0
  layers.forEach((slots, layer) => {
    const next = new Map((layers[layer + 1] ?? []).map((slot, place) => [slot, place]))
    const lines = slots.flatMap((slot, from) =>
      slot.right.map(({ to }) => ({ from, to: next.get(to) ?? 0 })),
    )
    for (const [index, a] of lines.entries()) {
      for (let other = index + 1; other < lines.length; other++) {
        const b = lines[other]
        if (b !== undefined && (a.from - b.from) * (a.to - b.to) < 0) crossings++
      }
    }
  })
  return crossings
}

/** Lines are attached in the order in which they come, so that they do not cross beside their box. */
function attachPorts(slot: Slot, layers: readonly Slot[][]): void {
  const left = layers[slot.layer - 1] ?? []
  const right = layers[slot.layer + 1] ?? []
  slot.left.sort((a, b) => left.indexOf(a.from) - left.indexOf(b.from))
  slot.right.sort((a, b) => right.indexOf(a.to) - right.indexOf(b.to))
  const intos = portsOf(
    slot,
    slot.left.map(({ link }) => link.shares ?? link.id),
  )
  const outs = portsOf(
    slot,
    slot.right.map(({ link }) => link.id),
  )
  slot.left.forEach((join, index) => (join.into = intos[index] ?? 0))
  slot.right.forEach((join, index) => (join.out = outs[index] ?? 0))
}

function portsOf({ height, port }: Slot, names: readonly string[]): number[] {
  const distinct = [...new Set(names)]
  const step = Math.min(16, (height - 20) / Math.max(1, distinct.length - 1))
  return names.map(
    (name) => port ?? height / 2 + (distinct.indexOf(name) - (distinct.length - 1) / 2) * step,
  )
}

/** Draws every slot towards what it is linked with, as near as the order and the free space allow. */
function settleHeights(layers: readonly Slot[][]): void {
  for (const slots of layers)
    stack(
      slots,
      slots.map(() => 0),
      slots.map(() => 1),
    )
  const rounds = [
    'right',
    'left',
    'right',
    'left',
    'both',
    'both',
    'right',
    'left',
    'both',
  ] as const
  for (const side of rounds) {
    for (const slots of side === 'left' ? [...layers].reverse() : layers) {
      const wishes = slots.map((slot) => wishOf(slot, side))
      stack(
        slots,
        slots.map((slot, index) => wishes[index]?.y ?? slot.y),
        wishes.map((wish) => wish?.weight ?? 0.2),
      )
    }
  }
  const top = Math.min(0, ...layers.flat().map(({ y }) => y))
  for (const slot of layers.flat()) slot.y -= top
  const least = Math.min(...layers.flat().map(({ y }) => y))
  if (Number.isFinite(least)) for (const slot of layers.flat()) slot.y -= least
}

function wishOf(slot: Slot, side: 'left' | 'right' | 'both') {
  let [sum, weight] = [0, 0]
  const add = (y: number, other: Slot) => {
    const pull = slot.isLane && other.isLane ? 8 : slot.isLane || other.isLane ? 2 : 3
    sum += y * pull
    weight += pull
  }
  // A sweep to the right follows what is on the left.
  if (side !== 'left') for (const { from, out, into } of slot.left) add(from.y + out - into, from)
  if (side !== 'right') for (const { to, out, into } of slot.right) add(to.y + into - out, to)
  return weight === 0 ? null : { y: sum / weight, weight }
}

/** Keeps the order and the space, and moves each slot as little as it can from where it would like to be. */
function stack(
  slots: readonly Slot[],
  wishes: readonly number[],
  weights: readonly number[],
): void {
  let offset = 0
  const offsets = slots.map((slot, index) => {
    const before = slots[index - 1]
    if (before !== undefined) offset += before.height + Math.max(before.space, slot.space)
    return offset
  })
  // Neighbours that would run into each other move as one block, to the mean of their wishes.
  const blocks: { sum: number; weight: number; count: number }[] = []
  slots.forEach((_, index) => {
    const weight = weights[index] ?? 1
    let block = { sum: ((wishes[index] ?? 0) - (offsets[index] ?? 0)) * weight, weight, count: 1 }
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (above.sum / above.weight <= block.sum / block.weight) break
      blocks.pop()
      block = {
        sum: above.sum + block.sum,
        weight: above.weight + block.weight,
        count: above.count + block.count,
      }
    }
    blocks.push(block)
  })
  let index = 0
  for (const { sum, weight, count } of blocks) {
    for (const end = index + count; index < end; index++) {
      const slot = slots[index]
      if (slot !== undefined) slot.y = sum / weight + (offsets[index] ?? 0)
    }
  }
}

function cornersOf(
  { from, to, out, into }: Join,
  columns: readonly { x: number; width: number }[],
) {
  const [start, end] = [columns[from.layer], columns[to.layer]]
  if (start === undefined || end === undefined) return []
  return [
    { x: start.x + (from.isLane ? start.width : from.width), y: from.y + out },
    { x: end.x, y: to.y + into },
  ]
}
