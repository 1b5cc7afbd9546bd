/** Notices about letters: to the seller, to whoever wrote, and to people of the marketplace whom somebody's deadline concerns. */
import type { Language } from './language.ts'
import { senderWords, wishWords, type Letter, type Sender } from './letter.ts'
import type { Worded } from './notice.ts'
import { sayTime, sayZone, shortTitle } from './saying.ts'
import { wordsIn } from './words.ts'

/** To the seller: somebody else wrote about them, and what. */
export function letterTold({
  sender,
  text,
  about,
  number,
  where,
  language,
}: {
  sender: Pick<Sender, 'kind' | 'name'>
  /** In the sender's words. */
  text: string
  /** What the letter is about, as it stands behind "about"; empty where that is the seller. */
  about: string
  /** The case that it went into, where that is the seller's to read. */
  number: string | null
  where: { decisionId: string | null; caseId: string | null } | null
  language: Language
}): Worded {
  const { letter: words } = wordsIn(language)
  const who = shortTitle(sender.name, language)
  return {
    kind: 'letter-told',
    subject: words.subject(who),
    body: {
      language,
      opening: words.opening(who, words.sender(sender.kind), about),
      sections: [
        { heading: words.whatItSays, paragraphs: [text], written: [0] },
        {
          heading: words.next,
          paragraphs: [
            number === null ? words.withUs : words.inCase(number),
            ...(sender.kind === 'representative' ? [words.noAuthority] : []),
          ],
        },
      ],
      statement: null,
      link: {
        label: where === null ? words.signIn : words.open,
        decisionId: where?.decisionId ?? null,
        caseId: where?.caseId ?? null,
        ...(where === null ? { page: '/sign-in' as const } : {}),
      },
    },
  }
}

/** How a sender's own letter is named to them: by their reference, else by its day. */
function named({ reference, receivedOn }: Pick<Letter, 'reference' | 'receivedOn'>): string {
  return reference === null ? `of ${receivedOn}` : `“${shortTitle(reference)}”`
}

type Quoted = Pick<Letter, 'reference' | 'receivedOn'> & { number: string; timeZone: string }

/** To whoever wrote, where mail reaches them: its number with us, who has it, and until when. */
export function letterReceived({
  number,
  deskTitle,
  dueAt,
  timeZone,
  ...letter
}: Quoted & { deskTitle: string; dueAt: Date }): Worded {
  const by = sayTime(dueAt, timeZone)
  return {
    kind: 'letter',
    subject: `Your letter ${named(letter)} is here as ${number}`,
    body: {
      opening: `We received your letter ${named(letter)} on ${letter.receivedOn}, and keep it as ${number}.`,
      sections: [
        {
          heading: `Who has it: ${deskTitle}, until ${by}`,
          paragraphs: [
            `A person answers. Quote ${number} when you write about it.`,
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}

/** To whoever wrote: the answer of a person. */
export function letterAnswer({
  number,
  by,
  deskTitle,
  text,
  withFile,
  ...letter
}: Quoted & {
  /** The first name of the person. */
  by: string
  deskTitle: string
  text: string
  withFile: boolean
}): Worded {
  return {
    kind: 'letter',
    subject: `Our answer to your letter ${named(letter)} (${number})`,
    body: {
      opening: `${by}, ${deskTitle}, answers your letter ${named(letter)}, which we keep as ${number}.`,
      sections: [
        { heading: 'The answer', paragraphs: [text], written: [0] },
        ...(withFile
          ? [
              {
                heading: 'The file',
                paragraphs: ['The file of the matter goes to you separately, as one archive.'],
              },
            ]
          : []),
      ],
      statement: null,
      link: null,
    },
  }
}

type Deadline = Pick<Letter, 'sender' | 'wants'> & {
  /** The case that it stands in. */
  number: string
  deskTitle: string
  dueAt: Date
  timeZone: string
}

/** To the people of the desk: what a sender wants is due soon. */
export function letterDueSoon({ number, deskTitle, dueAt, timeZone, ...letter }: Deadline): Worded {
  const { sender } = letter
  const wish = wishWords(letter, { isPast: false })
  return {
    kind: 'letter-due',
    subject: `${wish} ${sayTime(dueAt, timeZone)} (${number})`,
    body: {
      opening: `${shortTitle(sender.name)}, ${senderWords[sender.kind]}, set this date in a letter that stands in ${number} at ${deskTitle}. It has not gone out yet.`,
      sections: [
        {
          heading: 'What to do',
          paragraphs: [
            `Open ${number} and answer the letter there, with the file of the case where that is asked for. Their date runs beside your desk’s own clock.`,
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}

/** To the officer: a sender's day has passed, and what they wanted has not gone out. */
export function letterOverdue({ number, deskTitle, dueAt, timeZone, ...letter }: Deadline): Worded {
  const { sender } = letter
  return {
    kind: 'overdue',
    subject: `${wishWords(letter, { isPast: true })} ${sayTime(dueAt, timeZone)}, and it has not gone out (${number})`,
    body: {
      opening: `${shortTitle(sender.name)}, ${senderWords[sender.kind]}, set a date that has passed. The letter stands in ${number} at ${deskTitle}.`,
      sections: [
        {
          heading: 'What to do',
          paragraphs: [
            `See that somebody of ${deskTitle} answers it now. You hear of it every day until it is answered.`,
            sayZone(timeZone),
          ],
        },
      ],
      statement: null,
      link: null,
    },
  }
}
