/** An imposition being written: a measure on one subject, its rule and reasons, and what is still missing before it can be previewed. */
import type { SellerForDesk } from '../../contract/desk-seller.ts'
import {
  ClosingException,
  narrowerMeasure,
  type Measure,
  type Subject,
} from '../../core/measure.ts'
import { mayWithhold } from '../../core/withholding.ts'

/** One measure that may be imposed, and on what. */
export interface Offer {
  measure: Measure
  subject: Subject
  tag: string
  effect: string
}

/** A measure with its narrower form, where that is offered as well: the narrower one is named first. */
export interface Family {
  wide: Offer
  narrower: Offer | null
}

export interface ImpositionDraft {
  /** What should happen, by the name of its wide form. */
  family: string
  /** The form of it that is enough; empty until chosen where there are two. */
  measure: string
  policy: string
  reasons: string
  /** A day as the date field gives it, such as 2026-12-24; empty for until lifted. */
  lastDay: string
  /** As it is typed, such as 120.50. */
  amount: string
  /** Why a closing should not wait its 30 days; empty for no exception. */
  exception: string
  /** Whether it is kept back how it was detected. */
  withholds: boolean
  /** Who pointed to it: software, or a person; empty until chosen. */
  detectedBy: string
  /** How it was detected, and why that is kept back. */
  method: string
  withheldBecause: string
}

export const emptyImposition: ImpositionDraft = {
  family: '',
  measure: '',
  policy: '',
  reasons: '',
  lastDay: '',
  amount: '',
  exception: '',
  withholds: false,
  detectedBy: '',
  method: '',
  withheldBecause: '',
}

type Balance = SellerForDesk['balance']

/** The offers as one chooses among them: least harm first, each narrowed form beside what it narrows. */
export function familiesOf(offers: readonly Offer[]): Family[] {
  const find = (measure: Measure | null) =>
    offers.find((offer) => offer.measure === measure) ?? null
  return (
    offers
      // A form that only narrows stands beside what it narrows; once that is in force, it would take nothing more.
      .filter(({ measure }) => !measure.endsWith('.narrowed'))
      .map((wide) => ({ wide, narrower: find(narrowerMeasure(wide.measure)) }))
      .sort((a, b) => harm(a.wide) - harm(b.wide))
  )
}

/** The offer that the draft has come to: the only form there is, or the one that was chosen. */
export function offerOf(draft: ImpositionDraft, families: readonly Family[]): Offer | null {
  const family = families.find(({ wide }) => wide.measure === draft.family)
  if (family === undefined) return null
  if (family.narrower === null) return family.wide
  return [family.narrower, family.wide].find(({ measure }) => measure === draft.measure) ?? null
}

export interface Known {
  families: readonly Family[]
  balance: Balance
  now: Date
}

type Missing = { field: keyof ImpositionDraft; words: string }

/** What is missing, as sentences by field; empty when nothing is. */
export function missingFromImposition(
  draft: ImpositionDraft,
  { families, balance, now }: Known,
): Missing[] {
  const missing: Missing[] = []
  const offer = offerOf(draft, families)
  if (draft.family === '') missing.push({ field: 'family', words: 'Choose what should happen.' })
  else if (offer === null)
    missing.push({ field: 'measure', words: 'Say whether the narrower one is enough.' })
  if (draft.policy === '')
    missing.push({ field: 'policy', words: 'Choose the rule that it rests on.' })
  if (draft.reasons.trim() === '')
    missing.push({
      field: 'reasons',
      words: 'Say in a sentence or two what you saw. The seller reads it.',
    })
  if (offer !== null && takesEnd(offer)) missing.push(...missingEnd(draft, offer, now))
  if (offer?.measure === 'payout.hold') missing.push(...missingAmount(draft, balance))
  if (withholdsFrom(draft, offer)) missing.push(...missingWithholding(draft))
  return missing
}

