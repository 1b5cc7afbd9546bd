/** Calls at the desk in words: how many there are today, and under which day each stands. */
import type { DeskCall } from '../../contract/call.ts'
import { capital } from '../../core/capital.ts'
import { count, momentWords } from '../parts/time-words.ts'

type Timed = Pick<DeskCall, 'startsAt' | 'state'>

/** The sentence that the page opens with. */
export function callsSentence(calls: readonly Timed[], now: Date, zone: string): string {
  const left = calls.filter(({ state }) => state === 'booked')
  const today = left.filter(({ startsAt }) => dayOf(startsAt, now, zone) === 'today').length
  const unmade = calls.filter(({ state }) => state === 'lapsed').length
  const late =
    unmade === 0
      ? ''
      : ` ${count(unmade, 'call')} before ${unmade === 1 ? 'was' : 'were'} not noted.`
  if (today === 0) return `No seller waits for a call today.${late}`
  return `${count(today, 'seller')} ${today === 1 ? 'waits' : 'wait'} for a call today.${late}`
}

/** The calls under their day: what nobody noted first, then today, then what comes. */
export function callsByDay<Call extends Timed>(
  calls: readonly Call[],
  now: Date,
  zone: string,
): { name: string; calls: Call[] }[] {
  const days: { name: string; calls: Call[] }[] = []
  const lapsedFirst = [
    ...calls.filter(({ state }) => state === 'lapsed'),
    ...calls.filter(({ state }) => state !== 'lapsed'),
  ]
  for (const call of lapsedFirst) {
    const name =
      call.state === 'lapsed' ? 'Nobody noted these' : capital(dayOf(call.startsAt, now, zone))
    const last = days.at(-1)
    if (last?.name === name) last.calls.push(call)
    else days.push({ name, calls: [call] })
  }
  return days
}

function dayOf(startsAt: string, now: Date, zone: string): string {
  const moment = momentWords(new Date(startsAt), now, zone)
  return moment.slice(0, moment.lastIndexOf(' '))
}
