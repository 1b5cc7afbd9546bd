/** Calendar arithmetic where law counts in months; everything else in the system is elapsed time. */
import { Temporal } from 'temporal-polyfill'

/** The same time of day so many months later in that zone (31 August + 6 months is 28 or 29 February). */
export function addMonths(from: Date, months: number, timeZone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(start.add({ months }).epochMilliseconds)
}

/** The last second of a day in that zone; null for what is no day, such as 2026-02-30. */
export function endOfDay(day: string, timeZone: string): Date | null {
  try {
    const next = Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: 1 })
    return later(new Date(next.toZonedDateTime(timeZone).epochMilliseconds), -1_000)
  } catch {
    // What cannot be read as a day is none; that is all there is to say of it.
    return null
  }
}

/** The first moment of a day in that zone; null for what is no day. */
export function startOfDay(day: string, timeZone: string): Date | null {
  try {
    const first = Temporal.PlainDate.from(day, { overflow: 'reject' })
    return new Date(first.toZonedDateTime(timeZone).epochMilliseconds)
  } catch {
    // As above: what cannot be read as a day is none.
    return null
  }
}

/** The day of an instant in that zone, such as 2026-12-24. */
export function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}

/** So many milliseconds later. */
export function later(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds)
}

/** The earlier of two instants. */
export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other
}
