/** How often we were wrong: of 100 measures, how many were overturned, by what they have in common; the line is what is likely. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Group } from '../../contract/figures.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { figure, ofHundred } from './figures-words.ts'

const ROW = 40

/** A dot for each group, in the order given. */
export function OverturnedPlot({
  title,
  note,
  groups,
}: {
  title: string
  note: string
  groups: readonly Group[]
}) {
  const draw = useCallback((width: number) => drawGroups(groups, width), [groups])
  return (
    <PlotFigure
      title={title}
      note={note}
      words={groups
        .map(
          ({ title: name, taken, overturned }) =>
            `${name}: ${figure(overturned.count)} of ${figure(taken)}, likely ${rangeWords(overturned)} of 100`,
        )
        .join('. ')}
      height={groups.length * ROW + 28}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">Measures</th>
              <th scope="col">Taken</th>
              <th scope="col">Contested</th>
              <th scope="col">Overturned</th>
              <th scope="col">Of 100</th>
              <th scope="col">Likely</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ title: name, taken, contested, overturned }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{figure(taken)}</td>
                <td>{figure(contested)}</td>
                <td>{figure(overturned.count)}</td>
                <td>{ofHundred(overturned.share ?? 0)}</td>
                <td>{rangeWords(overturned)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

function rangeWords({ low, high }: Group['overturned']): string {
  return `${ofHundred(low)} to ${ofHundred(high)}`
}

function drawGroups(groups: readonly Group[], width: number): Element {
  const isWide = width >= 440
  const names = Math.min(210, width * 0.4)
  const rows = groups.map(({ title, overturned }) => ({
    title,
    low: overturned.low * 100,
    high: overturned.high * 100,
    share: (overturned.share ?? 0) * 100,
    words: ofHundred(overturned.share ?? 0),
  }))
  const most = Math.max(5, ...rows.map(({ high }) => high))
  return Plot.plot({
    width,
    height: groups.length * ROW + 28,
    marginLeft: isWide ? names : 4,
    marginRight: 36,
    marginTop: 4,
    marginBottom: 24,
    x: { domain: [0, most], nice: true, label: null, tickSize: 0, ticks: isWide ? 6 : 4 },
    y: { type: 'band', domain: rows.map(({ title }) => title), axis: null, padding: 0 },
    style: plotStyle,
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1 }),
      Plot.text(rows, {
        y: 'title',
        text: 'title',
        frameAnchor: 'left',
        dx: isWide ? -names + 2 : 0,
        dy: isWide ? 0 : -12,
        textAnchor: 'start',
        lineWidth: (isWide ? names : width - 12) / 13,
        textOverflow: 'ellipsis',
        fontSize: 13,
        fill: 'var(--ink)',
      }),
      Plot.link(rows, {
        x1: 'low',
        x2: 'high',
        y: 'title',
        dy: isWide ? 0 : 6,
        stroke: 'var(--pen)',
        strokeOpacity: 0.4,
        strokeWidth: 3,
        strokeLinecap: 'round',
      }),
      Plot.dot(rows, { x: 'share', y: 'title', dy: isWide ? 0 : 6, r: 5, fill: 'var(--pen)' }),
      Plot.text(rows, {
        x: 'high',
        y: 'title',
        text: 'words',
        dx: 8,
        dy: isWide ? 0 : 6,
        textAnchor: 'start',
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
    ],
  })
}
