/** What a trial would have flagged, day by day, beside what the version in force flags. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { TrialReport } from '../../contract/trial.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { amount } from './record-words.ts'
import { daysTitle, dayWords } from './trial-words.ts'

const HEIGHT = 200

type Days = TrialReport['days']

/** Bars are the trial, ticks the version in force. */
export function DaysPlot({ days, against }: { days: Days; against: number | null }) {
  const draw = useCallback((width: number) => drawDays(days, width), [days])
  return (
    <section aria-labelledby="days">
      <h2 id="days">Day by day</h2>
      <PlotFigure
        title={daysTitle(days)}
        note={
          against === null
            ? 'Flagged a day, by the day on which the listing came (UTC)'
            : `Flagged a day, by the day on which the listing came (UTC); the tick is version ${against}`
        }
        words={days
          .map(
            ({ day, listings, flagged }) =>
              `${dayWords(day)}: ${flagged.deactivate} to act on and ${flagged.review} to look at, of ${listings}`,
          )
          .join('. ')}
        height={HEIGHT}
        draw={draw}
        table={<DaysTable days={days} against={against} />}
      />
    </section>
  )
}

function DaysTable({ days, against }: { days: Days; against: number | null }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Listings</th>
          <th scope="col">To act on</th>
          <th scope="col">To look at</th>
          {against !== null && <th scope="col">Flagged by version {against}</th>}
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, listings, flagged, flaggedBefore }) => (
          <tr key={day}>
            <td>{dayWords(day)}</td>
            <td>{amount(listings)}</td>
            <td>{amount(flagged.deactivate)}</td>
            <td>{amount(flagged.review)}</td>
            {against !== null && (
              <td>
                {flaggedBefore ? amount(flaggedBefore.deactivate + flaggedBefore.review) : ''}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function drawDays(days: Days, width: number): Element {
  const bars = days.flatMap(({ day, flagged }) => [
    { day, amount: flagged.deactivate, fill: 'var(--pen)' },
    { day, amount: flagged.review, fill: 'var(--line2)' },
  ])
  const totals = days.map(({ day, flagged, flaggedBefore }) => ({
    day,
    total: flagged.deactivate + flagged.review,
    before: flaggedBefore === null ? null : flaggedBefore.deactivate + flaggedBefore.review,
  }))
  const highest = Math.max(...totals.map(({ total }) => total))
  const most = Math.max(1, ...totals.map(({ total, before }) => Math.max(total, before ?? 0)))
  const every = Math.ceil(days.length / Math.max(1, Math.floor(width / 64)))
  const named = new Set(
    days.filter((_, place) => (days.length - 1 - place) % every === 0).map(({ day }) => day),
  )
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 2,
    marginRight: 2,
    marginTop: 20,
    marginBottom: 26,
    x: {
      type: 'band',
      // A few days side by side would be as broad as walls.
      domain: days.map(({ day }) => day),
      range: [2, Math.min(width - 2, days.length * 72)],
      padding: 0.3,
      label: null,
      tickSize: 0,
      tickFormat: (day: string) => (named.has(day) ? dayWords(day) : ''),
    },
    y: { domain: [0, most], axis: null },
    style: plotStyle,
    marks: [
      Plot.ruleY([0], { stroke: 'var(--line2)' }),
      Plot.barY(bars, { x: 'day', y: 'amount', fill: 'fill' }),
      Plot.tickY(
        totals.filter(({ before }) => before !== null),
        { x: 'day', y: 'before', stroke: 'var(--ink)', strokeWidth: 2 },
      ),
      Plot.text(
        // Numbers over narrow bars would run into each other: then only the highest has one.
        totals.filter(({ total }) => total > 0 && (width / days.length > 30 || total === highest)),
        {
          x: 'day',
          y: 'total',
          text: ({ total }: { total: number }) => amount(total),
          dy: -9,
          fill: 'var(--ink)',
        },
      ),
    ],
  })
}
