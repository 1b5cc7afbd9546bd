/** A duration is an ISO 8601 length of elapsed time, from weeks to seconds; a number of milliseconds once read. */

const units = [
  ['W', 604_800_000],
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1000],
] as const

/** How a duration is written; of its kind, not yet of its length. */
export const durationPattern =
  /^P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/
const LONGEST = 36_500 * 86_400_000

export type DurationRead = { ok: true; milliseconds: number } | { ok: false; expected: string }

/** Reads `P2D`, `PT5M`, `P1DT12H`; years and months are refused, since their length varies. */
export function readDuration(text: string): DurationRead {
  const match = text.length > 100 ? null : durationPattern.exec(text)
  if (match === null || text === 'P' || text.endsWith('T'))
    return { ok: false, expected: expectationFor(text) }
  const amounts = match.slice(1, 6)
  const lowest = amounts.findLastIndex((amount) => amount !== undefined)
  if (amounts.some((amount, place) => place < lowest && /[.,]/.test(amount ?? ''))) {
    return {
      ok: false,
      expected: 'a fraction only in the last place of a duration, such as P1DT1.5H',
    }
  }
  const milliseconds = units.reduce(
    (sum, [, length], place) => sum + Number((amounts[place] ?? '0').replace(',', '.')) * length,
    0,
  )
  if (milliseconds > LONGEST)
    return { ok: false, expected: 'a duration of at most a hundred years' }
  const whole = Math.round(milliseconds)
  return whole > 0
    ? { ok: true, milliseconds: whole }
    : { ok: false, expected: 'a duration longer than nothing, such as PT5M' }
}

/** Writes milliseconds in days, hours, minutes and seconds: `P1DT12H`, and `PT0S` for none. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds)
  let date = ''
  let time = ''
  for (const [letter, length] of units.slice(1)) {
    const count = letter === 'S' ? rest / length : Math.floor(rest / length)
    rest -= count * length
    if (count === 0) continue
    if (letter === 'D') date = `${count}D`
    else time += `${count}${letter}`
  }
  if (date === '' && time === '') return 'PT0S'
  return `P${date}${time === '' ? '' : `T${time}`}`
}

function expectationFor(text: string): string {
  const start = /^P[^T]*/i.exec(text)?.[0] ?? ''
  if (/\d[YM]/i.test(start)) {
    return 'a duration without years and months, whose length varies: weeks, days, hours, minutes or seconds, such as P30D'
  }
  return 'an ISO 8601 duration in weeks, days, hours, minutes or seconds, such as P2D or PT5M'
}
