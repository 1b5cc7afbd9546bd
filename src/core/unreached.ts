/** A notice is unreached while no address of its seller has taken it: this is who else hears then, and when. */
import { shortTitle, sayTime, sayZone } from './saying.ts'
import type { Language } from './language.ts'
import type { Worded } from './notice.ts'
import { wordsIn } from './words.ts'

const aDay = 24 * 60 * 60_000

/** After this, in milliseconds, an unreached notice is tried at every address again, and witnesses hear of it. */
export const othersHearAfter = 3 * aDay

/** After this, people look for the seller. */
export const seekAfter = 7 * aDay

/** A removed address may still speak for its seller for so long after it was removed … */
const witnessFor = 90 * aDay
/** … if it had been verified so long before: a thief's address comes and goes within days. */
const knownAfter = 30 * aDay

export interface ContactDates {
  verifiedAt: Date | null
  removedAt: Date | null
}

/** Whether a removed contact is a witness: it was the seller's for a month, and not long ago. */
export function isWitness({ verifiedAt, removedAt }: ContactDates, now: Date): boolean {
  if (verifiedAt === null || removedAt === null || removedAt > now) return false
  const wasKnown = removedAt.getTime() - verifiedAt.getTime() >= knownAfter
  return wasKnown && now.getTime() - removedAt.getTime() <= witnessFor
}

interface WitnessWords {
  marketplace: string
  sellerName: string
  removedAt: Date
  writtenAt: Date
  timeZone: string
  language: Language
}

/**
 * To a witness: that there is something to read, and nothing of what it says. Whoever reads the mailbox
 * may be the owner or a thief, so it opens nothing and names no listing, measure or address.
 */
export function witnessNotice({
  marketplace,
  sellerName,
  removedAt,
  writtenAt,
  timeZone,
  language,
}: WitnessWords): Worded {
  const words = wordsIn(language).unreached
  const name = shortTitle(sellerName, language)
  return {
    kind: 'unreached',
    subject: words.subject(marketplace, name),
    body: {
      language,
      opening: words.opening(name, sayTime(writtenAt, timeZone, { language })),
      sections: [
        {
          heading: words.whyHeading,
          paragraphs: [words.why(sayTime(removedAt, timeZone, { language }))],
        },
        {
          heading: words.whatYouCanDo,
          paragraphs: [
            words.putAddress(marketplace),
            words.removedByOther,
            words.notYours,
            sayZone(timeZone, language),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}

/**
 * To a member: that something waits which no contact takes. It says nothing of what that is: the address was typed by an
 * owner, and what is behind the sign-in is behind it for everybody.
 */
export function memberWaitsNotice({
  marketplace,
  sellerName,
  writtenAt,
  timeZone,
  language,
}: Omit<WitnessWords, 'removedAt'>): Worded {
  const words = wordsIn(language).unreached
  const name = shortTitle(sellerName, language)
  return {
    kind: 'unreached',
    subject: words.memberSubject(marketplace, name),
    body: {
      language,
      opening: words.memberOpening(name, sayTime(writtenAt, timeZone, { language })),
      sections: [
        {
          heading: words.whatYouCanDo,
          paragraphs: [
            words.memberRead,
            words.memberTell,
            `${words.memberNoTime} ${sayZone(timeZone, language)}`,
          ],
        },
      ],
      statement: null,
      link: { label: words.memberLink, decisionId: null, caseId: null, page: '/sign-in' },
    },
  }
}

interface SoughtWords {
  sellerId: string
  sellerName: string
  notices: { subject: string; createdAt: Date }[]
  /** How many addresses are on file now. */
  contacts: number
  lastError: string | null
  timeZone: string
}

/** To the people at support: mail does not find this seller, so they must. */
export function sayWhomToFind({
  sellerId,
  sellerName,
  notices,
  contacts,
  lastError,
  timeZone,
}: SoughtWords): string {
  const addresses =
    contacts === 0
      ? 'No address of theirs is on file.'
      : `${contacts === 1 ? 'One address is' : `${contacts} addresses are`} on file, and none takes our mail.`
  return [
    `Find the seller “${shortTitle(sellerName)}” (${sellerId}): our notices have reached nobody for seven days. ${addresses}`,
    `What waits for them:\n${notices.map(({ subject, createdAt }) => `${sayTime(createdAt, timeZone)}: ${subject}`).join('\n')}`,
    'Look for another way to them: orders, payouts, a telephone number. Have their address told at /v1/contacts, and everything that waits is sent there at once. Until then no time runs against them: what can be contested stays open.',
    ...(lastError === null ? [] : [`The last attempt ended with: ${lastError}`]),
  ].join('\n\n')
}
