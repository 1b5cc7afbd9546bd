/** What came of appeals, and who said so: a machine may say yes, and no machine says no. */
import * as Plot from '@observablehq/plot'
import { useCallback } from 'react'
import type { Figures } from '../../contract/figures.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { figure, outcomesTitle } from './figures-words.ts'

type Appeals = Figures['appeals']

const ROW = 40

/** A bar for each end of an appeal; together they are all of them. */
export function OutcomesPlot({ appeals }: { appeals: Appeals }) {
  const draw = useCallback((width: number) => drawEnds(endsOf(appeals), width), [appeals])
  const ends = endsOf(appeals)
  return (
    <PlotFigure
      title={outcomesTitle(appeals)}
      note={`${figure(appeals.filed)} filed: ${figure(appeals.lifted)} lifted, ${figure(appeals.narrowed)} narrowed, ${figure(appeals.stands)} stand, ${figure(appeals.withdrawn)} withdrawn, ${figure(appeals.open)} open`}
      words={ends.map(({ words, cases }) => `${words}: ${figure(cases)}`).join('. ')}
      height={ends.length * ROW + 8}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">What came of it</th>
              <th scope="col">Appeals</th>
            </tr>
          </thead>
          <tbody>
            {ends.map(({ words, cases }) => (
              <tr key={words}>
                <td>{words}</td>
                <td>{figure(cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

interface End {
  words: string
  cases: number
  fill: string
}

function endsOf({ byMachine, byPerson, byClock, stands, withdrawn, open }: Appeals): End[] {
  return [
    { words: 'A machine said yes', cases: byMachine, fill: 'var(--green)' },
    { words: 'A person said yes, or narrowed', cases: byPerson, fill: 'var(--green)' },
    { words: 'Nobody answered in time: yes', cases: byClock, fill: 'var(--green)' },
    { words: 'A person said no', cases: stands, fill: 'var(--ink2)' },
    { words: 'The seller took it back', cases: withdrawn, fill: 'var(--line2)' },
    { words: 'Not decided yet', cases: open, fill: 'var(--pen)' },
  ]
}

function drawEnds(ends: readonly End[], width: number): Element {
  const isWide = width >= 480
  const names = isWide ? 226 : 2
  return Plot.plot({
    width,
    height: ends.length * ROW + 8,
    marginLeft: names,
    marginRight: 48,
    marginTop: 4,
    marginBottom: 4,
    x: { domain: [0, Math.max(1, ...ends.map(({ cases }) => cases))], axis: null },
    y: { type: 'band', domain: ends.map(({ words }) => words), axis: null, padding: 0 },
    style: plotStyle,
    marks: [
      Plot.text(ends, {
        y: 'words',
        text: 'words',
        frameAnchor: 'left',
        dx: -names + 2,
        dy: isWide ? 0 : -11,
        textAnchor: 'start',
        fontSize: 13,
        fill: 'var(--ink)',
      }),
      Plot.barX(ends, {
        x: 'cases',
        y: 'words',
        fill: 'fill',
        insetTop: isWide ? 7 : 19,
        insetBottom: 7,
      }),
      ...(isWide ? [Plot.ruleX([0], { stroke: 'var(--line2)' })] : []),
      Plot.text(ends, {
        x: 'cases',
        y: 'words',
        text: ({ cases }: End) => figure(cases),
        dx: 6,
        dy: isWide ? 0 : 6,
        textAnchor: 'start',
        fill: 'var(--ink)',
        fontWeight: 600,
      }),
    ],
  })
}
