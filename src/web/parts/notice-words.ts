/** Notice words say what became of a notice at each address: delivered, not delivered because …, tried again at …. */
import type { NoticeForReader, SendingForReader } from '../../contract/notice.ts'
import { momentWords, pastWords } from './time-words.ts'

interface Reading {
  now: Date
  zone: string
  /** Whether the seller reads it, or the desk. */
  reader: 'seller' | 'desk'
}

/** One address in a sentence; what the mail server said stands beside it. */
export function sendingWords(
  { address, isMember, state, at, nextAt }: SendingForReader,
  { now, zone, reader }: Reading,
): string {
  const to = isMember
    ? `${address}, who acts for ${reader === 'seller' ? 'you' : 'the seller'},`
    : address
  const past = pastWords(new Date(at), now, zone)
  switch (state) {
    case 'delivered':
      return `Delivered to ${to} ${past}.`
    case 'trying':
      return `Not delivered to ${to} so far. We try again ${nextAt === null ? 'soon' : momentWords(new Date(nextAt), now, zone)}.`
    case 'refused':
      return `Not delivered to ${to} ${past}: its mail server refused it.`
    case 'came-back':
      return `Came back from ${to} ${past}: not delivered.`
  }
}

/** What is so of a notice as a whole; empty where its addresses say it all. */
export function reachWords(
  { reach, nextAt, sendings }: Pick<NoticeForReader, 'reach' | 'nextAt' | 'sendings'>,
  { now, zone, reader }: Reading,
): string {
  switch (reach) {
    case 'told':
      return sendings.length === 0 ? 'Delivered.' : ''
    case 'on-its-way':
      return sendings.length === 0 ? 'On its way.' : ''
    case 'unreached': {
      const whom = reader === 'seller' ? 'you' : 'the seller'
      const again =
        nextAt === null
          ? 'It goes out once the shop tells us an address.'
          : `We try again ${momentWords(new Date(nextAt), now, zone)}, and at once when the shop tells us another address.`
      return `It has reached nobody, so no time runs against ${whom}. ${again}`
    }
  }
}
