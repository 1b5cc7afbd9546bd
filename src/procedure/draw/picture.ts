/** A picture of a procedure as data: every box, line, badge and word with its place, before it is written as SVG. */
import type { Procedure } from '../../core/procedure.ts'
import type { Check } from '../check.ts'
import { arrange } from './arrange.ts'
import type { Arrangement, Placed } from './arrange.ts'
import { badgeWidth, boxOf, faces, headingLines, slotDays } from './boxes.ts'
import type { Box } from './boxes.ts'
import { buildGraph } from './graph.ts'
import type { Graph, Line } from './graph.ts'
import { numberGaps, sayNumbers } from './notes.ts'
import type { Note } from './notes.ts'
import { layOutNotes } from './remarks.ts'
import type { Remarks } from './remarks.ts'
import { layOutSlowest } from './slowest.ts'
import type { Slowest } from './slowest.ts'
import { wrapText } from './text.ts'
import { sayTime } from '../words.ts'
import { sayVerdict } from './words.ts'

export const MARGIN = 28
const NARROWEST = 1120

export interface PlacedBox extends Box, Placed {
  isGap: boolean
}

export interface DrawnLine extends Line {
  corners: { x: number; y: number }[]
}

export interface Badge extends Placed {
  words: string
  numbers: number[]
}

export interface Heading {
  x: number
  lines: string[]
  isGap: boolean
}

export interface Picture {
  procedure: Procedure
  check: Check
  graph: Graph
  /** A page stands around it, with the verdict, the slowest way and the gaps. */
  isPart: boolean
  width: number
  height: number
  verdict: { word: string; lines: string[] }
  headings: Heading[]
  headingsAt: number
  boxes: PlacedBox[]
  lines: DrawnLine[]
  badges: Badge[]
  answer: Placed
  legendAt: number
  slowest: (Slowest & { at: number; rowsAbove: number }) | null
  notes: Note[]
  remarks: Remarks
}

/** What a page says around the picture itself is left out of it, and the picture takes the width that is there. */
export interface Frame {
  isPart: boolean
  width: number
}

const alone: Frame = { isPart: false, width: NARROWEST }

/** Lays out a procedure with the result of its check. */
export function layOutProcedure(procedure: Procedure, check: Check, frame: Frame = alone): Picture {
  const graph = buildGraph(procedure, check)
  const { isPart } = frame
  const arranged = arrangeGraph(graph, procedure, frame)
  const width = Math.ceil(arranged.width) + 2 * MARGIN
  const { word, sentence } = sayVerdict(check)
  const lines = wrapText(`${word} ${sentence}`, Math.min(width - 2 * MARGIN, 900), faces.headline)
  const headingsAt = isPart ? 8 : 24 + lines.length * 34 + 56
  const headings = headingsOf(graph, arranged, { procedure, isUndated: isUndated(check) })
  const top = headingsAt + Math.max(...headings.map((heading) => heading.lines.length)) * 18 + 24

  const boxes = graph.things.map((thing): PlacedBox => {
    const placed = arranged.boxes.get(thing.id) ?? { x: 0, y: 0, width: 0, height: 0 }
    return { ...boxOf(thing, procedure), ...move(placed, top), isGap: false }
  })
  boxes.sort((a, b) => a.layer - b.layer || a.y - b.y)
  // Who has no way in at all is told first.
  const isShut = ({ thing }: PlacedBox) => thing.kind === 'shut'
  const read = [...boxes.filter(isShut), ...boxes.filter((box) => !isShut(box))]
  const notes = numberGaps(
    check.gaps,
    read.map(({ thing }) => thing),
  )
  const touched = new Set(notes.flatMap(({ at }) => at))
  for (const box of boxes) box.isGap = touched.has(box.id)

  const last = arranged.layers.at(-1) ?? { x: 0, width: 0 }
  const answer = {
    x: MARGIN + last.x,
    y: top - 14,
    width: last.width,
    height: Math.max(120, arranged.height) + 28,
  }
  const legendAt = answer.y + answer.height + 40
  const slowest = isPart ? null : layOutSlowest(procedure, check.worst, edgesOf(check.worst, width))
  const rowsAbove = rowsOf(slowest?.above ?? [])
  const slowestAt = legendAt + 40 + rowsAbove * 18
  const afterSlowest =
    slowest === null ? legendAt + 30 : slowestAt + 34 + 14 + rowsOf(slowest.below) * 18
  const remarks = layOutNotes({
    procedure,
    check,
    notes,
    at: afterSlowest + 30,
    width: width - 2 * MARGIN,
  })
  return {
    procedure,
    check,
    graph,
    isPart,
    width,
    height: Math.ceil(isPart ? legendAt + 24 : remarks.bottom + MARGIN),
    verdict: { word, lines },
    headings,
    headingsAt,
    boxes,
    lines: graph.lines.map((line) => ({
      ...line,
      corners: (arranged.lines.get(line.id) ?? []).map(({ x, y }) => ({
        x: x + MARGIN,
        y: y + top,
      })),
    })),
    badges: boxes.flatMap((box) => badgesOf(box, notes)),
    answer,
    legendAt,
    slowest: slowest === null ? null : { ...slowest, at: slowestAt, rowsAbove },
    notes,
    remarks,
  }
}

