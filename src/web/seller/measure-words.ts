/** What a measure is called in sentences: taken, in force, and given back. */
import type { MeasureForSeller } from '../../contract/case.ts'
import type { Measure } from '../../core/measure.ts'
import { momentWords, numberWords, pastWords, spanWords } from '../parts/time-words.ts'

interface MeasureWords {
  /** "is off sale": it is in force. */
  is: string
  /** "was taken off sale": it happened. */
  was: string
  /** "is back on sale": it was given back and seen. */
  back: string
}

export const measureWords = {
  'listing.deactivate': { is: 'is off sale', was: 'was taken off sale', back: 'is back on sale' },
  'listing.deactivate.safety': {
    is: 'is off sale for safety',
    was: 'was taken off sale for safety',
    back: 'is back on sale',
  },
  'listing.demote': {
    is: 'is out of search',
    was: 'was taken out of search',
    back: 'is in search again',
  },
} as const satisfies Record<Measure, MeasureWords>

type Told = Pick<
  MeasureForSeller,
  | 'measure'
  | 'subject'
  | 'status'
  | 'since'
  | 'byMachine'
  | 'policyTitle'
  | 'restoration'
  | 'endedAt'
>

/** The sentence a statement's page opens with: what is so now, and why. */
export function statementSentence(told: Told, now: Date, zone: string): string {
  const { is, back } = measureWords[told.measure]
  const title = `“${told.subject.title}”`
  switch (told.status) {
    case 'in-force':
      return `${title} ${is} since ${momentWords(new Date(told.since), now, zone)}, because ${becauseWords(told)}.`
    case 'lifted':
      if (told.restoration?.state === 'back') return `${title} ${back}: we took the measure back.`
      if (told.restoration?.state === 'not-in-shop') {
        return `We took the measure back. ${title} is no longer in the shop, so there is nothing to put back.`
      }
      if (told.restoration?.state === 'not-yet-back') {
        return `We took the measure back. The shop does not show ${title} again yet, and we keep asking until it does.`
      }
      return `We took the measure on ${title} back.`
    case 'narrowed':
      return `${title}: we made this measure narrower, and what is left has a statement of its own.`
    case 'expired':
      return `${title}: this measure has ended by itself.`
  }
}

function becauseWords({ byMachine, policyTitle }: Told): string {
  return byMachine
    ? `a rule read it as a matter of “${policyTitle}”`
    : `a person judged it under “${policyTitle}”`
}

/** Who did it, on what, and when, for a line under what was done. */
export function takenWords(
  { byMachine, since, policyTitle }: Told,
  now: Date,
  zone: string,
): string {
  const when = pastWords(new Date(since), now, zone)
  return byMachine
    ? `Our rule “${policyTitle}” acted by itself, ${when}.`
    : `A person judged it under “${policyTitle}”, ${when}.`
}

/** Proof that the shop shows again what is owed, or that it does not yet. */
export function restorationWords(
  restoration: NonNullable<MeasureForSeller['restoration']>,
): string {
  const took =
    restoration.seenAt === null
      ? null
      : new Date(restoration.seenAt).getTime() - new Date(restoration.since).getTime()
  switch (restoration.state) {
    case 'back':
      return took === null
        ? 'Seen back in the shop.'
        : `Seen back in the shop, ${spanWords(took)} after the decision.`
    case 'not-in-shop':
      return 'The listing is not in the shop at the moment. When it appears, it is on sale.'
    case 'not-yet-back':
      return 'Not yet back in the shop. We ask again until it is.'
  }
}

/** "two measures", "one measure". */
export function measuresCount(amount: number): string {
  return `${numberWords(amount)} measure${amount === 1 ? '' : 's'}`
}
