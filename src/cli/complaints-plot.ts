/** The plot of an evaluation of complaints: by cunning, how many false complaints are stopped, with their likely range. */
import { shareOf } from '../core/likely-range.ts'
import { byCunning, goalsOf } from '../credibility/generate/evaluation.ts'
import type { Tally } from '../credibility/generate/evaluation.ts'
import { barsOf } from '../credibility/generate/reliability.ts'
import type { Reliability } from '../credibility/generate/reliability.ts'
import type { Share } from '../core/likely-range.ts'

/** What was said and came true, by written and by learned weights. */
export interface Reliabilities {
  written: Reliability
  learned: Reliability
}

const [width, left, right, top, rowHeight] = [980, 300, 60, 104, 30]
const [ink, faint, rule, accent, aim] = ['#1f2933', '#66727f', '#e4e8ec', '#3d9488', '#b4532a']

/** Draws the shares as SVG; the axis runs from 50 to 100 in 100. */
export function drawComplaints(
  tally: Tally,
  { seed, reliability }: { seed: number; reliability: Reliabilities },
): string {
  const rows = byCunning(tally)
  const bottom = top + rows.length * rowHeight
  const x = (share: number) => left + (Math.max(0, share - 0.5) / 0.5) * (width - left - right)
  const goals = goalsOf(tally).map(({ what, share }) => `${what}: ${sayShare(share)}`)
  const diagram = bottom + 60 + goals.length * 20
  const height = diagram + 420
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="complaints-title" font-family="system-ui, sans-serif" font-size="14">`,
    '<title id="complaints-title">Coordinated false complaints that do not count, by how cunning the rivals are</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(24, 34, 'Coordinated false complaints that do not count', { size: 18, weight: 600 }),
    text(
      24,
      57,
      `${tally.marketplaces} made marketplaces from seed ${seed}; bare rings lack what would give them away first.`,
      { fill: faint },
    ),
    ...[0.5, 0.6, 0.7, 0.8, 0.9, 1].map(
      (share) =>
        `<path d="M${x(share)} ${top - 8}V${bottom}" stroke="${rule}"/>${text(x(share), bottom + 18, `${100 * share} %`, { fill: faint, size: 12, anchor: 'middle' })}`,
    ),
    `<path d="M${x(0.95)} ${top - 12}V${bottom}" stroke="${aim}" stroke-dasharray="4 4"/>`,
    text(x(0.95), top - 18, 'goal', { fill: aim, size: 12, anchor: 'middle' }),
    ...rows.flatMap(({ cunning, isBare, stopped }, at) => {
      const share = shareOf(stopped.count, stopped.of)
      if (share.share === null) return []
      const y = top + at * rowHeight + rowHeight / 2
      return [
        text(left - 18, y + 5, isBare ? `${cunning}, bare` : cunning, { anchor: 'end' }),
        `<path d="M${x(share.low)} ${y}H${x(share.high)}" stroke="${accent}" stroke-width="3" stroke-opacity="0.45"/>`,
        `<circle cx="${x(share.share)}" cy="${y}" r="6" fill="${accent}"><title>${sayShare(share)}</title></circle>`,
      ]
    }),
    ...goals.map((goal, at) => text(24, bottom + 48 + at * 20, goal, { size: 13 })),
    ...drawReliability(reliability, diagram),
    '</svg>\n',
  ].join('\n')
}

/** What is said of held-out complaints, and how often it is so; on the line it comes true. */
function drawReliability({ written, learned }: Reliabilities, from: number): string[] {
  const [size, x0, y0] = [300, left, from + 60]
  const x = (share: number) => x0 + share * size
  const y = (share: number) => y0 + (1 - share) * size
  const draw = (reliability: Reliability, color: string, shift: number) =>
    barsOf(reliability).flatMap((bar) => {
      if (bar === null) return []
      const { share, low, high } = bar.found
      const at = x(bar.said) + shift
      return [
        `<path d="M${at} ${y(low)}V${y(high)}" stroke="${color}" stroke-width="3" stroke-opacity="0.45"/>`,
        `<circle cx="${at}" cy="${y(share ?? 0)}" r="5" fill="${color}"><title>${bar.said.toFixed(2)}: ${sayShare(bar.found)}</title></circle>`,
      ]
    })
  const legend = (row: number, color: string, words: string) => [
    `<circle cx="${x0 + size + 40}" cy="${y0 + 20 + 26 * row}" r="5" fill="${color}"/>`,
    text(x0 + size + 54, y0 + 25 + 26 * row, words, { size: 13 }),
  ]
  return [
    text(24, from + 20, 'Whether what is said of complaints comes true', { size: 18, weight: 600 }),
    text(24, from + 43, 'Credibility across, the share that is genuine upwards.', { fill: faint }),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
      `<path d="M${x(share)} ${y(0)}V${y(1)}M${x(0)} ${y(share)}H${x(1)}" stroke="${rule}"/>`,
      text(x(share), y(0) + 20, String(share), { fill: faint, size: 12, anchor: 'middle' }),
      text(x(0) - 10, y(share) + 4, `${100 * share} %`, { fill: faint, size: 12, anchor: 'end' }),
    ]),
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="${aim}" stroke-dasharray="4 4"/>`,
    ...draw(written, faint, -4),
    ...draw(learned, accent, 4),
    ...legend(0, faint, 'written weights'),
    ...legend(1, accent, 'learned weights, marketplaces held out'),
  ]
}

/** "97.4 % (95.1–98.7) of 312". */
export function sayShare({ share, low, high, of }: Share): string {
  const percent = (part: number) => (100 * part).toFixed(part < 0.01 ? 2 : 1)
  return share === null
    ? 'none to count'
    : `${percent(share)} % (${percent(low)}–${percent(high)}) of ${of}`
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
