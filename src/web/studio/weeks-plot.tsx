/** Week by week: what it found, what it did by itself, what people looked at, and what of its own they took back. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { PolicyWeek } from '../../contract/policy.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { weeksTitle, weekWords } from './curve-words.ts'
import { amount } from './record-words.ts'

const HEIGHT = 240

const rows = [
  { of: 'acted', words: 'acted by itself', fill: 'var(--ink2)' },
  { of: 'looked', words: 'people decided', fill: 'var(--pen)' },
  { of: 'overturned', words: 'taken back', fill: 'var(--red)' },
] as const

/** Three rows of bars on one scale, so that what was taken back is seen against what was done. */
export function WeeksPlot({ weeks }: { weeks: readonly PolicyWeek[] }) {
  const draw = useCallback((width: number) => drawWeeks(weeks, width), [weeks])
  const isQuiet = weeks.every(
    ({ found, acted, looked, overturned }) => found + acted + looked + overturned === 0,
  )
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">Week by week</h2>
      {isQuiet ? (
        <p className="second small">
          It has found nothing in the last {weeks.length} weeks. What it does, and what people make
          of that, stands here for each week.
        </p>
      ) : (
        <PlotFigure
          title={weeksTitle(weeks)}
          note={`The last ${weeks.length} weeks, from Monday 00:00 UTC; the last one runs`}
          words={weeks
            .map(
              ({ start, acted, looked, overturned }) =>
                `week of ${weekWords(start)}: acted ${acted}, people decided ${looked}, taken back ${overturned}`,
            )
            .join('. ')}
          height={HEIGHT}
          draw={draw}
          table={<WeeksTable weeks={weeks} />}
        />
      )}
    </section>
  )
}

function WeeksTable({ weeks }: { weeks: readonly PolicyWeek[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Week of</th>
          <th scope="col">Found</th>
          <th scope="col">Acted by itself</th>
          <th scope="col">People decided</th>
          <th scope="col">Taken back</th>
          <th scope="col">Of its acts, since taken back</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ start, found, acted, looked, overturned, overturnedSince }) => (
          <tr key={start}>
            <td>{weekWords(start)}</td>
            <td>{amount(found)}</td>
            <td>{amount(acted)}</td>
            <td>{amount(looked)}</td>
            <td>{amount(overturned)}</td>
            <td>{amount(overturnedSince)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function drawWeeks(weeks: readonly PolicyWeek[], width: number): Element {
  const bars = rows.flatMap(({ of, words, fill }) =>
    weeks.map((week) => ({ week: week.start, row: words, amount: week[of], fill })),
  )
  const most = Math.max(1, ...bars.map(({ amount: count }) => count))
  const named = new Set(
    weeks.filter((_, place) => (weeks.length - 1 - place) % 4 === 0).map(({ start }) => start),
  )
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 2,
    marginRight: 2,
    marginTop: 4,
    marginBottom: 26,
    x: {
      type: 'band',
      domain: weeks.map(({ start }) => start),
      padding: 0.3,
      label: null,
      tickSize: 0,
      tickFormat: (start: string) => (named.has(start) ? weekWords(start) : ''),
    },
    fy: { domain: rows.map(({ words }) => words), axis: null, padding: 0 },
    // Room above the highest bar for its number, and for the name of the row.
    y: { domain: [0, most * 2.1], axis: null },
    style: plotStyle,
    marks: [
      Plot.ruleY([0], { stroke: 'var(--line2)' }),
      Plot.barY(bars, { x: 'week', y: 'amount', fy: 'row', fill: 'fill' }),
      Plot.text(
        bars.filter(({ amount: count }) => count > 0),
        {
          x: 'week',
          y: 'amount',
          fy: 'row',
          text: ({ amount: count }: { amount: number }) => amount(count),
          dy: -8,
          fill: 'var(--ink2)',
        },
      ),
      Plot.text(rows, {
        fy: 'words',
        text: 'words',
        frameAnchor: 'top-left',
        dy: 8,
        fill: 'fill',
        fontWeight: 600,
      }),
    ],
  })
}
