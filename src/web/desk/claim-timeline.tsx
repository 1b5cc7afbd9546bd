/** Contacts, ways in, bank accounts and what happened, on one line of time that gives the last hours as much room as the last year. */
import * as Plot from '@observablehq/plot'
import { useCallback, useMemo, useState } from 'react'
import type { ClaimMoment } from '../../contract/desk-claim.ts'
import { PlotFigure, plotStyle } from '../parts/plot-figure.tsx'
import { Past, useClock } from '../parts/time.tsx'
import { lanesOf, momentWords, signOfOwners, ticksFrom } from './claim-timeline-words.ts'
import type { Lane } from './claim-timeline-words.ts'

const ROW = 34
/** Nearer than this nothing is told apart. */
const NEAREST = 5_000

interface ClaimTimelineProps {
  moments: readonly ClaimMoment[]
  firstSignAt: string
}

/** A filled mark is the owner's, a hollow one came later; the red line is the first sign. */
export function ClaimTimeline({ moments, firstSignAt }: ClaimTimelineProps) {
  const clock = useClock()
  // The picture stays as it is while one reads it; each new moment draws it anew.
  const [now] = useState(clock.now)
  const lanes = useMemo(() => lanesOf(moments), [moments])
  const draw = useCallback(
    (width: number) => drawLanes(lanes, { firstSignAt, now, width }),
    [lanes, firstSignAt, now],
  )
  return (
    <PlotFigure
      title={signOfOwners(moments)}
      note="Left is long ago, right is now; the last hours have as much room as the last year. Filled: there long before the first sign. Hollow: it came later."
      words={lanes.map((lane) => `${lane.title}: ${lane.words}`).join('. ')}
      height={lanes.length * ROW + 52}
      draw={draw}
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">When</th>
              <th scope="col">Whose</th>
            </tr>
          </thead>
          <tbody>
            {moments.map((moment, place) => (
              <tr key={place}>
                <td>
                  {momentWords[moment.what]}: {moment.words}
                </td>
                <td>
                  <Past at={moment.at} />
                </td>
                <td>
                  {moment.isOwners === null ? '' : moment.isOwners ? 'the owner’s' : 'came later'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  )
}

interface Drawing {
  firstSignAt: string
  now: Date
  width: number
}

function drawLanes(lanes: readonly Lane[], { firstSignAt, now, width }: Drawing): Element {
  const isWide = width >= 520
  const names = isWide ? Math.min(230, width * 0.36) : 4
  const age = (at: string) => Math.max(NEAREST, now.getTime() - new Date(at).getTime())
  const sign = age(firstSignAt)
  const ages = [sign, ...lanes.flatMap(({ moments }) => moments.map(({ at }) => age(at)))]
  const oldest = Math.max(...ages) * 1.3
  const end = Math.max(NEAREST, Math.min(...ages) / 2)
  const ticks = ticksFrom(oldest, end)
  const isSignLate = Math.log(oldest / sign) > 0.7 * Math.log(oldest / end)
  const marks = lanes.flatMap(({ key, moments, isOwners }) =>
    moments.map((moment) => ({
      lane: key,
      age: age(moment.at),
      isEnd: moment.what === 'contact-removed',
      isOwners: moment.isOwners ?? isOwners,
    })),
  )
  const bars = lanes
    .filter(({ lasts }) => lasts)
    .map(({ key, moments, isOwners }) => {
      const own = moments.map(({ at }) => age(at))
      const hasEnd = moments.some(({ what }) => what === 'contact-removed')
      return {
        lane: key,
        from: Math.max(...own),
        to: hasEnd ? Math.min(...own) : end,
        isOwners,
      }
    })
  const fill = (one: { isOwners: boolean | null }) =>
    one.isOwners === false ? 'var(--page)' : one.isOwners ? 'var(--green)' : 'var(--ink)'
  const stroke = (one: { isOwners: boolean | null }) =>
    one.isOwners === false ? 'var(--red)' : one.isOwners ? 'var(--green)' : 'var(--ink)'
  const dy = isWide ? 0 : 8
  return Plot.plot({
    width,
    height: lanes.length * ROW + 52,
    marginLeft: names,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 28,
    x: { type: 'log', domain: [oldest, end], axis: null },
    y: { type: 'band', domain: lanes.map(({ key }) => key), axis: null, padding: 0 },
    style: plotStyle,
    marks: [
      Plot.ruleX(ticks, { x: 'age', stroke: 'var(--line)' }),
      Plot.text(ticks, {
        x: 'age',
        text: 'words',
        frameAnchor: 'bottom',
        dy: 18,
        fill: 'var(--ink3)',
      }),
      Plot.link(bars, {
        x1: 'from',
        x2: 'to',
        y: 'lane',
        dy,
        stroke,
        strokeOpacity: 0.35,
        strokeWidth: 4,
      }),
      Plot.ruleX([sign], { stroke: 'var(--red)', strokeWidth: 2 }),
      Plot.text([sign], {
        x: (one: number) => one,
        text: () => 'first sign',
        textAnchor: isSignLate ? 'end' : 'start',
        dx: isSignLate ? 2 : -2,
        frameAnchor: 'top',
        dy: -18,
        fill: 'var(--red)',
        fontWeight: 600,
      }),
      Plot.dot(
        marks.filter(({ isEnd }) => !isEnd),
        { x: 'age', y: 'lane', dy, r: 5, fill, stroke, strokeWidth: 2 },
      ),
      Plot.dot(
        marks.filter(({ isEnd }) => isEnd),
        { x: 'age', y: 'lane', dy, r: 5, symbol: 'times', stroke, strokeWidth: 2 },
      ),
      Plot.text(lanes, {
        y: 'key',
        text: 'title',
        frameAnchor: 'left',
        dx: isWide ? -names + 2 : 0,
        dy: isWide ? 0 : -9,
        textAnchor: 'start',
        lineWidth: (isWide ? names - 14 : width - 12) / 12.5,
        textOverflow: 'ellipsis',
        fill: 'var(--ink)',
      }),
    ],
  })
}
