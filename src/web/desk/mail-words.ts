/** What mail that waits is called on its page. */
import type { HeldMail } from '../../contract/mail.ts'
import { count } from '../parts/time-words.ts'

/** The title of the page: how much waits, and whether any of it too long. */
export function mailTitle(held: readonly Pick<HeldMail, 'overdueSince'>[]): string {
  if (held.length === 0) return 'No mail waits for a person.'
  const late = held.filter(({ overdueSince }) => overdueSince !== null).length
  const waits = `${count(held.length, 'mail')} ${held.length === 1 ? 'waits' : 'wait'} for a person`
  return late === 0 ? `${waits}.` : `${waits}, ${late} of them for too long.`
}

/** How far the domain in From stands behind a mail, in a sentence. */
export function authenticityWords(result: HeldMail['authentication']['result']): string {
  switch (result) {
    case 'pass':
      return 'Its domain says that it sent this.'
    case 'fail':
      return 'Its domain says that it did not send this.'
    case 'none':
      return 'Its domain says nothing about it.'
    case 'unchecked':
      return 'It could not be checked.'
  }
}