/** Whether this draft keeps back how it was detected: ticked, and under a measure with which that is possible. */
export function withholdsFrom({ withholds }: ImpositionDraft, offer: Offer | null): boolean {
  return withholds && offer !== null && mayWithhold(offer.measure)
}

function missingWithholding(draft: ImpositionDraft): Missing[] {
  const missing: Missing[] = []
  if (draft.detectedBy === '')
    missing.push({ field: 'detectedBy', words: 'The seller is always told which of the two.' })
  if (draft.method.trim() === '')
    missing.push({ field: 'method', words: 'Whoever decides an appeal has to know how.' })
  if (draft.withheldBecause.trim() === '')
    missing.push({ field: 'withheldBecause', words: 'Say why; auditors read it.' })
  return missing
}

function missingEnd({ lastDay }: ImpositionDraft, offer: Offer, now: Date): Missing[] {
  if (lastDay === '')
    return needsEnd(offer)
      ? [{ field: 'lastDay', words: 'Money is held until a date. Say until when.' }]
      : []
  const ends = endOf(lastDay)
  return ends === null || ends <= now || ends > aYearAfter(now)
    ? [{ field: 'lastDay', words: 'The last day lies ahead, at most a year from now.' }]
    : []
}

function missingAmount({ amount }: ImpositionDraft, balance: Balance): Missing[] {
  const held = amountOf(amount)
  if (held === null)
    return [{ field: 'amount', words: 'Say how much is held, to the cent: 120 or 120.50.' }]
  return balance !== null && held > Math.max(0, balance.available)
    ? [{ field: 'amount', words: 'There is not as much to pay out.' }]
    : []
}

/** Whether a measure may be given a last day: a closing is an end itself. */
export function takesEnd({ measure }: Offer): boolean {
  return measure !== 'account.close'
}

/** Whether it must have one: money is never held without a date. */
export function needsEnd({ subject }: Offer): boolean {
  return subject.kind === 'payouts'
}

/** The request as it is sent twice: to preview it, and to impose exactly what was previewed. */
export function impositionOf(
  draft: ImpositionDraft,
  offer: Offer,
  /** The case of the complaint, and the ring, that it leans on; null for none. */
  {
    complaintCase = null,
    ring = null,
  }: { complaintCase?: string | null; ring?: string | null } = {},
) {
  const exception = ClosingException.safeParse(draft.exception)
  return {
    subject: offer.subject,
    measure: offer.measure,
    complaintCase,
    ring,
    policy: draft.policy,
    reasons: draft.reasons.trim(),
    endsAt: takesEnd(offer) ? (endOf(draft.lastDay)?.toISOString() ?? null) : null,
    amount: offer.measure === 'payout.hold' ? amountOf(draft.amount) : null,
    exception: offer.measure === 'account.close' && exception.success ? exception.data : null,
    withholding: withholdsFrom(draft, offer)
      ? {
          byMachine: draft.detectedBy === 'machine',
          method: draft.method.trim(),
          reason: draft.withheldBecause.trim(),
        }
      : null,
  }
}

/** The last moment of a day where the reader is; null for no day. */
export function endOf(lastDay: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(lastDay)) return null
  const end = new Date(`${lastDay}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end
}

/** An amount above zero, to the cent, as it was typed; null for anything else. */
export function amountOf(typed: string): number | null {
  const plain = typed.trim().replace(',', '.')
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(plain)) return null
  const amount = Number(plain)
  return amount > 0 ? amount : null
}

/** How much a measure takes, from nothing to everything; what ends with a word on record comes first. */
function harm({ measure }: Offer): number {
  const order: Measure[] = [
    'listing.demote',
    'listing.deactivate',
    'listing.deactivate.safety',
    'account.warn',
    'payout.hold',
    'account.suspend',
    'account.lock',
    'account.secure',
    'account.close',
  ]
  return order.indexOf(measure)
}

function aYearAfter(now: Date): Date {
  const then = new Date(now)
  then.setFullYear(then.getFullYear() + 1)
  return then
}
