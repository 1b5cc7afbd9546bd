/** A note is one numbered remark of the picture: gaps of one kind at one place, which differ only in the measure. */
import type { Gap } from '../gap.ts'
import type { Thing } from './graph.ts'

export interface Note {
  number: number
  /** The things that carry its badge. */
  at: string[]
  gaps: Gap[]
}

/** Numbers the gaps in the order in which their places are read: left to right, then top to bottom. */
export function numberGaps(gaps: readonly Gap[], things: readonly Thing[]): Note[] {
  const order = new Map(things.map(({ id }, place) => [id, place]))
  const notes = new Map<string, Omit<Note, 'number'>>()
  for (const gap of gaps) {
    const at = placesOf(gap, things)
    const key = JSON.stringify([gap.code, at, gap.path.slice(1)])
    const note = notes.get(key)
    if (note === undefined) notes.set(key, { at, gaps: [gap] })
    else note.gaps.push(gap)
  }
  const placeOf = ({ at }: { at: string[] }) =>
    Math.min(...at.map((id) => order.get(id) ?? Infinity))
  return [...notes.values()]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((note, index) => ({ number: index + 1, ...note }))
}

function placesOf(gap: Gap, things: readonly Thing[]): string[] {
  if (gap.desk !== null) {
    if (things.some(({ id }) => id === `desk ${gap.desk}`)) return [`desk ${gap.desk}`]
    return gap.desk.split('+').map((name) => `desk ${name}`)
  }
  if (gap.channel !== null) return [`channel ${gap.channel}`]
  return things.flatMap((thing) => {
    if (thing.kind !== 'situation' || gap.measure === null) return []
    const isIt = thing.measures.includes(gap.measure) && thing.means.join() === gap.means?.join()
    return isIt ? [`shut ${thing.id}`] : []
  })
}

/** `2`, `5–7`: numbers that follow each other are said as one range. */
export function sayNumbers(numbers: readonly number[]): string[] {
  const ranges: [number, number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`))
}
