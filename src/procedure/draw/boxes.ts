/** A box is what one thing of the picture needs of room, with its text broken into lines that fit. */
import type { Procedure } from '../../core/procedure.ts'
import type { Node } from './arrange.ts'
import type { Thing } from './graph.ts'
import { measureText, widestOf, wrapText } from './text.ts'
import type { Face } from './text.ts'
import { sayClock, sayLeft, sayPowers } from './words.ts'

export const faces = {
  strong: { size: 14, bold: true },
  title: { size: 15, bold: true },
  plain: { size: 13 },
  small: { size: 12 },
  smallStrong: { size: 12, bold: true },
  code: { size: 12, mono: true },
  headline: { size: 26, bold: true },
} as const satisfies Record<string, Face>

export interface TextBlock {
  face: keyof typeof faces
  lines: string[]
  lineHeight: number
}

export interface Box extends Node {
  thing: Thing
  blocks: TextBlock[]
}

export const DESK = { width: 184, padding: 12, icon: 24, slots: 8, slotHeight: 9 }
export const MEASURES_SHOWN = 8
const DAY = 86_400_000
const slotLengths = [1, 2, 3, 4, 7, 14, 28, 56, 91, 182, 365]

/** How many days one slot of every clock stands for: the least that lets the longest fit. */
export function slotDays(procedure: Procedure): number {
  const longest = Math.max(0, ...Object.values(procedure.desks).map(({ within }) => within ?? 0))
  const days = longest / DAY / DESK.slots
  return slotLengths.find((length) => length >= days) ?? Math.ceil(days)
}

/** How much of a desk's clock is filled, in slots; null where it has none. */
export function slotsFilled(within: number | undefined, days: number): number | null {
  return within === undefined ? null : within / DAY / days
}

/** Measures a thing: its text, and the room around it. */
export function boxOf(thing: Thing, procedure: Procedure): Box {
  const { id, layer } = thing
  switch (thing.kind) {
    case 'situation': {
      const shown = thing.measures.slice(0, MEASURES_SHOWN)
      const rest = thing.measures.length - shown.length
      const names = shown.flatMap(nameLines)
      if (rest > 0) names.push(`and ${rest} more`)
      const blocks: TextBlock[] = [
        { face: 'strong', lines: names, lineHeight: 18 },
        { face: 'small', lines: wrapText(sayLeft(thing.means), 214, faces.small), lineHeight: 16 },
      ]
      const width = Math.max(...blocks.map(({ lines, face }) => widestOf(lines, faces[face]))) + 12
      const height = heightOf(blocks)
      return { id, layer, thing, blocks, width, height, port: height / 2, space: 26 }
    }
    case 'shut':
      return { id, layer, thing, blocks: [], width: 24, height: 46, port: 34, space: 16 }
    case 'channel': {
      const lines = wrapText(thing.name, 108, faces.plain)
      const blocks: TextBlock[] = [{ face: 'plain', lines, lineHeight: 18 }]
      const height = heightOf(blocks) + 12
      return { id, layer, thing, blocks, width: 132, height, port: height / 2, space: 22 }
    }
    case 'desk': {
      const desk = procedure.desks[thing.name]
      if (desk === undefined) throw new Error(`boxOf: no desk "${thing.name}"`)
      const inner = DESK.width - 2 * DESK.padding
      const title = wrapText(thing.title, inner - DESK.icon, faces.title)
      const blocks: TextBlock[] = [
        { face: 'title', lines: title, lineHeight: 19 },
        { face: 'plain', lines: wrapText(sayClock(desk), inner, faces.plain), lineHeight: 18 },
        { face: 'small', lines: wrapText(sayPowers(desk), inner, faces.small), lineHeight: 16 },
      ]
      const height = heightOf(blocks) + 2 * DESK.padding + DESK.slotHeight + 14
      return { id, layer, thing, blocks, width: DESK.width, height, space: 30 }
    }
    case 'nothing': {
      const lines = wrapText(thing.words, 150, faces.small)
      const blocks: TextBlock[] = [{ face: 'small', lines, lineHeight: 16 }]
      const height = heightOf(blocks) + 14
      return { id, layer, thing, blocks, width: 186, height, port: height - 8, space: 10 }
    }
    case 'answer': {
      const favours = thing.outcomes.filter((outcome) => outcome !== 'stands')
      const rest = thing.isLate ? 'by itself' : thing.outcomes.includes('stands') ? 'stands' : ''
      const blocks: TextBlock[] = [
        {
          face: 'smallStrong',
          lines: favours.length > 0 ? [favours.join(' · ')] : [],
          lineHeight: 17,
        },
        {
          face: 'small',
          lines: rest === '' ? [] : [favours.length > 0 && !thing.isLate ? `or ${rest}` : rest],
          lineHeight: 16,
        },
      ]
      return { id, layer, thing, blocks, width: 156, height: heightOf(blocks), space: 14 }
    }
  }
}

/** The lines of a measure's name. */
export function nameLines(measure: string): string[] {
  return wrapText(measure, 214, faces.strong)
}

/** The columns' headings, broken to the width of their column. */
export function headingLines(words: string, width: number): string[] {
  return wrapText(words, Math.max(90, width), faces.plain)
}

/** A badge with a number or a range of numbers. */
export function badgeWidth(words: string): number {
  return Math.max(20, Math.ceil(measureText(words, faces.smallStrong)) + 12)
}

function heightOf(blocks: readonly TextBlock[]): number {
  return blocks.reduce((sum, { lines, lineHeight }) => sum + lines.length * lineHeight, 0)
}
