/** Letters in the thread of a case: who wrote, when it was received, who was answered, and what a body decided. */
import type { CaseEvent } from './case.ts'
import {
  bodyOutcomes,
  letterSenders,
  saySender,
  sayDay,
  senderWords,
  type BodyOutcome,
  type LetterSender,
} from './letter.ts'
import {
  name,
  party,
  step,
  text,
  type CaseHappening,
  type Telling,
  type ThreadStep,
} from './thread-step.ts'

/** The kinds of events that tell of letters. */
export type LetterEventKind = Extract<
  CaseEvent['kind'],
  'case.letter' | 'case.letter_answered' | 'case.bundled' | 'case.body_decided'
>

/** Whether the opening of a case says that it came as a letter. */
export function cameByLetter(event: CaseHappening): boolean {
  return senderKind(event) !== null
}

/** The opening of a case by a letter; `appealed` says what of an appeal. */
export function openedByLetter(
  event: CaseHappening,
  told: Telling,
  { appealed, quote }: { appealed: string | null; quote: string | null },
): ThreadStep {
  const kind = senderKind(event) ?? 'seller'
  const did =
    appealed === null
      ? 'wrote a letter'
      : kind === 'body'
        ? 'wrote about what is contested here'
        : `appealed by letter: ${appealed}`
  return step(
    event,
    speaks(kind) ? 'you' : 'person',
    `${who(event, told)} ${did}. ${received(event, told)}`,
    quote,
  )
}

/** What the other events say; nothing to a seller of what is not for them. */
export function letterStep(
  event: CaseHappening,
  kind: LetterEventKind,
  told: Telling,
): ThreadStep | null {
  // The database holds this back, too.
  if (told.reader === 'seller' && event.detail['isKept'] !== false) return null
  switch (kind) {
    case 'case.letter':
      return step(
        event,
        speaks(senderKind(event) ?? 'body') ? 'you' : 'person',
        `${who(event, told)} wrote a letter, put here by ${name(event, told)}. ${received(event, told)}`,
        text(event.detail['text']),
      )
    case 'case.letter_answered':
      return step(
        event,
        'person',
        `${name(event, told)} answered ${whom(event)} ${event.detail['way'] === 'mail' ? 'by mail' : 'by post'}${event.detail['withFile'] === true ? ', with the file of the case' : ''}.`,
        text(event.detail['text']),
      )
    case 'case.bundled':
      return step(
        event,
        'person',
        `${text(event.detail['byName']) ?? name(event, told)} downloaded the file of the case${text(event.detail['to']) === null ? '' : ` for ${text(event.detail['to']) ?? ''}`}.`,
      )
    case 'case.body_decided':
      return step(
        event,
        'person',
        `${text(event.detail['senderName']) ?? 'A body'}, ${senderWords.body}, decided on ${sayDay(text(event.detail['on']) ?? '')} that ${decidedWords(event)}. ${event.detail['follows'] === true ? 'We do as it says.' : 'We do not follow it, and say why below.'}`,
        text(event.detail['text']),
      )
  }
}

function decidedWords(event: CaseHappening): string {
  const said = bodyOutcomes.find((each) => each === event.detail['outcome'])
  return said === undefined ? 'the matter is over' : outcomeWords[said]
}

/** What a body's outcome says, behind "that". */
export const outcomeWords = {
  lifted: 'the measure is to be lifted',
  narrowed: 'the measure is to be narrowed',
  stands: 'the measure may stand',
} as const satisfies Record<BodyOutcome, string>

function senderKind({ detail }: CaseHappening): LetterSender | null {
  return letterSenders.find((kind) => kind === detail['senderKind']) ?? null
}

/** Of those who write, the seller's own side. */
function speaks(kind: LetterSender): boolean {
  return kind === 'seller' || kind === 'representative'
}

function who(event: CaseHappening, told: Telling): string {
  const kind = senderKind(event) ?? 'seller'
  if (kind === 'seller') return party(told)
  const said = saySender(kind, text(event.detail['senderName']) ?? 'Somebody')
  return kind === 'representative' && told.reader === 'seller'
    ? said.replace('of the seller', 'of yours')
    : said
}

function whom(event: CaseHappening): string {
  const kind = senderKind(event) ?? 'seller'
  const called = text(event.detail['senderName']) ?? 'Somebody'
  return kind === 'seller' ? 'the seller' : `${called}, ${senderWords[kind]},`
}

function received(event: CaseHappening, { reader }: Telling): string {
  const on = sayDay(text(event.detail['receivedOn']) ?? '')
  const reference = text(event.detail['reference'])
  const by =
    reader === 'desk' && event.detail['showsAuthority'] === false
      ? ' No authority to act was enclosed, so it only informs.'
      : ''
  const theirs = reader === 'desk' && reference !== null ? ` Their reference: ${reference}.` : ''
  return `It was received on ${on} and counts from then.${theirs}${by}`
}
