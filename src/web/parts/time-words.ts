/** Time words say when in the seller's own time zone: "Tuesday 14:00 (in 2 days)", "yesterday 09:12". */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

interface Wall {
  year: number
  /** Whole days since 1970 on the calendar of the zone. */
  dayNumber: number
  weekday: string
  weekdayShort: string
  date: string
  dateShort: string
  time: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** A zone that the browser knows, or UTC: a wrong zone in a feed must not break a page. */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: knownZone(zone),
    weekday: 'long',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, format)
  return format
}

const months = [
  ['January', 'Jan'],
  ['February', 'Feb'],
  ['March', 'Mar'],
  ['April', 'Apr'],
  ['May', 'May'],
  ['June', 'Jun'],
  ['July', 'Jul'],
  ['August', 'Aug'],
  ['September', 'Sep'],
  ['October', 'Oct'],
  ['November', 'Nov'],
  ['December', 'Dec'],
] as const

function wallClock(at: Date, zone: string): Wall {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const year = Number(parts['year'])
  const month = Number(parts['month'])
  const dayOfMonth = Number(parts['day'])
  const [monthLong, monthShort] = months[month - 1] ?? ['', '']
  const weekday = parts['weekday'] ?? ''
  return {
    year,
    dayNumber: Date.UTC(year, month - 1, dayOfMonth) / day,
    weekday,
    weekdayShort: weekday.slice(0, 3),
    date: `${dayOfMonth} ${monthLong}`,
    dateShort: `${dayOfMonth} ${monthShort}`,
    time: `${parts['hour']}:${parts['minute']}`,
  }
}

/** A promised moment: "today 18:00", "Tuesday 14:00", "Thursday 26 November 09:58", "Tuesday 11 May 2027". */
export function momentWords(at: Date, now: Date, zone: string): string {
  const then = wallClock(at, zone)
  const today = wallClock(now, zone)
  const days = then.dayNumber - today.dayNumber
  if (days === 0) return `today ${then.time}`
  if (days > 0 && days < 7) return `${then.weekday} ${then.time}`
  if (days < 0 && days > -7) return pastWords(at, now, zone)
  const year = then.year === today.year ? '' : ` ${then.year}`
  // Half a year ahead nobody counts in minutes; the exact instant is on the element itself.
  const time = days > 60 ? '' : ` ${then.time}`
  return `${then.weekday} ${then.date}${year}${time}`
}

/** "in 33 hours", "in 2 days", "in 6 months"; "2 hours ago" once it is over. */
export function distanceWords(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime()
  const words = lengthWords(Math.abs(ms))
  return ms >= 0 ? `in ${words}` : `${words} ago`
}

function lengthWords(ms: number): string {
  if (ms < minute) return 'less than a minute'
  if (ms < hour - minute / 2) return count(Math.round(ms / minute), 'minute')
  const hours = Math.round(ms / hour)
  if (hours < 48) return count(hours, 'hour')
  const days = Math.floor(hours / 24)
  if (days <= 60) return count(days, 'day')
  return count(Math.round(days / 30.44), 'month')
}

/** "Tuesday 14:00 (in 2 days)": what follows "by" or "until". */
export function dueWords(at: Date, now: Date, zone: string): string {
  return `${momentWords(at, now, zone)} (${distanceWords(at, now)})`
}

/** What has happened: "today 09:12", "yesterday 09:12", then "Wed 11 Nov 09:12". */
export function pastWords(at: Date, now: Date, zone: string): string {
  const then = wallClock(at, zone)
  const today = wallClock(now, zone)
  const days = today.dayNumber - then.dayNumber
  if (days === 0) return `today ${then.time}`
  if (days === 1) return `yesterday ${then.time}`
  const year = then.year === today.year ? '' : ` ${then.year}`
  return `${then.weekdayShort} ${then.dateShort}${year} ${then.time}`
}

/** The day and time of now, as a page opens with it: "Thursday 12 November, 10:20". */
export function todayWords(now: Date, zone: string): string {
  const today = wallClock(now, zone)
  return `${today.weekday} ${today.date}, ${today.time}`
}

/** The instant to the second with its zone, for hovering: "14 November 2026 07:04:09 (Europe/Paris)". */
export function exactWords(at: Date, zone: string): string {
  const { date, year, time } = wallClock(at, zone)
  const seconds = String(at.getUTCSeconds()).padStart(2, '0')
  return `${date} ${year} ${time}:${seconds} (${knownZone(zone)})`
}

/** How long something took or has left: "16 s", "12 minutes", "9 h 49 min", "3 days". */
export function spanWords(ms: number): string {
  const length = Math.max(0, ms)
  if (length < 1000) return 'less than a second'
  if (length < minute) return `${Math.round(length / 1000)} s`
  if (length < hour) return count(Math.floor(length / minute), 'minute')
  if (length < 2 * day) {
    const minutes = Math.floor((length % hour) / minute)
    return minutes === 0
      ? count(Math.floor(length / hour), 'hour')
      : `${Math.floor(length / hour)} h ${minutes} min`
  }
  return count(Math.floor(length / day), 'day')
}

/** "25 of 48 hours have passed": how much of a clock is used up. */
export function passedWords(startedAt: Date, dueAt: Date, now: Date): string {
  const whole = dueAt.getTime() - startedAt.getTime()
  const passed = Math.min(Math.max(0, now.getTime() - startedAt.getTime()), whole)
  const [unit, name] =
    whole > 4 * day ? [day, 'days'] : whole > 2 * hour ? [hour, 'hours'] : [minute, 'minutes']
  return `${Math.floor(passed / unit)} of ${Math.round(whole / unit)} ${name} have passed`
}

/** "1 day", "2 days". */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

const small = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** A number as running text has it: in words up to twelve, then in figures. */
export function numberWords(amount: number): string {
  return small[amount] ?? amount.toLocaleString('en')
}
