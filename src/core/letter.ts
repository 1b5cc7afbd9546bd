/** A letter is what somebody wrote to the marketplace outside its doors: a seller, a lawyer, an authority, or a dispute settlement body. */
import { dayOf, earlier, endOfDay, later, startOfDay } from './calendar.ts'
import { hasSender, type Case } from './case.ts'
import { refuse, type Refused } from './refusal.ts'

export const letterSenders = ['seller', 'representative', 'authority', 'body'] as const
export type LetterSender = (typeof letterSenders)[number]

/** What a sender wants by a day of their own. */
export const letterWishes = ['file', 'answer'] as const
export type LetterWish = (typeof letterWishes)[number]

/** What a body can decide; it binds nobody (DSA Art. 21(2)). */
export const bodyOutcomes = ['lifted', 'narrowed', 'stands'] as const
export type BodyOutcome = (typeof bodyOutcomes)[number]

export interface Sender {
  kind: LetterSender
  name: string
  /** Where an answer goes: an address of mail or of post. */
  answerTo: string
}

export interface LetterOutcome {
  outcome: BodyOutcome
  /** In the body's words. */
  text: string
  /** The day of its decision. */
  on: string
  /** Whether the marketplace does as it says. */
  follows: boolean
  by: string
  at: Date
}

export interface Letter {
  id: string
  caseId: string
  /** Whom it is about; null where nobody knows. */
  sellerId: string
  sender: Sender
  reference: string | null
  writtenOn: string | null
  receivedOn: string
  /** From when clocks count it. */
  receivedAt: Date
  recordedAt: Date
  recordedBy: string
  text: string
  showsAuthority: boolean
  sellerHears: boolean
  wants: LetterWish | null
  /** The sender's own deadline, and since when it has passed without what they want. */
  dueAt: Date | null
  overdueSince: Date | null
  metAt: Date | null
  metBy: string | null
  outcome: LetterOutcome | null
}

/** Who a sender is, in a sentence. */
export const senderWords = {
  seller: 'the seller',
  representative: 'a representative of the seller',
  authority: 'an authority',
  body: 'a dispute settlement body',
} as const satisfies Record<LetterSender, string>

/** How long after it was received a letter can be put on record. */
const oldest = 366 * 24 * 60 * 60_000
/** How far ahead somebody's own deadline may lie. */
const farthest = 2 * oldest

/** What is read of the dates on a letter, in the marketplace's zone. */
export interface LetterDates {
  /** From when it counts: the first moment of that day, which is never later than what is so. */
  receivedAt: Date
  /** The last moment of the day by which its sender wants something. */
  dueAt: Date | null
}

/** Reads its dates: the day of receipt counts, never that of typing. */
export function datesOf(
  {
    writtenOn,
    receivedOn,
    dueOn,
  }: { writtenOn: string | null; receivedOn: string; dueOn: string | null },
  timeZone: string,
  now: Date,
): ({ ok: true } & LetterDates) | Refused {
  const received = startOfDay(receivedOn, timeZone)
  const written = writtenOn === null ? received : startOfDay(writtenOn, timeZone)
  const dueAt = dueOn === null ? null : endOfDay(dueOn, timeZone)
  if (received === null || written === null || (dueOn !== null && dueAt === null))
    return refuse('letter_dates_wrong')
  const isPlausible =
    received <= now &&
    received >= later(now, -oldest) &&
    written <= received &&
    (dueAt === null || (dueAt > received && dueAt < later(now, farthest)))
  return isPlausible ? { ok: true, receivedAt: received, dueAt } : refuse('letter_dates_wrong')
}

/** Whether what it says is said for the seller: by the seller, or by whom the seller gave an authority that was shown. */
export function speaksForSeller({
  sender,
  showsAuthority,
}: {
  sender: Pick<Sender, 'kind'>
  showsAuthority: boolean
}): boolean {
  return sender.kind === 'seller' || (sender.kind === 'representative' && showsAuthority)
}

/** Whether the seller hears what it says; only of an authority or a body can that be otherwise. */
export function isHeard({
  sender,
  sellerHears,
}: {
  sender: Pick<Sender, 'kind'>
  sellerHears: boolean
}): boolean {
  return sender.kind === 'seller' || sender.kind === 'representative' || sellerHears
}

/** What becomes of a letter: it goes into a case, contests a decision, or is a matter of its own. */
export type LetterFate = 'join' | 'appeal' | 'dispute' | 'letter'

