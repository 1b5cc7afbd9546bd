/** Painting the lines: smooth between the columns, straight through them, with a head where the case arrives. */
import type { Procedure } from '../../core/procedure.ts'
import type { DrawnLine, Picture } from './picture.ts'
import { element, path, short, textAt } from './svg.ts'
import { measureText } from './text.ts'
import { faces } from './boxes.ts'
import { sayNothing } from './words.ts'

const HEAD = 8

/** Paints one line. */
export function paintLine(
  { kind, corners, isBack, from, to, id }: DrawnLine,
  procedure: Procedure,
): string {
  // An answer that nothing obliges a desk to give is drawn fainter than the silence.
  const isUnsure = kind === 'answer' && sayNothing(procedure, from.replace('desk ', '')) !== null
  const hasHead = kind !== 'nothing' && kind !== 'shut' && !to.startsWith('channel ')
  const points = corners.map((corner) => ({ ...corner }))
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  const tip = isBack ? { ...first } : { ...last }
  if (hasHead && isBack) first.x += HEAD - 1
  else if (hasHead) last.x -= HEAD - 1
  if (kind === 'shut') last.x -= 2
  let d = `M${short(first.x)} ${short(first.y)}`
  points.slice(1).forEach(({ x, y }, index) => {
    const before = points[index] ?? first
    const bend = (x - before.x) / 2
    // Every second stretch crosses a column and is straight.
    d +=
      index % 2 === 1 || before.y === y
        ? `L${short(x)} ${short(y)}`
        : `C${short(before.x + bend)} ${short(before.y)} ${short(x - bend)} ${short(y)} ${short(x)} ${short(y)}`
  })
  const look = `${kind}${isUnsure ? ' unsure' : ''}`
  return element(
    'g',
    { 'data-line': id },
    path(d, `line ${look}`),
    hasHead ? paintHead(tip, isBack ? -1 : 1, look) : '',
  )
}

/** Paints a lateness that leads back to its own desk: a loop at the desk's lower right corner. */
export function paintSelfLate({
  x,
  y,
  width,
  height,
}: {
  x: number
  y: number
  width: number
  height: number
}): string {
  const [right, bottom] = [x + width, y + height]
  return (
    path(
      `M${short(right)} ${short(bottom - 16)}c22 0 22 30 -2 30h-14c-12 0 -14 -2 -14 -7`,
      'line late',
    ) + path(`M${short(right - 30)} ${short(bottom)}l-4 8h8z`, 'head late')
  )
}

const legend = [
  ['way', 'way in'],
  ['late', 'when the desk is late'],
  ['forward', 'may forward'],
  ['review', 'second look'],
  ['answer', 'the answer'],
  ['nothing', 'nothing happens'],
] as const

/** Paints what each kind of line means. */
export function paintLegend(picture: Picture, left: number): string {
  const y = picture.legendAt
  let x = left
  const parts = legend.map(([kind, words]) => {
    const line = path(`M${short(x)} ${short(y)}h28`, `line ${kind}`)
    const end = kind === 'nothing' || kind === 'way' ? '' : paintHead({ x: x + 34, y }, 1, kind)
    const text = textAt(x + 42, y + 4.5, words, 'plain second')
    x += 42 + measureText(words, faces.plain) + 22
    return line + end + text
  })
  return parts.join('')
}

function paintHead({ x, y }: { x: number; y: number }, way: 1 | -1, kind: string): string {
  return path(`M${short(x)} ${short(y)}l${-HEAD * way} -4v8z`, `head ${kind}`)
}
