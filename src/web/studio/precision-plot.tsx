/** How sure at how many: were the threshold elsewhere, how many listings would be touched, and how many of them rightly. */
import * as Plot from '@observablehq/plot'
import { useCallback, useId, useState } from 'react'
import type { PolicyRecord } from '../../contract/policy.ts'
import type { PrecisionPoint } from '../../core/precision.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { curveTitle, hundredths, pointFor, thresholdWords } from './curve-words.ts'
import styles from './policies.module.css'
import { amount } from './record-words.ts'

const HEIGHT = 240

/** The plot, and a slider that previews another threshold; nothing is set by it. */
export function PrecisionPlot({ record: { curve, policy } }: { record: PolicyRecord }) {
  const { thresholds } = policy
  const isAlone = thresholds.deactivate < 1
  const now = isAlone ? thresholds.deactivate : thresholds.review
  const [preview, setPreview] = useState<number | null>(null)
  const isMeasured = curve.some(({ precision }) => precision.of > 0)
  const draw = useCallback(
    (width: number) => drawCurve(curve, thresholds, { preview, width }),
    [curve, thresholds, preview],
  )
  return (
    <section aria-labelledby="how-sure">
      <h2 id="how-sure">How sure, how many</h2>
      {curve.length === 0 ? (
        <p className="second small">
          Once it has found something, how many listings each threshold touches stands here, and how
          often that is right.
        </p>
      ) : (
        <>
          {isMeasured && curve.length > 1 ? (
            <PlotFigure
              title={curveTitle(curve, thresholds)}
              note="Right, of 100, against listings touched a week, by threshold; the band is what is likely"
              words={curve
                .map(
                  (point) => `From ${hundredths(point.threshold)} on it ${thresholdWords(point)}`,
                )
                .join('. ')}
              height={HEIGHT}
              draw={draw}
              table={<CurveTable curve={curve} />}
            />
          ) : (
            <>
              <h3>{curveTitle(curve, thresholds)}</h3>
              <p className="second small">
                {isMeasured
                  ? 'All that it found scores alike, so that there is no curve to draw.'
                  : 'Nobody has decided about any of it, so that how sure it is cannot be drawn yet.'}
              </p>
            </>
          )}
          {curve.length > 1 ? (
            <Preview
              curve={curve}
              now={now}
              does={isAlone ? 'acts' : 'asks'}
              value={preview ?? now}
              onChange={(next) => setPreview(next === now ? null : next)}
            />
          ) : (
            <p className="small">
              It {isAlone ? 'acts' : 'asks'} from {hundredths(now)}:{' '}
              {thresholdWords(pointFor(curve, now))}.
            </p>
          )}
        </>
      )}
    </section>
  )
}

interface PreviewProps {
  curve: readonly PrecisionPoint[]
  now: number
  does: string
  value: number
  onChange: (threshold: number) => void
}

function Preview({ curve, now, does, value, onChange }: PreviewProps) {
  const id = useId()
  return (
    <div className={styles.preview}>
      <label htmlFor={id} className="small">
        {value === now
          ? `It ${does} from ${hundredths(now)}`
          : `Were it from ${hundredths(value)} (now ${hundredths(now)})`}
        : {thresholdWords(pointFor(curve, value))}.
      </label>
      <input
        id={id}
        type="range"
        min={Math.floor(Math.min(now, curve[0]?.threshold ?? 0) * 100)}
        max={100}
        step={1}
        value={Math.round(value * 100)}
        aria-valuetext={`${hundredths(value)}: ${thresholdWords(pointFor(curve, value))}`}
        onChange={(event) => onChange(Number(event.currentTarget.value) / 100)}
      />
    </div>
  )
}

