/** The plot: how fast each engine is, by how many rules, on a scale where each step is ten times as much. */
import { STORY_RATE } from './contests.ts'
import type { Row } from './contest.ts'
import { rateOf, readable } from './figures.ts'
import type { Results } from './results.ts'

interface Dot {
  rules: number
  rate: number
}

interface Series {
  label: string
  isOurs: boolean
  dots: Dot[]
}

const left = 372
const right = 40
const top = 96
const rowHeight = 34
const width = 980
const ink = '#1f2933'
const faint = '#66727f'
const rule = '#e4e8ec'
/** From few rules to many. */
const shades = new Map([
  [60, '#8fc7bd'],
  [600, '#3d9488'],
  [6000, '#0d5650'],
])
const peerShades = new Map([
  [60, '#c3c9d0'],
  [600, '#8b96a2'],
  [6000, '#4d5965'],
])

/** Draws one run as SVG. */
export function drawPlot(results: Results): string {
  const series = seriesOf(results)
  const floor = rateIn(results, 'parse ×1')
  const rates = series.flatMap(({ dots }) => dots.map(({ rate }) => rate))
  const low = Math.floor(Math.log10(Math.min(...rates, 10)))
  const high = Math.ceil(Math.log10(Math.max(...rates, floor ?? 0, STORY_RATE)))
  const x = (rate: number) =>
    left + ((Math.log10(rate) - low) / (high - low)) * (width - left - right)
  const bottom = top + series.length * rowHeight
  const height = bottom + 74
  const decades = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="bench-title" font-family="system-ui, sans-serif" font-size="14">`,
    `<title id="bench-title">Listings answered per CPU-second, by engine and by how many rules</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(24, 34, 'Listings answered per CPU-second', { size: 18, weight: 600 }),
    text(
      24,
      57,
      'From bytes to verdicts on one thread; each grey line is ten times the one to its left.',
      {
        fill: faint,
      },
    ),
    ...legend(),
    ...decades.map(
      (rate) =>
        `<path d="M${x(rate)} ${top}V${bottom}" stroke="${rule}"/>${text(x(rate), bottom + 20, readable(rate), { fill: faint, anchor: 'middle', size: 12 })}`,
    ),
    ...drawMarks({ floor, bottom, x }),
    ...series.map((one, at) => drawSeries(one, top + at * rowHeight + rowHeight / 2, x)),
    '</svg>\n',
  ].join('\n')
}

/** One for each engine on one thread, the fastest first. */
function seriesOf({ contests }: Results): Series[] {
  const byLabel = new Map<string, Series>()
  const rows = contests.filter(({ name }) => name !== 'real listings').flatMap(({ rows }) => rows)
  for (const row of rows.filter(isPlotted)) {
    const { label, setup } = row.contestant
    const rate = rateOf(row)?.perCpuSecond
    if (rate === undefined || setup.rules === 'shipped') continue
    const isOurs = setup.engine === 'pool' || setup.engine === 'plain'
    const series = byLabel.get(label) ?? { label, isOurs, dots: [] }
    if (series.dots.every(({ rules }) => rules !== setup.rules))
      series.dots.push({ rules: setup.rules, rate })
    byLabel.set(label, series)
  }
  const best = ({ dots }: Series) => Math.max(...dots.map(({ rate }) => rate))
  return [...byLabel.values()].sort((a, b) => best(b) - best(a))
}

function isPlotted({ contestant: { setup, label } }: Row): boolean {
  const isFloor = setup.engine.startsWith('parse') || setup.engine === 'scan'
  return !isFloor && setup.workers === 1 && !/verdicts only|candidates/.test(label)
}

function rateIn({ contests }: Results, key: string): number | null {
  const row = contests.flatMap(({ rows }) => rows).find(({ contestant }) => contestant.key === key)
  return row ? (rateOf(row)?.perCpuSecond ?? null) : null
}

function drawSeries({ label, isOurs, dots }: Series, y: number, x: (rate: number) => number) {
  const places = dots.map(({ rate }) => x(rate))
  const colours = isOurs ? shades : peerShades
  const line = `<path d="M${Math.min(...places)} ${y}H${Math.max(...places)}" stroke="${isOurs ? '#8fc7bd' : '#c3c9d0'}" stroke-width="3"/>`
  const circles = dots.map(
    ({ rules, rate }) =>
      `<circle cx="${x(rate)}" cy="${y}" r="7" fill="${colours.get(rules) ?? ink}"><title>${label}, ${readable(rules)} rules: ${readable(rate)}</title></circle>`,
  )
  const name = text(left - 18, y + 5, label, { anchor: 'end', weight: isOurs ? 600 : 400 })
  return [name, line, ...circles].join('')
}

function legend(): string[] {
  return [...shades].map(([rules, colour], at) => {
    const place = 690 + at * 92
    const peer = peerShades.get(rules) ?? ink
    return `<circle cx="${place}" cy="29" r="6" fill="${colour}"/><circle cx="${place + 14}" cy="29" r="6" fill="${peer}"/>${text(place + 26, 34, readable(rules), { size: 13 })}${at === 0 ? text(place - 14, 34, 'rules:', { size: 13, fill: faint, anchor: 'end' }) : ''}`
  })
}

/** What to compare with, as lines over all rows; the words of the line to the right stand lower, so that none crosses them. */
function drawMarks({
  floor,
  bottom,
  x,
}: {
  floor: number | null
  bottom: number
  x: (rate: number) => number
}): string[] {
  const marks = [{ rate: STORY_RATE, words: 'the story’s rate' }]
  if (floor !== null) marks.push({ rate: floor, words: 'JSON.parse alone' })
  return marks
    .sort((a, b) => a.rate - b.rate)
    .map(({ rate, words }, at) => {
      const [place, end] = [x(rate), bottom + 30 + at * 18]
      const label = text(place - 6, end + 8, `${words}: ${readable(rate)}`, {
        fill: '#b4532a',
        anchor: 'end',
        size: 12,
      })
      return `<path d="M${place} ${top - 10}V${end + 10}" stroke="#b4532a" stroke-dasharray="4 4"/>${label}`
    })
}

function text(
  x: number,
  y: number,
  words: string,
  {
    fill = ink,
    anchor = 'start',
    size = 14,
    weight = 400,
  }: { fill?: string; anchor?: string; size?: number; weight?: number } = {},
): string {
  const safe = words.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  return `<text x="${x}" y="${y}" fill="${fill}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}">${safe}</text>`
}
