/** The mail that signs a person in: one link, good once and for a quarter of an hour. */
import { composeMail, type Letterhead, type Message } from './mail.ts'

/** Composes it; the address in it is the only way in, so nothing else is said. */
export function composeSignIn(
  { address, url, id }: { address: string; url: string; id: string },
  letterhead: Letterhead,
): Message {
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