function CurveTable({ curve }: { curve: readonly PrecisionPoint[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">From, of 100</th>
          <th scope="col">Listings a week</th>
          <th scope="col">People decided</th>
          <th scope="col">Right, of 100</th>
          <th scope="col">Likely</th>
        </tr>
      </thead>
      <tbody>
        {curve.map(({ threshold, perWeek, precision: { share, of, low, high } }) => (
          <tr key={threshold}>
            <td>{hundredths(threshold)}</td>
            <td>{(Math.round(perWeek * 10) / 10).toLocaleString('en')}</td>
            <td>{amount(of)}</td>
            <td>{share === null ? 'not known' : hundredths(share)}</td>
            <td>
              {Math.floor(low * 100)} to {Math.ceil(high * 100)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Drawn {
  x: number
  y: number | null
  low: number
  high: number
}

function drawCurve(
  curve: readonly PrecisionPoint[],
  thresholds: { review: number; deactivate: number },
  { preview, width }: { preview: number | null; width: number },
): Element {
  const at = ({ perWeek, precision }: PrecisionPoint): Drawn => ({
    x: perWeek,
    y: precision.share === null ? null : precision.share * 100,
    low: precision.low * 100,
    high: precision.high * 100,
  })
  const points = curve.map(at)
  const bottom =
    Math.floor(Math.min(90, ...points.map(({ low, y }) => Math.min(low, y ?? 100))) / 10) * 10
  const most = Math.max(...points.map(({ x }) => x))
  const marked = [
    ...(thresholds.deactivate < 1
      ? [
          {
            threshold: thresholds.deactivate,
            words: `acts from ${hundredths(thresholds.deactivate)}`,
            isNow: true,
          },
        ]
      : []),
    {
      threshold: thresholds.review,
      words: `asks from ${hundredths(thresholds.review)}`,
      isNow: thresholds.deactivate >= 1,
    },
    ...(preview === null
      ? []
      : [{ threshold: preview, words: `from ${hundredths(preview)}`, isNow: false }]),
  ].flatMap(({ threshold, words, isNow }) => {
    const point = pointFor(curve, threshold)
    if (point === null || point.precision.share === null) return []
    return [{ ...at(point), words, isNow }]
  })
  const named = joinPoints(marked)
  const isRight = (point: { x: number }) => point.x > most * 0.55
  return Plot.plot({
    width,
    height: HEIGHT,
    marginLeft: 32,
    marginRight: 12,
    marginBottom: 34,
    x: { domain: [0, most * 1.02], ticks: 5, label: null, tickSize: 0 },
    y: { domain: [bottom, 100], ticks: 5, label: null, tickSize: 0 },
    style: plotStyle,
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 5 }),
      Plot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: 'var(--pen)', fillOpacity: 0.14 }),
      Plot.line(points, { x: 'x', y: 'y', stroke: 'var(--pen)', strokeWidth: 2 }),
      Plot.dot(named, {
        x: 'x',
        y: 'y',
        r: 5,
        fill: ({ isNow }: { isNow: boolean }) => (isNow ? 'var(--pen)' : 'var(--page)'),
        stroke: 'var(--pen)',
        strokeWidth: 2,
      }),
      ...[true, false].map((right) =>
        Plot.text(
          named.filter((point) => isRight(point) === right),
          {
            x: 'x',
            y: 'y',
            text: 'words',
            textAnchor: right ? 'end' : 'start',
            dx: right ? -4 : 4,
            dy: -14,
            fill: 'var(--ink)',
            fontWeight: 600,
            stroke: 'var(--page)',
            strokeWidth: 4,
          },
        ),
      ),
      Plot.text(['listings a week'], {
        frameAnchor: 'bottom-right',
        dy: 30,
        fill: 'var(--ink3)',
      }),
    ],
  })
}

interface Named extends Drawn {
  words: string
  isNow: boolean
}

/** Thresholds that touch the same listings are one point with all their names. */
function joinPoints(points: readonly Named[]): Named[] {
  const joined = new Map<string, Named>()
  for (const point of points) {
    const key = `${point.x} ${point.y}`
    const same = joined.get(key)
    joined.set(
      key,
      same === undefined
        ? point
        : { ...same, words: `${same.words}, ${point.words}`, isNow: same.isNow || point.isNow },
    )
  }
  return [...joined.values()]
}
