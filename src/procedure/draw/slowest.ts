/** The slowest way, to scale: how long each desk may hold a case, beside what was promised. */
import { deskTitle, latenessOf } from '../../core/procedure.ts'
import type { Procedure } from '../../core/procedure.ts'
import type { Check } from '../check.ts'
import { isDecidingPerson } from '../explore.ts'
import { sayTime } from '../words.ts'
import { faces } from './boxes.ts'
import { measureText, wrapText } from './text.ts'
import { sayWorst } from './words.ts'

export interface Part {
  desk: string
  x: number
  width: number
  /** Nothing ends it, so it runs off the edge. */
  isEndless: boolean
  /** Set where the desk's name fits. */
  name: string | null
}

/** A word above or below the bar, on a row of its own where others are in the way. */
export interface Mark {
  at: number
  /** Where its text begins. */
  x: number
  row: number
  words: string
  kind: 'promise' | 'fact' | 'name' | 'day'
}

export interface Slowest {
  title: string
  subtitle: string[]
  parts: Part[]
  above: Mark[]
  below: Mark[]
  isEndless: boolean
}

const DAY = 86_400_000

/** Lays out a worst path, of the whole check or of one situation, between two edges. */
export function layOutSlowest(
  procedure: Procedure,
  worst: Check['worst'],
  edges: { left: number; right: number },
): Slowest | null {
  const [measure, channel, ...way] = worst.path
  if (measure === undefined || channel === undefined) return null
  const desks = way.filter((_, place) => place % 2 === 0)
  const isEndless = worst.answer === 'unbounded'
  const { promise } = procedure
  const times = desks.map((desk) => procedure.desks[desk]?.within ?? 0)
  const total = times.reduce((sum, time) => sum + time, 0)
  const lastIsOpen = isEndless
  // What has no end is drawn as long as the rest, and past both promises.
  const before = lastIsOpen ? total - (times.at(-1) ?? 0) : total
  const span =
    Math.max(promise.person, promise.answer, isEndless ? before * 1.5 : total) *
    (isEndless ? 1.15 : 1)
  const scale = (edges.right - edges.left) / span
  const at = (time: number) => edges.left + time * scale

  const parts: Part[] = []
  let elapsed = 0
  let person: number | null = null
  for (const [place, desk] of desks.entries()) {
    const end = isEndless && place === desks.length - 1
    if (person === null && isDecidingPerson(procedure.desks[desk])) person = elapsed
    const x = at(elapsed)
    elapsed += times[place] ?? 0
    const width = Math.max(2, (end ? edges.right : at(elapsed)) - x)
    const title = deskTitle(procedure, desk)
    const said = end ? `${title}, ${endlessly(procedure, desk)}` : title
    const fits = measureText(said, faces.smallStrong) + 20 <= width
    parts.push({ desk, x, width, isEndless: end, name: fits ? said : null })
  }
  const above = placeMarks(
    [
      ...(person === null
        ? []
        : [{ at: at(person), words: 'a person has it', kind: 'fact' as const }]),
      {
        at: at(promise.person),
        words: `a person promised: ${sayTime(promise.person)}`,
        kind: 'promise',
      },
      {
        at: at(promise.answer),
        words: `the answer promised: ${sayTime(promise.answer)}`,
        kind: 'promise',
      },
      ...(isEndless
        ? []
        : [
            {
              at: at(total),
              words: `the answer: ${sayWorst(worst.answer)}`,
              kind: 'fact' as const,
            },
          ]),
    ],
    edges,
  )
  const step = dayStep(span, (edges.right - edges.left) / 76)
  const days: Wanted[] = [{ at: at(0), words: 'appeal', kind: 'day' }]
  for (let time = step; time <= span * 1.0001; time += step)
    days.push({ at: at(time), words: sayAxis(time), kind: 'day' })
  const unnamed = parts
    .filter(({ name }) => name === null)
    .map(({ desk, x, width }): Wanted => ({
      at: x + width / 2,
      words: deskTitle(procedure, desk),
      kind: 'name',
    }))
  const axis = placeMarks(days, edges)
  const rows = Math.max(...axis.map(({ row }) => row)) + 1
  const names = placeMarks(unnamed, edges).map((mark) => ({ ...mark, row: mark.row + rows }))
  const below = [...axis, ...names]
  return {
    title: 'The slowest way',
    subtitle: wrapText(`${measure}, by ${channel}`, 150, faces.small),
    parts,
    above,
    below,
    isEndless,
  }
}

type Wanted = Pick<Mark, 'at' | 'words' | 'kind'>

/** Each word goes to the first row where nothing is in its way. */
function placeMarks(wanted: readonly Wanted[], edges: { left: number; right: number }): Mark[] {
  const rows: [number, number][][] = []
  return wanted.map((mark) => {
    const width = measureText(mark.words, mark.kind === 'fact' ? faces.smallStrong : faces.small)
    const x = Math.max(edges.left, Math.min(edges.right - width, mark.at - width / 2))
    const isFree = (taken: [number, number][]) =>
      taken.every(([from, to]) => x + width + 10 < from || to + 10 < x)
    let row = rows.findIndex(isFree)
    if (row < 0) row = rows.push([]) - 1
    rows[row]?.push([x, x + width])
    return { ...mark, x, row }
  })
}

function endlessly(procedure: Procedure, desk: string): string {
  const isClocked =
    procedure.desks[desk]?.within !== undefined && latenessOf(procedure, desk) !== null
  return isClocked ? 'and round again, for ever' : 'for as long as it likes'
}

const steps = [1, 2, 5, 7, 14, 28, 56, 91, 182, 365, 730, 1825, 3650]

function dayStep(span: number, most: number): number {
  const hours = [1 / 48, 1 / 24, 1 / 12, 1 / 4, 1 / 2]
  const found = (span < DAY * 2 ? [...hours, ...steps] : steps).find(
    (days) => span / (days * DAY) <= most,
  )
  return (found ?? span / DAY) * DAY
}

function sayAxis(time: number): string {
  if (time >= DAY && time % DAY < 1) return `${Math.round(time / DAY)} d`
  const hours = time / 3_600_000
  return hours >= 1 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(time / 60_000)} min`
}