/** Badges sit on the upper right corner of their box, the last number outermost. */
function badgesOf(box: PlacedBox, notes: readonly Note[]): Badge[] {
  const own = notes.filter(({ at }) => at.includes(box.id)).map(({ number }) => number)
  const words = sayNumbers(own)
  const isShut = box.thing.kind === 'shut'
  let right = box.x + box.width + (isShut ? 0 : 8)
  return words.reverse().map((said) => {
    const width = badgeWidth(said)
    right -= width
    const [from = 0, to = from] = said.split('–').map(Number)
    const numbers = own.filter((number) => number >= from && number <= to)
    const badge = {
      words: said,
      numbers,
      x: right,
      y: box.y - (isShut ? 0 : 10),
      width,
      height: 20,
    }
    right -= 3
    return badge
  })
}

function arrangeGraph(
  graph: Graph,
  procedure: Procedure,
  { isPart, width: narrowest }: Frame,
): Arrangement {
  const nodes = graph.things.map((thing) => boxOf(thing, procedure))
  const links = graph.lines.map((line) => ({
    id: line.id,
    from: line.isBack ? line.to : line.from,
    to: line.isBack ? line.from : line.to,
    ...(line.shares === undefined ? {} : { shares: line.shares }),
  }))
  // Within a page room is dear, and whoever reads there may scroll.
  const [first, later] = isPart ? [46, 46] : [58, 64]
  const base = (layer: number, lines: number) =>
    layer < 2 ? first : later + Math.min(40, lines * 2)
  const natural = arrange(nodes, links, base)
  const spare = Math.max(0, narrowest - 2 * MARGIN - natural.width)
  const gaps = natural.layers.length - 1
  if (spare === 0) return natural
  // The first gaps stay short; the room goes to where lines have most to tell.
  const rest = Math.max(1, gaps - 2)
  return arrange(nodes, links, (layer, lines) =>
    layer >= gaps ? 0 : base(layer, lines) + (layer < 2 ? (spare * 0.2) / 2 : (spare * 0.8) / rest),
  )
}

/** Between which the slowest way is drawn; what never ends runs off the edge. */
export function edgesOf({ answer }: { answer: string }, width: number) {
  return { left: MARGIN + 170, right: width - MARGIN - (answer === 'unbounded' ? 0 : 40) }
}

/** No date can be promised for the answer. */
export function isUndated({ worst }: Check): boolean {
  return worst.answer === 'unbounded' || worst.path.length === 0
}

function headingsOf(
  graph: Graph,
  arranged: Arrangement,
  given: { procedure: Procedure; isUndated: boolean },
): Heading[] {
  const at = (layer: number) => arranged.layers[layer] ?? { x: 0, width: 0 }
  const heading = (words: string, layer: number, width: number, isGap = false) => ({
    isGap,
    x: MARGIN + at(layer).x,
    lines: headingLines(words, width),
  })
  return [
    heading('What happened to the seller', 0, at(1).x - at(0).x - 16),
    heading('Ways in', 1, at(2).x - at(1).x - 16),
    heading(
      `Desks, each with its clock (one slot is ${sayTime(slotDays(given.procedure) * 86_400_000)})`,
      2,
      Math.max(200, at(2 + graph.deskLayers).x - at(2).x - 16),
    ),
    heading(
      given.isUndated ? 'No date can be promised for the answer' : 'The answer',
      arranged.layers.length - 1,
      150,
      given.isUndated,
    ),
  ]
}

function move({ x, y, width, height }: Placed, top: number): Placed {
  return { x: x + MARGIN, y: y + top, width, height }
}

/** How many rows some marks take. */
export function rowsOf(marks: readonly { row: number }[]): number {
  return marks.reduce((most, { row }) => Math.max(most, row + 1), 0)
}
