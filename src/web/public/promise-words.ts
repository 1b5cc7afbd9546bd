/** The sentence of the page of promises: what is promised, and in the same breath whether it is so. */
import type { Promises } from '../../contract/procedure.ts'
import { capital } from '../../core/capital.ts'
import { sayTime } from '../../procedure/words.ts'
import { numberWords } from '../parts/time-words.ts'

/** Exact when it is bad: numbers, and no comfort. */
export function promiseWords({
  procedure: { promise },
  acceptedGaps,
  waiting,
}: Pick<Promises, 'procedure' | 'acceptedGaps' | 'waiting'>): {
  promise: string
  now: string
  isKept: boolean
} {
  const said = `A person within ${sayTime(promise.person)}, and the last answer within ${sayTime(promise.answer)}: that is what we promise every seller.`
  const late = Math.max(waiting.beyondPerson, waiting.beyondAnswer)
  const { withoutClock } = waiting
  const broken = [
    ...(withoutClock > 0
      ? [
          `${numberWords(withoutClock)} open ${withoutClock === 1 ? 'case has' : 'cases have'} no running clock`,
        ]
      : []),
    ...(late > 0
      ? [`${numberWords(late)} ${late === 1 ? 'seller waits' : 'sellers wait'} longer right now`]
      : []),
    ...(acceptedGaps.length > 0
      ? [
          `we know of ${numberWords(acceptedGaps.length)} ${acceptedGaps.length === 1 ? 'gap' : 'gaps'} through which it may not be so`,
        ]
      : []),
  ]
  if (broken.length > 0)
    return { promise: said, now: `${capital(broken.join(', and '))}.`, isKept: false }
  return {
    promise: said,
    now: waiting.open === 0 ? 'Nobody waits right now.' : 'Nobody waits longer right now.',
    isKept: true,
  }
}
