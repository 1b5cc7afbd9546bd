/** How far complaints were believed before people looked into them, and of how many it was so. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Calibration, CalibrationBar } from '../../core/calibration.ts'
import { Empty } from '../parts/empty.tsx'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { count } from '../parts/time-words.ts'
import pageStyles from './page.module.css'

export function CalibrationPlot({ calibration }: { calibration: Calibration }) {
  const { bars, whole, error } = calibration
  const drawBars = useCallback((width: number) => draw(bars.filter(isBar), width), [bars])
  if (whole === null)
    return (
      <Empty>
        Nobody has looked into a complaint yet. When people find what is so, it stands here beside
        what was said of it before: of ten that were believed with 9 in 10, nine should be so.
      </Empty>
    )
  const shown = bars.filter(isBar)
  return (
    <div className="narrow-text">
      <PlotFigure
        title={titleOf(whole)}
        note={`${count(whole.found.of, 'complaint')} of the last year that people looked into. Each point: those that were believed about as far; the line through it is where its share lies with 95 in 100, and the broken line is where all should lie.`}
        words={shown.map(wordsOf).join('. ')}
        height={plotHeight}
        draw={drawBars}
        table={<CalibrationTable bars={shown} />}
      />
      {error !== null && (
        <p className="second" style={{ marginTop: 8 }}>
          Mean squared error {error.mean.toFixed(3)}, with 95 in 100 between {error.low.toFixed(3)}{' '}
          and {error.high.toFixed(3)}; who always says 1 in 2 has 0.250.
        </p>
      )}
    </div>
  )
}

const plotHeight = 300

/** Fewer say nothing, in whatever direction they point. */
const enough = 20

function titleOf({ said, found }: CalibrationBar): string {
  if (found.of < enough) return `${found.of} are too few to tell whether it comes true`
  if (said > found.high) return 'Complaints were believed too far'
  if (said < found.low) return 'Complaints were believed too little'
  return 'Complaints were believed about as far as they were true'
}

function isBar(bar: CalibrationBar | null): bar is CalibrationBar {
  return bar !== null
}

function inHundred(share: number): number {
  return Math.round(share * 100)
}

function wordsOf({ said, found }: CalibrationBar): string {
  return `Believed with ${inHundred(said)} in 100: ${found.count} of ${found.of} were so`
}

function draw(bars: readonly CalibrationBar[], width: number): HTMLElement | SVGSVGElement {
  const shares = { domain: [0, 100], ticks: [0, 20, 40, 60, 80, 100] }
  return Plot.plot({
    width,
    height: plotHeight,
    marginLeft: 44,
    marginBottom: 40,
    style: plotStyle,
    x: { ...shares, label: 'believed, in 100 →', labelAnchor: 'right' },
    y: { ...shares, label: '↑ were so, in 100', grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: 'var(--ink3)', strokeDasharray: '4 4' },
      ),
      Plot.ruleX(bars, {
        x: ({ said }: CalibrationBar) => said * 100,
        y1: ({ found }: CalibrationBar) => found.low * 100,
        y2: ({ found }: CalibrationBar) => found.high * 100,
        stroke: 'var(--pen)',
        strokeOpacity: 0.5,
        strokeWidth: 3,
      }),
      Plot.dot(bars, {
        x: ({ said }: CalibrationBar) => said * 100,
        y: ({ found }: CalibrationBar) => (found.share ?? 0) * 100,
        r: 5,
        fill: 'var(--pen)',
      }),
    ],
  })
}

function CalibrationTable({ bars }: { bars: readonly CalibrationBar[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Believed, in 100</th>
          <th scope="col">Looked into</th>
          <th scope="col">Were so</th>
          <th scope="col">In 100, and its likely range</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ said, found }) => (
          <tr key={said}>
            <th scope="row">{inHundred(said)}</th>
            <td className={pageStyles.amount}>{found.of}</td>
            <td className={pageStyles.amount}>{found.count}</td>
            <td className={pageStyles.amount}>
              {inHundred(found.share ?? 0)} ({inHundred(found.low)} to {inHundred(found.high)})
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
