/** Times of calls in words: the days that there are, and the times of each. */
import { momentWords } from '../parts/time-words.ts'

export interface CallDay {
  /** "today", "Tuesday", "Thursday 26 November". */
  name: string
  times: { startsAt: string; words: string }[]
}

/** The slots by day, in the reader's zone. */
export function daysOf(slots: readonly { startsAt: string }[], now: Date, zone: string): CallDay[] {
  const days: CallDay[] = []
  for (const { startsAt } of slots) {
    const moment = momentWords(new Date(startsAt), now, zone)
    const at = moment.lastIndexOf(' ')
    const [name, words] = [moment.slice(0, at), moment.slice(at + 1)]
    const last = days.at(-1)
    if (last?.name === name) last.times.push({ startsAt, words })
    else days.push({ name, times: [{ startsAt, words }] })
  }
  return days
}
