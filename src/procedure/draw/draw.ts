/** Drawing a procedure: the picture of every way from a measure to an answer, with its gaps in red, as one SVG. */
import type { Procedure } from '../../core/procedure.ts'
import { checkProcedure } from '../check.ts'
import type { Check } from '../check.ts'
import { describePicture } from './describe.ts'
import { paintBox } from './paint-boxes.ts'
import { paintLegend, paintLine, paintSelfLate } from './paint-lines.ts'
import { edgesOf, isUndated, layOutProcedure, MARGIN, rowsOf } from './picture.ts'
import type { Picture } from './picture.ts'
import { REMARK_LINE } from './remarks.ts'
import { layOutSlowest } from './slowest.ts'
import { colours, style } from './style.ts'
import { element, path, rectangle, stroke, textAt } from './svg.ts'
import { cleanText, escapeText, measureText } from './text.ts'
import { faces } from './boxes.ts'
import { sayPath } from '../words.ts'
import { sayWorst } from './words.ts'

/** Writes the picture of a procedure as SVG that stands by itself: its style, and the same in words, are within. */
export function drawProcedure(
  procedure: Procedure,
  check: Check = checkProcedure(procedure),
): string {
  const picture = layOutProcedure(procedure, check)
  const { width, height } = picture
  return drawing(
    { width, height, key: 'procedure', title: titleOf(picture), words: describePicture(picture) },
    `<style>${colours}</style>`,
    rectangle({ x: 0, y: 0, width, height }, 'page'),
    paintHeader(picture),
    ...paintGraph(picture),
    paintSlowest(picture.slowest),
    paintRemarks(picture),
  )
}

/**
 * Writes the same picture as a part of a page that says the verdict, the slowest way and the gaps around it.
 * `key` tells the pictures of one page apart. Its boxes and lines carry `data-thing` and `data-line`, its badges
 * `data-gaps`, and each measure of a situation `data-measure` and `data-means`, so that the page can light them.
 */
export function drawPart(picture: Picture, key: string): string {
  const { width, height } = picture
  return drawing(
    { width, height, key, title: titleOf(picture), words: null },
    paintHeadings(picture),
    ...paintGraph(picture),
  )
}

/** Writes a slowest way to scale, as a part of a page; null where there is no way. */
export function drawSlowest(
  procedure: Procedure,
  worst: Check['worst'],
  { width, key }: { width: number; key: string },
): string | null {
  const laid = layOutSlowest(procedure, worst, edgesOf(worst, width))
  if (laid === null) return null
  const rowsAbove = rowsOf(laid.above)
  const at = 14 + rowsAbove * 18
  const height = at + 34 + 14 + rowsOf(laid.below) * 18
  const words = `${laid.title}: ${sayPath(worst.path)}; the answer ${sayWorst(worst.answer)}`
  return drawing(
    { width, height, key, title: words, words: null },
    paintSlowest({ ...laid, at, rowsAbove }),
  )
}

function drawing(
  given: { width: number; height: number; key: string; title: string; words: string | null },
  ...inner: string[]
): string {
  const { width, height, key, title, words } = given
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'procedure-picture',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: words === null ? 'group' : 'img',
      'aria-labelledby': `${key}-title${words === null ? '' : ` ${key}-words`}`,
    },
    element('title', { id: `${key}-title` }, escapeText(title)),
    words === null ? '' : element('desc', { id: `${key}-words` }, escapeText(words)),
    // The styles are constants without a "<" or "&", so they may stand as they are.
    `<style>${style}</style>`,
    '<defs>',
    `<pattern id="${key}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="2" y1="0" x2="2" y2="8" class="hatch-line"/></pattern>`,
    `<style>.hatch { fill: url(#${key}-hatch); }</style>`,
    '</defs>',
    ...inner,
  )
}

function titleOf({ procedure, verdict }: Picture): string {
  return `${procedure.title}: ${verdict.lines.join(' ')}`
}

function paintGraph(picture: Picture): string[] {
  return [
    paintAnswer(picture),
    ...[...picture.lines]
      .sort((a, b) => weightOf(a.kind) - weightOf(b.kind))
      .map((line) => paintLine(line, picture.procedure)),
    ...picture.boxes.map((box) => paintBox(box, picture)),
    ...picture.boxes
      .filter(({ thing }) => thing.kind === 'desk' && picture.graph.selfLate.has(thing.name))
      .map(paintSelfLate),
    ...picture.badges.map((badge) => paintBadge(badge)),
    paintLegend(picture, MARGIN),
  ]
}

const weights = ['way', 'shut', 'nothing', 'answer', 'late-answer', 'forward', 'late', 'review']

/** Lines that matter more are painted over those that matter less. */
function weightOf(kind: string): number {
  return weights.indexOf(kind)
}

