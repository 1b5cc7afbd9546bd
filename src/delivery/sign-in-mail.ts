/** The mail that signs a person in: one link, good once and for a quarter of an hour; or that says by what else they come in. */
import { composeMail, type Letterhead, type Message } from '../operations/mail-message.ts'

/** Composes it; the address in it is the only way in, so nothing else is said. */
export function composeSignIn(
  { address, url, id, opens }: { address: string; url: string; id: string; opens: boolean },
  letterhead: Letterhead,
): Message {
  if (!opens) return composeShut({ address, url, id }, letterhead)
  const body = {
    opening: `Somebody, we hope you, asked to sign in to ${letterhead.marketplace} with this address.`,
    sections: [
      {
        heading: 'What to do',
        paragraphs: [
          'Open the link within 15 minutes. It works once.',
          'If it was not you, do nothing: without the link nobody gets in.',
        ],
      },
    ],
    statement: null,
    link: { label: 'Sign in', decisionId: null, caseId: null },
  }
  return composeMail(
    {
      id,
      to: address,
      subject: `Your sign-in link for ${letterhead.marketplace}`,
      body,
      address: url,
    },
    letterhead,
  )
}

/** For a person of staff whose way in is another: the sign-in page tells nobody, the mailbox may. */
function composeShut(
  { address, url, id }: { address: string; url: string; id: string },
  letterhead: Letterhead,
): Message {
  const body = {
    opening: `Somebody, we hope you, asked to sign in to ${letterhead.marketplace} with this address by a link. Yours are no longer signed in by links.`,
    sections: [
      {
        heading: 'What to do',
        paragraphs: [
          'Open the sign-in page and use your passkey, or your organisation’s sign-in where there is one.',
          'Is your passkey lost? An administrator helps you to a new one.',
        ],
      },
    ],
    statement: null,
    link: {
      label: 'Open the sign-in page',
      decisionId: null,
      caseId: null,
      page: '/sign-in' as const,
    },
  }
  return composeMail(
    {
      id,
      to: address,
      subject: `How you sign in to ${letterhead.marketplace}`,
      body,
      address: url,
    },
    letterhead,
  )
}
