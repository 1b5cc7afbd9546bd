/** Security words: the sentence that opens the page, and how a session was opened. */
import type { Security, SessionSeen } from '../../contract/security.ts'

type Ways = Pick<Security, 'passkeys' | 'totp' | 'address' | 'hasLinks'>

/** What lets one in, as a sentence that could be read out on the phone. */
export function waysSentence({ passkeys, totp, address, hasLinks }: Ways): string {
  if (!hasLinks)
    return passkeys.length > 0
      ? 'A passkey lets you in. Links to your mailbox no longer do.'
      : 'Your organisation’s sign-in lets you in. Links to your mailbox do not.'
  if (passkeys.length > 0 && totp)
    return 'A passkey lets you in, or a link to your mailbox with a code of your app.'
  if (passkeys.length > 0) return `A passkey lets you in, or a link to ${address}.`
  if (totp) return 'A link to your mailbox and a code of your app let you in.'
  return 'A link to your mailbox is all that lets you in. A passkey is quicker and safer.'
}

const opened = {
  link: 'by a link to the mailbox',
  passkey: 'by a passkey',
  totp: 'by a link and a code of the app',
  'saved-code': 'by a link and a saved code',
  issuer: 'by your organisation’s sign-in',
  'hand-over': 'by the shop, where you were signed in',
} as const satisfies Record<SessionSeen['openedBy'], string>

/** "by a passkey". */
export function openedWords({ openedBy }: Pick<SessionSeen, 'openedBy'>): string {
  return opened[openedBy]
}
