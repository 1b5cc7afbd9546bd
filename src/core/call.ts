/** A call is an appointment with a person: a time that a seller picked, a number, and what came of it. */
import { Temporal } from 'temporal-polyfill'
import { later } from './calendar.ts'
import type { CaseEvent } from './case.ts'
import { weekdays, type CallHours } from './help.ts'
import { refuse, type Refused } from './refusal.ts'

/**
 * `booked`: ahead, or due. `made`: they spoke. `missed`: we called and did not reach them. `lapsed`: nobody of ours
 * called. `cancelled`: the seller took it back. None of them ends the case.
 */
export const callStates = ['booked', 'made', 'missed', 'lapsed', 'cancelled'] as const
export type CallState = (typeof callStates)[number]

export interface Slot {
  startsAt: Date
  endsAt: Date
}

export interface Call extends Slot {
  id: string
  caseId: string
  sellerId: string
  /** Which of those who call at the same time; the database gives each seat once. */
  seat: number
  number: string
  state: CallState
  /** What was said, as the person who called wrote it down. */
  said: string | null
  byId: string | null
  bookedAt: Date
  endedAt: Date | null
}

export type CallCommand =
  | { do: 'make'; by: string; said: string }
  | { do: 'miss'; by: string }
  | { do: 'cancel'; by: string }
  | { do: 'lapse' }

export type CallResult = { ok: true; call: Call; event: CaseEvent } | Refused

/** How soon a call can be had, and how many days of calls are offered, in milliseconds. */
const soonest = 30 * 60_000
const offered = 7

/** How long after its end a call that nobody noted counts as not made, in milliseconds. */
export const lapsesAfter = 30 * 60_000

/** What is written as a number to call: digits as people group them, at least six. */
export function readNumber(written: string): string | null {
  const number = written.trim().replaceAll(/\s+/g, ' ')
  const digits = number.replaceAll(/\D/g, '').length
  return /^\+?[\d ()./-]+$/.test(number) && digits >= 6 && digits <= 20 ? number : null
}

/** Every slot that begins in the next days, in order. */
export function slotsAhead(hours: CallHours, now: Date): Slot[] {
  const zone = hours['time-zone']
  const first = later(now, soonest)
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const slots: Slot[] = []
  for (let day = 0; day <= offered; day++) {
    const date = today.add({ days: day })
    const weekday = weekdays[date.dayOfWeek - 1]
    if (weekday === undefined || !hours.days.includes(weekday)) continue
    for (const span of hours.hours) slots.push(...slotsIn(date, span, hours))
  }
  return slots.filter(({ startsAt }) => startsAt >= first)
}

/** The slots in which somebody is still free to call. */
export function freeSlots(hours: CallHours, taken: readonly Slot[], now: Date): Slot[] {
  return slotsAhead(hours, now).filter(
    (slot) => taken.filter((other) => overlap(slot, other)).length < hours.people,
  )
}

function overlap(one: Slot, other: Slot): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt
}

/** Lengths are elapsed time, so that a night in which clocks change makes no call longer. */
function slotsIn(
  date: Temporal.PlainDate,
  span: string,
  { 'time-zone': timeZone, minutes }: CallHours,
): Slot[] {
  const [from = '', to = ''] = span.split('-')
  const at = (time: string) =>
    time === '24:00'
      ? date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
      : date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds
  const length = minutes * 60_000
  const end = at(to)
  const slots: Slot[] = []
  for (let start = at(from); start + length <= end; start += length)
    slots.push({ startsAt: new Date(start), endsAt: new Date(start + length) })
  return slots
}

/** What becomes of a call. What was not noted in time can still be noted. */
export function changeCall(call: Call, command: CallCommand, now: Date): CallResult {
  switch (command.do) {
    case 'make':
      if (call.state !== 'booked' && call.state !== 'lapsed') return refuse('wrong_state')
      if (command.said.trim() === '') return refuse('said_missing')
      return ended(call, 'made', { by: command.by, now, said: command.said })
    case 'miss':
      if (call.state !== 'booked') return refuse('wrong_state')
      if (now < call.startsAt) return refuse('call_ahead')
      return ended(call, 'missed', { by: command.by, now })
    case 'cancel':
      if (call.state !== 'booked') return refuse('wrong_state')
      return ended(call, 'cancelled', { by: command.by, now })
    case 'lapse':
      if (call.state !== 'booked' || now < later(call.endsAt, lapsesAfter))
        return refuse('wrong_state')
      return ended(call, 'lapsed', { by: null, now })
  }
}

/** What booking a call puts on record. */
export function bookedEvent({ startsAt, number }: Call, by: string): CaseEvent {
  return { kind: 'case.call_booked', by, detail: { startsAt: startsAt.toISOString(), number } }
}

const kinds = {
  made: 'case.call_made',
  missed: 'case.call_missed',
  lapsed: 'case.call_lapsed',
  cancelled: 'case.call_cancelled',
} as const satisfies Record<Exclude<CallState, 'booked'>, CaseEvent['kind']>

function ended(
  call: Call,
  state: keyof typeof kinds,
  { by, now, said = null }: { by: string | null; now: Date; said?: string | null },
): CallResult {
  const { startsAt } = call
  return {
    ok: true,
    call: { ...call, state, said, byId: state === 'cancelled' ? null : by, endedAt: now },
    event: { kind: kinds[state], by, detail: { startsAt: startsAt.toISOString(), said } },
  }
}
