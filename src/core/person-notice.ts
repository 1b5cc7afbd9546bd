/** The invitation: who asks somebody to work here, as what, and how they come in. */
import type { Worded } from './notice.ts'
import type { Role } from './role.ts'

export interface Invitation {
  /** Who invites. */
  by: string
  marketplace: string
  name: string
  address: string
  roles: readonly Role[]
  /** What people call the desks. */
  desks: readonly string[]
}

/** Carries nothing that lets anybody in: the sign-in page sends its link to this mailbox alone. */
export function invitationNotice({
  by,
  marketplace,
  name,
  address,
  roles,
  desks,
}: Invitation): Worded {
  return {
    kind: 'invited',
    subject: `${by} invites you to work at ${marketplace}`,
    body: {
      opening: `Hello ${name}, ${by} invites you to work at ${marketplace} as ${saying(roles.map(roleWords))}${desks.length > 0 ? `, at ${saying(desks)}` : ''}.`,
      sections: [
        {
          heading: 'How you come in',
          paragraphs: [
            `Open the sign-in page and give this address: ${address}. A link comes to this mailbox, and you choose no password.`,
            'Then add a passkey on the page “Sign-in and security”: from then on you come in with that.',
          ],
        },
        {
          heading: 'If you do not know what this is',
          paragraphs: ['Do nothing: without you nobody comes in with your address.'],
        },
      ],
      statement: null,
      link: { label: 'Open the sign-in page', decisionId: null, caseId: null, page: '/sign-in' },
    },
  }
}

/** To who lost what let them in: an administrator lets them set it up anew, and the mail itself lets nobody in. */
export function enrolmentNotice({
  by,
  marketplace,
  name,
  address,
}: Pick<Invitation, 'by' | 'marketplace' | 'name' | 'address'>): Worded {
  return {
    kind: 'invited',
    subject: `${by} lets you set up your sign-in at ${marketplace} anew`,
    body: {
      opening: `Hello ${name}, ${by} lets you set up anew what lets you in at ${marketplace}. Your passkeys, your authenticator app and your saved codes count no more, and you were signed out everywhere.`,
      sections: [
        {
          heading: 'How you come in',
          paragraphs: [
            `Open the sign-in page and give this address: ${address}. A link comes to this mailbox; where your organisation has a sign-in of its own, use that.`,
            'Then add a passkey on the page “Sign-in and security” at once: until you have one, whoever reads this mailbox can come in as you.',
          ],
        },
        {
          heading: 'If you did not ask for it',
          paragraphs: [
            'Tell another administrator at once: they can shut your access, and it bites on the next click.',
          ],
        },
      ],
      statement: null,
      link: { label: 'Open the sign-in page', decisionId: null, caseId: null, page: '/sign-in' },
    },
  }
}

/** A role as it is said in a sentence. */
export function roleWords(role: Role): string {
  return role.replaceAll('-', ' ')
}

function saying(words: readonly string[]): string {
  const [last = '', ...before] = words.toReversed()
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`
}
