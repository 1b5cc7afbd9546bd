/** Notices of factors: everybody whom the account is known by hears when a way in changes, and what to do if it was none of them. */
import type { FactorChange } from './factor.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'

export interface FactorNews {
  change: FactorChange
  /** Whose way in it is. */
  address: string
  at: Date
  timeZone: string
  /** Whether a seller's contacts read it, a member whom a seller let in, or the person of the marketplace. */
  reader: 'seller' | 'member' | 'staff'
}

/** What changed, when, for whom, and what to do if it was not them. */
export function factorNotice({ change, address, at, timeZone, reader }: FactorNews): Worded {
  const what = whatWords(change)
  const isTry = change.kind === 'codes_wrong'
  return {
    kind: 'factor',
    subject: `${what} (sign-in of ${address})`,
    body: {
      opening: `${what}, for the sign-in of ${address}, on ${sayTime(at, timeZone)}.`,
      sections: [
        {
          heading: 'If it was you or one of your people',
          paragraphs: [
            isTry
              ? 'You need do nothing. Wait a moment between two tries; a saved code works, too.'
              : 'You need do nothing.',
          ],
        },
        {
          heading: 'If it was not',
          paragraphs: waysOf[reader](isTry),
        },
        {
          heading: 'Why you read this',
          paragraphs: [
            reader === 'seller'
              ? `We tell every address of the account when a way in changes, so that nobody can change it in silence. ${sayZone(timeZone)}`
              : `We tell you when a way in of yours changes, so that nobody can change it in silence. ${sayZone(timeZone)}`,
          ],
        },
      ],
      statement: null,
      link: {
        label: 'This was not me',
        decisionId: null,
        caseId: null,
        page: reader === 'seller' ? '/recovery' : '/security',
      },
    },
  }
}

function whatWords(change: FactorChange): string {
  switch (change.kind) {
    case 'passkey_added':
      return `A passkey was added: ${change.name}`
    case 'passkey_removed':
      return `A passkey was removed: ${change.name}`
    case 'totp_set':
      return 'An authenticator app was set up'
    case 'totp_removed':
      return 'The authenticator app was removed'
    case 'codes_made':
      return 'Ten new saved codes were made, and older ones no longer work'
    case 'code_used':
      return `A saved code was used, and ${change.left === 1 ? 'one is' : `${change.left} are`} left`
    case 'codes_wrong':
      return `${change.tries} wrong codes were tried after a link from this mailbox`
  }
}

const waysOf = {
  seller: sellerWays,
  member: memberWays,
  staff: staffWays,
} as const satisfies Record<FactorNews['reader'], (isTry: boolean) => string[]>

function memberWays(isTry: boolean): string[] {
  return [
    isTry
      ? 'Nobody came in by these tries. But whoever made them can read this mailbox: change its password, and tell the owner of each account that you act for.'
      : 'Tell the owner of each account that you act for at once: they can remove you, and it bites on the next click. If you can still sign in, “Sign-in and security” ends every other session.',
  ]
}

function sellerWays(isTry: boolean): string[] {
  return [
    'The recovery page needs neither the account nor the mailbox: say there what happened, and a person secures the account with you.',
    isTry
      ? 'Nobody came in by these tries. But whoever made them can read this mailbox, so change its password first.'
      : 'If you can still sign in, open “Sign-in and security” as well: it ends every other session and removes what is not yours.',
  ]
}

function staffWays(isTry: boolean): string[] {
  return [
    isTry
      ? 'Nobody came in by these tries. But whoever made them can read this mailbox: change its password, and tell an administrator.'
      : 'Tell an administrator at once: they can shut your access, and it bites on the next click. If you can still sign in, “Sign-in and security” ends every other session.',
  ]
}