function paintHeader(picture: Picture): string {
  const { procedure, check, verdict } = picture
  const look = check.sound ? 'green' : 'red'
  // The word of the verdict begins the first line, however the lines were broken.
  let rest = verdict.word.split(/\s+/u).join(' ')
  const title = verdict.lines.map((line, index) => {
    const word = rest.startsWith(line) ? line : line.startsWith(rest) ? rest : ''
    rest = rest.slice(word.length).trimStart()
    const coloured = word === '' ? '' : element('tspan', { class: look }, escapeText(word))
    return element(
      'text',
      { x: MARGIN, y: 24 + 26 + index * 34, class: 'headline' },
      coloured + escapeText(line.slice(word.length)),
    )
  })
  const y = 24 + verdict.lines.length * 34 + 20
  const subtitle = cleanText(`${procedure.title} · ${procedure.procedure}`)
  return [...title, textAt(MARGIN, y, subtitle, 'plain quiet'), paintHeadings(picture)].join('')
}

function paintHeadings({ headings, headingsAt }: Picture): string {
  return headings
    .flatMap(({ x, lines, isGap }) =>
      lines.map((line, index) =>
        textAt(x, headingsAt + 12 + index * 18, line, isGap ? 'plainStrong red' : 'plain second'),
      ),
    )
    .join('')
}

function paintAnswer({ answer, check, boxes }: Picture): string {
  const frame = rectangle(answer, `box${isUndated(check) ? ' undated' : ''}`, 6)
  if (boxes.some(({ thing }) => thing.kind === 'answer')) return frame
  return frame + textAt(answer.x + 16, answer.y + answer.height / 2, 'none', 'strong red')
}

type PaintedBadge = Omit<Picture['badges'][number], 'numbers'> & { numbers?: readonly number[] }

function paintBadge({ x, y, width, height, words, numbers }: PaintedBadge): string {
  return element(
    'g',
    { class: 'badge-of-gaps', 'data-gaps': numbers?.join(' ') ?? words },
    rectangle({ x, y, width, height }, 'badge', 10),
    textAt(x + width / 2, y + 14.3, words, 'smallStrong on-red', 'middle'),
  )
}

function paintSlowest(slowest: Picture['slowest']): string {
  if (slowest === null) return ''
  const { at, parts, above, below } = slowest
  const height = 34
  const bars = parts.map(({ x, width, isEndless, name }, index) => {
    if (!isEndless)
      return (
        rectangle(
          { x, y: at, width: Math.max(2, width - 1), height },
          `part${index % 2 === 1 ? ' next' : ''}`,
          3,
        ) + (name === null ? '' : textAt(x + 10, at + 21.5, name, 'smallStrong on-pen'))
      )
    const said = name === null ? 0 : measureText(name, faces.smallStrong)
    return (
      rectangle({ x, y: at, width: width + MARGIN, height }, 'hatch') +
      (name === null
        ? ''
        : rectangle({ x: x + 8, y: at + 6, width: said + 12, height: height - 12 }, 'page', 3) +
          textAt(x + 14, at + 21.5, name, 'smallStrong red'))
    )
  })
  const ticks = [
    ...above.map(({ at: x, row, kind }) =>
      stroke(
        x,
        at - 8 - row * 18,
        x,
        at + height + 4,
        kind === 'fact' ? 'fact-tick' : 'promise-tick',
      ),
    ),
    ...below.map(({ at: x, row, kind }) =>
      stroke(x, at + height, x, at + height + (kind === 'day' ? 6 : 9 + row * 18), 'tick'),
    ),
  ]
  const words = [
    ...above.map((mark) => {
      const look = mark.kind === 'fact' ? 'smallStrong' : 'small second'
      return textAt(mark.x, at - 12 - mark.row * 18, mark.words, `${look} over`)
    }),
    ...below.map((mark) => {
      const look = mark.kind === 'name' ? 'smallStrong' : 'small quiet'
      return textAt(mark.x, at + height + 20 + mark.row * 18, mark.words, `${look} over`)
    }),
  ]
  return [
    textAt(MARGIN, at + 14, slowest.title, 'strong'),
    ...slowest.subtitle.map((line, index) =>
      textAt(MARGIN, at + 31 + index * 16, line, 'small quiet'),
    ),
    ...bars,
    ...ticks,
    ...words,
  ].join('')
}

function paintRemarks({ remarks, width }: Picture): string {
  const looks = { strong: 'plainStrong', plain: 'plain', quiet: 'plain quiet', code: 'code second' }
  return [
    stroke(MARGIN, remarks.at, width - MARGIN, remarks.at, 'rule'),
    ...remarks.items.flatMap(({ badge, isProof, x, y, indent, lines }) => [
      ...(badge === null
        ? []
        : [paintBadge({ words: badge, x: MARGIN + x, y: y - 1, width: indent - 10, height: 20 })]),
      ...(isProof ? [path(`M${MARGIN + x + 1} ${y + 8}l4.5 4.5 8.5 -10`, 'proof')] : []),
      ...lines.map(({ words, style: look }, index) =>
        textAt(MARGIN + x + indent, y + 13 + index * REMARK_LINE, words, looks[look]),
      ),
    ]),
  ].join('')
}
