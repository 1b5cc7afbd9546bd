/** The words for money and days that several pages share. */

const shopZone = 'Europe/Lisbon'

/** € 18.50 */
export function sayPrice(cents: number): string {
  const [whole = '0', part = '00'] = (cents / 100).toFixed(2).split('.')
  return `€ ${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${part}`
}

/** A day as one says it: today, yesterday, Saturday, and from a week on with its date. */
export function sayDay(at: Date, now: Date, timeZone = shopZone): string {
  const days = dayNumber(now, timeZone) - dayNumber(at, timeZone)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days > 1 && days < 7) return format(at, { weekday: 'long' }, timeZone)
  const isThisYear =
    format(at, { year: 'numeric' }, timeZone) === format(now, { year: 'numeric' }, timeZone)
  return format(
    at,
    { day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) },
    timeZone,
  )
}

/** The same with the word that goes before it: "on Saturday", but "today". */
export function sayOnDay(at: Date, now: Date, timeZone = shopZone): string {
  const day = sayDay(at, now, timeZone)
  return day === 'today' || day === 'yesterday' ? day : `on ${day}`
}

/** Counts a noun: 1 thing, 2 things. */
export const count = (many: number, one: string, more = `${one}s`) =>
  `${many} ${many === 1 ? one : more}`

function format(at: Date, options: Intl.DateTimeFormatOptions, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(at)
}

function dayNumber(at: Date, timeZone: string): number {
  const [day = 0, month = 1, year = 0] = format(
    at,
    { day: 'numeric', month: 'numeric', year: 'numeric' },
    timeZone,
  )
    .split('/')
    .map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}