/** Decides it from who wrote and from how its matter stands. */
export function fateOfLetter(
  letter: { sender: Pick<Sender, 'kind'>; showsAuthority: boolean; sellerHears: boolean },
  {
    open,
    decision,
  }: {
    /** The case that it is about, while that is not closed. */
    open: Pick<Case, 'kind' | 'objections'> | null
    /** Of the decision that it is about: whether it can be contested now, and whether it is in force or on record. */
    decision: { isContestable: boolean; isTakenBack: boolean } | null
  },
): LetterFate {
  const isBody = letter.sender.kind === 'body' && isHeard(letter)
  const asksAgain = open !== null && open.objections.some(({ outcome }) => outcome === null)
  // A body is asked once we have decided: what is no longer open to us is open to it.
  if (isBody && decision !== null && !decision.isTakenBack && !asksAgain) return 'dispute'
  if (open !== null) return 'join'
  return speaksForSeller(letter) && decision?.isContestable ? 'appeal' : 'letter'
}

/** When the desk is reminded of a sender's deadline: two days before, or half of the time that is left. */
export function remindAt(dueAt: Date, now: Date): Date {
  const left = Math.max(0, dueAt.getTime() - now.getTime())
  return later(dueAt, -Math.min(2 * 24 * 60 * 60_000, left / 2))
}

/** How often the officer hears of a deadline that has passed. */
export const callAgainAfter = 24 * 60 * 60_000

/** Whether its sender still waits for what they want. */
export function isWaitedFor({ dueAt, metAt }: Pick<Letter, 'dueAt' | 'metAt'>): boolean {
  return dueAt !== null && metAt === null
}

/** What in a text could say whom and what it is about, as it is quoted on our notices. */
export interface LetterMarks {
  caseNumbers: number[]
  decisionNumbers: number[]
  decisionIds: string[]
  addresses: string[]
}

const mostMarks = 20

/** Finds the marks; of each kind no more than a page can offer. */
export function marksIn(text: string): LetterMarks {
  const all = (pattern: RegExp) => [
    ...new Set([...text.matchAll(pattern)].slice(0, mostMarks).map((found) => found[1] ?? '')),
  ]
  return {
    caseNumbers: all(/\b[AQLRKP]\s?[-–]\s?(\d{4,9})\b/gi).map(Number),
    decisionNumbers: all(/\bD\s?[-–]\s?(\d{4,9})\b/gi).map(Number),
    decisionIds: all(/\b(dec_[0-9a-f]{8,64})\b/g),
    addresses: all(/([^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,190})/g).map((address) =>
      address.toLowerCase().replace(/[.]+$/, ''),
    ),
  }
}

/** The day on which something happens, as a letter is dated. */
export function todayIn(timeZone: string, now: Date): string {
  return dayOf(now, timeZone)
}

/** "The body wants our file by", "The authority wanted our answer by". */
export function wishWords(
  { sender, wants }: Pick<Letter, 'sender' | 'wants'>,
  { isPast }: { isPast: boolean },
): string {
  const who = {
    seller: 'The seller',
    representative: 'The representative',
    authority: 'The authority',
    body: 'The body',
  }[sender.kind]
  return `${who} ${isPast ? 'wanted' : 'wants'} our ${wants === 'file' ? 'file' : 'answer'} by`
}

/** The one of several whose time comes first. */
export function firstWaitedFor<L extends Pick<Letter, 'dueAt' | 'metAt'>>(
  letters: readonly L[],
): L | null {
  const waiting = letters.filter(isWaitedFor)
  const first = waiting
    .map(({ dueAt }) => dueAt)
    .reduce<Date | null>(
      (one, other) => (one && other ? earlier(one, other) : (other ?? one)),
      null,
    )
  return waiting.find(({ dueAt }) => dueAt === first) ?? null
}

/** Whether an answer goes by mail, as far as the address shows. */
export function isMailAddress(answerTo: string): boolean {
  return /^[^\s<>@]{1,64}@[^\s<>@]+\.[^\s<>@]{2,}$/.test(answerTo.trim())
}

/** Who wrote, for a thread: "the Lisbon Board, a dispute settlement body". */
export function saySender(kind: LetterSender, name: string): string {
  return kind === 'seller' ? 'The seller' : `${name}, ${senderWords[kind]},`
}

/** Whether what a body decided can be put on record for this letter: the seller is told of it, so it must be theirs to hear. */
export function mayHaveOutcome(letter: Letter, held: Case): boolean {
  return (
    letter.sender.kind === 'body' &&
    letter.sellerHears &&
    letter.outcome === null &&
    hasSender(held) &&
    held.state === 'open'
  )
}

/** A day as it is said in a thread: "Tuesday 24 November 2026". What is no day is said as it stands. */
export function sayDay(day: string): string {
  const at = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(at.getTime())) return day
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`
}
