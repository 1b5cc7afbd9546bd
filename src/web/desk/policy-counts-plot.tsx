/** The picture of what screening flagged, policy by policy, with the same numbers as a table. */
import * as Plot from '@observablehq/plot'
import { useCallback, useState } from 'react'
import { Drawn } from '../parts/plot-figure.tsx'
import pageStyles from './page.module.css'
import { plotTitle } from './flagged-words.ts'

export interface PolicyCount {
  policy: string
  title: string
  review: number
  deactivate: number
}

/** Bars with their labels beside them; nothing when there is nothing to compare. */
export function PolicyCountsPlot({ counts }: { counts: readonly PolicyCount[] }) {
  const [asTable, setAsTable] = useState(false)
  const shown = [...counts].sort((a, b) => total(b) - total(a))
  if (shown.every((count) => total(count) === 0)) return null
  return (
    <figure className={pageStyles.plot}>
      <figcaption>
        <h2>{plotTitle(shown)}</h2>
        <button type="button" className="link small" onClick={() => setAsTable(!asTable)}>
          {asTable ? 'as a picture' : 'as a table'}
        </button>
      </figcaption>
      {asTable ? <CountsTable counts={shown} /> : <Bars counts={shown} />}
    </figure>
  )
}

function Bars({ counts }: { counts: readonly PolicyCount[] }) {
  const drawBars = useCallback((width: number) => draw(counts, width), [counts])
  const words = counts.map((count) => `${count.title}: ${labelOf(count)}`).join('. ')
  return <Drawn words={words} height={counts.length * rowHeight} draw={drawBars} />
}

const rowHeight = 50

function draw(counts: readonly PolicyCount[], width: number): HTMLElement | SVGSVGElement {
  const bars = counts.flatMap((count) => [
    { policy: count.policy, amount: count.deactivate, fill: 'var(--pen)' },
    { policy: count.policy, amount: count.review, fill: 'var(--line2)' },
  ])
  // Room at the right, so that the label of the longest bar stays inside.
  const widest = Math.max(...counts.map(total))
  const labelRoom = Math.min(320, width * 0.55)
  return Plot.plot({
    width,
    height: counts.length * rowHeight,
    margin: 0,
    x: { domain: [0, widest], range: [0, Math.max(40, width - labelRoom)], axis: null },
    y: { domain: counts.map(({ policy }) => policy), axis: null, padding: 0 },
    style: { fontFamily: 'var(--sans)', fontSize: '13px', color: 'var(--ink)', background: 'none' },
    marks: [
      Plot.barX(bars, { x: 'amount', y: 'policy', fill: 'fill', insetTop: 24, insetBottom: 8 }),
      Plot.text(counts, {
        x: 0,
        y: 'policy',
        text: 'title',
        textAnchor: 'start',
        dy: -12,
        fontWeight: 600,
        fill: 'var(--ink)',
      }),
      Plot.text(counts, {
        x: total,
        y: 'policy',
        text: labelOf,
        textAnchor: 'start',
        dx: 8,
        dy: 8,
        fill: 'var(--ink2)',
      }),
      Plot.ruleX([0], { stroke: 'var(--line2)' }),
    ],
  })
}

function CountsTable({ counts }: { counts: readonly PolicyCount[] }) {
  return (
    <table className={pageStyles.plainTable}>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col" className={pageStyles.amount}>
            To take off sale
          </th>
          <th scope="col" className={pageStyles.amount}>
            For a person to look at
          </th>
        </tr>
      </thead>
      <tbody>
        {counts.map((count) => (
          <tr key={count.policy}>
            <td>{count.title}</td>
            <td className={pageStyles.amount}>{count.deactivate.toLocaleString('en')}</td>
            <td className={pageStyles.amount}>{count.review.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function total(count: PolicyCount): number {
  return count.review + count.deactivate
}

function labelOf(count: PolicyCount): string {
  return `${count.deactivate.toLocaleString('en')} to act on, ${count.review.toLocaleString('en')} to look at`
}
