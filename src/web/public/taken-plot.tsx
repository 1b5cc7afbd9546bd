/** Measures taken, week by week or month by month, and below the line what of them was taken back since. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Figures } from '../../contract/figures.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { figure, spansOf, spanWords, takenTitle, type Span } from './figures-words.ts'

const HEIGHT = 264

/** Bars up and down from one line, on one scale. */
export function TakenPlot({ figures }: { figures: Figures }) {
  const { spanUnit } = figures.measures
  const draw = useCallback(
    (width: number) => drawSpans(spansOf(figures), figures.measures.spanUnit, width),
    [figures],
  )
  const spans = spansOf(figures)
  return (
    <PlotFigure
      title={takenTitle(figures)}
      note={`By the ${spanUnit} in which they were taken, from ${spanUnit === 'week' ? 'Monday' : 'the first'} 00:00 UTC; the last one runs. What was taken back is told of ${spanUnit}s with ten measures or more`}
      words={spans
        .map(
          ({ start, taken, overturned }) =>
            `${spanUnit} of ${spanWords(start, spanUnit)}: ${figure(taken)} taken, ${backWords(overturned)} taken back`,
        )
        .join('. ')}
      height={HEIGHT}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{spanUnit === 'week' ? 'Week of' : 'Month'}</th>
              <th scope="col">Taken</th>
              <th scope="col">Of these, taken back since</th>
            </tr>
          </thead>
          <tbody>
            {spans.map(({ start, taken, overturned }) => (
              <tr key={start}>
                <td>{spanWords(start, spanUnit)}</td>
                <td>{figure(taken)}</td>
                <td>{backWords(overturned)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

function backWords(overturned: number | null): string {
  return overturned === null ? 'not told' : figure(overturned)
}

function drawSpans(spans: readonly Span[], unit: 'week' | 'month', width: number): Element {
  const back = spans.map((span) => ({ ...span, back: -(span.overturned ?? 0) }))
  const most = Math.max(1, ...spans.map(({ taken }) => taken))
  const least = Math.max(most * 0.2, ...back.map((span) => -span.back * 1.1))
  const every = Math.ceil(spans.length / Math.max(1, Math.floor(width / 76)))
  const named = new Set(
    spans.filter((_, place) => (spans.length - 1 - place) % every === 0).map(({ start }) => start),
  )
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 44,
    marginRight: 8,
    marginTop: 22,
    marginBottom: 28,
    x: {
      type: 'band',
      domain: spans.map(({ start }) => start),
      // A few side by side would be as broad as walls.
      range: [44, Math.min(width - 8, 44 + spans.length * 72)],
      padding: 0.28,
      label: null,
      tickSize: 0,
      tickFormat: (start: string) => (named.has(start) ? spanWords(start, unit) : ''),
    },
    y: {
      domain: [-least, most * 1.04],
      label: null,
      tickSize: 0,
      ticks: 4,
      tickFormat: (amount: number) => (Number.isInteger(amount) ? figure(Math.abs(amount)) : ''),
    },
    style: plotStyle,
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
      Plot.barY(spans, { x: 'start', y: 'taken', fill: 'var(--ink2)' }),
      Plot.barY(back, { x: 'start', y: 'back', fill: 'var(--green)' }),
      Plot.ruleY([0], { stroke: 'var(--line2)' }),
      Plot.text(['taken'], {
        frameAnchor: 'top-right',
        dy: -16,
        text: (words: string) => words,
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
      Plot.text(['taken back'], {
        frameAnchor: 'bottom-right',
        dy: -4,
        text: (words: string) => words,
        fill: 'var(--green)',
        fontWeight: 600,
      }),
    ],
  })
}
