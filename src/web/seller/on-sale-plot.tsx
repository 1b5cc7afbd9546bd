/** How many listings were on sale, for up to 90 days: each dip is a measure, and one that was taken back is drawn hollow. */
import * as Plot from '@observablehq/plot'
import { useCallback, type ReactNode } from 'react'
import type { OnSale } from '../../contract/case.ts'
import { shortTitle } from '../../core/saying.ts'
import { TextLink } from '../parts/button-link.tsx'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { Past } from '../parts/time.tsx'
import { onSaleTitle } from './on-sale-words.ts'

const HEIGHT = 220
/** Nearer to one another than this share of the width, they have one name together. */
const nearness = 0.12

/** The plot, with its steps as a table. */
export default function OnSalePlot({ onSale, zone }: { onSale: OnSale; zone: string }): ReactNode {
  const draw = useCallback((width: number) => drawSteps(onSale, zone, width), [onSale, zone])
  const { steps, dips } = onSale
  const last = steps.at(-1)?.count ?? 0
  return (
    <PlotFigure
      title={onSaleTitle(onSale)}
      {...(dips.length > 0 && {
        note: 'Each dip is a measure. One that we took back is drawn hollow and leaves no mark on your record.',
      })}
      words={`Listings on sale: ${steps[0]?.count ?? 0} at first, ${last} now. ${onSaleTitle(onSale)}`}
      height={HEIGHT}
      draw={draw}
      table={<Numbers onSale={onSale} />}
    />
  )
}

function Numbers({ onSale: { steps, dips } }: { onSale: OnSale }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">On sale</th>
          <th scope="col">What was taken off</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ at, count }) => (
          <tr key={at}>
            <td>
              <Past at={at} />
            </td>
            <td>{count.toLocaleString('en')}</td>
            <td>
              {dips
                .filter((dip) => dip.at === at)
                .map(({ decisionId, title, isTakenBack }) => (
                  <span key={decisionId}>
                    <TextLink to="/measures/$decisionId" params={{ decisionId }}>
                      {shortTitle(title)}
                    </TextLink>
                    {isTakenBack && ', taken back'}{' '}
                  </span>
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Mark {
  title: string
  isTakenBack: boolean
  when: Date
}

/** Those that follow one another within so many milliseconds. */
function together<Each extends Mark>(marks: readonly Each[], within: number): Each[][] {
  const groups: Each[][] = []
  for (const mark of marks) {
    const group = groups.at(-1)
    const first = group?.[0]
    if (group && first && mark.when.getTime() - first.when.getTime() < within) group.push(mark)
    else groups.push([mark])
  }
  return groups
}

/** "Silk sleep mask, taken back", "Silk sleep mask and 2 more". */
function nameOf(group: readonly Mark[]): string {
  const [first, ...more] = group
  if (first === undefined) return ''
  if (more.length > 0) return `${shortTitle(first.title)} and ${more.length} more`
  return `${shortTitle(first.title)}${first.isTakenBack ? ', taken back' : ''}`
}

function drawSteps({ from, until, steps, dips }: OnSale, zone: string, width: number): Element {
  const points = steps.map(({ at, count }) => ({ at: new Date(at), count }))
  const countAt = (at: string) => steps.findLast((step) => step.at <= at)?.count ?? 0
  const marks = dips.map((dip) => ({ ...dip, when: new Date(dip.at), count: countAt(dip.at) }))
  const most = Math.max(...points.map(({ count }) => count))
  const least = Math.min(...points.map(({ count }) => count))
  const room = Math.max(1, (most - least) * 0.25)
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: zone })
  const middle = new Date((Date.parse(from) + Date.parse(until)) / 2)
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 14,
    marginBottom: 28,
    x: {
      type: 'time',
      domain: [new Date(from), new Date(until)],
      ticks: [new Date(from), middle, new Date(until)],
      tickFormat: (at: Date) => (at.toISOString() === until ? 'now' : day.format(at)),
      tickSize: 0,
      label: null,
    },
    y: {
      domain: [Math.max(0, least - room * 1.6), most + room],
      tickFormat: (count: number) => (Number.isInteger(count) ? count.toLocaleString('en') : ''),
      ticks: 4,
      tickSize: 0,
      label: null,
      grid: true,
    },
    style: plotStyle,
    marks: [
      Plot.line(points, {
        x: 'at',
        y: 'count',
        curve: 'step-after',
        stroke: 'var(--ink)',
        strokeWidth: 2,
      }),
      Plot.dot(marks, {
        x: 'when',
        y: 'count',
        r: 5,
        stroke: 'var(--red)',
        strokeWidth: 1.5,
        fill: ({ isTakenBack }: { isTakenBack: boolean }) =>
          isTakenBack ? 'var(--page)' : 'var(--red)',
      }),
      ...together(marks, (Date.parse(until) - Date.parse(from)) * nearness).map((group) =>
        Plot.text(group.slice(-1), {
          x: 'when',
          y: 'count',
          text: () => nameOf(group),
          // Away from the edge that it is near.
          textAnchor: (group.at(-1)?.when ?? middle) < middle ? 'start' : 'end',
          dx: (group.at(-1)?.when ?? middle) < middle ? 9 : -9,
          dy: 14,
          fill: 'var(--ink2)',
        }),
      ),
    ],
  })
}
