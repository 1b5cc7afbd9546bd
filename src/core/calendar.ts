/** Calendar arithmetic where law counts in months; everything else in the system is elapsed time. */
import { Temporal } from 'temporal-polyfill'

/** The same time of day so many months later in that zone (31 August + 6 months is 28 or 29 February). */
export function addMonths(from: Date, months: number, timeZone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(start.add({ months }).epochMilliseconds)
}

/** So many milliseconds later. */
export function later(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds)
}

/** The earlier of two instants. */
export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other
}
