/** The remarks below a picture: each numbered gap with its message, its path and its mending; or what was proved. */
import type { Procedure } from '../../core/procedure.ts'
import type { Check } from '../check.ts'
import { sayMending, sayOthers, sayPath } from '../words.ts'
import { badgeWidth, faces } from './boxes.ts'
import type { Note } from './notes.ts'
import { wrapText } from './text.ts'
import { countOf, sayCode, sayLeft, sayProofs } from './words.ts'

export interface Remark {
  /** The number of a gap; null for what was proved, and for a warning. */
  badge: string | null
  isProof: boolean
  x: number
  y: number
  indent: number
  lines: { words: string; style: 'strong' | 'plain' | 'quiet' | 'code' }[]
}

export interface Remarks {
  at: number
  bottom: number
  items: Remark[]
}

export const REMARK_LINE = 17
const GAP = 28

/** Sets the remarks in columns that are read downwards. */
export function layOutNotes(given: {
  procedure: Procedure
  check: Check
  notes: readonly Note[]
  at: number
  width: number
}): Remarks {
  const { procedure, check, notes, at, width } = given
  const columns = Math.max(2, Math.floor((width + GAP) / (340 + GAP)))
  const column = (width + GAP) / columns - GAP
  const indent = Math.max(30, ...notes.map(({ number }) => badgeWidth(`${number}`) + 10))
  const lineWidth = Math.min(column, 460) - indent
  const items: Omit<Remark, 'x' | 'y'>[] = check.sound
    ? sayProofs(check, procedure).map((words) => ({
        badge: null,
        isProof: true,
        indent,
        lines: broken(words, lineWidth, 'plain'),
      }))
    : notes.map((note) => ({
        badge: `${note.number}`,
        isProof: false,
        indent,
        lines: linesOf(note, lineWidth),
      }))
  for (const warning of check.warnings)
    items.push({
      badge: null,
      isProof: false,
      indent,
      lines: broken(`Warning: ${warning.message} ${sayMending(warning)}`, lineWidth, 'quiet'),
    })
  return flow(items, { at, columns, step: column + GAP })
}

/** Fills the columns one after another, each about as high as the others. */
function flow(
  items: readonly Omit<Remark, 'x' | 'y'>[],
  { at, columns, step }: { at: number; columns: number; step: number },
): Remarks {
  const top = at + 26
  const heightOf = ({ lines }: { lines: readonly unknown[] }) => lines.length * REMARK_LINE + 14
  const highest = items.reduce((most, item) => Math.max(most, heightOf(item)), 0)
  const total = items.reduce((sum, item) => sum + heightOf(item), 0)
  const fits = (limit: number) => {
    let [used, y] = [1, 0]
    for (const item of items) {
      if (y > 0 && y + heightOf(item) > limit) [used, y] = [used + 1, 0]
      y += heightOf(item)
    }
    return used <= columns
  }
  let limit = Math.max(highest, total / columns)
  while (!fits(limit)) limit += 8
  let [column, y, bottom] = [0, 0, top]
  const placed = items.map((item) => {
    if (y > 0 && y + heightOf(item) > limit) [column, y] = [column + 1, 0]
    const remark = { ...item, x: column * step, y: top + y }
    y += heightOf(item)
    bottom = Math.max(bottom, top + y)
    return remark
  })
  return { at, bottom, items: placed }
}

function linesOf({ gaps }: Note, width: number): Remark['lines'] {
  const [first, ...others] = gaps
  if (first === undefined) return []
  return [
    ...broken(
      sayCode(first.code) + (others.length > 0 ? `, ${countOf(gaps.length, 'gap')}` : ''),
      width,
      'strong',
    ),
    ...broken(first.message, width, 'plain'),
    ...(others.length > 0
      ? broken(`The same for ${sayOthers(others, sayLeft)}.`, width, 'quiet')
      : []),
    ...(first.path.length > 1 ? broken(sayPath(first.path), width, 'code') : []),
    ...broken(sayMending(first), width, 'quiet'),
  ]
}

const styleFaces = {
  strong: { ...faces.plain, bold: true },
  plain: faces.plain,
  quiet: faces.plain,
  code: faces.code,
}

function broken(words: string, width: number, style: keyof typeof styleFaces): Remark['lines'] {
  return wrapText(words, width, styleFaces[style]).map((line) => ({ words: line, style }))
}
