/** Calls in the thread of their case: booked, taken back, made, missed or forgotten. */
import type { CaseEvent } from './case.ts'
import { sayTime } from './saying.ts'
import {
  name,
  sender,
  step,
  text,
  title,
  type CaseHappening,
  type Telling,
  type ThreadStep,
} from './thread-step.ts'

type CallKind = Extract<CaseEvent['kind'], `case.call_${string}`>

/** Tells one of them. */
export function callStep(event: CaseHappening, kind: CallKind, told: Telling): ThreadStep {
  const startsAt = text(event.detail['startsAt'])
  const at = startsAt === null ? '' : sayTime(new Date(startsAt), told.timeZone)
  const whom = told.reader === 'seller' ? 'you' : 'the seller'
  switch (kind) {
    case 'case.call_booked':
      return step(
        event,
        'you',
        `${sender(event, told)} chose a call: ${at}. No date of the case has moved.`,
      )
    case 'case.call_cancelled':
      return step(event, 'you', `${sender(event, told)} took the call of ${at} back.`)
    case 'case.call_made':
      return step(
        event,
        'person',
        `${name(event, told)}, ${title(told)}, spoke with ${whom}.`,
        text(event.detail['said']),
      )
    case 'case.call_missed':
      return step(
        event,
        'person',
        `${name(event, told)}, ${title(told)}, called and did not reach ${whom}. Another time can be chosen.`,
      )
    case 'case.call_lapsed':
      return step(
        event,
        'clock',
        `Nobody of ours called at ${at}, as was promised. Another time can be chosen.`,
      )
  }
}
