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
  /** What the seller reads about its effect; a whole sentence. */
  effect: string
  /** What a narrowed measure becomes; null when it stays as it is and only the rest is freed. */
  narrowsTo: string | null
  /** False when mere lateness may never lift it. */
  liftByClock: boolean
}

export const measures = {
  'listing.deactivate': {
    subject: 'listing',
    tag: 'Off sale',
    effect:
      'The listing is off sale in every country. Orders already placed go on, and payouts are untouched.',
    narrowsTo: 'listing.demote',
    liftByClock: true,
  },
  'listing.deactivate.safety': {
    subject: 'listing',
    tag: 'Off sale for safety',
    effect:
      'The listing is off sale in every country for safety. It comes back only when a person says so. Your other listings and your payouts are untouched.',
    narrowsTo: null,
    liftByClock: false,
  },
  'listing.demote': {
    subject: 'listing',
    tag: 'Out of search',
    effect:
      'The listing stays for sale at its own address, but search and shelves do not show it. Payouts are untouched.',
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
