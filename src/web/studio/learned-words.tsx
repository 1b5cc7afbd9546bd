/** What was learned beside the signals: how many words, from how many cases, and whether the scores come true. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Learned } from '../../core/policy.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { signed } from '../parts/sum.ts'
import { reliabilityTitle } from './curve-words.ts'
import styles from './policies.module.css'
import { amount } from './record-words.ts'

const HEIGHT = 220

/** Learned words are kept as hashes: they are counted here, and named where they stand in a text. */
export function LearnedWords({ learned }: { learned: Learned }) {
  const { words, cases, of, reliability } = learned
  const weights = Object.values(words)
  const low = Math.min(0, ...weights)
  const high = Math.max(0, ...weights)
  const draw = useCallback((width: number) => drawReliability(reliability, width), [reliability])
  return (
    <section className={styles.learned} aria-labelledby="learned">
      <h3 id="learned">
        {weights.length === 0
          ? 'No words were learned beside them'
          : `${amount(weights.length)} words were learned beside them`}
      </h3>
      <p className="small second">
        Weights were learned for version {of} of the document from {amount(cases.violations)}{' '}
        listings that break the rule and {amount(cases.innocents)} that do not, as people decided
        and examples say, with the written weights to start from.
        {weights.length > 0 &&
          ` Words and pairs of words that no signal reads weigh ${signed(low)} to ${signed(high)} each; try a text to see which of them stand in it.`}
      </p>
      {reliability.length > 0 && (
        <PlotFigure
          title={reliabilityTitle(reliability)}
          note="What it said, against what happened, of 100; on the line it came true"
          words={reliability
            .map(
              ({ said, happened, cases: count }) =>
                `said ${hundred(said)}, happened ${hundred(happened)}, ${count} cases`,
            )
            .join('. ')}
          height={HEIGHT}
          draw={draw}
          table={
            <table>
              <thead>
                <tr>
                  <th scope="col">Said, of 100</th>
                  <th scope="col">Happened, of 100</th>
                  <th scope="col">Cases</th>
                </tr>
              </thead>
              <tbody>
                {reliability.map(({ said, happened, cases: count }) => (
                  <tr key={`${said} ${happened}`}>
                    <td>{hundred(said)}</td>
                    <td>{hundred(happened)}</td>
                    <td>{amount(count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          }
        />
      )}
    </section>
  )
}

function hundred(share: number): number {
  return Math.round(share * 100)
}

function drawReliability(bars: Learned['reliability'], width: number): Element {
  const points = bars
    .filter(({ cases }) => cases > 0)
    .map(({ said, happened, cases }) => ({ x: said * 100, y: happened * 100, cases }))
  const most = points.reduce((high, { cases }) => Math.max(high, cases), 1)
  const largest = points.find(({ cases }) => cases === most)
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 32,
    marginRight: 16,
    marginBottom: 32,
    x: { domain: [0, 100], ticks: [0, 25, 50, 75, 100], label: null, tickSize: 0 },
    y: { domain: [0, 100], ticks: [0, 25, 50, 75, 100], label: null, tickSize: 0 },
    r: { domain: [0, most], range: [0, 12] },
    style: plotStyle,
    marks: [
      Plot.gridY([0, 25, 50, 75, 100], { stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: 'var(--line2)', strokeDasharray: '3 3' },
      ),
      Plot.dot(points, { x: 'x', y: 'y', r: 'cases', fill: 'var(--pen)', fillOpacity: 0.75 }),
      Plot.text(largest ? [largest] : [], {
        x: 'x',
        y: 'y',
        text: ({ cases }: { cases: number }) => `${amount(cases)} cases`,
        textAnchor: largest && largest.x > 50 ? 'end' : 'start',
        dx: largest && largest.x > 50 ? -18 : 18,
        fill: 'var(--ink2)',
      }),
    ],
  })
}
