/** When it was said, beside what its reporter bought, what others said of the seller, and what followed. */
import * as Plot from '@observablehq/plot'
import { useCallback, useMemo } from 'react'
import type { ComplaintForDesk } from '../../contract/complaint.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { useClock } from '../parts/time.tsx'
import { pastWords } from '../parts/time-words.ts'
import caseStyles from './case.module.css'
import { lanes, marksOf, type Mark } from './complaint-marks.ts'

/** Nothing where nothing stands around it. */
export function ComplaintTimeline({ complaint }: { complaint: ComplaintForDesk }) {
  const { now, zone } = useClock()
  const marks = useMemo(() => marksOf(complaint), [complaint])
  const shown = lanes.filter((lane) => marks.some((mark) => mark.lane === lane))
  const drawMarks = useCallback((width: number) => draw(marks, zone, width), [marks, zone])
  if (marks.length < 2) return null
  return (
    <section className={caseStyles.part}>
      <PlotFigure
        title="When"
        note="Full: this complaint. Hollow: other complaints. Square: their account was made, or they ordered. Line: a measure."
        words={marks.map(({ at, words }) => `${words}: ${pastWords(at, now, zone)}`).join('. ')}
        height={shown.length * laneHeight + axisHeight}
        draw={drawMarks}
        table={
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">What</th>
              </tr>
            </thead>
            <tbody>
              {marks.map(({ at, lane, words }, place) => (
                <tr key={place}>
                  <th scope="row">{pastWords(at, now, zone)}</th>
                  <td>
                    {lane}: {words}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        }
      />
    </section>
  )
}

const laneHeight = 44
const axisHeight = 34

function draw(marks: readonly Mark[], zone: string, width: number): HTMLElement | SVGSVGElement {
  const shown = lanes.filter((lane) => marks.some((mark) => mark.lane === lane))
  const of = (...kinds: Mark['what'][]) => marks.filter(({ what }) => kinds.includes(what))
  const place = { x: 'at', y: 'lane' } as const
  const day = (at: Date) =>
    at.toLocaleDateString('en-GB', { timeZone: zone, day: 'numeric', month: 'short' })
  return Plot.plot({
    width,
    height: shown.length * laneHeight + axisHeight,
    marginLeft: 130,
    marginRight: 44,
    marginBottom: axisHeight,
    style: plotStyle,
    x: { type: 'time', nice: true, label: null, tickFormat: day, ticks: Math.max(2, width / 120) },
    y: { domain: shown, label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(shown, { stroke: 'var(--line)' }),
      Plot.tickX(of('measure'), { ...place, stroke: 'var(--red)', strokeWidth: 2, inset: 8 }),
      Plot.dot(of('account', 'order'), {
        ...place,
        symbol: 'square',
        r: 5,
        fill: 'var(--surface)',
        stroke: 'var(--ink2)',
      }),
      Plot.dot(of('complaint'), {
        ...place,
        r: 5,
        fill: 'var(--surface)',
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
      }),
      Plot.dot(of('this'), { ...place, r: 6, fill: 'var(--pen)' }),
      Plot.text(of('account', 'order'), {
        ...place,
        text: 'words',
        textAnchor: 'start',
        dx: -5,
        dy: -14,
      }),
    ],
  })
}
