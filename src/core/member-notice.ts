/** Notices of members: whoever the account is known by hears who may act for it, and who is let in hears how to come in. */
import type { MemberEvent, MemberFacts, MemberPart } from './member.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone } from './saying.ts'

export interface MemberNews {
  event: MemberEvent
  sellerName: string
  at: Date
  timeZone: string
}

/** Who was let in, changed or removed, by whom, in what and until when; and what to do if it was none of them. */
export function memberNotice({ event, sellerName, at, timeZone }: MemberNews): Worded {
  const { detail, by } = event
  const what = whatWords(event, sellerName)
  return {
    kind: 'member',
    subject: `${what} (${detail.email})`,
    body: {
      opening: `${what}, with the address ${detail.email}. It was done by ${by}, on ${sayTime(at, timeZone)}.`,
      sections: [
        ...(detail.after === null
          ? []
          : [
              {
                heading: 'What they may do',
                paragraphs: [partSentence(detail.after.part, timeZone)],
              },
            ]),
        {
          heading: 'If it was you or one of your people',
          paragraphs: [
            detail.after === null
              ? 'You need do nothing. Their next click opens nothing, and what they wrote keeps their name.'
              : 'You need do nothing. The page “People who act for you” lists them, and removes them at once.',
          ],
        },
        {
          heading: 'If it was not',
          paragraphs: [
            'The recovery page needs neither the account nor the mailbox: say there what happened, and a person secures the account with you.',
            'If you can still sign in, open “People who act for you” and “Sign-in and security” as well: what you remove there bites on the next click.',
          ],
        },
        {
          heading: 'Why you read this',
          paragraphs: [
            `We tell every address of the account when somebody may act for it, so that nobody is let in in silence. ${sayZone(timeZone)}`,
          ],
        },
      ],
      statement: null,
      link: { label: 'This was not me', decisionId: null, caseId: null, page: '/recovery' },
    },
  }
}

export interface MemberInvitation extends MemberFacts {
  /** The owner's address. */
  by: string
  sellerName: string
  marketplace: string
  address: string
  timeZone: string
}

/** Carries nothing that lets anybody in: the sign-in page sends its link to this mailbox alone. */
export function memberInvitation({
  by,
  sellerName,
  marketplace,
  address,
  part,
  timeZone,
}: MemberInvitation): Worded {
  return {
    kind: 'invited',
    subject: `${sellerName} asks you to act for it at ${marketplace}`,
    body: {
      opening: `${by} asks you to act for ${sellerName}, a seller at ${marketplace}.`,
      sections: [
        { heading: 'What you may do', paragraphs: [partSentence(part, timeZone)] },
        {
          heading: 'How you come in',
          paragraphs: [
            `Open the sign-in page and give this address: ${address}. A link comes to this mailbox, and you choose no password.`,
            'What you write there carries your name, for the seller and for the marketplace.',
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

function whatWords({ kind, detail: { before, after } }: MemberEvent, sellerName: string): string {
  const name = (after ?? before)?.name ?? 'Somebody'
  switch (kind) {
    case 'member.invited':
      return `${name} may now act for ${sellerName}`
    case 'member.changed':
      return `What ${name} may do for ${sellerName} was changed`
    case 'member.removed':
      return `${name} no longer acts for ${sellerName}`
  }
}

/** "A representative who reads and writes in 2 named matters, until Friday 18 December 23:59." */
export function partSentence(part: MemberPart, timeZone: string): string {
  if (part.role === 'staff')
    return 'Everything the owner does, but decide who else acts for the seller and take the whole file. Without an end date.'
  const { matters, mayWrite, until } = part
  const named = matters === null ? 0 : matters.decisions.length + matters.cases.length
  const where =
    matters === null
      ? 'every matter of the seller'
      : named === 1
        ? 'one named matter and nothing else'
        : `${named} named matters and nothing else`
  return `A representative who ${mayWrite ? 'reads and writes' : 'reads'} in ${where}, until ${sayTime(until, timeZone)}.`
}
