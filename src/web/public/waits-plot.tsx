/** How long sellers waited: for a desk that may decide, for a person who took it up, and for the answer; and each against its promise. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Figures, Wait } from '../../contract/figures.ts'
import { sayFigure } from '../../core/figure-words.ts'
import { sayTime } from '../../procedure/words.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { answersTitle, figure, spreadWords, waitFigure, waitsTitle } from './figures-words.ts'

const day = 86_400_000

const rowNames = {
  person: 'until a desk that may decide had it',
  takenUp: 'until a person took it up there',
  answer: 'until the answer',
} as const satisfies Record<keyof Figures['waits'], string>

interface Row extends Wait {
  name: string
}

/** Median, 95 in 100 and the longest of each wait, on one scale of days. */
export function WaitsPlot({ waits }: { waits: Figures['waits'] }) {
  const draw = useCallback((width: number) => drawWaits(rowsOf(waits), width), [waits])
  const rows = rowsOf(waits)
  return (
    <PlotFigure
      title={waitsTitle(waits)}
      note={`Of ${figure(waits.answer.ended)} answered: half waited to the dot, 95 in 100 to the end of the thick line, the longest to that of the thin one; dashed is what is promised`}
      words={rows.map((row) => `${row.name}: ${spreadWords(row)}`).join('. ')}
      height={WAITS}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">How long</th>
              <th scope="col">Half</th>
              <th scope="col">95 in 100</th>
              <th scope="col">The longest</th>
              <th scope="col">Promised</th>
              <th scope="col">Longer</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, medianMs, p95Ms, worstMs, promiseMs, beyond }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{waitFigure(medianMs ?? 0)}</td>
                <td>{waitFigure(p95Ms ?? 0)}</td>
                <td>{waitFigure(worstMs ?? 0)}</td>
                <td>{promiseMs === null ? 'nothing' : sayTime(promiseMs)}</td>
                <td>{promiseMs === null ? '' : figure(beyond)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

const WAITS = 236

function rowsOf(waits: Figures['waits']): Row[] {
  return (['person', 'takenUp', 'answer'] as const).map((name) => ({
    ...waits[name],
    name: rowNames[name],
  }))
}

function drawWaits(rows: readonly Row[], width: number): Element {
  const spread = rows.map(({ name, medianMs, p95Ms, worstMs, promiseMs }) => ({
    name,
    median: (medianMs ?? 0) / day,
    p95: (p95Ms ?? 0) / day,
    worst: (worstMs ?? 0) / day,
    promise: promiseMs === null ? null : promiseMs / day,
    isBroken: promiseMs !== null && (worstMs ?? 0) > promiseMs,
    words: `half ${waitFigure(medianMs ?? 0)} · 95 in 100 ${waitFigure(p95Ms ?? 0)} · longest ${waitFigure(worstMs ?? 0)}${promiseMs === null ? '' : ` · promised ${waitFigure(promiseMs)}`}`,
  }))
  const most = Math.max(...spread.map(({ worst, promise }) => Math.max(worst, promise ?? 0)))
  const promised = spread.filter(({ promise }) => promise !== null)
  return Plot.plot({
    width,
    height: WAITS,
    marginLeft: 8,
    marginRight: 12,
    marginTop: 8,
    marginBottom: 28,
    x: {
      domain: [0, most * 1.04],
      label: null,
      tickSize: 0,
      ticks: Math.max(3, Math.floor(width / 90)),
      tickFormat: dayTick,
    },
    y: { type: 'band', domain: rows.map(({ name }) => name), axis: null, padding: 0 },
    style: plotStyle,
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.text(spread, {
        x: 0,
        y: 'name',
        text: 'name',
        dy: -16,
        textAnchor: 'start',
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
      Plot.text(spread, {
        x: 0,
        y: 'name',
        text: 'words',
        dy: 20,
        textAnchor: 'start',
        fill: 'var(--ink2)',
      }),
      Plot.link(spread, {
        x1: 0,
        x2: 'worst',
        y: 'name',
        stroke: ({ isBroken }: { isBroken: boolean }) => (isBroken ? 'var(--red)' : 'var(--pen)'),
        strokeWidth: 1.5,
      }),
      Plot.link(spread, { x1: 0, x2: 'p95', y: 'name', stroke: 'var(--pen)', strokeWidth: 5 }),
      Plot.dot(spread, {
        x: 'median',
        y: 'name',
        r: 5.5,
        fill: 'var(--pen)',
        stroke: 'var(--page)',
        strokeWidth: 1.5,
      }),
      Plot.tickX(promised, {
        x: 'promise',
        y: 'name',
        insetTop: 27,
        insetBottom: 27,
        stroke: 'var(--ink)',
        strokeDasharray: '3,3',
        strokeWidth: 1.5,
      }),
    ],
  })
}

function dayTick(days: number): string {
  if (days === 0) return 'at once'
  return days < 1 ? `${Math.round(days * 24)} h` : `${days} ${days === 1 ? 'day' : 'days'}`
}

const BARS = 264

/** How many answers came in each step of time, with the promise drawn in. */
export function AnswersPlot({ wait }: { wait: Wait }) {
  const draw = useCallback((width: number) => drawAnswers(wait, width), [wait])
  return (
    <PlotFigure
      title={answersTitle(wait)}
      note={`${figure(wait.ended)} ${wait.ended === 1 ? 'answer' : 'answers'}, in steps of ${sayTime(wait.stepMs)}. ${sayFigure('waits.answer')}`}
      words={wait.bars.map((bar) => `${barWords(bar)}: ${figure(bar.cases)}`).join('. ')}
      height={BARS}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">Waited</th>
              <th scope="col">Answers</th>
            </tr>
          </thead>
          <tbody>
            {wait.bars.map((bar) => (
              <tr key={bar.fromMs}>
                <td>{barWords(bar)}</td>
                <td>{figure(bar.cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

function barWords({ fromMs, toMs }: Wait['bars'][number]): string {
  if (toMs === null) return `longer than ${waitFigure(fromMs)}`
  return fromMs === 0 ? `up to ${waitFigure(toMs)}` : `${waitFigure(fromMs)} to ${waitFigure(toMs)}`
}

function drawAnswers({ bars, promiseMs, stepMs }: Wait, width: number): Element {
  const promise = (promiseMs ?? 0) / day
  const drawn = bars.map(({ fromMs, toMs, cases }) => ({
    from: fromMs / day,
    to: (toMs ?? fromMs + stepMs) / day,
    cases,
    fill: promiseMs !== null && fromMs >= promiseMs ? 'var(--red)' : 'var(--pen)',
  }))
  const last = Math.max(promise, ...drawn.map(({ to }) => to))
  return Plot.plot({
    width,
    height: BARS,
    marginLeft: 44,
    marginRight: 12,
    marginTop: 28,
    marginBottom: 28,
    x: {
      domain: [0, last * 1.03],
      label: null,
      tickSize: 0,
      ticks: Math.max(3, Math.floor(width / 90)),
      tickFormat: dayTick,
    },
    y: {
      domain: [0, Math.max(1, ...drawn.map(({ cases }) => cases)) * 1.05],
      label: null,
      tickSize: 0,
      ticks: 4,
      tickFormat: (cases: number) => (Number.isInteger(cases) ? figure(cases) : ''),
    },
    style: plotStyle,
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
      Plot.rectY(drawn, {
        x1: 'from',
        x2: 'to',
        y: 'cases',
        fill: 'fill',
        insetLeft: 0.75,
        insetRight: 0.75,
      }),
      Plot.ruleY([0], { stroke: 'var(--line2)' }),
      Plot.ruleX([promise], {
        stroke: 'var(--ink)',
        strokeDasharray: '3,3',
        strokeWidth: 1.5,
        insetTop: -8,
      }),
      Plot.text([promise], {
        x: (at: number) => at,
        frameAnchor: 'top',
        dy: -18,
        textAnchor: 'end',
        text: () => `promised: ${sayTime(promiseMs ?? 0)}`,
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
    ],
  })
}
