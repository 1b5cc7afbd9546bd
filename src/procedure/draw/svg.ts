/** The parts of SVG that the picture is written with; every text and attribute is escaped here and nowhere else. */
import { escapeText } from './text.ts'

type Attributes = Readonly<Record<string, string | number | null>>

/** An element around parts that are SVG already. */
export function element(name: string, attributes: Attributes, ...inner: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(
      ([key, value]) =>
        ` ${key}="${escapeText(typeof value === 'number' ? short(value) : (value ?? ''))}"`,
    )
    .join('')
  return inner.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${inner.join('')}</${name}>`
}

/** One line of text, its baseline at y. */
export function textAt(
  x: number,
  y: number,
  words: string,
  look: string,
  anchor: 'start' | 'middle' = 'start',
): string {
  return element(
    'text',
    { x, y, class: look, 'text-anchor': anchor === 'start' ? null : anchor },
    escapeText(words),
  )
}

/** A rectangle. */
export function rectangle(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  look: string,
  radius = 0,
): string {
  return element('rect', { x, y, width, height, rx: radius > 0 ? radius : null, class: look })
}

/** A straight line. */
export function stroke(x1: number, y1: number, x2: number, y2: number, look: string): string {
  return element('line', { x1, y1, x2, y2, class: look })
}

/** A path. */
export function path(d: string, look: string): string {
  return element('path', { d, class: look })
}

/** A number as short as a picture needs it. */
export function short(number: number): string {
  return `${Math.round(number * 10) / 10}`
}
