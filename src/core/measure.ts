/** A measure is a kind of thing the marketplace can do to a listing, an account or payouts. */
import { z } from 'zod'

export const SubjectKind = z.enum(['listing', 'account', 'payouts'])
export type SubjectKind = z.infer<typeof SubjectKind>

/** What a measure is put on; an account and its payouts carry the seller's id. */
export interface Subject {
  kind: SubjectKind
  id: string
}

interface MeasureKind {
  subject: SubjectKind
  /** What pages call it in force; one or two words. */
  tag: string
  /** What is so of its subject while it is in force: "is off sale". */
  is: string
  /** What the seller reads about its effect; whole sentences. */
  effect: string
  /** What a narrowing puts in its place (`design`, words); null when it stays as it is and only the rest is freed. */
  narrowsTo: string | null
  /** False when mere lateness may never lift it. */
  liftByClock: boolean
}

const onlyOldDestinations =
  'Payouts go only to accounts that you named more than 30 days before, so that nobody can lead your money elsewhere.'

export const measures = {
  'listing.deactivate': {
    subject: 'listing',
    tag: 'Off sale',
    is: 'is off sale',
    effect:
      'The listing is off sale in every country. Orders already placed go on, and payouts are untouched.',
    narrowsTo: 'listing.demote',
    liftByClock: true,
  },
  'listing.deactivate.safety': {
    subject: 'listing',
    tag: 'Off sale for safety',
    is: 'is off sale for safety',
    effect:
      'The listing is off sale in every country for safety. It comes back only when a person says so. Your other listings and your payouts are untouched.',
    narrowsTo: null,
    liftByClock: false,
  },
  'listing.demote': {
    subject: 'listing',
    tag: 'Out of search',
    is: 'is out of search',
    effect:
      'The listing stays for sale at its own address, but search and shelves do not show it. Payouts are untouched.',
    narrowsTo: null,
    liftByClock: true,
  },
  'account.warn': {
    subject: 'account',
    tag: 'Warned',
    is: 'was warned',
    effect: 'Nothing is taken from you: you sell as before. The warning is part of your record.',
    narrowsTo: null,
    liftByClock: true,
  },
  'account.suspend': {
    subject: 'account',
    tag: 'Suspended',
    is: 'is suspended',
    effect:
      'Your listings are not for sale, and no new ones can be added. You can sign in, orders already placed go on, and payouts are untouched.',
    narrowsTo: 'account.suspend.narrowed',
    liftByClock: true,
  },
  'account.suspend.narrowed': {
    subject: 'account',
    tag: 'No new listings',
    is: 'may not add listings',
    effect:
      'No new listings can be added. What you have is for sale as before, and payouts are untouched.',
    narrowsTo: null,
    liftByClock: true,
  },
  'account.lock': {
    subject: 'account',
    tag: 'Locked',
    is: 'is locked',
    effect: `Nobody can sign in to it, and your listings are not for sale. Orders already placed go on. ${onlyOldDestinations}`,
    narrowsTo: 'account.lock.narrowed',
    liftByClock: true,
  },
  'account.lock.narrowed': {
    subject: 'account',
    tag: 'Sign-in shut',
    is: 'cannot be signed in to',
    effect: `Nobody can sign in to it. Your listings are for sale and orders ship. ${onlyOldDestinations}`,
    narrowsTo: null,
    liftByClock: true,
  },
  'account.secure': {
    subject: 'account',
    tag: 'Secured',
    is: 'is secured',
    effect: `It was closed to everybody to keep a stranger out, and nothing is held against you. Nobody can sign in to it, and your listings are not for sale. Orders already placed go on. ${onlyOldDestinations}`,
    narrowsTo: 'account.secure.narrowed',
    liftByClock: false,
  },
  'account.secure.narrowed': {
    subject: 'account',
    tag: 'Secured, selling',
    is: 'is secured and sells',
    effect: `Nobody can sign in to it, to keep a stranger out, and nothing is held against you. Your listings are for sale and orders ship. ${onlyOldDestinations}`,
    narrowsTo: null,
    liftByClock: false,
  },
  'account.close': {
    subject: 'account',
    tag: 'Closed',
    is: 'is closed',
    effect:
      'Nobody can sign in to it, and your listings are not for sale. Orders already placed go on, and your money is paid out to you.',
    narrowsTo: 'account.close.narrowed',
    liftByClock: true,
  },
  'account.close.narrowed': {
    subject: 'account',
    tag: 'No new listings',
    is: 'may not add listings',
    effect:
      'No new listings can be added. What you have is for sale as before, you can sign in, and payouts are untouched.',
    narrowsTo: null,
    liftByClock: true,
  },
  'payout.hold': {
    subject: 'payouts',
    tag: 'Held',
    is: 'are held',
    effect:
      'This much of your money is not paid out as long as this lasts. Everything above it is paid as before.',
    narrowsTo: 'payout.hold.narrowed',
    liftByClock: true,
  },
  'payout.hold.narrowed': {
    subject: 'payouts',
    tag: 'Held in part',
    is: 'are held in part',
    effect:
      'Only what buyers dispute is not paid out as long as this lasts. Everything above it is paid as before.',
    narrowsTo: null,
    liftByClock: true,
  },
  'payout.protect': {
    subject: 'payouts',
    tag: 'Old accounts only',
    is: 'go only to old accounts',
    effect: `The account has just been given back to its owner. Nothing is held, and nothing is held against you. ${onlyOldDestinations}`,
    narrowsTo: null,
    liftByClock: true,
  },
} as const satisfies Record<string, MeasureKind>

export type Measure = keyof typeof measures
export const measureNames = Object.keys(measures) as [Measure, ...Measure[]] // keys of a const object are exactly its names
export const Measure = z.enum(measureNames)

/** The measure that a narrowing puts in place of this one, or null when it has no narrower form. */
export function narrowerMeasure(measure: Measure): Measure | null {
  return measures[measure].narrowsTo
}

/** Whether a person may impose it: what a hand-over brings says that there was one. */
export function isByHand(measure: Measure): boolean {
  return measure !== 'payout.protect'
}

/** The name by which a procedure routes and limits a measure: what was narrowed goes the way of what it was. */
export function measureInProcedure(measure: Measure): string {
  // What leads money to old accounts only is contested as what holds it.
  if (measure === 'payout.protect') return 'payout.hold'
  return measure.endsWith('.narrowed') ? measure.slice(0, -'.narrowed'.length) : measure
}

/** How long a closing waits after its statement (P2B Regulation (EU) 2019/1150, Art. 4(2)), in milliseconds. */
export const closingNotice = 30 * 24 * 60 * 60_000

/** Why a closing may take effect at once (P2B Regulation Art. 4(4)); a second person must agree. */
export const closingExceptions = {
  legal_obligation: 'A law or an order of an authority obliges us to close it without the 30 days.',
  imperative_reason: 'A law of the member state gives an imperative reason not to wait.',
  repeated_infringement: 'The rules were broken repeatedly, and each time was decided and told.',
} as const
export const ClosingException = z.enum(
  Object.keys(closingExceptions) as [ClosingExceptionName, ...ClosingExceptionName[]], // keys of a const object are exactly its names
)
type ClosingExceptionName = keyof typeof closingExceptions
export type ClosingException = z.infer<typeof ClosingException>
