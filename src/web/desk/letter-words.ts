/** The sentence that the page of letters opens with. */
import type { LetterForDesk } from '../../contract/letter.ts'
import { count } from '../parts/time-words.ts'

/** "2 senders wait for something from us, and one of their days has passed." */
export function lettersTitle(waiting: readonly Pick<LetterForDesk, 'wish'>[]): string {
  if (waiting.length === 0) return 'No sender of a letter waits for anything by a day of theirs.'
  const late = waiting.filter(({ wish }) => wish?.isPast === true).length
  const who =
    waiting.length === 1
      ? 'One sender waits for something from us'
      : `${count(waiting.length, 'sender')} wait for something from us`
  if (late === 0) return `${who}, and no day of theirs has passed.`
  return late === 1
    ? `${who}, and the day of one has passed.`
    : `${who}, and the days of ${late} have passed.`
}
